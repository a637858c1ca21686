import type { Vec3 } from '../geometry/index.ts';

/** One pixel that has a share in an interpolated value. */
export interface Neighbour {
  readonly index: Vec3;
  readonly weight: number;
}

/** A position this near to a pixel's centre (in pixels) is that pixel: decimal input is not exact in binary. */
const onCentre = 1e-6;

/**
 * The pixels that a linear interpolation at a continuous index takes part of, up to eight, weights summing to 1; with
 * `nearest` the one whose cell holds it. undefined outside: beyond the outermost centres, for `nearest` beyond their cells.
 */
export function neighbours(index: Vec3, dimensions: Vec3, nearest: boolean): readonly Neighbour[] | undefined {
  const steps: (readonly (readonly [number, number])[])[] = [];
  for (const axis of [0, 1, 2] as const) {
    const at = index[axis];
    const last = dimensions[axis] - 1;
    const close = Math.round(at);
    if (nearest ? !(close >= 0 && close <= last) : !(at >= -onCentre && at <= last + onCentre)) return undefined;
    // + 0: Math.round gives -0 just below 0.
    if (nearest || Math.abs(at - close) <= onCentre) steps.push([[close + 0, 1]]);
    else
      steps.push([
        [Math.floor(at), Math.ceil(at) - at],
        [Math.ceil(at), at - Math.floor(at)],
      ]);
  }
  const [columns = [], rows = [], slices = []] = steps;
  return slices.flatMap(([k, c]) =>
    rows.flatMap(([j, b]) => columns.map(([i, a]): Neighbour => ({ index: [i, j, k], weight: a * b * c }))),
  );
}
