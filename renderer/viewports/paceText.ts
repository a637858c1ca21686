import type { ShownRate } from '../cornerstone/types.ts';
import { trimmed } from '../ui/text.ts';

/** A film runs as it should while it misses no more than this: hands and eyes notice less. */
const unnoticed = 0.1;

/**
 * The words of a film's rate: "15 frames/s"; "15 frames/s, shown 9" where the machine cannot keep it; of frames at uneven
 * times the time of the present one.
 *
 * @param rate  as acquired, frames/s; null where uneven.
 * @param pace  share of it that was asked for.
 */
export function paceText({
  rate,
  timeMs,
  pace,
  shown,
}: {
  readonly rate: number | null;
  readonly timeMs: number | null;
  readonly pace: number;
  readonly shown: ShownRate | null;
}): string {
  if (rate !== null) {
    const wanted = rate * pace;
    const lags = shown !== null && shown.perSecond < wanted * (1 - unnoticed);
    const acquired = pace === 1 ? '' : `acquired ${trimmed(rate)}`;
    return [`${trimmed(wanted)} frames/s`, lags ? `shown ${whole(shown.perSecond)}` : '', acquired]
      .filter(Boolean)
      .join(', ');
  }
  const lags = shown !== null && shown.leftOut > unnoticed;
  return [
    timeMs === null ? '' : `${trimmed(timeMs)} ms`,
    pace === 1 ? '' : `played ${trimmed(pace)} ×`,
    lags ? `shown ${whole(shown.perSecond)} frames/s, ${Math.round(shown.leftOut * 100)} % left out` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** A rate that trembles is told no finer than it stands still. */
function whole(perSecond: number): string {
  return String(perSecond < 2 ? Math.round(perSecond * 10) / 10 : Math.round(perSecond));
}
