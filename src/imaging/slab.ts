import type { LpsMm, Vec3 } from '../geometry/index.ts';
import { along } from '../geometry/index.ts';
import { sampleVolume } from './sample.ts';
import type { Volume } from './volume.ts';

/** What is shown of the values along a ray through a slab: the greatest, the least, their mean. */
export type SlabMode = 'mip' | 'minip' | 'mean';
export interface Slab {
  readonly mode: SlabMode;
  /** Whole thickness, mm. */
  readonly mm: number;
}

/** Samples a voxel's least spacing: a plateau's middle is then found to a sixteenth of a voxel. */
const fineness = 8;
const most = 20_000;

/**
 * What a slab shows at one place: along the unit `normal` through `at` (LPS mm, on the middle plane), half of the thickness
 * to either side, trilinear between voxel centres, so exact in a sheared stack too.
 * @returns value   greatest, least, or mean (trapezoids over the part of the ray inside the outermost voxel centres);
 *          depthMm signed distance from the middle plane along the normal of the greatest or least value; where it holds over a
 *                  stretch, the middle of the stretch nearest to the plane; 0 for the mean;
 *          undefined where the ray meets no voxels.
 */
export function throughSlab(
  volume: Volume,
  at: LpsMm,
  normal: Vec3,
  { mode, mm }: Slab,
): { readonly value: number; readonly depthMm: number } | undefined {
  const step = Math.min(...volume.geometry.spacing) / fineness;
  const count = Math.max(2, Math.min(most, 2 * Math.ceil(mm / step / 2)));
  const depthOf = (i: number): number => (i / count - 0.5) * mm;
  const values: (number | undefined)[] = [];
  for (let i = 0; i <= count; i += 1) values.push(sampleVolume(volume, along(at, normal, depthOf(i))));
  if (mode === 'mean') return meanOf(values);

  let best: number | undefined;
  for (const value of values)
    if (value !== undefined && (best === undefined || (mode === 'mip' ? value > best : value < best))) best = value;
  if (best === undefined) return undefined;
  // Rounding along an oblique ray must not cut a stretch of equal voxels into pieces.
  const slack = 1e-9 * Math.max(1, Math.abs(best));
  let depthMm = Infinity;
  for (let i = 0; i <= count; i += 1) {
    if (!isNear(values[i], best, slack)) continue;
    const first = i;
    while (isNear(values[i + 1], best, slack)) i += 1;
    const middle = (depthOf(first) + depthOf(i)) / 2;
    if (Math.abs(middle) < Math.abs(depthMm)) depthMm = middle;
  }
  return { value: best, depthMm };
}

function isNear(value: number | undefined, wanted: number, slack: number): boolean {
  return value !== undefined && Math.abs(value - wanted) <= slack;
}

function meanOf(
  values: readonly (number | undefined)[],
): { readonly value: number; readonly depthMm: number } | undefined {
  let sum = 0;
  let weights = 0;
  for (const [i, value] of values.entries()) {
    if (value === undefined) continue;
    // Half a step on each side that lies inside.
    const weight = (values[i - 1] === undefined ? 0 : 0.5) + (values[i + 1] === undefined ? 0 : 0.5);
    sum += weight * value;
    weights += weight;
  }
  if (weights > 0) return { value: sum / weights, depthMm: 0 };
  const only = values.find((value) => value !== undefined);
  return only === undefined ? undefined : { value: only, depthMm: 0 };
}
