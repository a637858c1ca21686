import type { CurveFrame, Vec3 } from '../../geometry/index.ts';
import { quantile } from './quantile.ts';
import type { LocalVolume } from './localVolume.ts';

/** Rays from the middle of a cross-section, evenly around. */
export const rayCount = 48;
/** Nothing wider than this is followed, mm. */
const longestMm = 25;

export interface SectionLevels {
  readonly lumen: number;
  readonly background: number;
  /** Spread of the picture's blur, one standard deviation, mm. */
  readonly blurMm: number;
}
/** What one cross-section shows, in its own plane (mm along u and v from its middle). */
export interface Section {
  /** Distance of the wall on each ray. */
  readonly radii: Float64Array;
  /** Rays whose wall is calcium. */
  readonly calcified: readonly boolean[];
  /** Rays where a branch, neighbour or bone hides the wall: the wall is read from the rays beside them. */
  readonly hidden: readonly boolean[];
  /** How far the picture on each ray is this vessel's and its surroundings', mm. */
  readonly reachMm: Float64Array;
  /** Middle value, mean within 0.5 mm. */
  readonly centre: number;
  /** Median of what surrounds it; NaN where nothing does. */
  readonly around: number;
  readonly outside: boolean;
}

/** Reads one cross-section by rays. Walls stand at half level between lumen and background, at sub-pixel places. */
export function readSection(
  volume: LocalVolume,
  [x, y, z]: Vec3,
  { u, v }: CurveFrame,
  { lumen, background, blurMm }: SectionLevels,
): Section {
  const step = Math.min(0.2, 0.25 * volume.finestMm);
  const beyond = Math.ceil(Math.max(3, 2.5 * blurMm + 2) / step);
  const rim = Math.ceil((2.3 * blurMm) / step);
  const cos = Array.from({ length: rayCount }, (_, k) => Math.cos((2 * Math.PI * k) / rayCount));
  const sin = Array.from({ length: rayCount }, (_, k) => Math.sin((2 * Math.PI * k) / rayCount));
  const onRay = (k: number, r: number): number => {
    const [a, b] = [r * (cos[k] ?? 0), r * (sin[k] ?? 0)];
    return volume.at(x + a * u[0] + b * v[0], y + a * u[1] + b * v[1], z + a * u[2] + b * v[2]);
  };
  let centre = onRay(0, 0);
  for (let k = 0; k < rayCount; k += 6) centre += onRay(k, 0.25) + onRay(k, 0.5);
  centre /= 1 + 2 * (rayCount / 6);
  const top = Math.min(lumen, Math.max(centre, background + 0.05 * (lumen - background)));
  const half = (top + background) / 2;
  const calciumFrom = lumen + 0.45 * (lumen - background);

  const radii = new Float64Array(rayCount);
  const ends = new Float64Array(rayCount);
  const calcified: boolean[] = [];
  const hidden: boolean[] = [];
  const around: number[] = [];
  const width = Math.ceil(longestMm / step) + beyond + 2;
  const values = scratchOf(rayCount * width);
  const counts = new Int32Array(rayCount);
  let outside = Number.isNaN(centre);
  for (let k = 0; k < rayCount; k += 1) {
    const line = values.subarray(k * width, (k + 1) * width);
    let count = 0;
    let wall = -1;
    let isCalcium = false;
    let peak = -Infinity;
    let rise = -1;
    let last = Math.ceil(longestMm / step);
    for (let n = 0; n <= last; n += 1) {
      const value = onRay(k, n * step);
      if (Number.isNaN(value)) {
        outside = true;
        break;
      }
      line[n] = value;
      count = n + 1;
      if (wall >= 0) continue;
      if (value > calciumFrom && n > 1) {
        if (rise < 0) rise = n;
        peak = Math.max(peak, value);
        if (n - rise > 1.5 / step) {
          isCalcium = true;
          wall = beforeCalcium(line.subarray(0, count), rise, { lumen, background, peak });
          last = n + beyond;
        }
      } else if (rise >= 0) {
        isCalcium = true;
        wall = beforeCalcium(line.subarray(0, count), rise, { lumen, background, peak });
        last = n + beyond;
      } else if (value < half && n > 0) {
        const before = line[n - 1] ?? value;
        wall = before > value ? n - 1 + Math.max(0, (before - half) / (before - value)) : n - 1;
        if (before < half) wall = n - 1;
        last = n + beyond;
      }
    }
    radii[k] = wall < 0 ? Number.NaN : wall * step;
    calcified.push(isCalcium);
    hidden.push(wall < 0);
    // Where it rises again beyond the wall something else begins: the valley is the end of this vessel.
    const first = Math.max(0, Math.ceil(wall));
    let valley = first;
    let end = Math.min(count - 1, first + rim);
    for (let n = first; n <= Math.min(count - 1, first + beyond); n += 1) {
      if ((line[n] ?? 0) < (line[valley] ?? 0)) valley = n;
      if ((line[n] ?? 0) > (line[valley] ?? 0) + 0.3 * (lumen - background)) {
        end = Math.min(end, valley);
        break;
      }
    }
    ends[k] = end;
    if (!isCalcium && wall >= 0)
      for (let n = first + rim; n < count; n += 1)
        if ((line[n] ?? Infinity) < (lumen + background) / 2) around.push(line[n] ?? 0);
    counts[k] = count;
  }
  mendHidden(radii, hidden);
  for (let k = 0; k < rayCount; k += 1)
    if (hidden[k] === true) ends[k] = Math.min((counts[k] ?? 1) - 1, Math.round((radii[k] ?? 0) / step));

  return {
    radii,
    calcified,
    hidden,
    reachMm: ends.map((end) => end * step),
    centre,
    around: around.length >= rayCount ? quantile(around, 0.5) : Number.NaN,
    outside,
  };
}

