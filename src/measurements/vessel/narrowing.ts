import { fitTaper } from './taper.ts';
import type { Taper } from './taper.ts';
import type { Reference } from './item.ts';

/** The lumen along a vessel, equally long lists, ascending positions in mm. */
export interface LumenProfile {
  readonly position: readonly number[];
  readonly area: readonly number[];
  readonly meanDiameter: readonly number[];
  readonly minimumDiameter: readonly number[];
  /** Places that are no measure of the vessel itself: branches. */
  readonly doubtful: readonly boolean[];
  /** How far the picture smears the vessel along its own length, one standard deviation, mm. */
  readonly smearMm: number;
}
export interface Narrowing {
  readonly minimumMm: number;
  readonly minimumAreaMm2: number;
  readonly referenceMm: number;
  readonly referenceSpreadMm: number;
  readonly at: number;
  readonly start: number;
  readonly end: number;
  /** The fitted normal diameter at each position. */
  readonly fitted: readonly number[];
  /** Of proximal and distal references: how far its middle lies from the narrowest place, mm. */
  readonly referenceDistanceMm: number | null;
  /** A border of the lesion is the end of the path. */
  readonly cut: boolean;
}

/** Length of a one-sided reference and of smoothing before the least is taken, mm (contract.md). */
const besideMm = 5;
const smoothMm = 1;

/**
 * The narrowest place and what it is compared with. undefined: too little normal vessel for a reference.
 * `lesionThreshold`: per cent by which the least diameter falls below that of the normal part at the lesion's borders.
 */
export function findNarrowing(
  profile: LumenProfile,
  reference: Reference,
  lesionThreshold: number,
): Narrowing | undefined {
  const { position } = profile;
  const least = smoothedOver(position, profile.minimumDiameter);
  const areas = smoothedOver(position, profile.area);
  const taper = fitTaper(
    position.flatMap((x, i) => (profile.doubtful[i] === true ? [] : [{ x, y: profile.meanDiameter[i] ?? 0 }])),
  );
  if (taper === undefined) return undefined;
  const fitted = position.map((x) => taper.at(x));
  const lowest = indexOfLeast(least.map((value, i) => value / (fitted[i] ?? 1)));
  // A healthy lumen is never quite round: its least diameter is compared with that of the healthy part.
  const part = (1 - lesionThreshold / 100) * usualRoundness(profile, fitted);
  const edged = unsmeared(profile.minimumDiameter, profile.smearMm);
  const [from, startMm, cutBefore] = border(position, edged, fitted, { from: lowest, step: -1, part });
  const [to, endMm, cutAfter] = border(position, edged, fitted, { from: lowest, step: 1, part });
  const inside = (values: readonly number[]): number => Math.min(...values.slice(from, to + 1));
  const minimumMm = inside(least);
  const at = from + indexOfLeast(least.slice(from, to + 1));
  const beside = besideLesion(profile, taper, { reference, startMm, endMm, at: position[at] ?? 0 });
  if (beside === undefined) return undefined;
  return {
    minimumMm,
    minimumAreaMm2: inside(areas),
    ...beside,
    at: position[at] ?? 0,
    start: startMm,
    end: endMm,
    fitted,
    cut: cutBefore || cutAfter,
  };
}

function besideLesion(
  { position, meanDiameter, doubtful }: LumenProfile,
  taper: Taper,
  { reference, startMm, endMm, at }: { reference: Reference; startMm: number; endMm: number; at: number },
): Pick<Narrowing, 'referenceMm' | 'referenceSpreadMm' | 'referenceDistanceMm'> | undefined {
  const meanOver = (from: number, to: number): { mean: number; spread: number } | undefined => {
    const values = meanDiameter.filter((_, i) => {
      const x = position[i] ?? 0;
      return x >= from && x <= to && doubtful[i] !== true;
    });
    if (values.length < 5) return undefined;
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return {
      mean,
      spread: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)),
    };
  };
  const before = meanOver(startMm - besideMm, startMm);
  const after = meanOver(endMm, endMm + besideMm);
  if (reference === 'interpolated')
    return { referenceMm: taper.at(at), referenceSpreadMm: taper.spreadMm, referenceDistanceMm: null };
  if (reference === 'proximal' && before !== undefined)
    return {
      referenceMm: before.mean,
      referenceSpreadMm: before.spread,
      referenceDistanceMm: at - startMm + besideMm / 2,
    };
  if (reference === 'distal' && after !== undefined)
    return { referenceMm: after.mean, referenceSpreadMm: after.spread, referenceDistanceMm: endMm - at + besideMm / 2 };
  if (reference === 'mean' && before !== undefined && after !== undefined)
    return {
      referenceMm: (before.mean + after.mean) / 2,
      referenceSpreadMm: Math.hypot(before.spread, after.spread) / 2,
      referenceDistanceMm: null,
    };
  return undefined;
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
