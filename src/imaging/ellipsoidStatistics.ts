import type { Ellipsoid } from '../geometry/index.ts';
import { ellipsoidLevel, ellipsoidSupport, patientToVoxel, voxelToPatient } from '../geometry/index.ts';
import { cross, dot, norm } from '../geometry/index.ts';
import { createTally } from './tally.ts';
import type { Statistics } from './tally.ts';
import type { Volume } from './volume.ts';

/**
 * Statistics inside an ellipsoid. Reads only the box of voxels around it.
 * @throws the signal's reason when aborted.
 */
export function ellipsoidStatistics({ geometry, data }: Volume, e: Ellipsoid, signal?: AbortSignal): Statistics {
  const centre = patientToVoxel(geometry, e.centre);
  const [a, b, c] = geometry.direction;
  const determinant = dot(a, cross(b, c));
  // How far the ellipsoid reaches along each index: its support along the index's own gradient.
  const gradients = [cross(b, c), cross(c, a), cross(a, b)] as const;
  const low: number[] = [];
  const high: number[] = [];
  let whole = true;
  for (const axis of [0, 1, 2] as const) {
    const gradient = gradients[axis];
    const size = norm(gradient);
    const unit = [gradient[0] / size, gradient[1] / size, gradient[2] / size] as const;
    const reach = (ellipsoidSupport(e, unit) * size) / Math.abs(determinant) / geometry.spacing[axis];
    const last = geometry.dimensions[axis] - 1;
    if (centre[axis] - reach < -0.5 || centre[axis] + reach > last + 0.5) whole = false;
    low.push(Math.max(0, Math.ceil(centre[axis] - reach - 1e-9)));
    high.push(Math.min(last, Math.floor(centre[axis] + reach + 1e-9)));
  }
  const [i0 = 0, j0 = 0, k0 = 0] = low;
  const [i1 = -1, j1 = -1, k1 = -1] = high;
  const [nx, ny] = geometry.dimensions;
  const tally = createTally();
  for (let k = k0; k <= k1; k += 1) {
    signal?.throwIfAborted();
    for (let j = j0; j <= j1; j += 1)
      for (let i = i0; i <= i1; i += 1) {
        // A hair of slack, so that a centre on the surface counts as inside whatever the rounding.
        if (ellipsoidLevel(e, voxelToPatient(geometry, [i, j, k])) > 1 + 1e-12) continue;
        const value = data[i + nx * (j + ny * k)];
        if (value !== undefined) tally.take(value);
      }
  }
  return tally.result(whole);
}
