import type { PixelFormat } from '../dicom/index.ts';
import { announcedSize } from './codecs/announcedSize.ts';
import { frameHeader } from './codecs/jpegLossless.ts';
import type { Decoded } from './codecs/decoded.ts';
import type { CodecName, Codecs } from './codecs/openCodecs.ts';
import { applyPalette, expand422, interleave, toBytes, ybrFullToRgb } from './colour.ts';
import { jpegColour, withRgbMarker } from './jpegColour.ts';
import { decodeRle } from './rle.ts';
import { conform, floatSamples, unpackSamples } from './samples.ts';
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
  [`${base}4.110`]: 'jpeg-xl',
  [`${base}4.111`]: 'jpeg-xl',
  [`${base}4.112`]: 'jpeg-xl',
};

/**
 * One frame's bytes to its stored values: decompressed, byte order undone, bits masked, sign extended. Colour of every
 * kind (RGB, YBR, palette) comes out as RGB, 8 bit, interleaved.
 *
 * @param bytes  the frame alone: native bytes, or its fragments joined. May be returned as the frame's own memory.
 * @throws (rejects) Error with a sentence: damaged, incomplete, of another size than the header says, or a kind not read.
 */
export async function decodeFrame(
  bytes: Uint8Array,
  pixel: PixelFormat,
  transferSyntaxUID: string,
  codecs: Codecs,
): Promise<StoredFrame> {
  // Node's Buffer is a Uint8Array whose slice() copies nothing: what is copied below would be written over in its source.
  const encoded = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const codec = CODECS[transferSyntaxUID];
  if (codec === undefined && transferSyntaxUID !== `${base}5`)
    return finish(
      nativeSamples(encoded, pixel, transferSyntaxUID === `${base}2`),
      pixel,
      pixel.planarConfiguration === 1,
    );
  if (codec === undefined) return rleFrame(encoded, pixel);
  if (pixel.floating === true) throw new Error('Compressed floating-point pixels are not read.');
  // The codestream's own size is looked at first: a damaged one must not ask for gigabytes.
  const announced = announcedSize(codec, encoded);
  if (announced !== undefined)
    requireSize({ ...announced, samplesPerPixel: announced.samplesPerPixel ?? pixel.samplesPerPixel }, pixel);
  const decoded = await decodeWith(codec, encoded, pixel, codecs);
  requireSize(decoded, pixel);
  return finish(
    decodedSamples(decoded, pixel, codec === 'jpeg'),
    { ...pixel, photometricInterpretation: photometricAfter(codec, pixel) },
    decoded.planar,
  );
}

function requireSize(found: Pick<Decoded, 'rows' | 'columns' | 'samplesPerPixel'>, pixel: PixelFormat): void {
  const { rows, columns, samplesPerPixel } = found;
  if (rows === pixel.rows && columns === pixel.columns && samplesPerPixel === pixel.samplesPerPixel) return;
  throw new Error(
    `The compressed picture is ${columns} x ${rows} with ${samplesPerPixel} sample(s) a pixel; ` +
      `the header says ${pixel.columns} x ${pixel.rows} with ${pixel.samplesPerPixel}.`,
  );
}

function decodeWith(codec: CodecName, encoded: Uint8Array, pixel: PixelFormat, codecs: Codecs): Promise<Decoded> {
  if (codec !== 'jpeg') return codecs.decode(codec, encoded);
  if ((frameHeader(encoded)?.bits ?? 8) > 8) return codecs.decode('jpeg-extended', encoded);
  return codecs.decode('jpeg', jpegColour(encoded, pixel) === 'rgb-unmarked' ? withRgbMarker(encoded) : encoded);
}

function nativeSamples(encoded: Uint8Array, pixel: PixelFormat, bigEndian: boolean): PixelArray {
  const pixels = pixel.rows * pixel.columns;
  if (pixel.floating === true)
    return floatSamples(encoded, pixels * pixel.samplesPerPixel, pixel.bitsAllocated, bigEndian);
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

function decodedSamples(decoded: Decoded, pixel: PixelFormat, isLossyJpeg: boolean): PixelArray {
  const { data } = decoded;
  const raw = data instanceof Int16Array ? new Uint16Array(data.buffer, data.byteOffset, data.length) : data;
  const width = raw.BYTES_PER_ELEMENT * 8;
  // A codestream of fewer bits than the header says carries the sign in its own highest bit.
  const bitsStored = Math.min(pixel.bitsStored, decoded.signed ? width : decoded.bits);
  const inHeaderPlace = decoded.bits > pixel.bitsStored && pixel.highBit < decoded.bits;
  const highBit = inHeaderPlace ? pixel.highBit : bitsStored - 1;
  // A lossy codestream may overshoot what is stored: cutting its high bits off would turn the brightest pixel black.
  if (decoded.bits > pixel.bitsStored && isLossyJpeg && !pixel.signed)
    return Uint16Array.from(raw, (value) => Math.min(value, 2 ** pixel.bitsStored - 1));
  return conform(raw, { bitsAllocated: width, bitsStored, highBit, signed: pixel.signed });
}

/** What the samples are once the codec has done its own colour transform. */
function photometricAfter(codec: CodecName, pixel: PixelFormat): string {
  const named = pixel.photometricInterpretation;
  if (pixel.samplesPerPixel !== 3) return named;
  if (codec === 'jpeg' || codec === 'jpeg-xl') return 'RGB'; // libjpeg and libjxl undo YCbCr and XYB
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
