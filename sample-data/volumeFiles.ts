import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import type { Part } from './body.ts';
import { dicomFile } from './dicomFile.ts';
import type { Element } from './dicomFile.ts';
import { paintSlices } from './paint.ts';
import type { Blur, Stack } from './paint.ts';
import { random, randomUid } from './random.ts';
import type { Random } from './random.ts';
import type { WriteFile } from './sampleCase.ts';

/** Invented; no real person. */
export interface Patient {
  readonly name: string;
  readonly id: string;
  readonly birthDate: string;
  readonly sex: 'F' | 'M';
  readonly ageYears: number;
  readonly weightKg: number;
  readonly sizeM: number;
}
export interface Study {
  readonly date: string;
  readonly time: string;
  readonly description: string;
  readonly accession: string;
}
export interface Uids {
  readonly study: string;
  readonly series: string;
  readonly frameOfReference: string;
  readonly instances: readonly string[];
}
/** `stream` tells one series from another of the same seed. */
export function uids(seed: number, stream: string, instances: number): Uids {
  const numbers = random(seed, `${stream} uids`);
  const [study, series, frameOfReference] = [randomUid(numbers), randomUid(numbers), randomUid(numbers)];
  return { study, series, frameOfReference, instances: Array.from({ length: instances }, () => randomUid(numbers)) };
}

/** How one stack of slices is rendered and told. */
export interface VolumeSeries {
  readonly parts: readonly Part[];
  readonly background: number;
  readonly stack: Stack;
  readonly blur: Blur;
  /** Standard deviation; 0 for none. */
  readonly noise: number;
  /** Where noise makes no value negative (magnitude images of MR). */
  readonly magnitude: boolean;
  readonly sopClass: string;
  /** Value = stored + this. */
  readonly intercept: number;
  /** What this modality says more of itself. */
  elements(slice: number): readonly Element[];
}

/**
 * Renders and writes one series, slice by slice: `write(slice, bytes)`.
 * @param noiseStream  Another for each series, so that no two have the same noise.
 */
