import type { PixelFormat } from '../dicom/index.ts';
import { frameHeader } from './codecs/jpegLossless.ts';
import type { Decoded } from './codecs/decoded.ts';
import type { CodecName, Codecs } from './codecs/openCodecs.ts';
import { applyPalette, expand422, interleave, toBytes, ybrFullToRgb } from './colour.ts';
import { jpegColour, withRgbMarker } from './jpegColour.ts';
import { decodeRle } from './rle.ts';
import { conform, unpackSamples } from './samples.ts';
import type { PixelArray, StoredFrame } from './types.ts';

const base = '1.2.840.10008.1.2.';
const CODECS: Readonly<Record<string, CodecName>> = {
  [`${base}4.50`]: 'jpeg',
  [`${base}4.51`]: 'jpeg',
  [`${base}4.57`]: 'jpeg-lossless',
  [`${base}4.70`]: 'jpeg-lossless',
  [`${base}4.80`]: 'jpeg-ls',
  [`${base}4.81`]: 'jpeg-ls',
  [`${base}4.90`]: 'jpeg-2000',
  [`${base}4.91`]: 'jpeg-2000',
  [`${base}4.201`]: 'htj2k',
  [`${base}4.202`]: 'htj2k',
  [`${base}4.203`]: 'htj2k',
};

/**
 * One frame's bytes to its stored values: decompressed, byte order undone, bits masked, sign extended. Colour of every
 * kind (RGB, YBR, palette) comes out as RGB, 8 bit, interleaved.
 *
 * @param encoded  the frame alone: native bytes, or its fragments joined. May be returned as the frame's own memory.
 * @throws (rejects) Error with a sentence: damaged, incomplete, of another size than the header says, or a kind not read.
 */
export async function decodeFrame(
  encoded: Uint8Array,
  pixel: PixelFormat,
  transferSyntaxUID: string,
  codecs: Codecs,
): Promise<StoredFrame> {
  const codec = CODECS[transferSyntaxUID];
  if (codec === undefined && transferSyntaxUID !== `${base}5`)
    return finish(
      nativeSamples(encoded, pixel, transferSyntaxUID === `${base}2`),
      pixel,
      pixel.planarConfiguration === 1,
    );
  if (codec === undefined) return rleFrame(encoded, pixel);
  const colour = codec === 'jpeg' ? jpegColour(encoded, pixel) : 'as-declared';
  if (codec === 'jpeg' && (frameHeader(encoded)?.bits ?? 8) > 8)
    throw new Error('The picture is a 12-bit JPEG, which is not read.');
  const decoded = await codecs.decode(codec, colour === 'rgb-unmarked' ? withRgbMarker(encoded) : encoded);
  if (
    decoded.rows !== pixel.rows ||
    decoded.columns !== pixel.columns ||
    decoded.samplesPerPixel !== pixel.samplesPerPixel
  )
    throw new Error(
      `The compressed picture is ${decoded.columns} x ${decoded.rows} with ${decoded.samplesPerPixel} sample(s) a pixel; ` +
        `the header says ${pixel.columns} x ${pixel.rows} with ${pixel.samplesPerPixel}.`,
    );
  return finish(
    decodedSamples(decoded, pixel),
    { ...pixel, photometricInterpretation: photometricAfter(codec, pixel) },
    decoded.planar,
  );
}

function nativeSamples(encoded: Uint8Array, pixel: PixelFormat, bigEndian: boolean): PixelArray {
  const pixels = pixel.rows * pixel.columns;
  if (pixel.photometricInterpretation !== 'YBR_FULL_422')
    return unpackSamples(encoded, pixels * pixel.samplesPerPixel, pixel, bigEndian);
  // Two pixels in four bytes; a row of odd length ends in half a pair.
  const packed = unpackSamples(encoded, Math.min(encoded.length, Math.ceil(pixels / 2) * 4), pixel, bigEndian);
  return expand422(toBytes(packed, pixel.bitsStored), pixels);
}

/** Planes come apart; 1-bit pixels stay packed in bytes of eight, as in native form. */
function rleFrame(encoded: Uint8Array, pixel: PixelFormat): StoredFrame {
  const pixels = pixel.rows * pixel.columns;
  const packed = pixel.bitsAllocated === 1;
  const bytes = decodeRle(
    encoded,
    packed ? Math.ceil(pixels / 8) : pixels,
    pixel.samplesPerPixel,
    packed ? 1 : pixel.bitsAllocated / 8,
  );
  return finish(unpackSamples(bytes, pixels * pixel.samplesPerPixel, pixel, false), pixel, true);
}

function decodedSamples(decoded: Decoded, pixel: PixelFormat): PixelArray {
  const { data } = decoded;
  const raw = data instanceof Int16Array ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data;
  const width = raw.BYTES_PER_ELEMENT * 8;
  // A codestream of fewer bits than the header says carries the sign in its own highest bit.
  const bitsStored = Math.min(pixel.bitsStored, decoded.signed ? width : decoded.bits);
  const inHeaderPlace = decoded.bits > pixel.bitsStored && pixel.highBit < decoded.bits;
  const highBit = inHeaderPlace ? pixel.highBit : bitsStored - 1;
  return conform(raw, { bitsAllocated: width, bitsStored, highBit, signed: pixel.signed });
}

/** What the samples are once the codec has done its own colour transform. */
function photometricAfter(codec: CodecName, pixel: PixelFormat): string {
  const named = pixel.photometricInterpretation;
  if (pixel.samplesPerPixel !== 3) return named;
  if (codec === 'jpeg') return 'RGB'; // libjpeg undoes YCbCr
  if (codec === 'jpeg-2000' || codec === 'htj2k') return named === 'YBR_FULL' ? named : 'RGB'; // RCT and ICT are undone
  return named === 'YBR_FULL_422' ? 'YBR_FULL' : named;
}

function finish(samples: PixelArray, pixel: PixelFormat, planar: boolean): StoredFrame {
  const { rows, columns } = pixel;
  if (pixel.samplesPerPixel === 1) {
    if (pixel.photometricInterpretation !== 'PALETTE COLOR' || pixel.palette === undefined)
      return { rows, columns, samplesPerPixel: 1, data: samples };
    return { rows, columns, samplesPerPixel: 3, data: applyPalette(samples, pixel.palette) };
  }
  const bytes = toBytes(planar ? interleave(samples, rows * columns) : samples, pixel.bitsStored);
  const isYbr = pixel.photometricInterpretation === 'YBR_FULL' || pixel.photometricInterpretation === 'YBR_FULL_422';
  return { rows, columns, samplesPerPixel: 3, data: isYbr ? ybrFullToRgb(bytes.slice()) : bytes };
}
