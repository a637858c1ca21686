import { frameHeader } from './jpegLossless.ts';
import type { CodecName } from './openCodecs.ts';

export interface AnnouncedSize {
  readonly rows: number;
  readonly columns: number;
  /** undefined where it is not told at the beginning (JPEG XL). */
  readonly samplesPerPixel: number | undefined;
}

/** The size that a codestream claims, read before any decoder asks for memory; undefined where it is not found. */
export function announcedSize(codec: CodecName, encoded: Uint8Array): AnnouncedSize | undefined {
  if (codec === 'jpeg-xl') return jpegXlSize(encoded);
  if (codec === 'jpeg-2000' || codec === 'htj2k') return jpeg2000Size(encoded);
  return frameHeader(encoded);
}

/** SIZ is the first segment (ISO 15444-1, A.5.1); files in the boxes of JP2 have it further on. */
function jpeg2000Size(encoded: Uint8Array): AnnouncedSize | undefined {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  for (let at = 0; at + 42 <= encoded.length && at < 4096; at++) {
    if (view.getUint32(at) !== 0xff4fff51) continue;
    return {
      columns: view.getUint32(at + 8) - view.getUint32(at + 16),
      rows: view.getUint32(at + 12) - view.getUint32(at + 20),
      samplesPerPixel: view.getUint16(at + 40),
    };
  }
  return undefined;
}

/** Width over height by number, as [numerator, denominator] (ISO 18181-1, SizeHeader). */
const RATIOS = [
  [1, 1],
  [12, 10],
  [4, 3],
  [3, 2],
  [16, 9],
  [5, 4],
  [2, 1],
] as const;

/** The naked codestream begins FF 0A and the size, least significant bit first. */
function jpegXlSize(encoded: Uint8Array): AnnouncedSize | undefined {
  if (encoded[0] !== 0xff || encoded[1] !== 0x0a) return undefined;
  let at = 16;
  const bits = (count: number) => {
    let value = 0;
    for (let i = 0; i < count; i++, at++) value += (((encoded[at >> 3] ?? 0) >> (at & 7)) & 1) * 2 ** i;
    return value;
  };
  const long = () => 1 + bits([9, 13, 18, 30][bits(2)] ?? 9);
  const isSmall = bits(1) === 1;
  const rows = isSmall ? 8 * (1 + bits(5)) : long();
  const ratio = RATIOS[bits(3) - 1];
  const columns = ratio ? Math.floor((rows * ratio[0]) / ratio[1]) : isSmall ? 8 * (1 + bits(5)) : long();
  return { rows, columns, samplesPerPixel: undefined };
}
