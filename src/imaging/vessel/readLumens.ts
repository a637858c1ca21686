import { withoutCalcium } from './calcium.ts';
import { contourLumen } from './lumen.ts';
import type { Lumen } from './lumen.ts';
import { fitLumen } from './lumenFit.ts';
import type { FitGiven, LumenFit } from './lumenFit.ts';
import { measureOutline, outlineOf, shapeSize, wallDistances } from './lumenShape.ts';
import type { LumenShape } from './lumenShape.ts';
import type { LocalVolume } from './localVolume.ts';
import { planePicture } from './planePicture.ts';
import type { PlanePicture, SectionPlane } from './planePicture.ts';
import { quantile } from './quantile.ts';
import { shapesAlong } from './shapesAlong.ts';
import { rayCount } from './section.ts';
import type { Section, SectionLevels } from './section.ts';

/** Lumens wider than this many blurs are read from their contour: nothing is to be gained by a fit. */
const wideBlurs = 18;
/** Of the walls the fit looks this many blurs beyond. */
const beyondBlurs = 2.4;

/** What the picture as a whole shares: how its values and its blur differ from what they were taken for. */
export interface Shared {
  readonly level: number;
  readonly blurMm: number;
  /** What lies beside the lumen: wall and plaque. */
  readonly beside?: number;
}
export interface ReadLumens {
  readonly lumens: readonly Lumen[];
  /** undefined where nothing was fitted. */
  readonly shared: Shared | undefined;
}

/** A section's picture with where its fit begins. */
interface Prepared {
  readonly picture: PlanePicture;
  readonly start: LumenShape;
  readonly stepMm: number;
  readonly correlated: number;
  readonly level: SectionLevels;
  /** Calcium was taken out of the picture. */
  readonly calcium: boolean;
}

/**
 * Fits the lumen of every cross-section; wide ones and those that cannot be fitted keep their contour. `every`: only one
 * of so many is fitted, the others take its lumen (enough to draw the course by).
 */
export function readLumens(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  sections: readonly Section[],
  levels: readonly SectionLevels[],
  every = 1,
): ReadLumens {
  const contours = sections.map((section, i) => contourLumen(section, levels[i]?.blurMm ?? 0));
  const prepared = sections.map((section, i) => {
    const [level, contour] = [levels[i], contours[i]];
    if (level === undefined || contour === undefined || i % every !== 0) return undefined;
    return prepare(volume, planes, i, { section, contour, level });
  });
  const shared = sharedBy(prepared);
  const fits = mended(
    prepared.map((each) => each && fitLumen(each.picture, each.start, givenOf(each, shared))),
    prepared.map((each) => each?.calcium === true),
  );
  const shapes = shapesAlong(fits, volume.coarsestMm);
  const lumens = contours.map((own, place) => {
    const i = Math.min(every * Math.round(place / every), every * Math.floor((contours.length - 1) / every));
    const [fit, shape, contour = own] = [fits[i], shapes[i], contours[i]];
    return fit === undefined || shape === undefined || shared === undefined
      ? contour
      : lumenOfFit(shape, fit, leastSeenMm2(fit, prepared[i], shared));
  });
  return { lumens, shared };
}

/** Near calcium a fit may go wrong: one that differs from those beside it is replaced by the middle one of them. */
function mended(
  fits: readonly (LumenFit | undefined)[],
  calcium: readonly boolean[],
): readonly (LumenFit | undefined)[] {
  return fits.map((fit, i) => {
    const [from, to] = [Math.max(0, i - 3), i + 4];
    if (fit === undefined || !calcium.slice(from, to).some(Boolean)) return fit;
    const near = fits.slice(from, to).filter((each) => each !== undefined);
    const sizeOf = (each: LumenFit): number => each.shape[2] ?? 0;
    const usual = quantile(near.map(sizeOf), 0.5);
    if (Math.abs(sizeOf(fit) - usual) <= 0.12 * usual) return fit;
    return near.toSorted((a, b) => Math.abs(sizeOf(a) - usual) - Math.abs(sizeOf(b) - usual))[0];
  });
}

function givenOf({ level, correlated }: Prepared, shared: Shared | undefined): FitGiven {
  const { lumen, background, blurMm } = level;
  return {
    lumen: background + (shared?.level ?? 1) * (lumen - background),
    background,
    blurMm: shared?.blurMm ?? blurMm,
    correlated,
    ...(shared?.beside === undefined ? {} : { beside: shared.beside }),
  };
}

/** Places of one picture that are looked at, about. */
const mostPlaces = 180;
/** About so many sections are looked at for what all share, and not nearer to each other than this. */
const enough = 28;
const apart = 3;

