import type { Why } from '../dicom/index.ts';
import type { PatientSpace, Plan, RecordId } from '../plan/index.ts';
import type { Note, Refusal } from '../quantity/index.ts';
import type { SeriesFacts } from './kind.ts';

const reasons: Readonly<Record<Why, string>> = {
  'uneven-spacing': 'its slices are unevenly spaced',
  'missing-slices': 'slices are missing',
  'mixed-orientation': 'its images lie in different directions',
  'no-position': 'its images carry no position in the patient',
  projection: 'it is a projection',
  ultrasound: 'it is ultrasound without a position in the patient',
  'single-image': 'it is a single image',
  color: 'it is in colour',
};
const without: ReadonlySet<Why> = new Set(['no-position', 'projection', 'ultrasound']);

/** Patient coordinates on images that have none would be millimetres from nowhere. */
export function seriesRefusal(series: SeriesFacts): Refusal | undefined {
  if (series.volume !== null) return undefined;
  const why = series.why.find((reason) => without.has(reason));
  if (why === undefined) return undefined;
  return {
    code: 'no-patient-geometry',
    say: `No 3D measuring here: ${reasons[why]}.`,
    remedy: 'Measure on the single image instead.',
  };
}

/** What must be said about positions in this series (sentences S-5 of the clinical page). */
export function seriesNotes(series: SeriesFacts): readonly Note[] {
  if (series.volume?.correction === 'gantry-tilt')
    return [{ code: 'gantry-tilt', message: 'Slices were tilted; geometry corrected exactly.' }];
  if (series.volume?.correction === 'resampled')
    return [{ code: 'resampled', message: 'Unevenly spaced; resampled for display.' }];
  if (series.volume !== null) return [];
  const why = series.why.map((reason) => reasons[reason]).join(', ');
  return [
    {
      code: 'no-volume',
      message: `This series is no volume${why === '' ? '' : `: ${why}`}. Points carry the positions of their own slices; nothing was read between slices.`,
    },
  ];
}

/** The results stand on the author's word; whoever reads them must know. */
export function frameOfReferenceNotes(
  on: PatientSpace,
  series: SeriesFacts,
  uses: readonly RecordId[],
  plan: Plan,
): readonly Note[] {
  const notes: Note[] = [];
  const actual = series.frameOfReferenceUID;
  if (on.frameOfReferenceUID !== null && actual !== null && on.frameOfReferenceUID !== actual)
    notes.push({
      code: 'frame-of-reference-differs',
      message: 'The item names another frame of reference than its series has; its coordinates are taken as common.',
    });
  for (const id of uses) {
    const record = plan.records[id];
    if (record?.type !== 'item' || record.on.in !== 'patient') continue;
    const other = record.on;
    const same =
      other.frameOfReferenceUID === null && on.frameOfReferenceUID === null
        ? other.seriesInstanceUID === on.seriesInstanceUID
        : other.frameOfReferenceUID === on.frameOfReferenceUID;
    if (!same)
      notes.push({
        code: 'frame-of-reference-differs',
        message: `"${record.label || id}" lies in another frame of reference; its coordinates are taken as common. Register the series.`,
      });
  }
  return notes;
}
