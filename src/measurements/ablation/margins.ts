import type { Ellipsoid, EllipsoidUnion, LpsMm } from '../../geometry/index.ts';
import {
  deepestWithin,
  distance,
  distanceToEllipsoid,
  isInsideEllipsoid,
  leastOnSphere,
  leastOverUnion,
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

/** No more than the clearance of a critical body, told at once: between spheres around all; -Infinity where they meet. */
export function clearanceAtLeast(critical: Ellipsoid, zone: EllipsoidUnion): number {
  const reach = Math.max(...critical.semiAxes);
  const apart = Math.min(
    ...zone.bodies.map((body) => distance(body.centre, critical.centre) - Math.max(...body.semiAxes) - reach),
  );
  // A joint zone may be deeper than the spheres of its parts say.
  return apart >= 0 ? apart : -Infinity;
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
  return Math.min(apart, -deepestWithin(critical, zone, signal));
}
