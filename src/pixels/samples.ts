import type { PixelFormat } from '../dicom/index.ts';
import type { PixelArray } from './types.ts';

type Layout = Pick<PixelFormat, 'bitsAllocated' | 'bitsStored' | 'highBit' | 'signed'>;

/**
 * Samples as numbers from native bytes: byte order undone, bits beyond the stored ones masked (they may hold overlays or
 * rubbish), sign taken from the highest stored bit.
 *
 * @param count samples to read; 1-bit pixels are packed least significant bit first and come out as 0 and 1.
 * @throws Error with a sentence where the bytes are too few.
 */
export function unpackSamples(bytes: Uint8Array, count: number, layout: Layout, bigEndian: boolean): PixelArray {
  const { bitsAllocated } = layout;
  if (bytes.length * 8 < count * bitsAllocated)
    throw new Error(`The picture is incomplete: ${bytes.length} bytes of ${Math.ceil((count * bitsAllocated) / 8)}.`);
  if (bitsAllocated === 1) {
    const out = new Uint8Array(count);
    for (let i = 0; i < count; i++) out[i] = ((bytes[i >> 3] ?? 0) >> (i & 7)) & 1;
    return out;
  }
  if (bitsAllocated === 8) return conform(bytes.subarray(0, count), layout);
  if (bitsAllocated === 16) return conform(words16(bytes, count, bigEndian), layout);
  return conform(words32(bytes, count, bigEndian), layout);
}

/** IEEE numbers of 32 or 64 bits; the latter rounded to 32. @throws Error with a sentence where the bytes are too few. */
export function floatSamples(bytes: Uint8Array, count: number, bits: number, bigEndian: boolean): Float32Array {
  if (bytes.length * 8 < count * bits)
    throw new Error(`The picture is incomplete: ${bytes.length} bytes of ${(count * bits) / 8}.`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++)
    out[i] = bits === 64 ? view.getFloat64(8 * i, !bigEndian) : view.getFloat32(4 * i, !bigEndian);
  return out;
}

/**
 * Masks and extends the sign; returns the smallest array type that holds every possible value, without a copy where the
 * samples are already right.
 */
export function conform(raw: Uint8Array | Uint16Array | Uint32Array, layout: Layout): PixelArray {
  const { bitsStored, signed } = layout;
  const shift = layout.highBit + 1 - bitsStored;
  const width = raw.BYTES_PER_ELEMENT * 8;
  if (shift === 0 && bitsStored === width) {
    if (!signed) return raw;
    if (raw instanceof Uint16Array) return new Int16Array(raw.buffer, raw.byteOffset, raw.length);
    if (raw instanceof Uint32Array) return new Int32Array(raw.buffer, raw.byteOffset, raw.length);
    return Int16Array.from(raw, (value) => (value << 24) >> 24);
  }
  if (signed) {
    const out = width === 32 ? new Int32Array(raw.length) : new Int16Array(raw.length);
    const up = 32 - bitsStored;
    for (let i = 0; i < raw.length; i++) out[i] = (((raw[i] ?? 0) >>> shift) << up) >> up;
    return out;
  }
  const out =
    width === 32
      ? new Uint32Array(raw.length)
      : width === 16
        ? new Uint16Array(raw.length)
        : new Uint8Array(raw.length);
  const mask = bitsStored >= 32 ? 0xffffffff : 2 ** bitsStored - 1;
  for (let i = 0; i < raw.length; i++) out[i] = ((raw[i] ?? 0) >>> shift) & mask;
  return out;
}

function words16(bytes: Uint8Array, count: number, bigEndian: boolean): Uint16Array {
  if (!bigEndian && bytes.byteOffset % 2 === 0) return new Uint16Array(bytes.buffer, bytes.byteOffset, count);
  const out = new Uint16Array(count);
  const [low, high] = bigEndian ? [1, 0] : [0, 1];
  for (let i = 0; i < count; i++) out[i] = (bytes[2 * i + low] ?? 0) | ((bytes[2 * i + high] ?? 0) << 8);
  return out;
}

function words32(bytes: Uint8Array, count: number, bigEndian: boolean): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: count }, (_, i) => view.getUint32(4 * i, !bigEndian));
}