/** One buffer for all sections: each is done with it before the next begins. */
let scratch = new Float64Array(0);
function scratchOf(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(length);
  return scratch;
}

/**
 * Where blood ends before calcium, in steps: at half way down into the dip between the two, where there is one (plaque
 * that both blurs have filled), else where it turns into calcium.
 */
function beforeCalcium(
  line: Float64Array,
  rise: number,
  { lumen, background, peak }: { readonly lumen: number; readonly background: number; readonly peak: number },
): number {
  let dip = 0;
  for (let n = 1; n <= rise; n += 1) if ((line[n] ?? 0) < (line[dip] ?? 0)) dip = n;
  const lowest = line[dip] ?? 0;
  if (dip > 0 && lowest < lumen - 0.2 * (lumen - background)) {
    const level = (Math.min(lumen, line[0] ?? lumen) + lowest) / 2;
    for (let n = 1; n <= dip; n += 1) {
      const [before, value] = [line[n - 1] ?? 0, line[n] ?? 0];
      if (value < level) return before > value ? n - 1 + Math.max(0, (before - level) / (before - value)) : n - 1;
    }
    return dip;
  }
  const level = (lumen + peak) / 2;
  for (let n = Math.max(1, rise - 2); n < line.length; n += 1) {
    const [before, value] = [line[n - 1] ?? 0, line[n] ?? 0];
    if (value >= level) return value > before ? n - (value - level) / (value - before) : n;
  }
  return rise;
}

/** A wall far beyond those of the rays beside it is another vessel's: it takes theirs. */
function mendHidden(radii: Float64Array, hidden: boolean[]): void {
  const given = Float64Array.from(radii);
  const reach = rayCount / 6;
  const usualOf = (values: Float64Array): number =>
    quantile(
      values.filter((radius) => !Number.isNaN(radius)),
      0.4,
    );
  const beside = new Float64Array(2 * reach + 1);
  for (let k = 0; k < rayCount; k += 1) {
    let known = 0;
    let least = Infinity;
    for (let d = -reach; d <= reach; d += 1) {
      const radius = given[(k + d + rayCount) % rayCount] ?? Number.NaN;
      if (!Number.isNaN(radius)) known += 1;
      if (radius < least) least = radius;
      beside[d + reach] = radius;
    }
    const radius = given[k] ?? Number.NaN;
    // The usual one is the least at least.
    if (known > reach / 2 && radius <= 1.3 * least + 0.3) continue;
    const usual = usualOf(known > reach / 2 ? beside : given);
    if (radius <= 1.3 * usual + 0.3) continue;
    hidden[k] = true;
    radii[k] = Number.isNaN(usual) ? 0 : usual;
  }
}
