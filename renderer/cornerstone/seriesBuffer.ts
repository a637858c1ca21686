import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray, PixelArrayType } from '../../src/pixels/index.ts';
import { pickArrayType } from './standIn.ts';
import { frameAt } from './slicePlane.ts';

const bytesPerValue: Readonly<Record<PixelArrayType, number>> = { Uint8Array: 1, Uint16Array: 2, Int16Array: 2, Float32Array: 4 };
const makers: Readonly<Record<PixelArrayType, (buffer: ArrayBufferLike) => PixelArray>> = {
  Uint8Array: (buffer) => new Uint8Array(buffer),
  Uint16Array: (buffer) => new Uint16Array(buffer),
  Int16Array: (buffer) => new Int16Array(buffer),
  Float32Array: (buffer) => new Float32Array(buffer),
};

export function isColour(series: Series): boolean {
  const pixel = series.instances[0]?.pixel;
  return pixel !== undefined && (pixel.samplesPerPixel === 3 || pixel.photometricInterpretation === 'PALETTE COLOR');
}

function arrayType(series: Series): PixelArrayType {
  return isColour(series) ? 'Uint8Array' : pickArrayType(series);
}

/** One buffer for the whole series, shared with workers where the page is isolated. @throws Error with a sentence when there is no room. */
export function allocate(series: Series, isolated: boolean): PixelArray {
  const type = arrayType(series);
  const make = makers[type];
  const length = series.frames.length * series.rows * series.columns * (isColour(series) ? 3 : 1);
  const bytes = length * bytesPerValue[type];
  try {
    const buffer: ArrayBufferLike = isolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
    return make(buffer);
  } catch {
    throw new Error(`This series needs ${Math.ceil(bytes / 1e6)} MB of memory in one piece, which is not free. Close another series first.`);
  }
}

/** What a slice that has not come looks like: the file's padding or the lowest value of a CT (0 would be a grey block of water). */
export function emptyValue(series: Series): number {
  if (isColour(series) || series.modality !== 'CT' || series.frames.length === 0) return 0;
  const { instance, facts } = frameAt(series, 0);
  const { slope, intercept } = facts.rescale;
  const { signed, bitsStored, paddingValue } = instance.pixel;
  const lowest = signed ? -(2 ** (bitsStored - 1)) : 0;
  const value = (paddingValue ?? lowest) * slope + intercept;
  const floor = arrayType(series) === 'Int16Array' ? -32768 : arrayType(series) === 'Float32Array' ? -Infinity : 0;
  return Math.max(floor, Math.max(-3024, value));
}

/** Room for one frame alone (a thumbnail). */
export function allocateFrame(series: Series): PixelArray {
  const type = arrayType(series);
  return makers[type](new ArrayBuffer(series.rows * series.columns * (isColour(series) ? 3 : 1) * bytesPerValue[type]));
}
