import { describe, expect, it } from 'vitest';
import { cutShape, distanceToPlane, projectShape } from '../../src/geometry/index.ts';
import type { Plane, Shape } from '../../src/geometry/index.ts';

const axial = (z: number): Plane => ({ point: [0, 0, z], normal: [0, 0, 1] });
const needle: Shape = {
  type: 'polyline',
  points: [
    [0, 0, 0],
    [10, 0, 20],
  ],
  role: 'path',
};
const ball: Shape = {
  type: 'ellipsoid',
  centre: [1, 2, 3],
  semiAxes: [5, 5, 5],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  role: 'zone',
};

describe('what a slice shows of a shape', () => {
  it('shows the part of an oblique needle that lies in the slice, and fades the rest by its distance', () => {
    const pieces = cutShape(needle, axial(10), 0.5);
    const inside = pieces.filter(({ inPlane }) => inPlane);
    expect(inside).toHaveLength(1);
    expect(inside[0]?.points).toEqual([
      [4.75, 0, 9.5],
      [5.25, 0, 10.5],
    ]);
    expect(inside[0]).toMatchObject({ fade: 1, distanceMm: 0 });
    const beside = pieces.filter(({ inPlane }) => !inPlane);
    expect(beside).toHaveLength(8);
    expect(beside.map(({ fade }) => fade).every((fade) => fade > 0 && fade < 1)).toBe(true);
    const heights = pieces.flatMap(({ points }) => points.map(([, , z]) => z));
    expect(Math.min(...heights)).toBeCloseTo(7.5, 12);
    expect(Math.max(...heights)).toBeCloseTo(12.5, 12);
  });

  it('shows nothing of what lies far away', () => {
    expect(cutShape(needle, axial(40), 0.5)).toEqual([]);
    expect(cutShape({ type: 'point', at: [0, 0, 0], role: 'main' }, axial(9), 1)).toEqual([]);
    expect(cutShape(ball, axial(8.001), 5)).toEqual([]);
  });

  it('shows a ball as the circle of its own cut', () => {
    const [outline] = cutShape(ball, axial(6), 0.5);
    expect(outline).toMatchObject({ type: 'line', closed: true, role: 'zone', inPlane: true });
    for (const [x, y, z] of outline?.points ?? []) {
      expect(Math.hypot(x - 1, y - 2)).toBeCloseTo(4, 9);
      expect(distanceToPlane(axial(6), [x, y, z])).toBeCloseTo(0, 9);
    }
  });

  it('gives a line within the slice back as it is, one piece', () => {
    const flat: Shape = {
      type: 'polyline',
      points: [
        [0, 0, 5],
        [3, 0, 5],
        [3, 3, 5],
      ],
      closed: true,
      role: 'main',
    };
    expect(cutShape(flat, axial(5), 0.5)).toEqual([
      { type: 'line', points: flat.points, closed: true, role: 'main', distanceMm: 0, fade: 1, inPlane: true },
    ]);
  });

  it('puts the head of an arrow only where its end is', () => {
    const arrow: Shape = { type: 'arrow', from: [0, 0, 0], to: [0, 0, 20], role: 'path' };
    expect(cutShape(arrow, axial(20), 1).map(({ type }) => type)).toContain('arrow');
    expect(cutShape(arrow, axial(5), 1).map(({ type }) => type)).not.toContain('arrow');
  });

  it('shows shapes of an image in that image only', () => {
    const line: Shape = {
      type: 'polyline',
      points: [
        [1, 2],
        [3, 4],
      ],
      role: 'main',
    };
    expect(projectShape(line)).toMatchObject([
      {
        type: 'line',
        points: [
          [1, 2],
          [3, 4],
        ],
        inPlane: true,
      },
    ]);
    expect(cutShape(line, axial(0), 5)).toEqual([]);
    expect(projectShape(needle)).toEqual([]);
  });
});
