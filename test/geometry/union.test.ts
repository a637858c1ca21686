import { describe, expect, it } from 'vitest';
import {
  depthBound,
  distance,
  distanceToUnion,
  ellipsoidLevel,
  ellipsoidUnion,
  grownShellMm3,
  normalize,
  planeBasis,
  sharedVolumeMm3,
  sphereDirections,
  surfacePoint,
  unionVolumeMm3,
} from '../../src/geometry/index.ts';
import type { Ellipsoid, Vec3 } from '../../src/geometry/index.ts';

const upright = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;
const sphere = (radius: number, centre: Vec3): Ellipsoid => ({
  centre,
  semiAxes: [radius, radius, radius],
  axes: upright,
});
/** Common volume of two spheres (R, r, distance d), mm3. */
function lens(R: number, r: number, d: number): number {
  return (Math.PI * (R + r - d) ** 2 * (d * d + 2 * d * r - 3 * r * r + 2 * d * R + 6 * r * R - 3 * R * R)) / (12 * d);
}
const ball = (r: number): number => (4 / 3) * Math.PI * r ** 3;
const s = Math.SQRT1_2;
const crossed: readonly Ellipsoid[] = [
  { centre: [0, 0, 0], semiAxes: [20, 8, 8], axes: upright },
  {
    centre: [3, 1, 0],
    semiAxes: [18, 9, 7],
    axes: [
      [s, s, 0],
      [-s, s, 0],
      [0, 0, 1],
    ],
  },
  { centre: [-4, 6, 2], semiAxes: [9, 9, 9], axes: upright },
];

describe('volumes of zones joined', () => {
  it('are the lens formula for two spheres', () => {
    const [R, r, d] = [12, 9, 14];
    const two = [sphere(R, [0, 0, 0]), sphere(r, [0, 0, d])] as const;
    const joined = ball(R) + ball(r) - lens(R, r, d);
    expect(Math.abs(unionVolumeMm3(two).value / joined - 1)).toBeLessThan(2e-4);
    expect(Math.abs(sharedVolumeMm3(two[1], [two[0]]).value / lens(R, r, d) - 1)).toBeLessThan(5e-4);
    expect(Math.abs(sharedVolumeMm3(two[0], [two[1]]).value / lens(R, r, d) - 1)).toBeLessThan(5e-4);
  });

  it('are exact for one zone, for zones apart and for one inside the other', () => {
    const one = unionVolumeMm3([sphere(3, [0, 0, 0])]);
    expect(one.value).toBeCloseTo(ball(3), 10);
    expect(one.lastChange).toBe(0);
    expect(unionVolumeMm3([sphere(3, [0, 0, 0]), sphere(2, [9, 0, 0])]).value).toBeCloseTo(ball(3) + ball(2), 9);
    expect(unionVolumeMm3([sphere(5, [0, 0, 0]), sphere(2, [1, 0, 0])]).value).toBeCloseTo(ball(5), 9);
    expect(sharedVolumeMm3(sphere(2, [1, 0, 0]), [sphere(5, [0, 0, 0])]).value).toBeCloseTo(ball(2), 9);
  });

  it('change by less than 0.5 % when the grid is halved, for three crossing ellipsoids, and agree with counting', () => {
    const { value, lastChange } = unionVolumeMm3(crossed);
    expect(lastChange).toBeLessThan(0.005);
    let inside = 0;
    const h = 0.25;
    for (let x = -24; x < 24; x += h)
      for (let y = -24; y < 24; y += h)
        for (let z = -12; z < 12; z += h)
          if (crossed.some((e) => ellipsoidLevel(e, [x + h / 2, y + h / 2, z + h / 2]) <= 1)) inside += 1;
    expect(Math.abs((inside * h ** 3) / value - 1)).toBeLessThan(2e-3);
  });

  it('of a body grown by a margin are the larger sphere, and for an ellipsoid Steiner-exact', () => {
    const grown = grownShellMm3(sphere(10, [0, 0, 0]), 5, [sphere(20, [0, 0, 0])]);
    expect(grown.whole).toBeCloseTo(ball(15) - ball(10), 6);
    expect(grown.covered).toBe(grown.whole);
    // A spheroid 3 x 3 x 6: surface 2 pi a^2 + 2 pi a c / e asin e; mean width term from the same integral of a line.
    const flat = grownShellMm3({ ...sphere(1, [0, 0, 0]), semiAxes: [3, 3, 6] }, 0.001, []);
    const e = Math.sqrt(1 - 9 / 36);
    const surface = 2 * Math.PI * 9 * (1 + (6 / (3 * e)) * Math.asin(e));
    expect(Math.abs(flat.whole / 0.001 / surface - 1)).toBeLessThan(1e-3);
  });
});

