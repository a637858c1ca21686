import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  along,
  cross,
  distance,
  distanceToEllipsoid,
  dot,
  ellipsoidCut,
  ellipsoidLevel,
  ellipsoidSupport,
  nearestOnEllipsoid,
  norm,
  normalize,
  segmentToEllipsoid,
  subtract,
  surfacePoint,
} from '../../src/geometry/index.ts';
import type { Ellipsoid, Vec3 } from '../../src/geometry/index.ts';

const coordinate = fc.double({ min: -30, max: 30, noNaN: true });
const point = fc.tuple(coordinate, coordinate, coordinate);
const semiAxis = fc.double({ min: 0.5, max: 20, noNaN: true });
const frame = fc
  .tuple(point, point)
  .filter(([a, b]) => norm(cross(a, b)) > 1e-2 && norm(a) > 1e-1)
  .map(([a, b]): readonly [Vec3, Vec3, Vec3] => {
    const x = normalize(a);
    const z = normalize(cross(a, b));
    return [x, cross(z, x), z];
  });
const ellipsoid = fc
  .record({ centre: point, semiAxes: fc.tuple(semiAxis, semiAxis, semiAxis), axes: frame })
  .map((e): Ellipsoid => e);
const sphere = (radius: number, centre: Vec3 = [0, 0, 0]): Ellipsoid => ({
  centre,
  semiAxes: [radius, radius, radius],
  axes: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
});

/** Points of the unit sphere, evenly spread. */
function directions(count: number): Vec3[] {
  return Array.from({ length: count }, (_, i): Vec3 => {
    const z = 1 - (2 * i + 1) / count;
    const turn = i * Math.PI * (3 - Math.sqrt(5));
    const r = Math.sqrt(1 - z * z);
    return [r * Math.cos(turn), r * Math.sin(turn), z];
  });
}
const many = directions(4000);

describe('distance from a point to an ellipsoid', () => {
  it('is the distance to the centre less the radius for a sphere, also from the centre itself', () => {
    fc.assert(
      fc.property(point, semiAxis, (p, radius) => {
        expect(distanceToEllipsoid(sphere(radius), p)).toBeCloseTo(norm(p) - radius, 9);
      }),
      { endOnFailure: true },
    );
    expect(distanceToEllipsoid(sphere(7), [0, 0, 0])).toBe(-7);
  });

  it('is never beaten by 4000 points of the surface, and ends on the surface at right angles to it', () => {
    fc.assert(
      fc.property(ellipsoid, point, (e, p) => {
        const { point: foot, signedDistance, normal } = nearestOnEllipsoid(e, p);
        const sampled = Math.min(...many.map((u) => distance(surfacePoint(e, u), p)));
        expect(Math.abs(signedDistance)).toBeLessThanOrEqual(sampled + 1e-9);
        // The samples lie at most this far apart.
        expect(sampled - Math.abs(signedDistance)).toBeLessThan(0.06 * Math.max(...e.semiAxes));
        expect(ellipsoidLevel(e, foot)).toBeCloseTo(1, 9);
        const way = subtract(p, foot);
        if (norm(way) > 1e-3) expect(Math.abs(dot(way, normal)) / norm(way)).toBeCloseTo(1, 6);
        expect(signedDistance <= 0).toBe(ellipsoidLevel(e, p) <= 1);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('agrees with the closed forms on the axes, in the middle plane and within a hair of it', () => {
    const e: Ellipsoid = { ...sphere(1), semiAxes: [4, 2, 1] };
    expect(distanceToEllipsoid(e, [10, 0, 0])).toBeCloseTo(6, 12);
    expect(distanceToEllipsoid(e, [0, 0, 0])).toBeCloseTo(-1, 12);
    // From (1, 0, 0) the nearest point is (16/15, 0, sqrt(1 - 1/225 * 16)).
    const s = 4 / 15;
    const inner = Math.hypot(4 * s - 1, Math.sqrt(1 - s * s));
    for (const z of [0, 1e-300, 1e-20, 1e-12]) expect(distanceToEllipsoid(e, [1, 0, z])).toBeCloseTo(-inner, 9);
    expect(distanceToEllipsoid({ ...e, semiAxes: [1, 4, 2] }, [0, 1, 0])).toBeCloseTo(-inner, 12);
  });
});

describe('distance from a path to an ellipsoid', () => {
  it('is the closed form beside a sphere, through it, and short of it', () => {
    const ball = sphere(3, [0, 0, 10]);
    expect(segmentToEllipsoid(ball, [-20, 5, 10], [20, 5, 10]).signedDistance).toBeCloseTo(2, 9);
    expect(segmentToEllipsoid(ball, [-20, 1, 10], [20, 1, 10]).signedDistance).toBeCloseTo(-2, 9);
    expect(segmentToEllipsoid(ball, [0, 0, 0], [0, 0, 5]).signedDistance).toBeCloseTo(2, 9);
    expect(segmentToEllipsoid(ball, [0, 0, 5], [0, 0, 5]).signedDistance).toBeCloseTo(2, 9);
  });

  it('is never beaten by 2000 points of the path', () => {
    fc.assert(
      fc.property(ellipsoid, point, point, (e, from, to) => {
        const { signedDistance } = segmentToEllipsoid(e, from, to);
        const sampled = Math.min(
          ...Array.from({ length: 2001 }, (_, i) => {
            const t = i / 2000;
            return distanceToEllipsoid(e, [
              from[0] + (to[0] - from[0]) * t,
              from[1] + (to[1] - from[1]) * t,
              from[2] + (to[2] - from[2]) * t,
            ]);
          }),
        );
        expect(signedDistance).toBeLessThanOrEqual(sampled + 1e-9);
        // A path shorter than rounding has no room to be beaten in.
        expect(sampled - signedDistance).toBeLessThan(distance(from, to) / 2000 + 1e-9);
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });
});

describe('the cut of an ellipsoid by a plane', () => {
  it('lies in the plane and on the surface, and is nothing past the support', () => {
    fc.assert(
      fc.property(ellipsoid, frame, fc.double({ min: -1.5, max: 1.5, noNaN: true }), (e, [normal], part) => {
        const reach = ellipsoidSupport(e, normal);
        const at: Vec3 = [
          e.centre[0] + normal[0] * reach * part,
          e.centre[1] + normal[1] * reach * part,
          e.centre[2] + normal[2] * reach * part,
        ];
        const cut = ellipsoidCut(e, { point: at, normal });
        if (Math.abs(part) > 1 + 1e-9) expect(cut).toBeUndefined();
        if (cut === undefined || Math.abs(part) > 1 - 1e-6) return;
        const [p, q] = cut.halfAxes;
        expect(Math.abs(dot(p, q))).toBeLessThan(1e-7 * Math.max(1, norm(p) * norm(q)));
        expect(norm(p)).toBeGreaterThanOrEqual(norm(q) - 1e-9);
        for (const turn of [0, 0.7, 2, 4.4]) {
          const on = along(along(cut.centre, p, Math.cos(turn)), q, Math.sin(turn));
          expect(ellipsoidLevel(e, on)).toBeCloseTo(1, 7);
          expect(Math.abs(dot(subtract(on, at), normal))).toBeLessThan(1e-7);
        }
      }),
      { endOnFailure: true },
    );
  });
});
