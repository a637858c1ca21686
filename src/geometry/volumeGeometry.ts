import type { LpsMm, Vec3, VoxelIJK } from './spaces.ts';
import { cross, dot, normalize } from './vec.ts';

/**
 * Where the voxels of a volume lie: a full affine, so a sheared (gantry-tilted) stack is exact and never a box.
 * P = origin + direction[0] * spacing[0] * i + direction[1] * spacing[1] * j + direction[2] * spacing[2] * k.
 */
export interface VolumeGeometry {
  /** Voxels along column index, row index, slice index. */
  readonly dimensions: Vec3;
  /** mm along the same three; the third between slice centres along the stacking direction. */
  readonly spacing: Vec3;
  /** LPS of the centre of voxel [0, 0, 0]. */
  readonly origin: LpsMm;
  /** The three index directions, unit vectors in LPS; the third is not normal to the others in a sheared stack. */
  readonly direction: readonly [Vec3, Vec3, Vec3];
  readonly correction: null | 'gantry-tilt' | 'resampled';
}

/**
 * Distance between the planes of neighbouring slices along their normal, mm: `spacing[2]` times the cosine of the tilt.
 * `spacing[2]` itself where the slices lie square one behind the other.
 */
export function planeDistanceMm({
  spacing,
  direction: [row, column, stacking],
  correction,
}: Pick<VolumeGeometry, 'spacing' | 'direction' | 'correction'>): number {
  return correction === 'gantry-tilt'
    ? spacing[2] * Math.abs(dot(normalize(cross(row, column)), stacking))
    : spacing[2];
}

/** Centre of a voxel (continuous index) in patient space, LPS mm. */
export function voxelToPatient(g: VolumeGeometry, [i, j, k]: VoxelIJK): LpsMm {
  const [a, b, c] = g.direction;
  const x = i * g.spacing[0];
  const y = j * g.spacing[1];
  const z = k * g.spacing[2];
  return [
    g.origin[0] + a[0] * x + b[0] * y + c[0] * z,
    g.origin[1] + a[1] * x + b[1] * y + c[1] * z,
    g.origin[2] + a[2] * x + b[2] * y + c[2] * z,
  ];
}

/** Continuous voxel index of a point in patient space; exact for sheared stacks too (inverse of the full affine). */
export function patientToVoxel(g: VolumeGeometry, p: LpsMm): VoxelIJK {
  const [a, b, c] = g.direction;
  const d: Vec3 = [p[0] - g.origin[0], p[1] - g.origin[1], p[2] - g.origin[2]];
  const det = dot(a, cross(b, c));
  return [
    dot(d, cross(b, c)) / det / g.spacing[0],
    dot(d, cross(c, a)) / det / g.spacing[1],
    dot(d, cross(a, b)) / det / g.spacing[2],
  ];
}

/** Volume of one voxel, mm3: |det| of the affine. */
export function voxelVolumeMm3(g: VolumeGeometry): number {
  const [a, b, c] = g.direction;
  return Math.abs(dot(a, cross(b, c))) * g.spacing[0] * g.spacing[1] * g.spacing[2];
}