/** Level and blur that make the fits of all sections best (Gauss-Newton, every section's own shape fitted anew). */
function sharedBy(prepared: readonly (Prepared | undefined)[]): Shared | undefined {
  const all = prepared.filter((each) => each !== undefined);
  // Healthy ones: in narrowings shapes are no ellipses and plaques have many values.
  const usual = quantile(
    all.map(({ start }) => start[2] ?? 0),
    0.4,
  );
  const wide = all.filter(({ start }) => (start[2] ?? 0) >= usual);
  const pick = Math.max(apart, Math.floor(wide.length / enough));
  const some = wide.filter((_, n) => n % pick === 0);
  const [first] = some;
  if (first === undefined || some.length < 4) return undefined;
  const reached = new Map<Prepared, LumenShape>();
  let shared: Shared = { level: 1, blurMm: first.level.blurMm };
  for (let round = 0; round < 6; round += 1) {
    const besides: number[] = [];
    const sums = { level: 0, blur: 0, levelLevel: 0, levelBlur: 0, blurBlur: 0 };
    for (const each of some) {
      const fit = fitLumen(each.picture, each.start, givenOf(each, shared), reached.get(each));
      if (fit === undefined) continue;
      reached.set(each, fit.shape);
      besides.push(fit.beside);
      // Neighbouring fits look at the same voxels: three of them count as one.
      const weight = apart / (3 * fit.residual ** 2 * each.correlated);
      for (const key of ['level', 'blur', 'levelLevel', 'levelBlur', 'blurBlur'] as const)
        sums[key] += weight * fit.shared[key];
    }
    // Before anything is looked at: levels are right within 5 %, blurs lie at 0.6 +- 0.2 mm.
    const [a, b, c] = [sums.levelLevel + 1 / 0.05 ** 2, sums.levelBlur, sums.blurBlur + 1 / 0.2 ** 2];
    const [p, q] = [sums.level + (1 - shared.level) / 0.05 ** 2, sums.blur + (0.6 - shared.blurMm) / 0.2 ** 2];
    const whole = a * c - b * b;
    const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
    const change = clamp((a * q - b * p) / whole, 0.15);
    shared = {
      level: Math.min(1.3, Math.max(0.8, shared.level + clamp((p * c - q * b) / whole, 0.1))),
      blurMm: Math.min(1.5, Math.max(0.2, shared.blurMm + change)),
      beside: quantile(besides, 0.5),
    };
    if (round > 0 && Math.abs(change) < 0.004) break;
  }
  return shared;
}

function prepare(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  at: number,
  { section, contour, level }: { readonly section: Section; readonly contour: Lumen; readonly level: SectionLevels },
): Prepared | undefined {
  const { blurMm } = level;
  if (2 * Math.sqrt(contour.areaMm2 / Math.PI) > wideBlurs * blurMm) return undefined;
  const wall = section.radii;
  const reachOf = (u: number, v: number): number => {
    const turn = (Math.atan2(v, u) / (2 * Math.PI)) * rayCount;
    const k = (Math.round(turn) + rayCount) % rayCount;
    return Math.min(section.reachMm[k] ?? 0, (wall[k] ?? 0) + beyondBlurs * blurMm);
  };
  const widest = Math.max(...wall) + beyondBlurs * blurMm;
  // Of a wide lumen fewer places tell as much as is needed.
  const stepMm = Math.max(
    Math.min(0.6, Math.max(0.35, volume.finestMm)),
    Math.min(1.2 * blurMm, widest * Math.sqrt(Math.PI / mostPlaces)),
  );
  const picture = planePicture(volume, planes, at, {
    stepMm,
    reachMm: widest,
    wanted: (u, v) => Math.hypot(u, v) <= Math.max(reachOf(u, v), blurMm),
  });
  const clean = withoutCalcium(picture, { ...level, stepMm });
  const start: LumenShape = new Float64Array(shapeSize);
  [start[0], start[1]] = contour.middle;
  start[2] = Math.max(0.3, Math.sqrt(contour.areaMm2 / Math.PI));
  return {
    calcium: clean !== picture,
    picture: clean,
    start,
    stepMm,
    correlated: Math.max(1, (1.5 * volume.finestMm ** 2) / stepMm ** 2),
    level,
  };
}

/** One standard deviation of the area of a lumen too thin to have a shape: a blurred dot among the picture's noise. */
function leastSeenMm2({ residual }: LumenFit, prepared: Prepared | undefined, { level, blurMm }: Shared): number {
  if (prepared === undefined) return 0;
  const { stepMm, correlated } = prepared;
  const contrast = level * (prepared.level.lumen - prepared.level.background);
  return (residual / contrast) * Math.sqrt(4 * Math.PI * correlated) * blurMm * stepMm;
}

function lumenOfFit(shape: LumenShape, { deviations }: LumenFit, leastMm2: number): Lumen {
  const outline = outlineOf(shape);
  const measured = measureOutline(outline);
  const [r, oval] = [shape[2] ?? 0, Math.hypot(shape[3] ?? 0, shape[4] ?? 0)];
  const ovalDeviation = Math.max(deviations[3] ?? 0, deviations[4] ?? 0);
  return {
    ...measured,
    minimumDeviationMm: 2 * Math.hypot((deviations[2] ?? 0) * (1 - oval), r * ovalDeviation),
    areaDeviationMm2: Math.max(2 * Math.PI * r * (deviations[2] ?? 0), leastMm2),
    contourMm: wallDistances(outline, [0, 0], rayCount),
    outline: { x: outline.x, y: outline.y },
  };
}
