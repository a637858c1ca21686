import type { Reformation, Volume } from '../../src/imaging/index.ts';
import { readLines } from '../../src/imaging/index.ts';

/** What is to be read: lines of a surface and the ends of each, mm across. */
export interface PictureWish {
  readonly reformation: Reformation;
  readonly fromMm: number;
  readonly toMm: number;
  /** Values a line. */
  readonly count: number;
}
/** A picture that was read: value `i` of line `n` at n * count + i. */
export interface Picture extends PictureWish {
  readonly values: Float32Array;
}

/** A slice of work on the page's thread, ms: hands are answered between two of them. */
const sliceMs = 8;
/** Lines between two looks at the clock. */
const linesAtOnce = 16;

/** Reads a picture in slices; `done` when all is there. Returns what stops it. */
export function readPicture(volume: Volume, wish: PictureWish, done: (picture: Picture) => void): () => void {
  const total = wish.reformation.lines.length;
  const values = new Float32Array(total * wish.count);
  let line = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const work = (): void => {
    timer = undefined;
    const until = performance.now() + sliceMs;
    do {
      readLines(volume, wish.reformation, wish, values, { from: line, to: line + linesAtOnce });
      line += linesAtOnce;
    } while (line < total && performance.now() < until);
    if (line < total) timer = setTimeout(work, 0);
    else done({ ...wish, values });
  };
  work();
  return () => clearTimeout(timer);
}

/** Values as grey pixels, the lines side by side; black outside the volume. */
export function greyPicture({ values, count, reformation }: Picture, brightness: (value: number) => number): ImageData {
  const width = Math.max(1, reformation.lines.length);
  const image = new ImageData(width, Math.max(1, count));
  const pixels = new Uint32Array(image.data.buffer);
  for (let n = 0; n < width; n += 1)
    for (let i = 0; i < count; i += 1) {
      const value = values[n * count + i] ?? Number.NaN;
      const grey = Number.isNaN(value) ? 0 : Math.round(255 * brightness(value));
      // Little-endian RGBA, as every machine of today has it.
      pixels[i * width + n] = 0xff000000 | (grey << 16) | (grey << 8) | grey;
    }
  return image;
}
