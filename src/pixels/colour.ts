import type { Palette } from '../dicom/index.ts';
import type { PixelArray } from './types.ts';

/** Plane after plane to pixel after pixel. */
export function interleave(planar: PixelArray, pixels: number): PixelArray {
  const out = planar.slice();
  for (let i = 0; i < pixels; i++)
    for (let sample = 0; sample < 3; sample++) out[3 * i + sample] = planar[sample * pixels + i] ?? 0;
  return out;
}

/** To 8 bit, by leaving out the lowest bits. */
export function toBytes(samples: PixelArray, bitsStored: number): Uint8Array {
  if (samples instanceof Uint8Array) return samples;
  const divisor = 2 ** Math.max(0, bitsStored - 8);
  return Uint8Array.from(samples, (value) => Math.floor(value / divisor));
}

/** YBR_FULL to RGB (PS3.3 C.7.6.3.1.2, ITU-R BT.601 full range), in place, 8 bit interleaved. */
export function ybrFullToRgb(data: Uint8Array): Uint8Array {
  const out = new Uint8ClampedArray(data.buffer, data.byteOffset, data.length);
  for (let i = 0; i + 2 < data.length; i += 3) {
    const y = data[i] ?? 0;
    const cb = (data[i + 1] ?? 0) - 128;
    const cr = (data[i + 2] ?? 0) - 128;
    out[i] = y + 1.402 * cr;
    out[i + 1] = y - 0.344136 * cb - 0.714136 * cr;
    out[i + 2] = y + 1.772 * cb;
  }
  return data;
}

/** Native YBR_FULL_422 (Y Y Cb Cr for each two pixels of a row) to YBR_FULL; chroma is repeated, as it lies. */
export function expand422(packed: Uint8Array, pixels: number): Uint8Array {
  const out = new Uint8Array(pixels * 3);
  for (let i = 0; i < pixels; i++) {
    const pair = (i >> 1) * 4;
    out[3 * i] = packed[pair + (i & 1)] ?? 0;
    out[3 * i + 1] = packed[pair + 2] ?? 0;
    out[3 * i + 2] = packed[pair + 3] ?? 0;
  }
  return out;
}

/** PALETTE COLOR to RGB; values below and above the table take its ends (PS3.3 C.7.6.3.1.5). */
export function applyPalette(stored: PixelArray, palette: Palette): Uint8Array {
  const out = new Uint8Array(stored.length * 3);
  const last = palette.red.length - 1;
  for (let i = 0; i < stored.length; i++) {
    const entry = Math.min(last, Math.max(0, (stored[i] ?? 0) - palette.first));
    out[3 * i] = palette.red[entry] ?? 0;
    out[3 * i + 1] = palette.green[entry] ?? 0;
    out[3 * i + 2] = palette.blue[entry] ?? 0;
  }
  return out;
}
