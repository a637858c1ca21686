import type { CurveFrame, LpsMm, Vec3 } from '../../geometry/index.ts';
import { along, arcLengths, dot, resampleCurve, smoothCurve, subtract } from '../../geometry/index.ts';
import type { Outcome } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Volume } from '../volume.ts';
import { blurOf } from './blur.ts';
import { courseThrough, planesAcross, sectionStepMm } from './course.ts';
import type { Course } from './course.ts';
import { levelsAlong } from './levels.ts';
import { localVolume } from './localVolume.ts';
import type { LocalVolume } from './localVolume.ts';
import { contourLumen, movedBy } from './lumen.ts';
import type { Lumen } from './lumen.ts';
import { legBetween } from './legs.ts';
import { quantile } from './quantile.ts';
import { readLumens } from './readLumens.ts';
import { readSection } from './section.ts';
import type { Section, SectionLevels } from './section.ts';
import { seedLevel } from './seedLevel.ts';
import type { SeedLevel } from './seedLevel.ts';

export interface FollowRequest {
  readonly volume: Volume;
  readonly modality: string;
  /** LPS mm, from start to end, at least two. */
  readonly points: readonly LpsMm[];
  /** The lumen's wall at this value instead of half level. */
  readonly threshold?: number;
  /** Told the course once, with walls at half level, before the lumens are fitted. */
  readonly onCourse?: (vessel: FollowedVessel) => void;
}
export interface VesselSection {
  /** mm along the centreline from the plane through the first click. */
  readonly positionMm: number;
  readonly at: LpsMm;
  /** Of the plane across; LPS. */
  readonly frame: CurveFrame;
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

/** The course is drawn anew this often; the last times through fitted lumens. */
const rounds = 3;
const fittedFrom = 2;

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
    const search = legBetween(request.volume, volume, { from, to, level });
    let step = search.next();
    for (; step.done !== true; step = search.next()) yield (0.6 * (leg + step.value)) / (seeds.length - 1);
    if (step.value === undefined) return refuse('no-path', 'No way between the points. Click a point between them.');
    way.push(...(leg === 0 ? [from] : []), ...step.value.slice(1, -1), to);
  }
  yield 0.6;
  const [first, last] = [seeds[0], seeds.at(-1)];
  if (first === undefined || last === undefined || way.length < 2)
    return refuse('no-path', 'A vessel needs two different points.');
  const start: SectionLevels = {
    lumen: quantile(
      levels.map((level) => level.lumen),
      0.5,
    ),
    background: Math.min(...levels.map((level) => level.background)),
    blurMm: 0.6,
  };
  const refined = refine(volume, way, { first, last, start, threshold: request.threshold, onCourse: request.onCourse });
  let step = refined.next();
  for (; step.done !== true; step = refined.next()) yield 0.6 + 0.4 * step.value;
  return ok(step.value);
}

interface Refinement {
  readonly first: Vec3;
  readonly last: Vec3;
  readonly start: SectionLevels;
  readonly threshold: number | undefined;
  readonly onCourse: FollowRequest['onCourse'];
}

function* refine(
  volume: LocalVolume,
  way: readonly Vec3[],
  { first, last, start, threshold, onCourse }: Refinement,
): Generator<number, FollowedVessel> {
  const line = resampleCurve(smoothCurve(resampleCurve(way, sectionStepMm), sectionStepMm, 2), sectionStepMm);
  let course: Course = { centreline: line, planes: planesAcross(line, line) };
  let levels: readonly SectionLevels[] = [start];
  let blurMm = start.blurMm;
  let level = 1;
  for (let round = 0; ; round += 1) {
    const { planes } = course;
    const now = planes.map(
      (_, i) => levels[Math.round((i * (levels.length - 1)) / Math.max(1, planes.length - 1))] ?? start,
    );
    const sections = planes.map(({ middle, frame }, i) => readSection(volume, middle, frame, now[i] ?? start));
    let lumens: readonly Lumen[];
    if (round < fittedFrom || threshold !== undefined) {
      blurMm = blurOf(volume, planes, sections, now) ?? blurMm;
      lumens = sections.map((section) => contourLumen(section, blurMm));
    } else {
      const read = readLumens(volume, planes, sections, now, round === rounds ? 1 : 3);
      lumens = read.lumens;
      if (read.shared !== undefined) {
        blurMm = read.shared.blurMm;
        level *= read.shared.level;
      }
    }
    if (round === fittedFrom - 1) onCourse?.(finished(volume, course, { sections, lumens, levels: now, blurMm }));
    yield (round + 1) / (rounds + 1);
    if (round === rounds) return finished(volume, course, { sections, lumens, levels: now, blurMm });
    levels = levelsAlong(sections, lumens.map(meanOf), { ...start, blurMm }, threshold).map((each) => ({
      ...each,
      lumen: each.background + level * (each.lumen - each.background),
    }));
    course = courseThrough(
      planes.map(({ middle, frame }, i) => {
        const lumen = lumens[i];
        if (lumen === undefined || sections[i]?.outside !== false) return { at: middle, meanMm: 0, narrowMm: 0 };
        const [u, v] = lumen.middle;
        return {
          at: along(along(middle, frame.u, u), frame.v, v),
          meanMm: meanOf(lumen),
          narrowMm: lumen.minimumMm / 2,
        };
      }),
      first,
      last,
    );
  }
}

const meanOf = ({ areaMm2 }: Lumen): number => 2 * Math.sqrt(areaMm2 / Math.PI);

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

function finished(
  volume: LocalVolume,
  { centreline, planes }: Course,
  {
    sections,
    lumens,
    levels,
    blurMm,
  }: {
    readonly sections: readonly Section[];
    readonly lumens: readonly Lumen[];
    readonly levels: readonly SectionLevels[];
    readonly blurMm: number;
  },
): FollowedVessel {
  const at = arcLengths(centreline);
  const origin = volume.toPatient([0, 0, 0]);
  const turned = (direction: Vec3): Vec3 => subtract(volume.toPatient(direction), origin);
  return {
    sections: planes.flatMap(({ middle, frame }, i): VesselSection[] => {
      const [place, lumen, section] = [centreline[i], lumens[i], sections[i]];
      if (place === undefined || lumen === undefined || section === undefined) return [];
      const off = subtract(middle, place);
      return [
        {
          positionMm: at[i] ?? 0,
          at: volume.toPatient(place),
          frame: { tangent: turned(frame.tangent), u: turned(frame.u), v: turned(frame.v) },
          lumen: movedBy(lumen, dot(off, frame.u), dot(off, frame.v)),
          calcified: section.calcified.filter(Boolean).length > 2,
          branch: section.hidden.filter(Boolean).length > 4,
        },
      ];
    }),
    lengthMm: at.at(-1) ?? 0,
    blurMm,
    contrast: quantile(
      levels.map(({ lumen, background }) => lumen - background),
      0.5,
    ),
    voxelMm: volume.finestMm,
  };
}
