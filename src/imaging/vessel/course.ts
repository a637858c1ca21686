import type { Vec3 } from '../../geometry/index.ts';
import {
  along,
  distance,
  dot,
  resampleCurve,
  rotationMinimisingFrames,
  stiffCurve,
  subtract,
} from '../../geometry/index.ts';
import type { SectionPlane } from './planePicture.ts';
import { quantile } from './quantile.ts';

/** Between two cross-sections, mm. */
export const sectionStepMm = 0.5;
/** As much as a Gaussian of 1.5 mm over steps of 0.5 mm. */
const stiffness = 43;
/** A narrowing is shorter than this on each side of its middle, mm; a vessel that stays narrow is a narrower vessel. */
const closingMm = 20;
const beside = 4;
/** The centreline keeps this near to the lumen's middle, mm, and within this part of its half-width. */
const nearMm = 0.75;
const nearPart = 0.9;

/** Middle of the lumen at one place with its mean diameter and least half-width, mm. */
export interface LumenMiddle {
  readonly at: Vec3;
  readonly meanMm: number;
  readonly narrowMm: number;
}
/** The planes across the vessel: where the centreline goes through them and where the lumen's middle lies in them. */
export interface Course {
  readonly centreline: readonly Vec3[];
  readonly planes: readonly SectionPlane[];
}

/**
 * The vessel's course from the middles of its lumen. In a healthy part it is the line through the middles. Where the
 * lumen is narrowed to one side it goes half the way back to where the vessel runs before and beyond, at most
 * 0.75 mm and nine tenths of the lumen's half-width: so neither its length nor the planes across it follow every turn of
 * a plaque, and it still stays in the blood.
 */
export function courseThrough(middles: readonly LumenMiddle[], first: Vec3, last: Vec3): Course {
  const line = resampleCurve(
    middles.map(({ at }) => at),
    sectionStepMm,
  );
  const nearest = (i: number): LumenMiddle | undefined =>
    middles[Math.round((i * (middles.length - 1)) / Math.max(1, line.length - 1))];
  const openness = opennessOf(line.map((_, i) => nearest(i)?.meanMm ?? 0));
  const lumenLine = stiffCurve(line, Array<number>(line.length).fill(1), stiffness);
  const bridged = stiffCurve(
    line,
    openness.map((_, i) => {
      // Where a narrowing begins its lumen already leans: two millimetres beside it are left out too.
      const least = Math.min(...openness.slice(Math.max(0, i - beside), i + beside + 1));
      return Math.max(1e-4, Math.min(1, (least - 0.88) / 0.08));
    }),
    stiffness,
  );
  const between = lumenLine.map((at, i): Vec3 => {
    const back = subtract(bridged[i] ?? at, at);
    const far = distance(bridged[i] ?? at, at);
    return far > 0
      ? along(at, back, Math.min(0.46, Math.min(nearMm, nearPart * (nearest(i)?.narrowMm ?? 0)) / far))
      : at;
  });
  const centreline = endsAtClicks(stiffCurve(between, Array<number>(between.length).fill(1), 300), first, last);
  return { centreline, planes: planesAcross(centreline, lumenLine) };
}

/** Each place's mean diameter as a part of the lesser of the greatest before and the greatest beyond. */
function opennessOf(means: readonly number[]): readonly number[] {
  const reach = Math.round(closingMm / sectionStepMm);
  const even = means.map((_, i) => quantile(means.slice(Math.max(0, i - 3), i + 4), 0.5));
  return even.map((mean, i) => {
    const before = Math.max(...even.slice(Math.max(0, i - reach), i + 1));
    const beyond = Math.max(...even.slice(i, i + reach + 1));
    const whole = Math.min(before, beyond);
    return whole > 0 ? mean / whole : 1;
  });
}

/** Planes across the centreline, each with its middle where the line of lumen middles goes through it. */
export function planesAcross(centreline: readonly Vec3[], lumenLine: readonly Vec3[]): readonly SectionPlane[] {
  const frames = rotationMinimisingFrames(centreline);
  const last = Math.max(1, centreline.length - 1);
  return centreline.map((at, i) => {
    const frame = frames[i] ?? { tangent: [0, 0, 1], u: [1, 0, 0], v: [0, 1, 0] };
    const ahead = (n: number): number => dot(subtract(lumenLine[n] ?? at, at), frame.tangent);
    const end = lumenLine.length - 1;
    let n = Math.min(end, Math.max(0, Math.round((i * end) / last)));
    while (n < end && ahead(n) < 0) n += 1;
    while (n > 0 && ahead(n) > 0) n -= 1;
    const [a, b] = [lumenLine[n] ?? at, lumenLine[Math.min(end, n + 1)] ?? at];
    const [from, to] = [ahead(n), ahead(Math.min(end, n + 1))];
    const part = to > from ? Math.min(1, Math.max(0, -from / (to - from))) : 0;
    const off = subtract(along(a, subtract(b, a), part), at);
    return { middle: along(along(at, frame.u, dot(off, frame.u)), frame.v, dot(off, frame.v)), frame };
  });
}

/** The curve from the plane across it through the first click to that through the last. */
function endsAtClicks(curve: readonly Vec3[], first: Vec3, last: Vec3): readonly Vec3[] {
  const trimmed = (points: readonly Vec3[], click: Vec3): readonly Vec3[] => {
    let rest = points;
    for (let n = 0; n < 20 && rest.length > 4; n += 1) {
      const [a, , , , b] = rest;
      if (a === undefined || b === undefined) break;
      const direction = subtract(b, a);
      const ahead = dot(subtract(click, a), direction) / dot(direction, direction);
      if (ahead > 0.2) {
        rest = rest.slice(1);
        continue;
      }
      return Math.abs(ahead) < 1e-9 ? rest : [along(a, direction, ahead), ...rest.slice(ahead > 0 ? 1 : 0)];
    }
    return rest;
  };
  const fromStart = trimmed(curve, first);
  return resampleCurve(trimmed(fromStart.toReversed(), last).toReversed(), sectionStepMm);
}
