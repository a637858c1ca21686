import type { Ellipsoid, EllipsoidUnion, LpsMm } from '../../geometry/index.ts';
import {
  along,
  distanceToEllipsoid,
  distanceToUnion,
  isInsideEllipsoid,
  leastOnSphere,
  leastOverUnion,
  midpoint,
  surfacePoint,
} from '../../geometry/index.ts';

/**
 * The least over the target's surface of the signed distance to the zone's surface, mm, positive inside the zone.
 * One zone, or a target not wholly inside: the least of the bodies' exact distances, searched over the target. Wholly
 * inside several: the same number seen from the zone's surface, the least distance from there to the target.
 */
export function minimalAblativeMargin(target: Ellipsoid, zone: EllipsoidUnion, signal?: AbortSignal): number {
  const outside = (p: LpsMm): number => Math.min(...zone.bodies.map((body) => distanceToEllipsoid(body, p)));
  const search = signal ? { signal } : {};
  const margin = leastOnSphere((u) => -outside(surfacePoint(target, u)), search).value;
  if (margin < 0 || zone.bodies.length === 1) return margin + 0;
  return leastOverUnion(zone, (p) => Math.abs(distanceToEllipsoid(target, p)));
}

/**
 * The least over a critical body of the signed distance to the zone's surface, mm: how far apart they are, or, negative,
 * how deep the body reaches into the zone.
 */
export function zoneClearance(critical: Ellipsoid, zone: EllipsoidUnion, signal?: AbortSignal): number {
  const search = signal ? { signal } : {};
  const apart = Math.min(
    ...zone.bodies.map((body) =>
      // A convex body is deepest in its centre; from there its distance only grows, so the surface decides otherwise.
      isInsideEllipsoid(critical, body.centre)
        ? -Math.min(...body.semiAxes)
        : leastOnSphere((u) => distanceToEllipsoid(body, surfacePoint(critical, u)), search).value,
    ),
  );
  if (apart >= 0 || zone.bodies.length === 1) return apart;
  const depth = (p: LpsMm): number => distanceToUnion(zone, p, 1e-4);
  const surface = leastOnSphere((u) => depth(surfacePoint(critical, u)), {
    samples: 150,
    starts: 2,
    finest: 1e-4,
    ...search,
  });
  const centres = zone.bodies.map(({ centre }) => centre);
  const inner = [
    ...centres,
    ...centres.flatMap((a, i) => centres.slice(i + 1).map((b) => midpoint(a, b))),
    critical.centre,
  ]
    .filter((p) => isInsideEllipsoid(critical, p))
    .map((p) => deepestFrom(p, depth, critical));
  return Math.min(apart, surface.value, ...inner);
}

/** Walks from a point inside the critical body to where it lies deepest in the zone. */
function deepestFrom(start: LpsMm, depth: (p: LpsMm) => number, within: Ellipsoid): number {
  let best = { at: start, value: depth(start) };
  for (let step = 2, round = 0; step > 1e-3 && round < 100; round += 1) {
    const next = [
      ...within.axes.map((axis) => along(best.at, axis, step)),
      ...within.axes.map((axis) => along(best.at, axis, -step)),
    ]
      .filter((p) => isInsideEllipsoid(within, p))
      .map((at) => ({ at, value: depth(at) }))
      .reduce((a, b) => (b.value < a.value ? b : a), best);
    if (next === best) step /= 2;
    else best = next;
  }
  return best.value;
}
