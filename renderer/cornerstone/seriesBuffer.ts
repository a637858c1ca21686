import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { isColour, pickArrayType, seriesBytes, viewOn } from '../../src/pixels/index.ts';
import { frameAt } from './slicePlane.ts';

export function isColourSeries(series: Series): boolean {
  const [first] = series.instances;
  return first !== undefined && isColour(first.pixel);
}

/** One buffer for the whole series, shared with workers where the page is isolated. @throws Error with a sentence when there is no room. */
export function allocate(series: Series, isolated: boolean): PixelArray {
  const bytes = seriesBytes(series);
  try {
    return viewOn(pickArrayType(series), isolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes));
  } catch {
    throw new Error(
      `This series needs ${Math.ceil(bytes / 1e6)} MB of memory in one piece, which is not free. Close another series first.`,
    );
  }
}

/** What a slice that has not come looks like: the file's padding or the lowest value of a CT (0 would be a grey block of water). */
export function emptyValue(series: Series): number {
  if (isColourSeries(series) || series.modality !== 'CT' || series.frames.length === 0) return 0;
  const { instance, facts } = frameAt(series, 0);
  const { slope, intercept } = facts.rescale;
  const { signed, bitsStored, paddingValue } = instance.pixel;
  const ends = [signed ? -(2 ** (bitsStored - 1)) : 0, signed ? 2 ** (bitsStored - 1) - 1 : 2 ** bitsStored - 1];
  const lowest = Math.min(...ends.map((stored) => stored * slope + intercept));
  return Math.max(-3024, lowest, paddingValue === null ? -Infinity : Math.min(paddingValue * slope + intercept, -1000));
}

/** Room for one frame alone (a thumbnail). */
export function allocateFrame(series: Series): PixelArray {
  return viewOn(pickArrayType(series), new ArrayBuffer(seriesBytes(series) / Math.max(1, series.frames.length)));
}
