import type { Series } from '../../src/dicom/index.ts';
import { cross, dot } from '../../src/geometry/index.ts';
import { patientKey } from '../ui/text.ts';
import { samePatient } from './linking.ts';

/** Two dates of one patient: the newer and the older. */
export interface Pair {
  readonly current: Series;
  readonly prior: Series;
}

/** Series of other studies of the same patient, newest first: what a person may choose from. */
export function otherDates(all: readonly Series[], active: Series): readonly Series[] {
  return all
    .filter((one) => one.study.studyInstanceUID !== active.study.studyInstanceUID && samePatient(one, active))
    .toSorted((a, b) => when(b).localeCompare(when(a)) || likeness(b, active) - likeness(a, active));
}

/**
 * The newest two studies of the patient with the modality and body part of the active series; of the study that is not
 * the active one's, the series most like it. Where the active study is older than these two, it is the prior.
 * null: nothing is alike enough to be chosen without asking.
 */
export function choosePair(all: readonly Series[], active: Series): Pair | null {
  const best = new Map<string, Series>([[active.study.studyInstanceUID, active]]);
  for (const one of otherDates(all, active)) {
    if (!isAlike(one, active)) continue;
    const known = best.get(one.study.studyInstanceUID);
    if (known === undefined || likeness(one, active) > likeness(known, active))
      best.set(one.study.studyInstanceUID, one);
  }
  const [newest, next] = [...best.values()].toSorted((a, b) => when(b).localeCompare(when(a)));
  if (newest === undefined || next === undefined) return null;
  return { current: newest, prior: newest === active || next === active ? next : active };
}

/** The two in their order in time. */
export function pairOf(a: Series, b: Series): Pair {
  return when(a) >= when(b) ? { current: a, prior: b } : { current: b, prior: a };
}

function when({ study }: Series): string {
  return `${study.date} ${study.time}`;
}

function bodyPart(series: Series): string {
  return plain(series.instances[0]?.series.bodyPart ?? '');
}
function plain(text: string): string {
  return text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
}

/** One modality and one body part; where the files do not name the part, one description of series or study. */
function isAlike(a: Series, b: Series): boolean {
  if (a.modality !== b.modality) return false;
  const [one, two] = [bodyPart(a), bodyPart(b)];
  if (one !== '' && two !== '') return one === two;
  const same = (x: string, y: string): boolean => plain(x) !== '' && plain(x) === plain(y);
  return same(a.description, b.description) || same(a.study.description, b.study.description);
}

/** The higher, the better a stands beside b. */
function likeness(a: Series, b: Series): number {
  let sum = 0;
  if (plain(a.description) === plain(b.description)) sum += 8;
  if ((a.part ?? '') === (b.part ?? '')) sum += 4;
  if ((a.volume === null) === (b.volume === null)) sum += 4;
  if (isOverview(a) !== isOverview(b)) sum -= 40;
  if (a.volume !== null && b.volume !== null) {
    const normal = ({ direction }: NonNullable<Series['volume']>) => cross(direction[0], direction[1]);
    if (Math.abs(dot(normal(a.volume), normal(b.volume))) > 0.9) sum += 6;
    sum -= Math.min(4, Math.abs(Math.log(a.volume.spacing[2] / b.volume.spacing[2])));
  }
  return sum;
}

function isOverview(series: Series): boolean {
  return series.instances[0]?.imageType.includes('LOCALIZER') ?? false;
}

/**
 * What the date of a picture is among those on screen: "current" for the newest, "prior, 84 days before" for others;
 * null where all are of one study.
 */
export function dateRole(series: Series, onScreen: readonly Series[]): string | null {
  const dates = onScreen.filter((one) => samePatient(one, series));
  if (new Set(dates.map(({ study }) => study.studyInstanceUID)).size < 2) return null;
  const newest = dates.reduce((best, one) => (when(one) > when(best) ? one : best), series);
  if (newest.study.studyInstanceUID === series.study.studyInstanceUID) return 'current';
  const days = daysBetween(series.study.date, newest.study.date);
  if (days === null) return 'prior';
  return days === 0 ? 'prior, same day' : `prior, ${days} ${days === 1 ? 'day' : 'days'} before`;
}

/** Whole days from one DICOM date to another; null where one is none. */
export function daysBetween(from: string, to: string): number | null {
  const [a, b] = [dayOf(from), dayOf(to)];
  return a === null || b === null ? null : Math.round((b - a) / 86_400_000);
}
function dayOf(date: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  return match === null ? null : Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
}

/** Different patients among these series, each by one of its series, in the order given. */
export function patientsAmong(series: readonly Series[]): readonly Series[] {
  const found = new Map<string, Series>();
  for (const one of series) {
    const key = patientKey(one.patient, one.study.studyInstanceUID);
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
