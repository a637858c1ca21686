import type { Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import { dot, voxelToPatient } from '../../src/geometry/index.ts';

/** The planes a view of a volume steps through along its normal: plane k lies at first + k * step, k from 0 to count - 1. */
export interface SliceGrid {
  readonly normal: Vec3;
  /** LPS mm along the normal, of the first plane that meets a voxel's centre. */
  readonly first: number;
  readonly step: number;
  readonly count: number;
}

export function corners(geometry: VolumeGeometry, outset = 0): Vec3[] {
  const ends = geometry.dimensions.map((n) => [-outset, n - 1 + outset]);
  const found: Vec3[] = [];
  for (const i of ends[0] ?? [])
    for (const j of ends[1] ?? []) for (const k of ends[2] ?? []) found.push(voxelToPatient(geometry, [i, j, k]));
  return found;
}

/** One step is one voxel along the index direction nearest to the normal, so that every notch shows the next row of voxels (also where they slant). */
export function sliceGrid(geometry: VolumeGeometry, normal: Vec3): SliceGrid {
  const reach = geometry.direction.map((direction) => Math.abs(dot(direction, normal)));
  const nearest = reach.indexOf(Math.max(...reach));
  const step = (reach[nearest] ?? 1) * (geometry.spacing[nearest] ?? 1);
  const depths = corners(geometry).map((corner) => dot(corner, normal));
  const first = Math.min(...depths);
  return { normal, first, step, count: Math.floor((Math.max(...depths) - first) / step + 1e-6) + 1 };
}

/** Width and middle of the whole volume along a direction, voxels' outer faces included, mm. */
export function extentAlong(
  geometry: VolumeGeometry,
  direction: Vec3,
): { readonly width: number; readonly middle: number } {
  const depths = corners(geometry, 0.5).map((corner) => dot(corner, direction));
  const low = Math.min(...depths);
  const high = Math.max(...depths);
  return { width: high - low, middle: (low + high) / 2 };
}
