import { describe, expect, it } from 'vitest';
import { crossesItself, flatPolygon, outlineArea, outlineOnRow, outlineRange } from '../../src/geometry/index.ts';
import type { Outline, Vec2 } from '../../src/geometry/index.ts';

type Polygon = Extract<Outline, { type: 'polygon' }>;
const star = (n: number, inner: number, outer: number, centre: Vec2 = [0, 0]): Polygon => ({
  type: 'polygon',
  points: Array.from({ length: 2 * n }, (_, i): Vec2 => {
    const r = i % 2 ? inner : outer;
    return [centre[0] + r * Math.cos((Math.PI * i) / n), centre[1] + r * Math.sin((Math.PI * i) / n)];
  }),
});
const ellipse: Outline = { type: 'ellipse', centre: [3, -2], axes: [[4, 3], [-1.5, 2]] }; // prettier-ignore

describe('an outline', () => {
  it('has the shoelace area, in either sense, and far from the origin with the same digits', () => {
    // 2n triangles with sides inner, outer and the angle pi / n.
    const expected = 5 * 2 * 7 * Math.sin(Math.PI / 5);
    expect(outlineArea(star(5, 2, 7))).toBeCloseTo(expected, 12);
    expect(outlineArea(star(5, 2, 7, [1e6, -1e6]))).toBeCloseTo(expected, 6);
    const { points } = star(5, 2, 7);
    expect(outlineArea({ type: 'polygon', points: [...points].reverse() })).toBeCloseTo(expected, 12);
    expect(outlineArea(ellipse)).toBeCloseTo(Math.PI * (4 * 2 + 3 * 1.5), 12);
  });

  it('has the same area when its rows are added up', () => {
    for (const outline of [star(5, 2, 7), star(9, 6, 8, [2, 1]), ellipse]) {
      const { low, high } = outlineRange(outline);
      const rows = 200_000;
      const step = (high[1] - low[1]) / rows;
      let sum = 0;
      for (let i = 0; i < rows; i += 1)
        for (const [from, to] of outlineOnRow(outline, low[1] + (i + 0.5) * step)) sum += (to - from) * step;
      expect(Math.abs(sum / outlineArea(outline) - 1)).toBeLessThan(1e-6);
    }
  });

  it('counts sides and corners on a row as inside', () => {
    const square: Outline = { type: 'polygon', points: [[0, 0], [2, 0], [2, 2], [0, 2]] }; // prettier-ignore
    for (const y of [0, 1, 2]) {
      const [part] = outlineOnRow(square, y);
      expect(part?.[0]).toBeCloseTo(0, 8);
      expect(part?.[1]).toBeCloseTo(2, 8);
      expect(outlineOnRow(square, y)).toHaveLength(1);
    }
    expect(outlineOnRow(square, 2.001)).toEqual([]);
    const [tip] = outlineOnRow({ type: 'polygon', points: [[0, 0], [4, 0], [2, 3]] }, 3); // prettier-ignore
    expect(tip?.[0]).toBeCloseTo(2, 8);
  });

  it('is told apart from one that crosses itself', () => {
    expect(crossesItself([[0, 0], [2, 2], [2, 0], [0, 2]])).toBe(true); // prettier-ignore
    expect(crossesItself([[0, 0], [2, 0], [2, 2], [1, 0.5], [0, 2]])).toBe(false); // prettier-ignore
    expect(crossesItself([[0, 0], [2, 0], [0, 2]])).toBe(false); // prettier-ignore
  });
});

describe('a polygon in space', () => {
  it('lies in its plane, with its area and how far its corners stray', () => {
    const flat = flatPolygon([[0, 0, 5], [4, 0, 5], [4, 3, 5], [0, 3, 5]]); // prettier-ignore
    expect(flat.areaMm2).toBeCloseTo(12, 12);
    expect(flat.plane).toEqual({ point: [2, 1.5, 5], normal: [0, 0, 1] });
    expect(flat.strayMm).toBe(0);
    expect(flatPolygon([[0, 0, 1], [4, 0, -1], [4, 3, 1], [0, 3, -1]]).strayMm).toBeCloseTo(1, 12); // prettier-ignore
  });

  it('has no plane on a line, and one where a figure of eight has no area', () => {
    expect(flatPolygon([[0, 0, 0], [1, 1, 1], [2, 2, 2]]).plane).toBeUndefined(); // prettier-ignore
    const eight = flatPolygon([[0, 0, 0], [2, 2, 0], [2, 0, 0], [0, 2, 0]]); // prettier-ignore
    expect(eight.areaMm2).toBeCloseTo(0, 12);
    expect(Math.abs(eight.plane?.normal[2] ?? 0)).toBeCloseTo(1, 12);
  });
});
