import { shown, type Attributes } from './attributes.ts';
import type { FileHeader } from './fileHeader.ts';
import type { TransferSyntax } from './transferSyntaxes.ts';
import { readPalette } from './palette.ts';
import type { PixelDataLocation, PixelFormat } from './types.ts';

/** A frame larger than this is refused: no memory would hold it. */
const LARGEST_FRAME_BYTES = 1024 * 1024 * 1024;
const LARGEST_FRAME_COUNT = 250_000;
/** A compressed frame takes at least the head of its fragment. */
const LEAST_FRAGMENT_BYTES = 8;

export type PixelFault = {
  readonly reason: 'unreadable' | 'truncated' | 'too-large' | 'unsupported-syntax';
  readonly message: string;
};

/** The layout of the stored pixels, or why they cannot be read. */
export function readPixelFormat(header: FileHeader): PixelFormat | PixelFault {
  const { data } = header;
  const rows = data.uint16('x00280010') ?? 0;
  const columns = data.uint16('x00280011') ?? 0;
  const bitsAllocated = data.uint16('x00280100') ?? 0;
  const bitsStored = data.uint16('x00280101') ?? bitsAllocated;
  const highBit = data.uint16('x00280102') ?? bitsStored - 1;
  const samplesPerPixel = data.uint16('x00280002') ?? 1;
  if (rows === 0 || columns === 0) return unreadable('The image has no rows or no columns.');
  const floating = header.pixelData?.floating === true;
  if (!(floating ? [32, 64] : [1, 8, 16, 32]).includes(bitsAllocated))
    return unreadable(`The image has ${bitsAllocated} bits a pixel, which is not read.`);
  if (samplesPerPixel === 4) return unreadable('The picture is of four colours (CMYK or ARGB), which is not read.');
  if (samplesPerPixel !== 1 && samplesPerPixel !== 3)
    return unreadable(`The image has ${samplesPerPixel} samples a pixel, which is not read.`);
  if (rows * columns * samplesPerPixel * (bitsAllocated / 8) > LARGEST_FRAME_BYTES)
    return { reason: 'too-large', message: `One picture of ${columns} x ${rows} pixels is too large to be read.` };
  const sane = bitsStored >= 1 && bitsStored <= bitsAllocated && highBit >= bitsStored - 1 && highBit < bitsAllocated;
  const signed = data.uint16('x00280103') === 1;
  const palette = data.text('x00280004').startsWith('PALETTE') ? readPalette(data, header.bigEndian) : undefined;
  if (floating) return floatFormat(data, { rows, columns, samplesPerPixel, bitsAllocated });
  const padding = signed ? data.int16('x00280120') : data.uint16('x00280120');
  const limit = signed ? data.int16('x00280121') : data.uint16('x00280121');
  return {
    rows,
    columns,
    samplesPerPixel,
    photometricInterpretation: data.text('x00280004').trim().toUpperCase() || 'MONOCHROME2',
    planarConfiguration: data.uint16('x00280006') === 1 ? 1 : 0,
    bitsAllocated,
    bitsStored: sane ? bitsStored : bitsAllocated,
    highBit: sane ? highBit : bitsAllocated - 1,
    signed,
    paddingValue: padding ?? null,
    ...(padding !== undefined && limit !== undefined ? { paddingLimit: limit } : {}),
    ...(palette ? { palette } : {}),
  };
}

function floatFormat(
  data: Attributes,
  size: Pick<PixelFormat, 'rows' | 'columns' | 'samplesPerPixel' | 'bitsAllocated'>,
): PixelFormat {
  const wide = size.bitsAllocated === 64;
  const padding = wide ? data.double('x00280123') : data.float('x00280122');
  const limit = wide ? data.double('x00280125') : data.float('x00280124');
  return {
    ...size,
    photometricInterpretation: 'MONOCHROME2',
    planarConfiguration: 0,
    bitsStored: size.bitsAllocated,
    highBit: size.bitsAllocated - 1,
    signed: true,
    floating: true,
    paddingValue: padding ?? null,
    ...(padding !== undefined && limit !== undefined ? { paddingLimit: limit } : {}),
  };
}

/** Number of Frames (0028,0008); 1 where absent. */
export function readFrameCount(data: Attributes): number | PixelFault {
  const written = data.text('x00280008').trim();
  if (written === '') return 1;
  const frames = data.decimal('x00280008');
  if (frames === undefined || !Number.isInteger(frames) || frames < 0)
    return unreadable(`Number of Frames is not a number ("${shown(written)}").`);
  if (frames > LARGEST_FRAME_COUNT)
    return { reason: 'too-large', message: `${frames} frames are too many to be read.` };
  return Math.max(1, frames);
}

