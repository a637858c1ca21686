import type { Series } from '../../src/dicom/index.ts';
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
  const index = openingFrame(series);
  const { instance, ref } = frameAt(series, index);
  let bytes: Uint8Array<ArrayBuffer> | null = null;
  let fault = 'The file ended before this image.';
  await source.frames(
    [{ token: instance.source, frame: ref.frame }],
    (_, found) => (bytes = found),
    (_, say) => (fault = say),
    signal,
  );
  if (!bytes) throw new Error(fault);
  const values = allocateFrame(series);
  await decodeInto(values, bytes, series, index);
  signal.throwIfAborted();

  const colour = isColourSeries(series);
  const samples = colour ? 3 : 1;
  const { rows, columns } = series;
  const [dy, dx] = drawnSpacing(series, index);
  const factor = side / Math.max(columns * dx, rows * dy);
  const width = Math.max(1, Math.round(columns * dx * factor));
  const height = Math.max(1, Math.round(rows * dy * factor));
  const brightness = brightnessOf(openingDisplay(series, index, values), paddingOf(series, index));
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
