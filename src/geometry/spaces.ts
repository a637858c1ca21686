/** A bare triple; the branded types below say which space its numbers live in. */
export type Vec3 = readonly [number, number, number];
export type Vec2 = readonly [number, number];

/** Patient space: DICOM LPS, millimetres; +x to the patient's left, +y to the back, +z to the head. */
export type LpsMm = Vec3 & { readonly __space?: 'lps' };
/** Voxel index space: continuous [column, row, slice]; [0, 0, 0] is the centre of the first voxel. */
export type VoxelIJK = Vec3 & { readonly __space?: 'ijk' };
/** Image space: continuous [column, row]; [0, 0] is the centre of the first pixel. */
export type PixelXY = Vec2 & { readonly __space?: 'pixel' };

/** A point of a plan item: three numbers in patient space, two in image space. */
export type Point = LpsMm | PixelXY;

export function isLps(point: Point): point is LpsMm {
  return point.length === 3;
}
export function isPixel(point: Point): point is PixelXY {
  return point.length === 2;
}
