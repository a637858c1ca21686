import type { LpsMm } from './spaces.ts';
import { add, scale, subtract } from './vec.ts';
import { distanceToPlane, type Plane } from './plane.ts';

/**
 * Where a flat convex shape (the outline of a slice) meets a plane.
 *
 * @param corners  of the outline in order, LPS mm; at least three
 * @returns both ends of the segment, LPS mm; null where the shape lies on one side of the plane, or in it
 */
export function outlineInPlane(corners: readonly LpsMm[], plane: Plane): readonly [LpsMm, LpsMm] | null {
  const depths = corners.map((corner) => distanceToPlane(plane, corner));
  const ends: LpsMm[] = [];
  corners.forEach((corner, at) => {
    const next = corners[(at + 1) % corners.length] ?? corner;
    const [here, there] = [depths[at] ?? 0, depths[(at + 1) % corners.length] ?? 0];
    // A corner in the plane belongs to the edge that ends in it, so that it counts once.
    if (here < 0 === there < 0) return;
    ends.push(add(corner, scale(subtract(next, corner), here / (here - there))));
  });
  const [one, two] = ends;
  return one === undefined || two === undefined ? null : [one, two];
}
