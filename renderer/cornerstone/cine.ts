import type { Series } from '../../src/dicom/index.ts';

/** The frame to show `elapsedMs` after the one at `from`, looping: the file's own times where it has them, so a slow machine drops frames instead of slowing the heart down. */
export function frameAtTime(series: Series, from: number, elapsedMs: number): number {
  const count = series.frames.length;
  const times = series.frameTimes;
  if (times && times.length === count && count > 1) {
    const first = times[0] ?? 0;
    const last = times[count - 1] ?? 0;
    const length = last - first + (last - first) / (count - 1);
    if (length > 0) {
      const at = ((((times[from] ?? first) - first + elapsedMs) % length) + length) % length;
      let frame = 0;
      for (let k = 0; k < count; k += 1) if ((times[k] ?? 0) - first <= at + 1e-6) frame = k;
      return frame;
    }
  }
  const perSecond = series.frameRate && series.frameRate > 0 ? series.frameRate : 15;
  return (from + Math.floor((elapsedMs * perSecond) / 1000 + 1e-6)) % count;
}

/** Calls `show` on animation frames with the frame that is due. @returns the stopper */
export function playFrames(series: Series, from: number, show: (index: number) => void): () => void {
  let begun: number | null = null;
  let last = from;
  let handle = requestAnimationFrame(function step(now) {
    begun ??= now;
    const due = frameAtTime(series, from, now - begun);
    if (due !== last) {
      last = due;
      show(due);
    }
    handle = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(handle);
}
