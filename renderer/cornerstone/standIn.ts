// STAND-IN until src/pixels exports these; removed before the room is done.
import type { Instance, Series } from '../../src/dicom/index.ts';
import type { PixelArray, PixelArrayType } from '../../src/pixels/index.ts';
export function pickArrayType(series: Series): PixelArrayType {
  const p = series.instances[0]?.pixel;
  return p?.bitsAllocated === 8 && series.modality !== 'CT' ? 'Uint8Array' : p?.signed || series.modality === 'CT' ? 'Int16Array' : 'Uint16Array';
}
export function writeModality(stored: PixelArray, instance: Instance, frame: number, out: PixelArray): void {
  const { slope, intercept } = (instance.facts[frame - 1] ?? instance.facts[0])?.rescale ?? { slope: 1, intercept: 0 };
  for (let i = 0; i < out.length; i++) out[i] = (stored[i] ?? 0) * slope + intercept;
}
export function readNative(bytes: Uint8Array, instance: Instance): PixelArray {
  if (instance.pixel.bitsAllocated === 8) return bytes;
  const copy = bytes.slice();
  return instance.pixel.signed ? new Int16Array(copy.buffer) : new Uint16Array(copy.buffer);
}