/** Bits a frame takes in native form; YBR_FULL_422 has two samples a pixel. */
export function nativeFrameBits(pixel: PixelFormat): number {
  const samples = pixel.photometricInterpretation === 'YBR_FULL_422' ? 2 : pixel.samplesPerPixel;
  return pixel.rows * pixel.columns * samples * pixel.bitsAllocated;
}

/**
 * Where the pixel data lie, or that the file ends too early for them.
 * Of compressed files only what the head shows can be judged: the first fragment and the offset tables.
 */
export function locatePixelData(
  header: FileHeader,
  syntax: TransferSyntax,
  pixel: PixelFormat,
  frames: number,
  fileSize: number,
): PixelDataLocation | PixelFault {
  const element = header.pixelData;
  if (element === undefined) return unreadable('The image has no pixel data.');
  const offset = header.start + element.offset;
  const location = {
    offset,
    length: element.length,
    encapsulated: syntax.encapsulated,
    fileSize,
    ...(header.deflated ? { deflated: { from: header.start, bytes: fileSize - header.start } } : {}),
  };
  if (!syntax.encapsulated) {
    if (element.length === null) return unreadable('The pixel data have no length, though they are not compressed.');
    const needed = Math.ceil((nativeFrameBits(pixel) * frames) / 8);
    if (element.length < needed)
      return truncated(`The pixel data are too short: ${element.length} bytes of ${needed} for ${frames} frame(s).`);
    if (!header.deflated && offset + needed > fileSize)
      return truncated(`The file ends inside its pixel data: ${Math.max(0, fileSize - offset)} bytes of ${needed}.`);
    return location;
  }
  if (pixel.floating === true)
    return {
      reason: 'unsupported-syntax',
      message: `Floating-point pixels that are compressed (${syntax.name}) are not read.`,
    };
  const left = fileSize - offset;
  if (!header.deflated && frames * LEAST_FRAGMENT_BYTES > left)
    return truncated(`The file is too short for ${frames} frames: ${Math.max(0, left)} bytes of pixel data.`);
  const tables = extendedTables(header.data, frames);
  const fault = firstFragmentFault(header, element.offset, fileSize, tables);
  return fault ?? { ...location, ...tables };
}

function extendedTables(
  data: Attributes,
  frames: number,
): { extendedOffsets: readonly number[]; extendedLengths: readonly number[] } | undefined {
  const offsets = uint64s(data.bytes('x7fe00001'));
  const lengths = uint64s(data.bytes('x7fe00002'));
  if (offsets.length !== frames || lengths.length !== frames) return undefined;
  return { extendedOffsets: offsets, extendedLengths: lengths };
}

function uint64s(bytes: Uint8Array | undefined): number[] {
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 8) }, (_, i) => Number(view.getBigUint64(i * 8, true)));
}

function firstFragmentFault(
  header: FileHeader,
  at: number,
  fileSize: number,
  tables: { extendedOffsets: readonly number[]; extendedLengths: readonly number[] } | undefined,
): PixelFault | undefined {
  const bytes = header.bytes;
  const left = fileSize - header.start;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const item = (offset: number) => {
    if (offset + 8 > bytes.length) return undefined;
    return { tag: view.getUint32(offset, true), length: view.getUint32(offset + 4, true) };
  };
  if (at + 8 > left) return truncated('The file ends before its first picture.');
  const table = item(at);
  if (table === undefined) return undefined;
  if (table.tag !== 0xe000fffe) return unreadable('The compressed pixel data do not begin with an item.');
  const first = at + 8 + table.length;
  if (first + 8 > left) return truncated('The file ends before its first picture.');
  for (let i = 0; at + 12 + 4 * i <= Math.min(first, bytes.length); i++)
    if (first + view.getUint32(at + 8 + 4 * i, true) >= left)
      return truncated('The file ends before its last picture.');
  for (const [i, offset] of (tables?.extendedOffsets ?? []).entries())
    if (first + offset + (tables?.extendedLengths[i] ?? 0) > left)
      return truncated('The file ends before its last picture.');
  const fragment = item(first);
  if (fragment !== undefined && fragment.tag === 0xe000fffe && first + 8 + fragment.length > left)
    return truncated('The file ends inside its first picture.');
  return undefined;
}

function unreadable(message: string): PixelFault {
  return { reason: 'unreadable', message };
}
function truncated(message: string): PixelFault {
  return { reason: 'truncated', message };
}
