import { dicomFile } from './dicomFile.ts';
import { random, randomUid } from './random.ts';
import type { Grid } from './scanner.ts';

/** Invented; no real person. */
export interface InventedPatient {
  readonly name: string;
  readonly id: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M' | 'O';
  readonly ageYears: number;
}
export interface SeriesUids {
  readonly study: string;
  readonly series: string;
  readonly frameOfReference: string;
  instance(slice: number): string;
}

export function seriesUids(name: string, seed: number): SeriesUids {
  const numbers = random(seed, `${name} uids`);
  const study = randomUid(numbers);
  const series = randomUid(numbers);
  const frameOfReference = randomUid(numbers);
  const made: string[] = [];
  return {
    study,
    series,
    frameOfReference,
    instance(slice) {
      while (made.length <= slice) made.push(randomUid(numbers));
      return made[slice] ?? '';
    },
  };
}

const ctImageStorage = '1.2.840.10008.5.1.4.1.1.2';
/** Stored values are unsigned 12 bit: HU + 1024, clipped to what 12 bits hold, as scanners do. */
const interceptHu = -1024;

/** One slice of a CT as a file. `hu`: rows x columns. */
export function ctSliceFile({
  hu,
  slice,
  grid,
  uids,
  patient,
  study,
}: {
  readonly hu: Float64Array;
  readonly slice: number;
  readonly grid: Grid;
  readonly uids: SeriesUids;
  readonly patient: InventedPatient;
  readonly study: {
    readonly date: string;
    readonly time: string;
    readonly description: string;
    readonly series: string;
    readonly bodyPart: string;
    readonly window: readonly [number, number];
  };
}): Uint8Array {
  const [columns, rows] = grid.dimensions;
  const [dx, dy, dz] = grid.spacingMm;
  const [x, y, z] = grid.origin;
  const height = round(z + slice * dz);
  const pixels = new Uint8Array(2 * columns * rows);
  const view = new DataView(pixels.buffer);
  for (let i = 0; i < hu.length; i++) {
    view.setUint16(2 * i, Math.max(0, Math.min(4095, Math.round((hu[i] ?? 0) - interceptHu))), true);
  }
  return dicomFile(ctImageStorage, uids.instance(slice), [
    ['00080005', 'CS', 'ISO_IR 192'],
    ['00080008', 'CS', 'ORIGINAL\\PRIMARY\\AXIAL'],
    ['00080016', 'UI', ctImageStorage],
    ['00080018', 'UI', uids.instance(slice)],
    ['00080020', 'DA', study.date],
    ['00080021', 'DA', study.date],
    ['00080022', 'DA', study.date],
    ['00080023', 'DA', study.date],
    ['00080030', 'TM', study.time],
    ['00080031', 'TM', study.time],
    ['00080032', 'TM', study.time],
    ['00080033', 'TM', study.time],
    ['00080050', 'SH', ''],
    ['00080060', 'CS', 'CT'],
    ['00080070', 'LO', 'Seldinger sample data'],
    ['00080090', 'PN', ''],
    ['00081030', 'LO', study.description],
    ['0008103E', 'LO', study.series],
    ['00081090', 'LO', 'Analytic phantom'],
    ['00100010', 'PN', patient.name],
    ['00100020', 'LO', patient.id],
    ['00100030', 'DA', patient.birthDate],
    ['00100040', 'CS', patient.sex],
    ['00180015', 'CS', study.bodyPart],
    ['00180050', 'DS', dz],
    ['00180060', 'DS', 120],
    ['00180088', 'DS', dz],
    ['00181100', 'DS', round(columns * dx)],
    ['00181120', 'DS', 0],
    ['00185100', 'CS', 'HFS'],
    ['0020000D', 'UI', uids.study],
    ['0020000E', 'UI', uids.series],
    ['00200010', 'SH', '1'],
    ['00200011', 'IS', 2],
    ['00200012', 'IS', 1],
    ['00200013', 'IS', slice + 1],
    ['00200032', 'DS', [x, y, height]],
    ['00200037', 'DS', [1, 0, 0, 0, 1, 0]],
    ['00200052', 'UI', uids.frameOfReference],
    ['00201040', 'LO', ''],
    ['00201041', 'DS', height],
    ['00280002', 'US', 1],
    ['00280004', 'CS', 'MONOCHROME2'],
    ['00280010', 'US', rows],
    ['00280011', 'US', columns],
    ['00280030', 'DS', [dy, dx]],
    ['00280100', 'US', 16],
    ['00280101', 'US', 12],
    ['00280102', 'US', 11],
    ['00280103', 'US', 0],
    ['00281050', 'DS', study.window[0]],
    ['00281051', 'DS', study.window[1]],
    ['00281052', 'DS', interceptHu],
    ['00281053', 'DS', 1],
    ['00281054', 'LO', 'HU'],
    ['7FE00010', 'OW', pixels],
  ]);
}

/** Decimal noise of sums such as -47.6 + 3 * 0.8 must not reach the header. */
function round(mm: number): number {
  return Math.round(mm * 1e6) / 1e6;
}
