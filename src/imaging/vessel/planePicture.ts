import type { CurveFrame, Vec3 } from '../../geometry/index.ts';
import type { LocalVolume } from './localVolume.ts';

/** Where a cross-section lies: its middle and the directions in its plane. */
export interface SectionPlane {
  readonly middle: Vec3;
  readonly frame: CurveFrame;
}
/** Places in a plane (mm along u and v from its middle) and the values there. */
export interface PlanePicture {
  readonly u: Float64Array;
  readonly v: Float64Array;
  readonly values: Float64Array;
}

/** Weights of the planes half a millimetre before, at and beyond. */
const weights = [1, 2, 1];

/**
 * The picture across the vessel, mean over neighbouring planes moved onto one another, at the places of a square grid
 * for which `wanted` says yes. Places outside the volume are left out.
 */
export function planePicture(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  at: number,
  grid: { readonly stepMm: number; readonly reachMm: number; wanted(u: number, v: number): boolean },
): PlanePicture {
  const us: number[] = [];
  const vs: number[] = [];
  const values: number[] = [];
  const near = weights.flatMap((weight, n) => {
    const plane = planes[at + n - 1];
    return plane === undefined ? [] : [{ weight, plane }];
  });
  const reach = Math.ceil(grid.reachMm / grid.stepMm);
  for (let b = -reach; b <= reach; b += 1)
    for (let a = -reach; a <= reach; a += 1) {
      const [u, v] = [a * grid.stepMm, b * grid.stepMm];
      if (!grid.wanted(u, v)) continue;
      let [sum, total] = [0, 0];
      for (const { weight, plane } of near) {
        const { middle, frame } = plane;
        const value = volume.at(
          middle[0] + u * frame.u[0] + v * frame.v[0],
          middle[1] + u * frame.u[1] + v * frame.v[1],
          middle[2] + u * frame.u[2] + v * frame.v[2],
        );
        if (Number.isNaN(value)) continue;
        sum += weight * value;
        total += weight;
      }
      if (total === 0) continue;
      us.push(u);
      vs.push(v);
      values.push(sum / total);
    }
  return { u: Float64Array.from(us), v: Float64Array.from(vs), values: Float64Array.from(values) };
}
