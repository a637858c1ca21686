import type { Ellipsoid } from './ellipsoid.ts';
import { surfacePoint } from './ellipsoid.ts';
import { distanceToEllipsoid, nearestOnEllipsoid } from './ellipsoidDistance.ts';
import type { Crease, EllipsoidUnion } from './ellipsoidUnion.ts';
import { exposed, levelGradient, ontoBoth, walkCrease } from './ellipsoidUnion.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { leastOnSphere } from './sphereSearch.ts';
import { along, cross, distance, dot, norm, normalize, subtract } from './vec.ts';

/** Of a body's largest half-axis: how far apart the prepared places of its face lie at most. */
const facePart = 0.2;
/** Creases whose places lie this much farther than the best so far cannot come nearer, mm. */
const creaseSlackMm = 1;

/**
 * Signed distance of a point to the union's surface, mm, negative inside. Outside it is the least of the bodies'
 * distances, exact. Inside it is not the greatest of their depths: the nearest surface may be a crease.
 * Looks at the bodies' own feet first, which are exact, then only at faces and creases that can come nearer.
 */
export function distanceToUnion(union: EllipsoidUnion, p: LpsMm, finestMm = 1e-6): number {
  const { bodies } = union;
  const single = Math.min(...bodies.map((body) => distanceToEllipsoid(body, p)));
  if (single >= 0 || bodies.length === 1) return single;
  let least = Infinity;
  for (const [i, body] of bodies.entries()) {
    const { point } = nearestOnEllipsoid(body, p);
    if (exposed(bodies, point, [i])) least = Math.min(least, distance(point, p));
  }
  for (const crease of nearestCreases(union, p, least + creaseSlackMm))
    least = Math.min(least, footOnCrease(union, crease, p, finestMm));
  for (const [i, body] of bodies.entries()) least = Math.min(least, otherFoot(union, i, body, p, least, finestMm));
  return -least;
}

/**
 * No less than the depth of a point inside, and hardly more: its distance to the nearest prepared place of the surface.
 * Some microseconds, for searches that look at many points.
 */
export function depthBound({ places }: EllipsoidUnion, [px, py, pz]: LpsMm): number {
  let least = Infinity;
  for (let i = 0; i < places.length; i += 3) {
    const x = (places[i] ?? 0) - px;
    const y = (places[i + 1] ?? 0) - py;
    const z = (places[i + 2] ?? 0) - pz;
    const square = x * x + y * y + z * z;
    if (square < least) least = square;
  }
  return Math.sqrt(least);
}
function squared(a: LpsMm, b: LpsMm): number {
  const x = a[0] - b[0];
  const y = a[1] - b[1];
  const z = a[2] - b[2];
  return x * x + y * y + z * z;
}

/** The nearest places of the creases, apart from each other; neighbours lead to the same foot. */
function nearestCreases({ creases }: EllipsoidUnion, p: LpsMm, within: number): readonly Crease[] {
  const near: { readonly crease: Crease; readonly square: number }[] = [];
  for (const crease of creases) {
    const square = squared(crease.at, p);
    if (square < within * within) near.push({ crease, square });
  }
  near.sort((a, b) => a.square - b.square);
  const chosen: Crease[] = [];
  for (const { crease } of near) {
    if (chosen.length >= 3) break;
    if (chosen.every(({ at }) => distance(at, crease.at) > 4)) chosen.push(crease);
  }
  return chosen;
}

/** Distance to the crease near a place of it: the way along it to where it runs across the line to p, by secants. */
function footOnCrease(union: EllipsoidUnion, crease: Crease, p: LpsMm, finestMm: number): number {
  const first = union.bodies[crease.bodies[0]];
  const second = union.bodies[crease.bodies[1]];
  if (first === undefined || second === undefined) return Infinity;
  const slow = (): number => walkCrease(union, crease, (x) => distance(x, p), finestMm);
  let at = crease.at;
  let way = tangent(first, second, at);
  if (way === undefined) return slow();
  let slope = 1;
  let rise = dot(subtract(at, p), way);
  for (let round = 0; round < 20; round += 1) {
    const step = -rise / slope;
    if (Math.abs(step) < finestMm) return distance(at, p);
    if (Math.abs(step) > 3) return slow();
    const next = ontoBoth(first, second, along(at, way, step));
    if (next === undefined || !exposed(union.bodies, next, crease.bodies)) return slow();
    const turned = tangent(first, second, next);
    if (turned === undefined || dot(turned, way) <= 0) return slow();
    const risen = dot(subtract(next, p), turned);
    slope = (risen - rise) / step;
    if (!(slope > 1e-3)) return slow();
    [at, way, rise] = [next, turned, risen];
  }
  return slow();
}

function tangent(first: Ellipsoid, second: Ellipsoid, at: LpsMm): Vec3 | undefined {
  const way = cross(levelGradient(first, at), levelGradient(second, at));
  return norm(way) > 0 ? normalize(way) : undefined;
}

/**
 * A foot on a body's face other than its nearest: where p lies inside, an ellipsoid may have several, and the nearest
 * may be covered. Only places count that could come nearer than `least` and that p looks at nearly straight.
 */
function otherFoot(
  union: EllipsoidUnion,
  index: number,
  body: Ellipsoid,
  p: LpsMm,
  least: number,
  finestMm: number,
): number {
  const reach = Math.max(...body.semiAxes);
  const apart = facePart * reach;
  const limit = least + apart / 2;
  let start: { readonly direction: Vec3; readonly square: number } | undefined;
  for (const { body: owner, direction, at } of union.faces) {
    if (owner !== index) continue;
    const square = squared(at, p);
    if (square >= limit * limit || (start !== undefined && square >= start.square)) continue;
    const normal = normalize(levelGradient(body, at));
    const arm = subtract(at, p);
    if (norm(along(arm, normal, -dot(arm, normal))) < 2 * apart) start = { direction, square };
  }
  if (start === undefined) return Infinity;
  const foot = nearestOnEllipsoid(body, p).point;
  // The nearest foot was looked at before; its neighbourhood leads to it again.
  if (distance(foot, surfacePoint(body, start.direction)) < apart && exposed(union.bodies, foot, [index]))
    return Infinity;
  const onFace = (u: Vec3): number => {
    const q = surfacePoint(body, u);
    return exposed(union.bodies, q, [index]) ? distance(q, p) : Infinity;
  };
  const walk = { samples: 0, also: [start.direction], starts: 1, firstStep: 0.1, finest: finestMm / reach };
  return leastOnSphere(onFace, walk).value;
}
