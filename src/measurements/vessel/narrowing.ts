import type { LumenProfile } from './lumenProfile.ts';
import { readReference } from './reference.ts';
import type { ReferenceAsk, ReferenceReading } from './reference.ts';
import { fitTaper } from './taper.ts';

export interface NarrowingAsk {
  readonly reference: ReferenceAsk;
  /** Per cent by which the least diameter falls below that of the normal part at the lesion's borders. */
  readonly lesionThreshold: number;
  /** Borders set by hand, mm along the path. */
  readonly lesion?: readonly [number, number];
}
export interface Narrowing extends ReferenceReading {
  readonly minimumMm: number;
  readonly minimumAreaMm2: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** The normal diameter at each position. */
  readonly fitted: readonly number[];
  /** Nothing flows there: start and end are the stumps. */
  readonly closed: boolean;
  /** A border of the lesion is the end of the path. */
  readonly cut: boolean;
}

/** Over this much a profile is smoothed before its least value is taken, mm (contract.md). */
const smoothMm = 1;

/** The narrowest place and what it is compared with. undefined: too little normal vessel for the reference. */
export function findNarrowing(profile: LumenProfile, ask: NarrowingAsk): Narrowing | undefined {
  const { position } = profile;
  const least = smoothedOver(position, profile.minimumDiameter);
  const areas = smoothedOver(position, profile.area);
  const given = ask.lesion && ([Math.min(...ask.lesion), Math.max(...ask.lesion)] as const);
  const taper = fitTaper(
    position.flatMap((x, i) => {
      const ill = given !== undefined && x > given[0] - 1 && x < given[1] + 1;
      return profile.doubtful[i] === true || ill ? [] : [{ x, y: profile.meanDiameter[i] ?? 0 }];
    }),
  );
  const other = ask.reference.other?.diameterMm;
  if (taper === undefined && other === undefined) return undefined;
  const fitted = position.map((x) => taper?.at(x) ?? other ?? 0);
  const found =
    given === undefined ? foundLesion(profile, least, fitted, ask.lesionThreshold) : givenLesion(position, given);
  const inside = (values: readonly number[]): readonly number[] => values.slice(found.from, found.to + 1);
  const at = found.from + indexOfLeast(inside(least));
  const atMm = position[at] ?? 0;
  const reading = readReference(profile, taper, ask.reference, { ...found, atMm });
  if (reading === undefined) return undefined;
  const stumps = closedRun(profile, at);
  return {
    minimumMm: Math.min(...inside(least)),
    minimumAreaMm2: Math.min(...inside(areas)),
    ...reading,
    at: atMm,
    start: stumps?.[0] ?? found.startMm,
    end: stumps?.[1] ?? found.endMm,
    fitted,
    cut: found.cut,
    closed: stumps !== undefined,
  };
}

interface Lesion {
  readonly from: number;
  readonly to: number;
  readonly startMm: number;
  readonly endMm: number;
  readonly cut: boolean;
}

function foundLesion(
  profile: LumenProfile,
  least: readonly number[],
  fitted: readonly number[],
  lesionThreshold: number,
): Lesion {
  const { position } = profile;
  const lowest = indexOfLeast(least.map((value, i) => value / (fitted[i] ?? 1)));
  // A healthy lumen is never quite round: its least diameter is compared with that of the healthy part.
  const part = (1 - lesionThreshold / 100) * usualRoundness(profile, fitted);
  const edged = unsmeared(profile.minimumDiameter, profile.smearMm);
  const [from, startMm, cutBefore] = border(position, edged, fitted, { from: lowest, step: -1, part });
  const [to, endMm, cutAfter] = border(position, edged, fitted, { from: lowest, step: 1, part });
  return { from, to, startMm, endMm, cut: cutBefore || cutAfter };
}

function givenLesion(position: readonly number[], [startMm, endMm]: readonly [number, number]): Lesion {
  const inside = position.flatMap((x, i) => (x >= startMm - 1e-6 && x <= endMm + 1e-6 ? [i] : []));
  const nearest = indexOfLeast(position.map((x) => Math.abs(x - startMm)));
  return { from: inside[0] ?? nearest, to: inside.at(-1) ?? nearest, startMm, endMm, cut: false };
}

/** From stump to stump about a place where over 2 mm no lumen is seen; undefined where one is. */
function closedRun({ position, area, noLumenMm2 }: LumenProfile, at: number): readonly [number, number] | undefined {
  const near = area.slice(Math.max(0, at - 2), at + 3);
  const mean = near.reduce((sum, value) => sum + value, 0) / near.length;
  if (mean >= (noLumenMm2[at] ?? 0)) return undefined;
  const shut = (i: number): boolean => (area[i] ?? Infinity) < 2 * (noLumenMm2[i] ?? 0);
  let [from, to] = [at, at];
  while (shut(from - 1)) from -= 1;
  while (shut(to + 1)) to += 1;
  return [position[from] ?? 0, position[to] ?? 0];
}

/** Least to fitted mean diameter where the vessel is normal: the middle of the parts; 1 at most. */
function usualRoundness({ meanDiameter, minimumDiameter, doubtful }: LumenProfile, fitted: readonly number[]): number {
  const parts = minimumDiameter.flatMap((least, i) => {
    const whole = fitted[i] ?? 0;
    return doubtful[i] !== true && (meanDiameter[i] ?? 0) > 0.95 * whole ? [least / whole] : [];
  });
  const sorted = parts.toSorted((a, b) => a - b);
  return Math.min(1, sorted[Math.floor(sorted.length / 2)] ?? 1);
}

/**
 * A profile with some of the smear along the vessel taken back, so that a border is not found outside where it is:
 * less half the smear's square times the second derivative, over 1 mm.
 */
function unsmeared(values: readonly number[], smearMm: number): readonly number[] {
  return values.map((value, i) => {
    const [before, beyond] = [values[i - 2], values[i + 2]];
    return before === undefined || beyond === undefined
      ? value
      : value - 0.5 * smearMm ** 2 * (before + beyond - 2 * value);
  });
}

/** From the narrowest place outward to where the diameter is normal again for 1 mm: index inside, place, end of path. */
function border(
  position: readonly number[],
  values: readonly number[],
  fitted: readonly number[],
  { from, step, part }: { readonly from: number; readonly step: 1 | -1; readonly part: number },
): readonly [number, number, boolean] {
  const excess = (i: number): number => (values[i] ?? 0) - part * (fitted[i] ?? 0);
  if (excess(from) >= 0) return [from, position[from] ?? 0, false];
  for (let i = from; i + step >= 0 && i + step < position.length; i += step) {
    const next = i + step;
    if (excess(next) < 0) continue;
    const stays = [next + step, next + 2 * step].every((n) => values[n] === undefined || excess(n) >= 0);
    if (!stays) continue;
    const [a, b] = [position[i] ?? 0, position[next] ?? 0];
    return [i, a + ((b - a) * -excess(i)) / (excess(next) - excess(i)), false];
  }
  const end = step < 0 ? 0 : position.length - 1;
  return [end, position[end] ?? 0, true];
}

/** Mean over 1 mm about each place. */
function smoothedOver(position: readonly number[], values: readonly number[]): readonly number[] {
  return position.map((x) => {
    let [sum, count] = [0, 0];
    position.forEach((other, i) => {
      if (Math.abs(other - x) > smoothMm / 2 + 1e-6) return;
      sum += values[i] ?? 0;
      count += 1;
    });
    return sum / count;
  });
}

function indexOfLeast(values: readonly number[]): number {
  return values.reduce((least, value, i) => (value < (values[least] ?? Infinity) ? i : least), 0);
}
