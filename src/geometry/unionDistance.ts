import type { Ellipsoid } from './ellipsoid.ts';
import { ellipsoidLevel, surfacePoint, toEllipsoidAxes } from './ellipsoid.ts';
import { distanceToEllipsoid, nearestOnEllipsoid } from './ellipsoidDistance.ts';
import type { Crease, EllipsoidUnion } from './ellipsoidUnion.ts';
import { exposed, levelGradient, ontoBoth, walkCrease } from './ellipsoidUnion.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { leastOnSphere } from './sphereSearch.ts';
import { along, cross, distance, dot, norm, normalize, subtract } from './vec.ts';

/** Part of a body's largest half-axis within which every point of its face has a prepared place. */
const facePart = 0.1;
/** At a foot on a crease the way to p runs across it; places of the crease lie closer together than this, mm. */
const slopeMm = 2;
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
  // Far downhill from here lies a nearer place, which is looked at for itself; unless the crease ends on the way.
  if (Math.abs(rise) > slopeMm) {
    const below = ontoBoth(first, second, along(at, way, -Math.sign(rise) * slopeMm));
    if (below !== undefined && exposed(union.bodies, below, crease.bodies)) return distance(below, p);
  }
  let far = distance(at, p);
  for (let round = 0; round < 30; round += 1) {
    // Where the crease bends about p it is nearly as far everywhere: no step longer than the prepared places allow.
    const wanted = slope > 1e-3 ? -rise / slope : -Math.sign(rise) * slopeMm;
    const step = Math.max(-slopeMm, Math.min(slopeMm, wanted));
    // What the step would gain, not how long it is, says whether it is worth it.
    if (Math.abs(step) < finestMm || Math.abs(rise * step) < 1e-2 * finestMm * far) return far;
    const next = ontoBoth(first, second, along(at, way, step));
    if (next === undefined || !exposed(union.bodies, next, crease.bodies)) return slow();
    const turned = tangent(first, second, next);
    const nearer = distance(next, p);
    if (turned === undefined || dot(turned, way) <= 0 || nearer > far + finestMm) return slow();
    const risen = dot(subtract(next, p), turned);
    slope = (risen - rise) / step;
    [at, way, rise, far] = [next, turned, risen, nearer];
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
  const limit = least + apart;
  let start: LpsMm | undefined;
  let nearest = limit * limit;
  for (const { body: owner, at } of union.faces) {
    if (owner !== index) continue;
    const square = squared(at, p);
    if (square >= nearest || norm(acrossSight(body, at, p)) > 2 * apart) continue;
    start = at;
    nearest = square;
  }
  if (start === undefined) return Infinity;
  // Each step ends where p looks straight at the tangent plane: from inside that never goes past the foot.
  let at = start;
  for (let round = 0; round < 40; round += 1) {
    const across = acrossSight(body, at, p);
    const far = distance(at, p);
    if (dot(across, across) < 1e-2 * finestMm * far) return far;
    at = ontoFace(body, along(at, across, -1));
    // Under another body before a foot is reached: the crease between them is nearer, and was looked at.
    if (!exposed(union.bodies, at, [index])) return Infinity;
  }
  const direction = toEllipsoidAxes(body, at);
  const [u, v, w] = body.semiAxes;
  const onFace = (d: Vec3): number => {
    const q = surfacePoint(body, d);
    return exposed(union.bodies, q, [index]) ? distance(q, p) : Infinity;
  };
  const also = [[direction[0] / u, direction[1] / v, direction[2] / w] as const];
  return leastOnSphere(onFace, { samples: 0, also, starts: 1, firstStep: 0.05, finest: finestMm / reach }).value;
}

/** What of the way from p to a place of the face lies in the face. */
function acrossSight(body: Ellipsoid, at: LpsMm, p: LpsMm): Vec3 {
  const normal = normalize(levelGradient(body, at));
  const arm = subtract(at, p);
  return along(arm, normal, -dot(arm, normal));
}
const ontoFace = (body: Ellipsoid, p: LpsMm): LpsMm =>
  along(body.centre, subtract(p, body.centre), 1 / Math.sqrt(ellipsoidLevel(body, p)));
