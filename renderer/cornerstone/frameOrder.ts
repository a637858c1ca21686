import type { Series } from '../../src/dicom/index.ts';

/** The frame a series opens with: of a film the one its file names as representative, else its first; the middle slice of everything else. */
export function openingFrame(series: Series): number {
  if (!isFilm(series)) return Math.floor(series.frames.length / 2);
  const named = series.frames.findIndex(
    ({ instance, frame }) => series.instances[instance]?.representativeFrame === frame,
  );
  return Math.max(0, named);
}

export function isFilm(series: Series): boolean {
  return (
    series.frameRate !== null ||
    series.frameTimes !== null ||
    (!series.volume && ['XA', 'RF', 'US'].includes(series.modality))
  );
}

/** The frames still wanted, at most `count`: a film's in order from the focus on, a stack's outward from it on both sides. */
export function nextFrames(
  wanted: ReadonlySet<number>,
  focus: number,
  film: boolean,
  frames: number,
  count: number,
): number[] {
  const chosen: number[] = [];
  const take = (index: number): void => {
    if (chosen.length < count && wanted.has(index)) chosen.push(index);
  };
  if (film) for (let k = 0; k < frames && chosen.length < count; k += 1) take((focus + k) % frames);
  else {
    take(focus);
    for (let d = 1; d < frames && chosen.length < count; d += 1) {
      take(focus + d);
      take(focus - d);
    }
  }
  return chosen;
}
