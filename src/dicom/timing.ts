import type { Note } from '../quantity/index.ts';
import type { Attributes } from './attributes.ts';
import type { Instance } from './types.ts';

/** Intervals that differ by less than this are one (contract.md: 0.1 %). */
const CONSTANT = 1e-3;
/** A frame that lasts longer, or shorter, is a mistake in the file: 10 minutes, 1 microsecond. */
const LONGEST_MS = 600_000;
const SHORTEST_MS = 0.001;

/**
 * When the frames were acquired, not how fast somebody recommended to play them.
 * @returns null where the file gives no sensible times, with a note where it gives bad or only recommended ones.
 */
export function frameTiming(data: Attributes, frames: number): { timing: Instance['timing']; notes: Note[] } {
  if (frames < 2) return { timing: null, notes: [] };
  const vectorFirst = data.tagValue('x00280009') === 'x00181065';
  const notes: Note[] = [];
  for (const source of vectorFirst ? [fromVector, fromFrameTime] : [fromFrameTime, fromVector]) {
    const timing = source(data, frames);
    if (timing === undefined) continue;
    if (timing !== null) return { timing, notes: [] };
    notes.push({ code: 'times-unreadable', message: 'The frame times in the file make no sense and are not used.' });
  }
  const dated = fromFrameDates(data, frames);
  if (dated) return { timing: dated, notes: [] };
  const cineRate = data.decimal('x00180040');
  if (cineRate !== undefined && sensible(1000 / cineRate))
    return {
      timing: { intervalMs: 1000 / cineRate },
      notes: [
        {
          code: 'rate-is-a-default',
          message: `The file has no frame times; its cine rate of ${cineRate} frames/s is taken for the rate of acquisition.`,
        },
      ],
    };
  const recommended = data.decimal('x00082144');
  if (recommended !== undefined && recommended > 0)
    notes.push({
      code: 'rate-is-a-default',
      message: `The file has no frame times, only a rate recommended for playing (${recommended} frames/s).`,
    });
  return { timing: null, notes: notes.slice(0, 1) };
}

/** Enhanced images date each frame: Frame Reference DateTime (0018,9151), else Frame Acquisition DateTime (0018,9074). */
function fromFrameDates(data: Attributes, frames: number): Instance['timing'] {
  const groups = data.items('x52009230');
  if (groups.length !== frames) return null;
  const contents = groups.map((group) => group.items('x00209111')[0]);
  for (const tag of ['x00189151', 'x00189074']) {
    const times = contents.map((content) => milliseconds(content?.text(tag) ?? ''));
    const first = times[0];
    if (first === undefined || times.some((time) => time === undefined)) continue;
    const intervals = times.slice(1).map((time, i) => (time ?? 0) - (times[i] ?? 0));
    const timing = timesOrInterval(intervals);
    if (timing !== null) return timing;
  }
  return null;
}

/** A DT value as milliseconds; its time zone shifts all frames alike and is left out. */
function milliseconds(text: string): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\.\d{1,6})?/.exec(text.trim());
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number);
  const whole = Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second);
  return Number.isFinite(whole) ? whole + Number(parts[7] ?? 0) * 1000 : undefined;
}

/** undefined: the file has none; null: it has, and they make no sense. */
function fromFrameTime(data: Attributes): Instance['timing'] | undefined {
  if (data.text('x00181063').trim() === '') return undefined;
  const interval = data.decimal('x00181063');
  return interval !== undefined && sensible(interval) ? { intervalMs: interval } : null;
}

function fromVector(data: Attributes, frames: number): Instance['timing'] | undefined {
  if (data.text('x00181065').trim() === '') return undefined;
  const vector = data.decimals('x00181065');
  if (vector === undefined || vector.length !== frames) return null;
  return timesOrInterval(vector.slice(1)); // the first entry is no interval (PS3.3 C.7.6.5)
}

/** From the intervals between successive frames, ms. */
function timesOrInterval(intervals: readonly number[]): Instance['timing'] {
  if (intervals.length === 0 || !intervals.every(sensible)) return null;
  const mean = intervals.reduce((sum, ms) => sum + ms, 0) / intervals.length;
  if (intervals.every((ms) => Math.abs(ms - mean) <= CONSTANT * mean)) return { intervalMs: mean };
  let time = 0;
  return { timesMs: [0, ...intervals.map((ms) => (time += ms))] };
}

function sensible(ms: number): boolean {
  return Number.isFinite(ms) && ms >= SHORTEST_MS && ms <= LONGEST_MS;
}
