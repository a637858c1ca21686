import type { LpsMm, Vec3 } from './spaces.ts';
import { cross, dot, normalize, subtract } from './vec.ts';

/** A plane in patient space: any point on it (LPS mm) and its unit normal. */
export interface Plane {
  readonly point: LpsMm;
  readonly normal: Vec3;
}

/** Signed distance of a point from the plane, mm, positive on the side the normal points to. */
export function distanceToPlane(plane: Plane, p: LpsMm): number {
  return dot(subtract(p, plane.point), plane.normal);
}

/** Two unit vectors that span the plane with the given unit normal: u x v = normal. */
export function planeBasis(normal: Vec3): readonly [Vec3, Vec3] {
  const [x, y, z] = [Math.abs(normal[0]), Math.abs(normal[1]), Math.abs(normal[2])];
  const least: Vec3 = x <= y && x <= z ? [1, 0, 0] : y <= z ? [0, 1, 0] : [0, 0, 1];
  const u = normalize(cross(least, normal));
  return [u, cross(normal, u)];
}
