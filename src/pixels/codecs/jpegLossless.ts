import { Decoder } from '@cornerstonejs/jpeg-lossless-decoder-js';
import type { Decoded } from './decoded.ts';

/** JPEG lossless (process 14, any predictor). The frame header is read here, since the decoder does not tell it all. */
export function decodeJpegLossless(encoded: Uint8Array): Decoded {
  const header = frameHeader(encoded);
  if (header === undefined) throw new Error('The compressed picture is damaged (jpeg-lossless: no frame header).');
  const wide = header.bits > 8;
  let decoded: { buffer: ArrayBufferLike; byteOffset: number; byteLength: number };
  try {
    // Buffers of their own: the decoder takes the whole ArrayBuffer for the file otherwise.
    decoded = new Decoder().decode(encoded.slice().buffer, 0, encoded.length, wide ? 2 : 1);
  } catch (error) {
    throw new Error('The compressed picture is damaged (jpeg-lossless).', { cause: error });
  }
  const bytes = new Uint8Array(decoded.buffer, decoded.byteOffset, decoded.byteLength).slice();
  const samples = header.rows * header.columns * header.samplesPerPixel;
  if (bytes.length < samples * (wide ? 2 : 1))
    throw new Error('The compressed picture is damaged (jpeg-lossless: it is incomplete).');
  return {
    ...header,
    signed: false,
    data: wide ? new Uint16Array(bytes.buffer, 0, samples) : bytes.subarray(0, samples),
    planar: false,
  };
}

export interface JpegFrameHeader {
  readonly rows: number;
  readonly columns: number;
  readonly samplesPerPixel: number;
  readonly bits: number;
}

/** The SOF segment of a JPEG or JPEG-LS codestream. */
export function frameHeader(encoded: Uint8Array): JpegFrameHeader | undefined {
  const at = (i: number) => encoded[i] ?? 0;
  const word = (i: number) => at(i) * 256 + at(i + 1);
  for (let i = 2; i + 9 < encoded.length;) {
    if (at(i) !== 0xff) return undefined;
    const marker = at(i + 1);
    if (marker === 0xff) {
      i += 1; // fill byte
      continue;
    }
    const isFrame = (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) || marker === 0xf7;
    if (isFrame) return { bits: at(i + 4), rows: word(i + 5), columns: word(i + 7), samplesPerPixel: at(i + 9) };
    i += 2 + word(i + 2);
  }
  return undefined;
}
