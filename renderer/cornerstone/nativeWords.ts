import type { PixelFormat, Rescale } from '../../src/dicom/index.ts';
import type { Extent, PixelArray } from '../../src/pixels/index.ts';

/** Explicit, implicit and deflated little endian (the host inflates). */
const nativeUIDs: ReadonlySet<string> = new Set(['1.2.840.10008.1.2', '1.2.840.10008.1.2.1', '1.2.840.10008.1.2.1.99']);

/** Whether a frame is 16-bit grey words as they lie in the file: CT, MR and most else that comes uncompressed. */
export function isNativeWords(
  bytes: Uint8Array,
  pixel: PixelFormat,
  transferSyntaxUID: string,
  rescale: Rescale,
): boolean {
  return (
    nativeUIDs.has(transferSyntaxUID) &&
    pixel.bitsAllocated === 16 &&
    pixel.samplesPerPixel === 1 &&
    pixel.floating !== true &&
    pixel.palette === undefined &&
    rescale.table === undefined &&
    bytes.byteOffset % 2 === 0 &&
    bytes.length >= pixel.rows * pixel.columns * 2
  );
}

/**
 * What src/pixels does to such a frame in three passes (mask and sign, rescale, extremes), in one: a series of 140 slices is there
 * a tenth of a second sooner. Gives the same values and extremes, which a test compares.
 */
export function writeNativeWords(
  bytes: Uint8Array<ArrayBuffer>,
  pixel: PixelFormat,
  { slope, intercept }: Rescale,
  out: PixelArray,
): Extent {
  const count = pixel.rows * pixel.columns;
  if (out.length !== count) throw new RangeError(`a frame of ${count} values does not fit into ${out.length}`);
  const words = new Uint16Array(bytes.buffer, bytes.byteOffset, count);
  const shift = pixel.highBit + 1 - pixel.bitsStored;
  const up = 32 - pixel.bitsStored;
  let min = Infinity;
  let max = -Infinity;
  if (pixel.signed) {
    for (let i = 0; i < count; i += 1) {
      const value = ((((words[i] ?? 0) >>> shift) << up) >> up) * slope + intercept;
      out[i] = value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  } else {
    const mask = 2 ** pixel.bitsStored - 1;
    for (let i = 0; i < count; i += 1) {
      const value = (((words[i] ?? 0) >>> shift) & mask) * slope + intercept;
      out[i] = value;
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  return { min, max };
}
