import type { LpsMm, Vec3 } from '../../geometry/index.ts';
import { along, cross, dot, normalize, subtract } from '../../geometry/index.ts';
import type { Volume } from '../volume.ts';

/**
 * A volume in millimetres of its own: x along its rows, z across its slices' planes, origin at its first voxel. Where
 * the patient lies in space cannot change what is found there; a sheared stack stays exact.
 */
export interface LocalVolume {
  /** The value at a place, trilinear; NaN outside the outermost voxel centres. */
  at(x: number, y: number, z: number): number;
  toLocal(p: LpsMm): Vec3;
  toPatient(q: Vec3): LpsMm;
  /** The least and the greatest of the voxel sizes, mm. */
  readonly finestMm: number;
  readonly coarsestMm: number;
}

export function localVolume({ geometry, data }: Volume): LocalVolume {
  const [row, column, stacking] = geometry.direction;
  const [nx, ny, nz] = geometry.dimensions;
  const [sx, sy, sz] = geometry.spacing;
  const across = normalize(cross(row, column));
  const down = cross(across, row);
  const [columnX, columnY] = [dot(column, row), dot(column, down)];
  const [stackX, stackY, stackZ] = [dot(stacking, row), dot(stacking, down), dot(stacking, across)];
  const plane = nx * ny;
  return {
    finestMm: Math.min(sx, sy, sz),
    coarsestMm: Math.max(sx, sy, sz),
    toLocal(p) {
      const d = subtract(p, geometry.origin);
      return [dot(d, row), dot(d, down), dot(d, across)];
    },
    toPatient: ([x, y, z]) => along(along(along(geometry.origin, row, x), down, y), across, z),
    at(x, y, z) {
      const byZ = z / stackZ;
      const byY = (y - stackY * byZ) / columnY;
      const i = (x - columnX * byY - stackX * byZ) / sx;
      const j = byY / sy;
      const k = byZ / sz;
      if (!(i >= 0 && j >= 0 && k >= 0 && i <= nx - 1 && j <= ny - 1 && k <= nz - 1)) return Number.NaN;
      const [i0, j0, k0] = [
        Math.min(Math.floor(i), nx - 2),
        Math.min(Math.floor(j), ny - 2),
        Math.min(Math.floor(k), nz - 2),
      ];
      const [fi, fj, fk] = [i - i0, j - j0, k - k0];
      const o = i0 + nx * j0 + plane * k0;
      const line = (at: number): number => (data[at] ?? Number.NaN) * (1 - fi) + (data[at + 1] ?? Number.NaN) * fi;
      const near = line(o) * (1 - fj) + line(o + nx) * fj;
      const far = line(o + plane) * (1 - fj) + line(o + plane + nx) * fj;
      return near * (1 - fk) + far * fk;
    },
  };
}
