import { ctOpeningWindow, insideShutter, type Series, type WindowPreset } from '../../src/dicom/index.ts';
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
  const range = percentiles(frame, 0.01, 0.99, freePixels(series, index));
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

/** Inside the shutter of a projection: beyond it all is black or blank and says nothing of the picture. */
function freePixels(series: Series, index: number): ((at: number) => boolean) | undefined {
  const { shutter } = frameAt(series, index).instance;
  const { columns } = series;
  return shutter && ((at) => insideShutter(shutter, at % columns, Math.floor(at / columns)));
}

function percentiles(
  values: PixelArray,
  low: number,
  high: number,
  isFree: (at: number) => boolean = () => true,
): { low: number; high: number } {
  const most = 20_000;
  // A step that does not divide the row: columns in step with it would be all that is looked at.
  const step = Math.max(1, Math.floor(values.length / most)) | 1;
  const all = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) if (isFree(i)) all[count++] = values[i] ?? 0;
  if (count === 0) return percentiles(values, low, high);
  const sample = all.subarray(0, count).sort();
  const at = (part: number): number => sample[Math.min(sample.length - 1, Math.round(part * (sample.length - 1)))] ?? 0;
  return { low: at(low), high: at(high) };
}
