import type { Series } from '../../src/dicom/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import { brightnessOf, paddingOf } from './brightness.ts';
import { decodeInto } from './frameDecoding.ts';
import { openingDisplay } from './openingDisplay.ts';
import { openingFrame } from './frameOrder.ts';
import { allocateFrame, isColourSeries } from './seriesBuffer.ts';
import { drawnSpacing, frameAt } from './slicePlane.ts';
import type { FrameSource } from './types.ts';

/** Longest side, CSS px. */
const side = 96;

/** A small picture of the frame a series opens with: the one frame that is read before a person opens the series. @throws Error with a sentence. */
export async function thumbnailOf(series: Series, source: FrameSource, signal: AbortSignal): Promise<ImageData> {
  const [picture] = await smallPictures(series, [openingFrame(series)], source, signal);
  if (picture === undefined) throw new Error('The series has no images.');
  return picture;
}

/**
 * Small pictures of some frames, all as bright as the first of them is shown.
 * @param indices  in the order of display, from 0
 * @throws Error with a sentence where one cannot be read.
 */
export async function smallPictures(
  series: Series,
  indices: readonly number[],
  source: FrameSource,
  signal: AbortSignal,
): Promise<readonly ImageData[]> {
  const found = new Map<number, Uint8Array<ArrayBuffer>>();
  let fault = 'The file ended before this image.';
  await source.frames(
    indices.map((index) => {
      const { instance, ref } = frameAt(series, index);
      return { token: instance.source, frame: ref.frame };
    }),
    (at, bytes) => found.set(at, bytes),
    (_, say) => (fault = say),
    signal,
  );
  let brightness: ((value: number) => number) | null = null;
  const pictures: ImageData[] = [];
  const values = allocateFrame(series);
  for (const [at, index] of indices.entries()) {
    const bytes = found.get(at);
    if (bytes === undefined) throw new Error(fault);
    await decodeInto(values, bytes, series, index);
    signal.throwIfAborted();
    brightness ??= brightnessOf(openingDisplay(series, index, values), paddingOf(series, index));
    pictures.push(shrunk(series, index, values, brightness));
  }
  return pictures;
}

function shrunk(series: Series, index: number, values: PixelArray, brightness: (value: number) => number): ImageData {
  const colour = isColourSeries(series);
  const samples = colour ? 3 : 1;
  const { rows, columns } = series;
  const [dy, dx] = drawnSpacing(series, index);
  const factor = side / Math.max(columns * dx, rows * dy);
  const width = Math.max(1, Math.round(columns * dx * factor));
  const height = Math.max(1, Math.round(rows * dy * factor));
  const picture = new ImageData(width, height);
  for (let y = 0; y < height; y += 1) {
    const rowsOf = span(y, height, rows);
    for (let x = 0; x < width; x += 1) {
      const columnsOf = span(x, width, columns);
      for (let s = 0; s < 3; s += 1) {
        // The mean of the pixels under it, so that fine bone does not flicker.
        let sum = 0;
        for (let r = rowsOf[0]; r < rowsOf[1]; r += 1) {
          for (let c = columnsOf[0]; c < columnsOf[1]; c += 1)
            sum += values[(r * columns + c) * samples + (colour ? s : 0)] ?? 0;
        }
        const mean = sum / ((rowsOf[1] - rowsOf[0]) * (columnsOf[1] - columnsOf[0]));
        picture.data[(y * width + x) * 4 + s] = 255 * brightness(mean);
      }
      picture.data[(y * width + x) * 4 + 3] = 255;
    }
  }
  return picture;
}

function span(at: number, of: number, pixels: number): [number, number] {
  const from = Math.min(pixels - 1, Math.floor((at * pixels) / of));
  return [from, Math.max(from + 1, Math.min(pixels, Math.floor(((at + 1) * pixels) / of)))];
}
