import type { Ellipsoid } from './ellipsoid.ts';
import { fromEllipsoidAxes, toEllipsoidAxes } from './ellipsoid.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { dot, subtract } from './vec.ts';

export interface Nearest {
  /** The nearest point of the surface, LPS mm. */
  readonly point: LpsMm;
  /** mm; negative inside the ellipsoid. */
  readonly signedDistance: number;
  /** Unit normal of the surface there, pointing out of the ellipsoid. */
  readonly normal: Vec3;
}

/**
 * Root u > 0 of sum (a_i / (u + m_i))^2 = 1, with m_i >= 0 and one m_i = 0 whose a_i > 0.
 * The sum is convex and falling, so Newton from the left never passes the root; the bracket is halved besides, so it ends
 * in at most about 1100 rounds whatever the numbers, in practice in six.
 */
function secularRoot(a: Vec3, m: Vec3): number {
  let low = Math.max(a[0] - m[0], a[1] - m[1], a[2] - m[2]);
  let high = Math.hypot(a[0], a[1], a[2]);
  const value = (u: number): number =>
    (a[0] / (u + m[0])) ** 2 + (a[1] / (u + m[1])) ** 2 + (a[2] / (u + m[2])) ** 2 - 1;
  for (let round = 0; round < 1100; round += 1) {
    const x = a[0] / (low + m[0]);
    const y = a[1] / (low + m[1]);
    const z = a[2] / (low + m[2]);
    const excess = x * x + y * y + z * z - 1;
    if (!(excess > 0)) return low;
    const slope = 2 * ((x * x) / (low + m[0]) + (y * y) / (low + m[1]) + (z * z) / (low + m[2]));
    const step = low + excess / slope;
    let next = step;
    // Only while Newton crawls (near a pole): halving costs a second evaluation.
    if (excess > 1) {
      const middle = (low + high) / 2;
      if (value(middle) >= 0) next = Math.max(step, middle);
      else high = middle;
    }
    if (!(next > low)) return low;
    low = Math.min(next, high);
  }
  return low;
}

/** Smaller offsets than this part of a semi-axis are none: their root would have too few digits left (subnormal numbers). */
const negligible = 1e-100;

/** Nearest point of the surface for y with no negative coordinate and semi-axes e in falling order. */
function nearestInOctant(e: Vec3, y: Vec3): Vec3 {
  const [e0, e1, e2] = e;
  const [y0, y1, y2] = y;
  // (e_i^2 - e2^2) / e2^2 without cancellation: near the flat faces u is tiny and these carry the answer.
  const m0 = ((e0 - e2) * (e0 + e2)) / (e2 * e2);
  const m1 = ((e1 - e2) * (e1 + e2)) / (e2 * e2);
  if (y2 > negligible * e2) {
    const u = secularRoot([(e0 * y0) / (e2 * e2), (e1 * y1) / (e2 * e2), y2 / e2], [m0, m1, 0]);
    return [((m0 + 1) * y0) / (u + m0), ((m1 + 1) * y1) / (u + m1), y2 / u];
  }
  // In the plane of the two longer axes: near the middle the nearest point lies above it.
  const d0 = (e0 - e2) * (e0 + e2);
  const d1 = (e1 - e2) * (e1 + e2);
  if (e0 * y0 < d0 && e1 * y1 < d1) {
    const s0 = (e0 * y0) / d0;
    const s1 = (e1 * y1) / d1;
    const rest = 1 - s0 * s0 - s1 * s1;
    if (rest > 0) return [e0 * s0, e1 * s1, e2 * Math.sqrt(rest)];
  }
  const [x0, x1] = nearestInQuadrant(e0, e1, y0, y1);
  return [x0, x1, 0];
}

/** The same for an ellipse, e0 >= e1. */
function nearestInQuadrant(e0: number, e1: number, y0: number, y1: number): readonly [number, number] {
  const m0 = ((e0 - e1) * (e0 + e1)) / (e1 * e1);
  if (y1 > negligible * e1) {
    const u = secularRoot([(e0 * y0) / (e1 * e1), y1 / e1, 0], [m0, 0, 1]);
    return [((m0 + 1) * y0) / (u + m0), y1 / u];
  }
  const d0 = (e0 - e1) * (e0 + e1);
  if (e0 * y0 < d0) {
    const s0 = (e0 * y0) / d0;
    return [e0 * s0, e1 * Math.sqrt(Math.max(0, 1 - s0 * s0))];
  }
  return [e0, 0];
}

/**
 * The point of an ellipsoid's surface nearest to p, and the signed distance to it (negative inside), exact to rounding.
 * Source: D. Eberly, "Distance from a Point to an Ellipse, an Ellipsoid, or a Hyperellipsoid" (2013), with Newton from
 * the side where it cannot overshoot in place of plain bisection.
 */
export function nearestOnEllipsoid(e: Ellipsoid, p: LpsMm): Nearest {
  const local = toEllipsoidAxes(e, p);
  const s = e.semiAxes;
  const order: [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2] = s[0] >= s[1] ? [0, 1, 2] : [1, 0, 2];
  if (s[order[2]] > s[order[1]]) order.splice(1, 2, order[2], order[1]);
  if (s[order[1]] > s[order[0]]) order.splice(0, 2, order[1], order[0]);
  const [i, j, k] = order;
  const found = nearestInOctant([s[i], s[j], s[k]], [Math.abs(local[i]), Math.abs(local[j]), Math.abs(local[k])]);
  const x: [number, number, number] = [0, 0, 0];
  x[i] = local[i] < 0 ? -found[0] : found[0];
  x[j] = local[j] < 0 ? -found[1] : found[1];
  x[k] = local[k] < 0 ? -found[2] : found[2];
  const level = (local[0] / s[0]) ** 2 + (local[1] / s[1]) ** 2 + (local[2] / s[2]) ** 2;
  const far = Math.hypot(x[0] - local[0], x[1] - local[1], x[2] - local[2]);
  const g: Vec3 = [x[0] / (s[0] * s[0]), x[1] / (s[1] * s[1]), x[2] / (s[2] * s[2])];
  const length = Math.hypot(g[0], g[1], g[2]);
  const turned = fromEllipsoidAxes({ ...e, centre: [0, 0, 0] }, [g[0] / length, g[1] / length, g[2] / length]);
  return { point: fromEllipsoidAxes(e, x), signedDistance: level <= 1 ? -far : far, normal: turned };
}

/** mm, negative inside. */
export function distanceToEllipsoid(e: Ellipsoid, p: LpsMm): number {
  return nearestOnEllipsoid(e, p).signedDistance;
}

/**
 * The least signed distance from a straight path to the surface (negative where the path runs inside), mm, and the
 * point of the path where it is reached.
 * The signed distance of a convex body is convex along a line, so the sign of its slope is halved down to the last bit.
 */
export function segmentToEllipsoid(
  e: Ellipsoid,
  from: LpsMm,
  to: LpsMm,
): { readonly signedDistance: number; readonly at: LpsMm } {
  const way = subtract(to, from);
  const at = (t: number): LpsMm => [from[0] + way[0] * t, from[1] + way[1] * t, from[2] + way[2] * t];
  let low = 0;
  let high = 1;
  for (let round = 0; round < 60 && low < high; round += 1) {
    const middle = (low + high) / 2;
    if (dot(nearestOnEllipsoid(e, at(middle)).normal, way) > 0) high = middle;
    else low = middle;
  }
  return [0, low, high, 1]
    .map((t) => ({ signedDistance: distanceToEllipsoid(e, at(t)), at: at(t) }))
    .reduce((best, each) => (each.signedDistance < best.signedDistance ? each : best));
}
