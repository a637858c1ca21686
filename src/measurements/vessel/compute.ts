import { followVessel } from '../../imaging/index.ts';
import type { FollowedVessel } from '../../imaging/index.ts';
import type { Note, Outcome, ProfileQuantity, Quantity, ResultValue } from '../../quantity/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import type { Computed, Given, LineSection, Run } from '../kind.ts';
import { percent } from '../lengthBetween.ts';
import { circularAreaStenosis, diameterStenosis } from '../stenosis/compute.ts';
import type { VesselItem } from './item.ts';
import { referenceOf } from './item.ts';
import { findNarrowing } from './narrowing.ts';
import type { LumenProfile, Narrowing } from './narrowing.ts';
import { vesselNotes } from './notes.ts';

/** Lumen below this is none: a third of the finest voxel (measures.md, edge cases). */
const noLumenVoxels = 0.3;

/** Follows the vessel and compares its narrowest place with its reference. @throws the signal's reason when aborted. */
export function computeVessel(
  item: VesselItem,
  { series, pixels }: Given,
  { signal, progress }: Run,
): Outcome<Computed> {
  const [volume] = pixels;
  if (volume === undefined || series === undefined)
    return refuse('no-pixels', 'The pixels of this series were not read.');
  if (!volume.ok) return refuse(volume.why.code, volume.why.say, volume.why.remedy);
  if (!('geometry' in volume.value)) return refuse('no-volume', 'This series is no volume; no vessel can be followed.');
  const lumen = item.options?.lumen;
  const work = followVessel({
    volume: volume.value,
    modality: series.modality,
    points: item.path,
    ...(typeof lumen === 'object' ? { threshold: lumen.threshold } : {}),
  });
  let step = work.next();
  for (; step.done !== true; step = work.next()) {
    signal?.throwIfAborted();
    progress?.(step.value);
  }
  if (!step.value.ok) return step.value;
  const vessel = step.value.value;
  const length: Record<string, ResultValue> = {
    vesselLength: millimetres(vessel.lengthMm),
    centreline: { value: vessel.sections.map(({ at }) => at), unit: 'mm' },
  };
  if (series.modality === 'MR' && series.angiography !== true)
    return ok({
      results: length,
      notes: [pathOnly, ...vesselNotes(item, vessel, series.modality, undefined)],
      sections: sectionsOf(vessel, false),
    });
  return ok({ ...withNarrowing(item, vessel, length, series.modality), sections: sectionsOf(vessel, true) });
}

function sectionsOf({ sections }: FollowedVessel, measured: boolean): readonly LineSection[] {
  return sections.map(({ positionMm, at, frame: { u, v }, lumen }) => ({
    positionMm,
    at,
    u,
    v,
    wallMm: measured ? [...lumen.contourMm] : null,
  }));
}

const pathOnly: Note = {
  code: 'path-only',
  message: 'Path only: on an MR series that is not named as angiography no lumen is measured and no stenosis offered.',
};
const millimetres = (value: number | null, uncertainty: number | null = null): Quantity => ({
  value,
  unit: 'mm',
  uncertainty,
  basis: 'patient',
});
const square = (value: number | null): Quantity => ({ value, unit: 'mm2', uncertainty: null, basis: 'patient' });

function withNarrowing(
  item: VesselItem,
  vessel: FollowedVessel,
  length: Readonly<Record<string, ResultValue>>,
  modality: string,
): Computed {
  const of = (value: (section: FollowedVessel['sections'][number]) => number): number[] => vessel.sections.map(value);
  const lumens: LumenProfile = {
    position: of(({ positionMm }) => positionMm),
    area: of(({ lumen }) => lumen.areaMm2),
    meanDiameter: of(({ lumen }) => 2 * Math.sqrt(lumen.areaMm2 / Math.PI)),
    minimumDiameter: of(({ lumen }) => lumen.minimumMm),
    doubtful: vessel.sections.map(({ branch }) => branch),
    // The blur of the picture and the mean over three sections.
    smearMm: Math.hypot(vessel.blurMm, 0.35),
  };
  const narrowing = findNarrowing(lumens, referenceOf(item), item.options?.lesionThreshold ?? 10);
  const profile: ProfileQuantity = {
    columns: {
      position: lumens.position,
      area: lumens.area,
      meanDiameter: lumens.meanDiameter,
      minimumDiameter: lumens.minimumDiameter,
      maximumDiameter: of(({ lumen }) => lumen.maximumMm),
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
  const notes = vesselNotes(item, vessel, modality, narrowing);
  if (narrowing === undefined) {
    const message =
      'Too little normal vessel for this reference: set the ends farther from the narrowing, or choose another.';
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
      notes: [...notes, ...missing.map((key) => ({ code: 'no-reference', key, message }))],
    };
  }
  return { results: { ...length, ...numbersOf(item, vessel, narrowing), profile }, notes };
}

function numbersOf(item: VesselItem, vessel: FollowedVessel, narrowing: Narrowing): Record<string, ResultValue> {
  const closed = narrowing.minimumMm < noLumenVoxels * vessel.voxelMm;
  const minimum = closed ? 0 : narrowing.minimumMm;
  const minimumArea = closed ? 0 : narrowing.minimumAreaMm2;
  const near = item.options?.nearOcclusion === true;
  const reference = narrowing.referenceMm;
  // A wall is known to a voxel's rounding at best; the spread of the normal part stands for noise.
  const minimumSd = Math.hypot(vessel.voxelMm / Math.sqrt(12), narrowing.referenceSpreadMm);
  const stenosis = diameterStenosis(minimum, reference);
  const stenosisSd = 100 * Math.hypot(minimumSd / reference, (minimum * narrowing.referenceSpreadMm) / reference ** 2);
  const referenceArea = (Math.PI * reference ** 2) / 4;
  return {
    minimumLumenDiameter: millimetres(minimum, minimumSd),
    referenceDiameter: millimetres(reference, narrowing.referenceSpreadMm),
    diameterStenosis: { ...percent(near ? null : stenosis), uncertainty: near ? null : stenosisSd },
    minimumLumenArea: square(minimumArea),
    referenceArea: square(referenceArea),
    areaStenosis: percent(near ? null : circularAreaStenosis(Math.sqrt(minimumArea), Math.sqrt(referenceArea))),
    lesionLength: millimetres(narrowing.end - narrowing.start),
    minimumPosition: millimetres(narrowing.at),
    lesionStart: millimetres(narrowing.start),
    lesionEnd: millimetres(narrowing.end),
  };
}
