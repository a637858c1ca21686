import type { CurveFrame, LpsMm, Vec3 } from '../../geometry/index.ts';
import {
  along,
  arcLengths,
  dot,
  resampleCurve,
  rotationMinimisingFrames,
  smoothCurve,
  subtract,
} from '../../geometry/index.ts';
import type { Outcome } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Volume } from '../volume.ts';
import { blurOf } from './blur.ts';
import { localVolume } from './localVolume.ts';
import type { LocalVolume } from './localVolume.ts';
import { evened, lumenOf } from './lumen.ts';
import type { Lumen } from './lumen.ts';
import { minimalPath } from './minimalPath.ts';
import { quantile } from './quantile.ts';
import { readSection } from './section.ts';
import type { Section, SectionLevels } from './section.ts';
import { seedLevel } from './seedLevel.ts';
import type { SeedLevel } from './seedLevel.ts';

/** Between two cross-sections, mm. */
const sectionStepMm = 0.5;

export interface FollowRequest {
  readonly volume: Volume;
  readonly modality: string;
  /** LPS mm, from start to end, at least two. */
  readonly points: readonly LpsMm[];
  /** The lumen's wall at this value instead of half level. */
  readonly threshold?: number;
}
export interface VesselSection {
  /** mm along the centreline from the plane through the first click. */
  readonly positionMm: number;
  readonly at: LpsMm;
  readonly lumen: Lumen;
  readonly calcified: boolean;
  readonly branch: boolean;
}
export interface FollowedVessel {
  readonly sections: readonly VesselSection[];
  readonly lengthMm: number;
  readonly blurMm: number;
  /** Contrast of blood to surroundings, in the volume's unit. */
  readonly contrast: number;
  readonly voxelMm: number;
}

const rounds = 4;

/**
 * The vessel between clicked points: path, centreline through the middles of its cross-sections, lumen at each 0.5 mm.
 * Yields the fraction done, so that whoever runs it can show it and stop. Where the patient lies changes nothing.
 */
export function* followVessel(request: FollowRequest): Generator<number, Outcome<FollowedVessel>> {
  const volume = localVolume(request.volume);
  const hounsfield = request.modality === 'CT';
  const seeds = request.points.map((point) => volume.toLocal(point));
  const levels: SeedLevel[] = [];
  for (const seed of seeds) {
    const level = seedLevel(volume, seed, hounsfield);
    if (level === undefined) return refuse('outside', 'A point of the vessel lies outside the scan. Click inside it.');
    const why = noContrast(level, hounsfield);
    if (why !== undefined) return why;
    levels.push(level);
  }
  const way: Vec3[] = [];
  for (let leg = 0; leg + 1 < seeds.length; leg += 1) {
    const [from, to, a, b] = [seeds[leg], seeds[leg + 1], levels[leg], levels[leg + 1]];
    if (from === undefined || to === undefined || a === undefined || b === undefined) continue;
    const level = { lumen: Math.min(a.lumen, b.lumen), background: Math.min(a.background, b.background) };
    const search = minimalPath(volume, from, to, level);
    let step = search.next();
    for (; step.done !== true; step = search.next()) yield (0.6 * (leg + step.value)) / (seeds.length - 1);
    if (step.value === undefined) return refuse('no-path', 'No way between the points. Click a point between them.');
    way.push(...(leg === 0 ? [from] : []), ...step.value.slice(1, -1), to);
  }
  yield 0.6;
  const [first, last, start] = [seeds[0], seeds.at(-1), levels[0]];
  if (first === undefined || last === undefined || start === undefined || way.length < 2)
    return refuse('no-path', 'A vessel needs two different points.');
  const background = quantile(
    levels.map((level) => level.background),
    0,
  );
  const lumenLevel = quantile(
    levels.map((level) => level.lumen),
    0.5,
  );
  let centreline = smoothed(way, 2);
  let sectionLevels: readonly SectionLevels[] = [{ lumen: lumenLevel, background, blurMm: 0.6 }];
  let frames: readonly CurveFrame[] = [];
  let sections: readonly Section[] = [];
  let blurMm = 0.6;
  for (let round = 0; round <= rounds; round += 1) {
    centreline = endsAtClicks(centreline, first, last);
    frames = rotationMinimisingFrames(centreline);
    sections = centreline.map((at, i) =>
      readSection(
        volume,
        at,
        frames[i] ?? noFrame,
        sectionLevels[Math.min(i, sectionLevels.length - 1)] ?? { lumen: lumenLevel, background, blurMm },
      ),
    );
    blurMm = blurOf(volume, centreline, frames, sections, sectionLevels) ?? blurMm;
    const next = levelsAlong(sections, { lumen: lumenLevel, background, blurMm }, request.threshold);
    sectionLevels = next;
    yield 0.6 + (0.4 * (round + 1)) / (rounds + 1);
    if (round === rounds) break;
    const middles = centreline.map((at, i): Vec3 => {
      const [section, frame] = [sections[i], frames[i]];
      if (section === undefined || frame === undefined || section.outside) return at;
      const [u, v] = lumenOf(section, blurMm).middle;
      return along(along(at, frame.u, u), frame.v, v);
    });
    centreline = smoothed(middles, 1.5);
    // Levels belong to places, and the number of places may have changed by one.
    sectionLevels = centreline.map(
      (_, i) =>
        next[Math.round((i * (next.length - 1)) / Math.max(1, centreline.length - 1))] ?? {
          lumen: lumenLevel,
          background,
          blurMm,
        },
    );
  }
  return ok(finished(volume, centreline, sections, sectionLevels, blurMm));
}

