import type { FollowedVessel } from '../../imaging/index.ts';
import type { Note, Outcome, ProfileQuantity, Quantity, ResultValue } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Computed, Given, LineSection, Run } from '../kind.ts';
import { percent } from '../lengthBetween.ts';
import { isQuantity } from '../rowOf.ts';
import { positionAlong, withContours } from './contours.ts';
import type { CorrectedVessel } from './contours.ts';
import { followedVessel } from './followed.ts';
import { gradeSentence } from './grades.ts';
import type { VesselItem } from './item.ts';
import { referenceOf } from './item.ts';
import { findNarrowing } from './narrowing.ts';
import type { LumenProfile } from './lumenProfile.ts';
import type { NarrowingAsk } from './narrowing.ts';
import { isNascet, vesselNotes } from './notes.ts';
import { narrowingNumbers } from './numbers.ts';

/** Lumen below this is none: a third of the finest voxel (measures.md, edge cases). */
const noLumenVoxels = 0.3;

/** Follows the vessel and compares its narrowest place with its reference. @throws the signal's reason when aborted. */
export function computeVessel(item: VesselItem, given: Given, { signal, progress, partial }: Run): Outcome<Computed> {
  const { series, pixels } = given;
  const [volume] = pixels;
  if (volume === undefined || series === undefined)
    return refuse('no-pixels', 'The pixels of this series were not read.');
  if (!volume.ok) return refuse(volume.why.code, volume.why.say, volume.why.remedy);
  if (!('geometry' in volume.value)) return refuse('no-volume', 'This series is no volume; no vessel can be followed.');
  const lumen = item.options?.lumen;
  const measured = series.modality !== 'MR' || series.angiography === true;
  const work = followedVessel({
    volume: volume.value,
    modality: series.modality,
    points: item.path,
    ...(typeof lumen === 'object' ? { threshold: lumen.threshold } : {}),
    onCourse(vessel) {
      partial?.({ results: lengthOf(vessel), notes: [], sections: sectionsOf(vessel, measured) });
    },
  });
  let step = work.next();
  for (; step.done !== true; step = work.next()) {
    signal?.throwIfAborted();
    progress?.(step.value);
  }
  if (!step.value.ok) return step.value;
  const corrected = withContours(step.value.value, item.contours);
  const { vessel } = corrected;
  const length = lengthOf(vessel);
  if (!measured)
    return ok({
      results: length,
      notes: [pathOnly, ...vesselNotes(item, corrected, series.modality, undefined)],
      sections: sectionsOf(vessel, false),
    });
  return ok({ ...withNarrowing(item, corrected, length, given), sections: sectionsOf(vessel, true) });
}

function lengthOf({ lengthMm, sections }: FollowedVessel): Readonly<Record<string, ResultValue>> {
  return { vesselLength: millimetres(lengthMm), centreline: { value: sections.map(({ at }) => at), unit: 'mm' } };
}

function sectionsOf({ sections }: FollowedVessel, measured: boolean): readonly LineSection[] {
  return sections.map(({ positionMm, at, frame: { u, v }, lumen }) => ({
    positionMm,
    at,
    u,
    v,
    wallMm: measured ? [...lumen.outline.x].map((x, k) => [x, lumen.outline.y[k] ?? 0]) : null,
  }));
}

const pathOnly: Note = {
  code: 'path-only',
  message: 'Path only: on an MR series that is not named as angiography no lumen is measured and no stenosis offered.',
};
const millimetres = (value: number | null): Quantity => ({ value, unit: 'mm', uncertainty: null, basis: 'patient' });

