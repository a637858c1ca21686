import type { LpsMm, Outline, Vec3 } from '../geometry/index.ts';
import { along, outlineOnRow, outlineRange } from '../geometry/index.ts';
import { sampleVolume } from './sample.ts';
import { createTally } from './tally.ts';
import type { Statistics } from './tally.ts';
import type { Volume } from './volume.ts';

/** One picture of grey values, row by row; its first pixel stands at `offset` of `data`. */
export interface Picture {
  readonly data: ArrayLike<number>;
  readonly columns: number;
  readonly rows: number;
  readonly offset?: number;
}

/**
 * Statistics of the pixels whose centre lies inside an outline in [column, row], or on it.
 * @throws the signal's reason when aborted.
 */
export function outlineStatistics(
  { data, columns, rows, offset = 0 }: Picture,
  outline: Outline,
  signal?: AbortSignal,
): Statistics {
  const { low, high } = outlineRange(outline);
  const whole = low[0] >= -0.5 && low[1] >= -0.5 && high[0] <= columns - 0.5 && high[1] <= rows - 0.5;
  const tally = createTally();
  const last = Math.min(rows - 1, Math.floor(high[1] + 1e-9));
  for (let row = Math.max(0, Math.ceil(low[1] - 1e-9)); row <= last; row += 1) {
    signal?.throwIfAborted();
    for (const [from, to] of outlineOnRow(outline, row)) {
      const end = Math.min(columns - 1, Math.floor(to));
      for (let column = Math.max(0, Math.ceil(from)); column <= end; column += 1) {
        const value = data[offset + column + columns * row];
        if (value !== undefined) tally.take(value);
      }
    }
  }
  return tally.result(whole);
}

/** No person sees more than this many points of an outline apart; beyond, the grid is made coarser. */
const mostSamples = 4e6;

/**
 * Statistics of values interpolated (trilinear) in a plane that is no slice, on a square grid of `stepMm` through `at`.
 * The outline's coordinates are mm from `at` along two unit vectors `axes` at right angles.
 * @returns also the step used, mm. @throws the signal's reason when aborted.
 */
export function planeStatistics(
  volume: Volume,
  plane: { readonly at: LpsMm; readonly axes: readonly [Vec3, Vec3] },
  outline: Outline,
  stepMm: number,
  signal?: AbortSignal,
): { readonly statistics: Statistics; readonly stepMm: number } {
  const { low, high } = outlineRange(outline);
  const [width, height] = [high[0] - low[0], high[1] - low[1]];
  const step = Math.max(stepMm, Math.sqrt((width * height) / mostSamples), Math.max(width, height) / 1e5);
  const tally = createTally();
  let whole = true;
  const last = Math.floor(high[1] / step + 1e-9);
  for (let row = Math.ceil(low[1] / step - 1e-9); row <= last; row += 1) {
    signal?.throwIfAborted();
    const start = along(plane.at, plane.axes[1], row * step);
    for (const [from, to] of outlineOnRow(outline, row * step))
      for (let column = Math.ceil(from / step); column <= Math.floor(to / step); column += 1) {
        const value = sampleVolume(volume, along(start, plane.axes[0], column * step));
        if (value === undefined) whole = false;
        else tally.take(value);
      }
  }
  return { statistics: tally.result(whole), stepMm: step };
}
