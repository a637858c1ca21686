import type { Series } from '../../src/dicom/index.ts';
import { smallPictures } from './thumbnail.ts';
import type { FrameSource, Preview } from './types.ts';

/** Pictures of a run that are read before it is opened. */
const mostFrames = 10;

/** A few frames of a run, evenly spread from the first to the last, all in the window of the first. @throws Error with a sentence. */
export async function previewOf(series: Series, source: FrameSource, signal: AbortSignal): Promise<Preview> {
  const count = Math.min(mostFrames, series.frames.length);
  const indices = Array.from({ length: count }, (_, i) =>
    count === 1 ? 0 : Math.round((i * (series.frames.length - 1)) / (count - 1)),
  );
  const pictures = await smallPictures(series, indices, source, signal);
  return { pictures, densest: densestOf(pictures) };
}

/**
 * The picture with the most contrast medium: where most has become darker than on the first one (the mask). Shutters
 * and bones are dark on all of them and count nothing.
 */
export function densestOf(pictures: readonly Pick<ImageData, 'data'>[]): number {
  const [mask] = pictures;
  let best = { at: 0, darker: 0 };
  pictures.forEach(({ data }, at) => {
    let darker = 0;
    for (let i = 0; i < data.length; i += 4) darker += Math.max(0, (mask?.data[i] ?? 0) - (data[i] ?? 0));
    if (darker > best.darker) best = { at, darker };
  });
  return best.at;
}