export async function writeVolume(
  series: VolumeSeries,
  { patient, study, uids: ids }: { readonly patient: Patient; readonly study: Study; readonly uids: Uids },
  { seed, noiseStream, signal }: { readonly seed: number; readonly noiseStream: string; readonly signal?: AbortSignal },
  write: (slice: number, bytes: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const { stack } = series;
  const [columns, rows] = stack.dimensions;
  const [dx, dy, dz] = stack.spacingMm;
  const noise = random(seed, `${noiseStream} noise`);
  const grain = series.noise > 0 ? [grainOf(columns, rows), grainOf(columns, rows)] : [];
  let slice = 0;
  for (const values of paintSlices(series.parts, series.background, stack, series.blur)) {
    signal?.throwIfAborted();
    const pixels = new Uint16Array(columns * rows);
    const [real, imaginary] = grain;
    real?.fill(noise);
    if (series.magnitude) imaginary?.fill(noise);
    for (let i = 0; i < pixels.length; i++) {
      const clean = values[i] ?? 0;
      const a = clean + series.noise * (real?.at(i) ?? 0);
      const value = series.magnitude ? Math.hypot(a, series.noise * (imaginary?.at(i) ?? 0)) : a;
      pixels[i] = Math.max(0, Math.min(4095, Math.round(value - series.intercept)));
    }
    const position = cornerOf(stack, slice);
    const number = ids.instances[slice] ?? '';
    const file = dicomFile(series.sopClass, number, [
      ...common(patient, study, series.sopClass, number, ids),
      ...series.elements(slice),
      ['00180050', 'DS', dz],
      ['00185100', 'CS', 'HFS'],
      ['00200013', 'IS', slice + 1],
      ['00200032', 'DS', position.map(tidy)],
      ['00200037', 'DS', [...stack.directions[0], ...stack.directions[1]].map(tidy)],
      ['00200052', 'UI', ids.frameOfReference],
      ['00201040', 'LO', ''],
      ['00201041', 'DS', tidy(position[2])],
      ['00280002', 'US', 1],
      ['00280004', 'CS', 'MONOCHROME2'],
      ['00280010', 'US', rows],
      ['00280011', 'US', columns],
      ['00280030', 'DS', [dy, dx]],
      ['00280100', 'US', 16],
      ['00280101', 'US', 12],
      ['00280102', 'US', 11],
      ['00280103', 'US', 0],
      ['7FE00010', 'OW', littleEndian(pixels)],
    ]);
    await write(slice, file);
    slice += 1;
  }
}

/** Writes each slice under its name in `folder` ('' or ending with a slash) and tells how many are done. */
export function sliceFiles(
  write: WriteFile,
  folder: string,
  done: () => void,
): (slice: number, bytes: Uint8Array) => Promise<void> {
  return async (slice, bytes) => {
    await write(`${folder}slice-${String(slice + 1).padStart(3, '0')}.dcm`, bytes);
    done();
  };
}

/** Patient, study, series and equipment: what every image says. */
export function common(patient: Patient, study: Study, sopClass: string, instance: string, ids: Uids): Element[] {
  return [
    ['00080005', 'CS', 'ISO_IR 100'],
    ['00080012', 'DA', study.date],
    ['00080013', 'TM', study.time],
    ['00080016', 'UI', sopClass],
    ['00080018', 'UI', instance],
    ['00080020', 'DA', study.date],
    ['00080021', 'DA', study.date],
    ['00080022', 'DA', study.date],
    ['00080023', 'DA', study.date],
    ['00080030', 'TM', study.time],
    ['00080031', 'TM', study.time],
    ['00080032', 'TM', study.time],
    ['00080033', 'TM', study.time],
    ['00080050', 'SH', study.accession],
    ['00080070', 'LO', 'Seldinger sample data'],
    ['00080080', 'LO', 'Invented Hospital'],
    ['00080090', 'PN', 'Sample^Referrer'],
    ['00081030', 'LO', study.description],
    ['00081090', 'LO', 'Analytic phantom'],
    ['00100010', 'PN', patient.name],
    ['00100020', 'LO', patient.id],
    ['00100030', 'DA', patient.birthDate],
    ['00100040', 'CS', patient.sex],
    ['00101010', 'AS', `${String(patient.ageYears).padStart(3, '0')}Y`],
    ['00101020', 'DS', patient.sizeM],
    ['00101030', 'DS', patient.weightKg],
    ['00181000', 'LO', 'SAMPLE'],
    ['00181020', 'LO', 'sample-data'],
    ['0020000D', 'UI', ids.study],
    ['0020000E', 'UI', ids.series],
    ['00200010', 'SH', '1'],
  ];
}

/** LPS of the centre of a slice's first pixel. */
export function cornerOf({ origin, directions, spacingMm }: Stack, slice: number): LpsMm {
  const [x, y, z]: Vec3 = directions[2];
  const way = slice * spacingMm[2];
  return [origin[0] + way * x, origin[1] + way * y, origin[2] + way * z];
}

/** Decimal noise of sums such as -47.6 + 3 * 0.8 must not reach the header. */
export function tidy(value: number): number {
  const rounded = Math.round(value * 1e8) / 1e8;
  return rounded === 0 ? 0 : rounded;
}

export function littleEndian(values: Uint16Array): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint16(2 * i, values[i] ?? 0, true);
  return bytes;
}

/** Noise with the grain of a reconstruction: neighbours agree a little; mean 0, standard deviation 1. */
function grainOf(columns: number, rows: number): { fill(numbers: Random): void; at(i: number): number } {
  const wide = columns + 2;
  const white = new Float32Array(wide * (rows + 2));
  // Weights 1-2-1 both ways on independent numbers; divided by the root of the sum of their squares.
  const scale = 1 / 6;
  return {
    fill({ integer }) {
      // Two even numbers each: the nine that make up a pixel turn them into a bell.
      const unit = Math.sqrt(6) / 2 ** 32;
      for (let i = 0; i < white.length; i++) white[i] = (integer() + integer() - 2 ** 32) * unit;
    },
    at(i) {
      const row = Math.floor(i / columns);
      const from = row * wide + (i - row * columns);
      let sum = 0;
      for (let r = 0; r < 3; r++) {
        const line = from + r * wide;
        sum += (r === 1 ? 2 : 1) * ((white[line] ?? 0) + 2 * (white[line + 1] ?? 0) + (white[line + 2] ?? 0));
      }
      return sum * scale;
    },
  };
}
