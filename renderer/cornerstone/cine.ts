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

/** Shares of the file's own rate that a film can run at. */
const paces = [0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];
/** The next faster (1) or slower (-1) pace; the ends stay. */
export function nextPace(pace: number, by: 1 | -1): number {
  const at = paces.findIndex((one) => one >= pace - 1e-9);
  return paces[Math.max(0, Math.min(paces.length - 1, (at < 0 ? paces.length - 1 : at) + by))] ?? 1;
}

/** Calls `show` on animation frames with the frame that is due. @param pace 1: at the file's own times; 0.5: half as fast. @returns the stopper */
export function playFrames(series: Series, from: number, show: (index: number) => void, pace = 1): () => void {
  let begun: number | null = null;
  let last = from;
  let handle = requestAnimationFrame(function step(now) {
    begun ??= now;
    const due = frameAtTime(series, from, (now - begun) * pace);
    if (due !== last) {
      last = due;
      show(due);
    }
    handle = requestAnimationFrame(step);
  });
  return () => cancelAnimationFrame(handle);
}
