import { describe, expect, it } from 'vitest';
import type { LpsMm } from '../../../src/geometry/index.ts';
import { dot, rotationMinimisingFrames } from '../../../src/geometry/index.ts';
import type { LineSection } from '../../../src/measurements/index.ts';
import { nearestPosition, planeAt, reachMm, shownLine } from '../../../renderer/curved/shownLine.ts';

const points = Array.from({ length: 41 }, (_, n): LpsMm => [10, -20 + 0.05 * n * n * 0.5, 5 - 0.5 * n]);
const frames = rotationMinimisingFrames(points);
const sections = points.map((at, n): LineSection => ({
  positionMm: n / 2,
  at,
  u: frames[n]?.u ?? [1, 0, 0],
  v: frames[n]?.v ?? [0, 1, 0],
  wallMm: [[2, 0], [0, 3], [-2, 0], [0, -3]], // prettier-ignore
}));

describe('a followed line on show', () => {
  const line = shownLine('v', sections);
  if (line === undefined) throw new Error('no line');

  it('has planes that stand square to it between its sections too, posterior down', () => {
    for (const position of [0, 3.3, 11.75, 20]) {
      const { right, down, normal } = planeAt(line, position);
      for (const [a, b] of [
        [right, down],
        [right, normal],
        [down, normal],
      ] as const)
        // prettier-ignore
        expect(Math.abs(dot(a, b))).toBeLessThan(1e-9);
      // The line lies in a sagittal plane: as far posterior as a plane square to it can point.
      expect(down[1]).toBeCloseTo(Math.abs(normal[2]), 6);
    }
  });

  it('finds its place nearest to a point, between two sections and beyond its ends', () => {
    const { at } = planeAt(line, 7.3);
    expect(nearestPosition(line, at).positionMm).toBeCloseTo(7.3, 9);
    expect(nearestPosition(line, at).distanceMm).toBeLessThan(1e-9);
    expect(nearestPosition(line, [10, -20, 40]).positionMm).toBe(0);
    expect(nearestPosition(line, [16, at[1], at[2]]).distanceMm).toBeCloseTo(6, 6);
    expect(planeAt(line, 99).at).toEqual(points.at(-1));
  });

  it('knows how far its wall reaches, and is no line of one section', () => {
    expect(reachMm(sections[0] ?? { ...line.sections[0], wallMm: null } as LineSection)).toBe(3); // prettier-ignore
    expect(shownLine('v', sections.slice(0, 1))).toBeUndefined();
  });
});
