import type { Ellipsoid } from './ellipsoid.ts';
import { fromEllipsoidAxes } from './ellipsoid.ts';
import type { EllipsoidUnion } from './ellipsoidUnion.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { sphereDirections } from './sphereSearch.ts';
import { depthBound, distanceToUnion } from './unionDistance.ts';
import { along, distance, norm, normalize, subtract } from './vec.ts';

/** Looked at before walking: directions on so many shells of the body. */
const shellDirections = sphereDirections(120);
const shells = [0, 0.35, 0.7, 1];
const starts = 3;
/** Directions tried in each round; a turn of all of them comes between rounds. */
const compass = sphereDirections(14);
const firstStep = 0.2;
const finestMm = 3e-5;

interface Place {
  /** In the body's unit ball. */
  readonly q: Vec3;
  readonly depth: number;
}

/**
 * How deep a body reaches into several others joined: the greatest distance, mm, from a point of it to the union's
 * surface, for points inside the union; 0 where it has none there.
 * Walks up from the most promising places. The depth has ridges where two parts of the surface are equally near; each
 * gain is carried on in its own direction, so that the walk runs along a ridge in place of creeping.
 * @throws the signal's reason when aborted.
 */
export function deepestWithin(body: Ellipsoid, union: EllipsoidUnion, signal?: AbortSignal): number {
  const placeOf = (q: Vec3): LpsMm =>
    fromEllipsoidAxes(body, [q[0] * body.semiAxes[0], q[1] * body.semiAxes[1], q[2] * body.semiAxes[2]]);
  const inside = (p: LpsMm): boolean => union.bodies.some((each) => levelBelowOne(each, p));
  /** -Infinity where it cannot be more than `than`. */
  const depthOver = (q: Vec3, than: number): number => {
    const p = placeOf(q);
    if (!inside(p) || depthBound(union, p) <= than) return -Infinity;
    return -distanceToUnion(union, p, finestMm);
  };
  const looked = shells
    .flatMap((r) => (r === 0 ? [[0, 0, 0] as const] : shellDirections.map((u): Vec3 => [u[0] * r, u[1] * r, u[2] * r])))
    .filter((q) => inside(placeOf(q)))
    .map((q) => ({ q, bound: depthBound(union, placeOf(q)) }))
    .sort((a, b) => b.bound - a.bound);
  const chosen: { readonly q: Vec3; readonly bound: number }[] = [];
  for (const each of looked) {
    if (chosen.length >= starts) break;
    if (chosen.every(({ q }) => distance(q, each.q) > 0.5)) chosen.push(each);
  }
  let deepest = 0;
  for (const { q } of chosen) {
    signal?.throwIfAborted();
    deepest = Math.max(
      deepest,
      walkUp({ q, depth: depthOver(q, 0) }, depthOver, finestMm / Math.max(...body.semiAxes)),
    );
  }
  return deepest;
}

function levelBelowOne({ centre, axes, semiAxes }: Ellipsoid, p: LpsMm): boolean {
  const d = subtract(p, centre);
  let level = 0;
  for (const i of [0, 1, 2] as const) {
    const axis = axes[i];
    level += ((d[0] * axis[0] + d[1] * axis[1] + d[2] * axis[2]) / semiAxes[i]) ** 2;
  }
  return level < 1;
}

function walkUp(start: Place, depthOver: (q: Vec3, than: number) => number, finest: number): number {
  let best = start;
  let step = firstStep;
  for (let round = 0; step > finest && round < 400; round += 1) {
    // Less than this is no gain but creeping.
    const least = best.depth + 1e-4 * step;
    const try1 = (q: Vec3): Place | undefined => {
      const depth = depthOver(q, least);
      return depth > least ? { q, depth } : undefined;
    };
    let found: Place | undefined;
    for (const u of turnedCompass(round)) {
      found = try1(intoBall(along(best.q, u, step)));
      if (found !== undefined) break;
    }
    if (found === undefined) {
      step /= 2;
      continue;
    }
    // Twice as far each time, while that is still a gain.
    let way = subtract(found.q, best.q);
    best = found;
    for (let run = 0; run < 12; run += 1) {
      const q = intoBall(along(best.q, way, 1));
      const depth = depthOver(q, best.depth);
      if (!(depth > best.depth)) break;
      best = { q, depth };
      way = [2 * way[0], 2 * way[1], 2 * way[2]];
    }
  }
  return best.depth;
}

const intoBall = (q: Vec3): Vec3 => (norm(q) > 1 ? normalize(q) : q);

/** The same directions turned about two axes by angles that do not come back. */
function turnedCompass(round: number): readonly Vec3[] {
  const [a, b] = [2.4 * round, 1.3 * round];
  const [ca, sa, cb, sb] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  return compass.map(([x, y, z]): Vec3 => {
    const [x1, y1] = [ca * x - sa * y, sa * x + ca * y];
    return [x1, cb * y1 - sb * z, sb * y1 + cb * z];
  });
}