describe('distance to zones joined', () => {
  it('runs to the crease between two equal spheres, not to the deeper part of either', () => {
    const union = ellipsoidUnion([sphere(10, [-6, 0, 0]), sphere(10, [6, 0, 0])]);
    expect(distanceToUnion(union, [0, 0, 0])).toBeCloseTo(-8, 6);
    // Half way out to the crease at y = 8.
    expect(distanceToUnion(union, [0, 4, 0])).toBeCloseTo(-4, 6);
    expect(distanceToUnion(union, [-6, 0, 0])).toBeCloseTo(-10, 6);
    expect(distanceToUnion(union, [20, 0, 0])).toBeCloseTo(4, 9);
  });

  it('agrees with the nearest of 180 000 points of the joint surface', () => {
    const union = ellipsoidUnion(crossed);
    const surface = crossed.flatMap((e, i) =>
      sphereDirections(60_000)
        .map((u) => surfacePoint(e, u))
        .filter((p) => crossed.every((other, j) => j === i || ellipsoidLevel(other, p) >= 1)),
    );
    const places: Vec3[] = [
      [0, 0, 0],
      [1, 2, 1],
      [-4, 6, 2],
      [8, 5, 1],
      [-3, -2, 3],
      [3, 1, 0],
      [-6, 1, 0],
      [10, 3, -2],
      [0, 5, 3],
    ];
    for (const p of places) {
      const sampled = Math.min(
        ...surface.reduce((least, q) => [Math.min(least[0] ?? Infinity, distance(p, q))], [Infinity]),
      );
      const got = -distanceToUnion(union, p);
      expect(got).toBeLessThanOrEqual(sampled + 1e-6);
      expect(sampled - got).toBeLessThan(0.08);
    }
  });

  it('never passes by a nearer place, for two to four bodies in any posture', () => {
    let seed = 7;
    const random = (): number => {
      seed = (seed * 1664525 + 1013904223) % 4294967296;
      return seed / 4294967296 - 0.5;
    };
    const directions = sphereDirections(8000);
    let looked = 0;
    for (let trial = 0; trial < 9; trial += 1) {
      const bodies = Array.from({ length: 2 + (trial % 3) }, (): Ellipsoid => {
        const axis = normalize([random(), random(), random()]);
        const centre: Vec3 = [14 * random(), 14 * random(), 14 * random()];
        const semiAxes: Vec3 = [13 + 10 * random(), 8 + 6 * random(), 8 + 6 * random()];
        return { centre, semiAxes, axes: [axis, ...planeBasis(axis)] };
      });
      const union = ellipsoidUnion(bodies);
      const surface = bodies.flatMap((e, i) =>
        directions
          .map((u) => surfacePoint(e, u))
          .filter((p) => bodies.every((other, j) => j === i || ellipsoidLevel(other, p) >= 1)),
      );
      for (let n = 0; n < 12; n += 1) {
        const p: Vec3 = [24 * random(), 24 * random(), 24 * random()];
        if (bodies.every((e) => ellipsoidLevel(e, p) > 1)) continue;
        looked += 1;
        const sampled = Math.sqrt(surface.reduce((least, q) => Math.min(least, distance(p, q) ** 2), Infinity));
        const got = -distanceToUnion(union, p);
        expect(got).toBeLessThanOrEqual(sampled + 1e-6);
        expect(sampled - got).toBeLessThan(0.25);
        expect(depthBound(union, p)).toBeGreaterThanOrEqual(got - 1e-6);
      }
    }
    expect(looked).toBeGreaterThan(20);
  });

  it('turns sign at the surface', () => {
    const union = ellipsoidUnion(crossed);
    const [first] = crossed;
    if (first === undefined) throw new Error('no body');
    const tip = surfacePoint(first, normalize([1, 0, 0]));
    expect(distanceToUnion(union, [tip[0] + 0.01, 0, 0])).toBeCloseTo(0.01, 6);
    expect(distanceToUnion(union, [tip[0] - 0.01, 0, 0])).toBeCloseTo(-0.01, 6);
  });
});
