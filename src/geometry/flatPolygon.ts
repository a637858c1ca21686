import type { Plane } from './plane.ts';
import { distanceToPlane } from './plane.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { along, cross, norm, normalize, scale, subtract } from './vec.ts';

/** A polygon in space: its area, the plane it lies in, and how far its corners stray from that plane. */
export interface FlatPolygon {
  /** mm2; of corners that do not lie in one plane, of their projection onto `plane`, the largest of all projections. */
  readonly areaMm2: number;
  /** Through the mean of the corners; undefined where they lie on one line. */
  readonly plane: Plane | undefined;
  readonly strayMm: number;
}

/** By Newell's vector area, half the sum of p x next. Corners: LPS mm. */
export function flatPolygon(corners: readonly LpsMm[]): FlatPolygon {
  const sum = corners.reduce<Vec3>((total, p) => along(total, p, 1), [0, 0, 0]);
  const point = scale(sum, 1 / Math.max(1, corners.length));
  const arms = corners.map((p) => subtract(p, point));
  const twice = arms.reduce<Vec3>((total, arm, i) => along(total, cross(arms.at(i - 1) ?? arm, arm), 1), [0, 0, 0]);
  const areaMm2 = norm(twice) / 2;
  const reach = Math.max(0, ...arms.map(norm));
  const normal = areaMm2 > 1e-9 * reach * reach ? twice : widestNormal(arms);
  if (normal === undefined) return { areaMm2, plane: undefined, strayMm: 0 };
  const plane = { point, normal: normalize(normal) };
  return { areaMm2, plane, strayMm: Math.max(0, ...corners.map((p) => Math.abs(distanceToPlane(plane, p)))) };
}

/** A figure of eight has no vector area, but it lies in a plane all the same. */
function widestNormal(arms: readonly Vec3[]): Vec3 | undefined {
  const far = arms.reduce<Vec3>((best, arm) => (norm(arm) > norm(best) ? arm : best), [0, 0, 0]);
  const normals = arms.map((arm) => cross(far, arm));
  const widest = normals.reduce<Vec3>((best, each) => (norm(each) > norm(best) ? each : best), [0, 0, 0]);
  return norm(widest) > 1e-9 * norm(far) ** 2 ? widest : undefined;
}