const noFrame: CurveFrame = { tangent: [0, 0, 1], u: [1, 0, 0], v: [0, 1, 0] };

function smoothed(points: readonly Vec3[], sigmaMm: number): readonly Vec3[] {
  return resampleCurve(smoothCurve(resampleCurve(points, sectionStepMm), sectionStepMm, sigmaMm), sectionStepMm);
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

function noContrast({ lumen, background }: SeedLevel, hounsfield: boolean): ReturnType<typeof refuse> | undefined {
  if (hounsfield && !(lumen >= 130))
    return refuse(
      'no-contrast',
      `No contrast medium at the clicked point (${Math.round(lumen)} HU): on a plain CT blood and wall look alike, so no vessel can be followed.`,
    );
  if (!hounsfield && !(lumen > 1.25 * background))
    return refuse(
      'dark-blood',
      'Blood is not brighter than its surroundings at the clicked point: on a dark-blood or plain series no vessel can be followed.',
    );
  return undefined;
}

/** Blood's level from the wider half of the sections within 20 mm; the surroundings' from those within 3 mm. */
function levelsAlong(sections: readonly Section[], start: SectionLevels, threshold?: number): readonly SectionLevels[] {
  const radius = sections.map(({ radii }) => quantile([...radii], 0.5));
  const reach = Math.round(20 / sectionStepMm);
  const near = Math.round(3 / sectionStepMm);
  return sections.map((_, i) => {
    const [from, to] = [Math.max(0, i - reach), Math.min(sections.length, i + reach + 1)];
    const middling = quantile(radius.slice(from, to), 0.5);
    const wide = sections.slice(from, to).filter((_section, n) => (radius[from + n] ?? 0) >= middling);
    const lumen = quantile(
      wide.map(({ centre }) => centre).filter((value) => !Number.isNaN(value)),
      0.5,
    );
    const around = sections
      .slice(Math.max(0, i - near), i + near + 1)
      .map((section) => section.around)
      .filter((value) => !Number.isNaN(value));
    const background = around.length > 0 ? quantile(around, 0.5) : start.background;
    const bright = Number.isNaN(lumen) || lumen <= background ? start.lumen : lumen;
    return {
      lumen: bright,
      // A level set by hand stands for the half level: the surroundings are placed so that it is.
      background: threshold === undefined ? background : 2 * threshold - bright,
      blurMm: start.blurMm,
    };
  });
}

function finished(
  volume: LocalVolume,
  centreline: readonly Vec3[],
  sections: readonly Section[],
  levels: readonly SectionLevels[],
  blurMm: number,
): FollowedVessel {
  const at = arcLengths(centreline);
  const averaged = sections.map((section, i): Section => {
    const three = [sections[i - 1] ?? section, section, section, sections[i + 1] ?? section];
    const mean = (of: (each: Section) => number): number => three.reduce((sum, each) => sum + of(each), 0) / 4;
    const many = sections.slice(Math.max(0, i - 3), i + 4);
    const overMany = (of: (each: Section) => number): number =>
      many.reduce(
        (sum, each) => sum + of(each) * (each.filled.areaMm2 > 0 ? section.filled.areaMm2 / each.filled.areaMm2 : 0),
        0,
      ) / many.length;
    return {
      ...section,
      radii: evened(section.radii).map((_, k) => mean(({ radii }) => radii[k] ?? 0)),
      filled: {
        areaMm2: mean(({ filled }) => filled.areaMm2),
        // The axes of noise point everywhere: as a tensor over 3.5 mm they cancel, as lengths they would add up.
        uu: overMany(({ filled }) => filled.uu),
        uv: overMany(({ filled }) => filled.uv),
        vv: overMany(({ filled }) => filled.vv),
        u: mean(({ filled }) => filled.u),
        v: mean(({ filled }) => filled.v),
      },
    };
  });
  return {
    sections: averaged.map((section, i) => ({
      positionMm: at[i] ?? 0,
      at: volume.toPatient(centreline[i] ?? [0, 0, 0]),
      lumen: lumenOf(section, blurMm),
      calcified: section.calcified.filter(Boolean).length > 2,
      branch: section.hidden.filter(Boolean).length > 4,
    })),
    lengthMm: at.at(-1) ?? 0,
    blurMm,
    contrast: quantile(
      levels.map(({ lumen, background }) => lumen - background),
      0.5,
    ),
    voxelMm: volume.finestMm,
  };
}