function withNarrowing(
  item: VesselItem,
  corrected: CorrectedVessel,
  length: Readonly<Record<string, ResultValue>>,
  given: Given,
): Computed {
  const { vessel } = corrected;
  const lumens = profileOf(vessel);
  const narrowing = findNarrowing(lumens, asked(item, vessel, given));
  const profile: ProfileQuantity = {
    columns: {
      position: lumens.position,
      area: lumens.area,
      meanDiameter: lumens.meanDiameter,
      minimumDiameter: lumens.minimumDiameter,
      maximumDiameter: vessel.sections.map(({ lumen }) => lumen.maximumMm),
      reference: narrowing?.fitted ?? lumens.position.map(() => null),
    },
    units: {
      position: 'mm',
      area: 'mm2',
      meanDiameter: 'mm',
      minimumDiameter: 'mm',
      maximumDiameter: 'mm',
      reference: 'mm',
    },
  };
  const notes = vesselNotes(item, corrected, given.series?.modality ?? '', narrowing);
  if (narrowing === undefined) {
    const missing = ['minimumLumenDiameter', 'referenceDiameter', 'diameterStenosis', 'areaStenosis'];
    return {
      results: {
        ...length,
        minimumLumenDiameter: millimetres(null),
        referenceDiameter: millimetres(null),
        diameterStenosis: percent(null),
        areaStenosis: percent(null),
        profile,
      },
      notes: [...notes, ...missing.map((key) => ({ code: 'no-reference', key, message: noReference }))],
    };
  }
  const numbers = narrowingNumbers(item, corrected, narrowing);
  const stenosis = numbers['diameterStenosis'];
  const grade =
    isQuantity(stenosis) && stenosis.value !== null
      ? gradeSentence(item, {
          percent: stenosis.value,
          deviation: stenosis.uncertainty ?? Infinity,
          nascet: isNascet(item, narrowing),
        })
      : undefined;
  return {
    results: { ...length, ...numbers, profile },
    notes: [...notes, ...(grade === undefined ? [] : [{ code: 'grade', key: 'diameterStenosis', message: grade }])],
  };
}

const noReference =
  'Too little normal vessel for this reference: set the ends farther from the narrowing, or choose another.';

function profileOf(vessel: FollowedVessel): LumenProfile {
  const of = (value: (section: FollowedVessel['sections'][number]) => number): number[] => vessel.sections.map(value);
  const mean = of(({ lumen }) => 2 * Math.sqrt(lumen.areaMm2 / Math.PI));
  return {
    position: of(({ positionMm }) => positionMm),
    area: of(({ lumen }) => lumen.areaMm2),
    meanDiameter: mean,
    minimumDiameter: of(({ lumen }) => lumen.minimumMm),
    doubtful: vessel.sections.map(({ branch }) => branch),
    // The blur of the picture and the mean over three sections.
    smearMm: Math.hypot(vessel.blurMm, 0.35),
    noLumenMm2: vessel.sections.map(
      ({ lumen }) => (Math.PI / 4) * (noLumenVoxels * vessel.voxelMm) ** 2 + 2 * (lumen.areaDeviationMm2 ?? 0),
    ),
  };
}

/** What the item asks for, its places as mm along the path found now. */
function asked(item: VesselItem, vessel: FollowedVessel, given: Given): NarrowingAsk {
  const { lesionThreshold = 10, lesion, referencePoints, contralateral } = item.options ?? {};
  const pair = (points: VesselItem['path'] | undefined): readonly [number, number] | undefined => {
    const places = points?.map((point) => positionAlong(vessel, point));
    const [a, b = a] = places ?? [];
    return a === undefined || b === undefined ? undefined : [a, b];
  };
  const placed = pair(referencePoints);
  const borders = pair(lesion);
  const other = contralateral === undefined ? undefined : given.result(contralateral);
  const diameter = other?.ok === true ? other.value.results['referenceDiameter'] : undefined;
  return {
    lesionThreshold,
    ...(borders === undefined ? {} : { lesion: borders }),
    reference: {
      kind: referenceOf(item),
      ...(placed === undefined ? {} : { placed }),
      ...(isQuantity(diameter) && diameter.value !== null && diameter.unit === 'mm'
        ? { other: { diameterMm: diameter.value, spreadMm: diameter.uncertainty ?? 0 } }
        : {}),
    },
  };
}
