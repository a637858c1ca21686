import { ctOpeningWindow, type Series, type WindowPreset } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import type { WindowLevel } from './types.ts';
import { frameAt } from './slicePlane.ts';

export interface NamedWindow {
  readonly window: WindowLevel;
  readonly name: string | null;
}

/** Values shown black and white. DICOM PS3.3 C.11.2.1.2 for widths of whole values, the plain interval for narrower ones (fractions). */
export function windowRange({ centre, width }: WindowLevel): { lower: number; upper: number } {
  if (width < 2) return { lower: centre - width / 2, upper: centre + width / 2 };
  return { lower: centre - 0.5 - (width - 1) / 2, upper: centre - 0.5 + (width - 1) / 2 };
}

/** The windows of a frame's own, or those of its file. */
export function ownWindows(series: Series, index: number): readonly WindowPreset[] {
  const { instance, facts } = frameAt(series, index);
  return facts.windows ?? instance.windows;
}

/** The window a series opens with: the file's own where it is sane, else by body part and kernel for CT, else the middle 98 % of the values of a frame. */
export function openingWindow(series: Series, index: number, frame: PixelArray, colour: boolean): NamedWindow {
  if (colour) return { window: { centre: 128, width: 256 }, name: null };
  const own = ownWindows(series, index)[0];
  const range = percentiles(frame, 0.01, 0.99);
  if (own && own.width >= 1 && Number.isFinite(own.centre) && overlaps(own, range)) {
    return { window: { centre: own.centre, width: own.width }, name: own.name };
  }
  if (series.modality === 'CT') return ctOpeningWindow(series, index);
  const width = range.high - range.low;
  if (!(width > 0)) return { window: { centre: range.low, width: 1 }, name: null };
  return { window: { centre: range.low + width / 2, width }, name: null };
}

/** A window that leaves the frame all black or all white is a fault of the file. */
function overlaps(window: WindowLevel, range: { low: number; high: number }): boolean {
  return window.centre - window.width / 2 < range.high + 1 && window.centre + window.width / 2 > range.low - 1;
}

function percentiles(values: PixelArray, low: number, high: number): { low: number; high: number } {
  const step = Math.max(1, Math.floor(values.length / 20_000));
  const sample = new Float32Array(Math.ceil(values.length / step));
  for (let i = 0, k = 0; i < values.length; i += step, k += 1) sample[k] = values[i] ?? 0;
  sample.sort();
  const at = (part: number): number => sample[Math.min(sample.length - 1, Math.round(part * (sample.length - 1)))] ?? 0;
  return { low: at(low), high: at(high) };
}
