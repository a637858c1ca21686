import type { Overlay, PixelFormat } from '../dicom/index.ts';

/**
 * The overlay of one frame as a mask of the picture: rows x columns bytes, 1 where it lies, moved to its origin and cut
 * at the picture's edges.
 *
 * @param frame   of the image, from 1.
 * @param encoded the frame's own bytes as stored; needed only where the overlay lies in unused bits of the pixels.
 * @returns undefined where the overlay has nothing for this frame, or its bits cannot be had (compressed pixels).
 */
export function overlayMask(
  overlay: Overlay,
  pixel: Pick<PixelFormat, 'rows' | 'columns' | 'bitsAllocated' | 'samplesPerPixel'>,
  frame: number,
  encoded?: { readonly bytes: Uint8Array; readonly bigEndian: boolean },
): Uint8Array | undefined {
  const index = frame - overlay.firstFrame;
  // An overlay of one frame that names no other belongs to every frame.
  const of = overlay.frames === 1 && overlay.firstFrame === 1 ? 0 : index;
  if (of < 0 || of >= overlay.frames) return undefined;
  if (overlay.runs !== null) return placed(overlay, pixel, fromRuns(overlay, overlay.runs, of));
  if (overlay.bit === null || encoded === undefined || pixel.samplesPerPixel !== 1) return undefined;
  return fromPixels(overlay.bit, pixel, encoded.bytes, encoded.bigEndian);
}

function fromRuns({ rows, columns }: Overlay, runs: readonly number[], frame: number): Uint8Array {
  const size = rows * columns;
  const mask = new Uint8Array(size);
  let at = -frame * size;
  for (const [i, run] of runs.entries()) {
    if (i % 2 === 1 && at + run > 0 && at < size) mask.fill(1, Math.max(0, at), Math.min(size, at + run));
    at += run;
    if (at >= size) break;
  }
  return mask;
}

function placed(overlay: Overlay, picture: Pick<PixelFormat, 'rows' | 'columns'>, bits: Uint8Array): Uint8Array {
  const [top, left] = overlay.origin;
  const { rows, columns } = overlay;
  if (top === 0 && left === 0 && rows === picture.rows && columns === picture.columns) return bits;
  const mask = new Uint8Array(picture.rows * picture.columns);
  for (let row = Math.max(0, -top); row < rows && row + top < picture.rows; row++)
    for (let column = Math.max(0, -left); column < columns && column + left < picture.columns; column++)
      mask[(row + top) * picture.columns + column + left] = bits[row * columns + column] ?? 0;
  return mask;
}

function fromPixels(
  bit: number,
  { rows, columns, bitsAllocated }: Pick<PixelFormat, 'rows' | 'columns' | 'bitsAllocated'>,
  bytes: Uint8Array,
  bigEndian: boolean,
): Uint8Array | undefined {
  const size = bitsAllocated / 8;
  if ((size !== 1 && size !== 2) || bytes.length < rows * columns * size || bit >= bitsAllocated) return undefined;
  const byte = bit >> 3;
  const from = bigEndian ? size - 1 - byte : byte;
  return Uint8Array.from({ length: rows * columns }, (_, i) => ((bytes[i * size + from] ?? 0) >> (bit & 7)) & 1);
}
