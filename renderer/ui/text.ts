import { fixedText } from '../../src/quantity/index.ts';
import type { LpsMm, Vec3 } from '../../src/geometry/index.ts';
import type { PatientFacts, Why } from '../../src/dicom/index.ts';
import { isLps, planeDistanceMm, type Point, type VolumeGeometry } from '../../src/geometry/index.ts';

/** S-2. */
export const uncalibratedProjection = 'Uncalibrated projection: pixels and ratios only.';
/** S-5, three forms. */
export const tiltCorrected = 'Slices were tilted; geometry corrected exactly.';
export function resampledSlices(millimetres: number): string {
  return `Unevenly spaced; resampled to ${trimmed(millimetres)} mm for display.`;
}
export function noMeasuringIn3D(why: Why): string {
  return `No 3D measuring here: ${reasons[why]}.`;
}

/** Why a series is no volume, as the end of a sentence. */
export const reasons: Readonly<Record<Why, string>> = {
  'uneven-spacing': 'the slices are unevenly spaced',
  'missing-slices': 'slices are missing',
  'mixed-orientation': 'the slices point in different directions',
  'no-position': 'the images carry no position in the patient',
  projection: 'this is a projection',
  ultrasound: 'this is ultrasound',
  'single-image': 'this is a single image',
  color: 'the images are in colour',
};

/** A place in the patient with letters, never signs: "L 34.0 P 12.5 H 105.0 mm". */
export function placeText([x, y, z]: LpsMm): string {
  const part = (value: number, plus: string, minus: string): string =>
    `${value < 0 ? minus : plus} ${Math.abs(value).toFixed(1)}`;
  return `${part(x, 'L', 'R')} ${part(y, 'P', 'A')} ${part(z, 'H', 'F')} mm`;
}
export function pointText(point: Point): string {
  return isLps(point) ? placeText(point) : `column ${fixedText(point[0], 1)} row ${fixedText(point[1], 1)} px`;
}

/** Size of a volume's voxels: "0.7 × 0.7 mm, slices 2.5 mm apart"; in a tilted stack both the step and the planes' distance. */
export function voxelsText(volume: VolumeGeometry): string {
  const [across, down, step] = volume.spacing.map((mm) => String(Number(mm.toFixed(3))));
  const size = `${across} × ${down} mm`;
  return volume.correction === 'gantry-tilt'
    ? `${size}, slices ${step} mm apart along the table, their planes ${planeDistanceMm(volume).toFixed(3)} mm`
    : `${size}, slices ${step} mm apart`;
}

/** Of a slice as stored: "5 mm thick", and where slices overlap or leave gaps how far they are apart: "5 mm thick, 2.5 mm apart". */
export function thicknessText(thicknessMm: number, volume: VolumeGeometry | null): string {
  const apart = volume === null ? thicknessMm : planeDistanceMm(volume);
  const thick = `${trimmed(thicknessMm)} mm thick`;
  return Math.abs(apart - thicknessMm) > 0.01 * thicknessMm ? `${thick}, ${trimmed(apart)} mm apart` : thick;
}

/** DICOM's "Yamada^Tarou=山田^太郎" as people write it: "Yamada, Tarou (山田, 太郎)". */
export function nameText(name: string): string {
  const groups = name
    .split('=')
    .map((group) => {
      const [family = '', given = '', middle = '', prefix = '', suffix = ''] = group
        .split('^')
        .map((part) => part.trim());
      const first = [prefix, given, middle].filter(Boolean).join(' ');
      return [family, [first, suffix].filter(Boolean).join(' ')].filter(Boolean).join(', ');
    })
    .filter(Boolean);
  const [main, ...others] = groups;
  if (main === undefined) return 'No name';
  return others.length === 0 ? main : `${main} (${others.join('; ')})`;
}

/** DICOM's 20240312 as 2024-03-12; anything else as it is. */
export function dateText(date: string): string {
  return /^\d{8}$/.test(date) ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}` : date;
}
/** DICOM's 143002.5 as 14:30. */
export function timeText(time: string): string {
  return /^\d{4}/.test(time) ? `${time.slice(0, 2)}:${time.slice(2, 4)}` : time;
}
/** Whole days between a DICOM date and today; null where there is no proper date. */
export function ageInDays(date: string, today: Date): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(date);
  if (match === null) return null;
  const then = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return Math.floor((Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()) - then) / 86_400_000);
}

/** Who this is; files without any name count as one patient a study. */
export function patientKey(patient: PatientFacts, studyInstanceUID: string): string {
  const parts = [patient.id, patient.name, patient.birthDate];
  return parts.every((part) => part.trim() === '') ? studyInstanceUID : parts.join('\n');
}

/** Where a C-arm looks from, as cardiologists say it: "LAO 30 CAU 15"; whole degrees (PS3.3 C.8.7.5: + is LAO, and cranial). */
export function anglesText(primaryDeg: number | null, secondaryDeg: number | null): string {
  const one = (deg: number | null, plus: string, minus: string): string =>
    deg === null ? '' : `${deg < 0 ? minus : plus} ${Math.abs(Math.round(deg))}`;
  return [one(primaryDeg, 'LAO', 'RAO'), one(secondaryDeg, 'CRA', 'CAU')].filter(Boolean).join(' ');
}

/** Where the slice lies along the patient's axis it cuts most squarely, with its letter: "H 105.0 mm". */
export function depthText(position: LpsMm, normal: Vec3): string {
  const size = normal.map(Math.abs);
  const axis = size.indexOf(Math.max(...size));
  const value = position[axis] ?? 0;
  const letter = (value < 0 ? ['R', 'A', 'F'] : ['L', 'P', 'H'])[axis] ?? '';
  return `${letter} ${Math.abs(value).toFixed(1)} mm`;
}

/** At most two decimals, no trailing zeros. */
export function trimmed(value: number): string {
  return String(Math.round(value * 100) / 100);
}
export function counted(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}
