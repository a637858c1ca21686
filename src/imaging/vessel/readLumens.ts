import { contourLumen } from './lumen.ts';
import type { Lumen } from './lumen.ts';
import { fitLumen } from './lumenFit.ts';
import type { LumenFit } from './lumenFit.ts';
import { measureOutline, outlineOf, shapeSize, wallDistances } from './lumenShape.ts';
import type { LumenShape } from './lumenShape.ts';
import type { LocalVolume } from './localVolume.ts';
import { planePicture } from './planePicture.ts';
import type { SectionPlane } from './planePicture.ts';
import { shapesAlong } from './shapesAlong.ts';
import { rayCount } from './section.ts';
import type { Section, SectionLevels } from './section.ts';

/** Lumens wider than this many blurs are read from their contour: nothing is to be gained by a fit. */
const wideBlurs = 18;
/** Of the walls the fit looks this many blurs beyond. */
const beyondBlurs = 1.8;

/** What the picture as a whole shares: how its values and its blur differ from what they were taken for. */
export interface Shared {
  readonly level: number;
  readonly blurMm: number;
}
export interface ReadLumens {
  readonly lumens: readonly Lumen[];
  /** undefined where nothing was fitted. */
  readonly shared: Shared | undefined;
}

/** Fits the lumen of every cross-section; wide ones and those that cannot be fitted keep their contour. */
export function readLumens(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  sections: readonly Section[],
  levels: readonly SectionLevels[],
): ReadLumens {
  const sums = { level: 0, blur: 0, levelLevel: 0, levelBlur: 0, blurBlur: 0 };
  let blur = 0;
  const fits = sections.map((section, i): (LumenFit & { readonly correlated: number }) | undefined => {
    const level = levels[i];
    if (level === undefined) return undefined;
    blur = level.blurMm;
    const contour = contourLumen(section, level.blurMm);
    if (2 * Math.sqrt(contour.areaMm2 / Math.PI) > wideBlurs * level.blurMm) return undefined;
    const fit = fitSection(volume, planes, i, { section, contour, level });
    if (fit === undefined) return undefined;
    // Neighbouring fits look at the same voxels: about five of them count as one.
    const weight = 1 / (5 * fit.residual ** 2 * fit.correlated);
    for (const key of ['level', 'blur', 'levelLevel', 'levelBlur', 'blurBlur'] as const)
      sums[key] += weight * fit.shared[key];
    return fit;
  });
  const shapes = shapesAlong(fits);
  const lumens = sections.map((section, i) => {
    const [fit, shape] = [fits[i], shapes[i]];
    return fit === undefined || shape === undefined
      ? contourLumen(section, levels[i]?.blurMm ?? 0)
      : lumenOfFit(shape, fit.deviations);
  });
  const fitted = fits.filter((fit) => fit !== undefined).length;
  if (fitted < 10) return { lumens, shared: undefined };
  // Before anything is looked at: levels are right within 5 %, blurs lie at 0.6 +- 0.2 mm.
  const [a, b, c] = [sums.levelLevel + 1 / 0.05 ** 2, sums.levelBlur, sums.blurBlur + 1 / 0.2 ** 2];
  const [p, q] = [sums.level, sums.blur + (0.6 - blur) / 0.2 ** 2];
  const whole = a * c - b * b;
  const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));
  return {
    lumens,
    shared: {
      level: 1 + clamp((p * c - q * b) / whole, 0.15),
      blurMm: Math.min(1.5, Math.max(0.2, blur + clamp((a * q - b * p) / whole, 0.15))),
    },
  };
}

function fitSection(
  volume: LocalVolume,
  planes: readonly SectionPlane[],
  at: number,
  { section, contour, level }: { readonly section: Section; readonly contour: Lumen; readonly level: SectionLevels },
): (LumenFit & { readonly correlated: number }) | undefined {
  const { blurMm } = level;
  const stepMm = Math.min(0.6, Math.max(0.35, volume.finestMm));
  const wall = section.radii;
  const reachOf = (u: number, v: number): number => {
    const turn = (Math.atan2(v, u) / (2 * Math.PI)) * rayCount;
    const k = (Math.round(turn) + rayCount) % rayCount;
    return Math.min(section.reachMm[k] ?? 0, (wall[k] ?? 0) + beyondBlurs * blurMm);
  };
  const widest = Math.max(...wall) + beyondBlurs * blurMm;
  const picture = planePicture(volume, planes, at, {
    stepMm,
    reachMm: widest,
    wanted: (u, v) => Math.hypot(u, v) <= Math.max(reachOf(u, v), blurMm),
  });
  const bright = level.lumen + 0.45 * (level.lumen - level.background);
  const calcium: number[] = [];
  picture.values.forEach((value, n) => {
    if (value > bright) calcium.push(n);
  });
  const near = 1.2 * blurMm;
  const clean =
    calcium.length === 0
      ? picture
      : without(picture, (u, v) => calcium.some((n) => Math.hypot((picture.u[n] ?? 0) - u, (picture.v[n] ?? 0) - v) < near));
  const start: LumenShape = new Float64Array(shapeSize);
  [start[0], start[1]] = contour.middle;
  start[2] = Math.max(0.3, Math.sqrt(contour.areaMm2 / Math.PI));
  const correlated = Math.max(1, (1.5 * volume.finestMm ** 2) / stepMm ** 2);
  const fit = fitLumen(clean, start, { lumen: level.lumen, background: level.background, blurMm, correlated });
  return fit && { ...fit, correlated };
}

function without(
  { u, v, values }: ReturnType<typeof planePicture>,
  left: (u: number, v: number) => boolean,
): ReturnType<typeof planePicture> {
  const kept = [...values.keys()].filter((n) => !left(u[n] ?? 0, v[n] ?? 0));
  const only = (list: Float64Array): Float64Array => Float64Array.from(kept, (n) => list[n] ?? 0);
  return { u: only(u), v: only(v), values: only(values) };
}

function lumenOfFit(shape: LumenShape, deviations: Float64Array): Lumen {
  const outline = outlineOf(shape);
  const measured = measureOutline(outline);
  const [r, oval] = [shape[2] ?? 0, Math.hypot(shape[3] ?? 0, shape[4] ?? 0)];
  const ovalDeviation = Math.max(deviations[3] ?? 0, deviations[4] ?? 0);
  return {
    ...measured,
    minimumDeviationMm: 2 * Math.hypot((deviations[2] ?? 0) * (1 - oval), r * ovalDeviation),
    areaDeviationMm2: 2 * Math.PI * r * (deviations[2] ?? 0),
    contourMm: wallDistances(outline, [0, 0], rayCount),
    outline: { x: outline.x, y: outline.y },
  };
}
