import { frameFacts, type LookupTable, type Rescale, type Series } from '../dicom/index.ts';
import type { Frame, PixelArray, PixelArrayType, StoredFrame } from './types.ts';

/**
 * The smallest array that holds every modality value the headers allow, exactly: whole numbers in Uint8, Int16 or
 * Uint16, all else (fractions, wider ranges) in Float32. Colour is Uint8.
 */
export function pickArrayType(series: Series): PixelArrayType {
  let low = Infinity;
  let high = -Infinity;
  let whole = true;
  for (const { instance: index, frame } of series.frames) {
    const instance = series.instances[index];
    if (instance === undefined) continue;
    if (isColour(instance.pixel)) return 'Uint8Array';
    const { bitsStored, signed, floating } = instance.pixel;
    if (floating === true) return 'Float32Array';
    const { slope, intercept, table } = frameFacts(instance, frame).rescale;
    if (table !== undefined) {
      low = Math.min(low, 0);
      high = Math.max(high, tableMaximum(table));
      continue;
    }
    const ends = (signed ? [-(2 ** (bitsStored - 1)), 2 ** (bitsStored - 1) - 1] : [0, 2 ** bitsStored - 1]).map(
      (stored) => stored * slope + intercept,
    );
    low = Math.min(low, ...ends);
    high = Math.max(high, ...ends);
    whole &&= Number.isInteger(slope) && Number.isInteger(intercept);
  }
  if (!whole || low > high) return 'Float32Array';
  if (low >= 0 && high <= 255) return 'Uint8Array';
  if (low >= -32768 && high <= 32767) return 'Int16Array';
  if (low >= 0 && high <= 65535) return 'Uint16Array';
  return 'Float32Array';
}

const maxima = new WeakMap<LookupTable, number>();
function tableMaximum(table: LookupTable): number {
  const known = maxima.get(table) ?? table.values.reduce((most, value) => Math.max(most, value), 0);
  maxima.set(table, known);
  return known;
}

/** Whether decoded frames have three samples a pixel. */
export function isColour(pixel: Series['instances'][number]['pixel']): boolean {
  return pixel.samplesPerPixel === 3 || pixel.palette !== undefined;
}

const BYTES: Readonly<Record<PixelArrayType, number>> = {
  Uint8Array: 1,
  Int16Array: 2,
  Uint16Array: 2,
  Float32Array: 4,
};

/** Bytes of a buffer for all frames of the series. */
export function seriesBytes(series: Series): number {
  const colour = series.instances[0] !== undefined && isColour(series.instances[0].pixel);
  return series.rows * series.columns * (colour ? 3 : 1) * series.frames.length * BYTES[pickArrayType(series)];
}

/** A view of that type on a buffer (shared or not). */
export function viewOn(type: PixelArrayType, buffer: ArrayBufferLike, byteOffset = 0, length?: number): ModalityArray {
  if (type === 'Uint8Array') return new Uint8Array(buffer, byteOffset, length);
  if (type === 'Int16Array') return new Int16Array(buffer, byteOffset, length);
  if (type === 'Uint16Array') return new Uint16Array(buffer, byteOffset, length);
  return new Float32Array(buffer, byteOffset, length);
}
export type ModalityArray = Uint8Array | Uint16Array | Int16Array | Float32Array;

export interface Extent {
  readonly min: number;
  readonly max: number;
}

/**
 * Writes slope x stored + intercept, or the Modality LUT's entry, in one pass. Colour is copied as it is.
 * @param out as long as `stored.data`, of the type that `pickArrayType` chose.
 * @returns the least and the greatest value written; infinities the wrong way round where there is no pixel.
 */
export function writeModality(stored: StoredFrame, rescale: Rescale, out: PixelArray): Extent {
  const { data } = stored;
  if (out.length !== data.length)
    throw new RangeError(`a frame of ${data.length} values does not fit into ${out.length}`);
  const plain = stored.samplesPerPixel === 3;
  if (rescale.table !== undefined && !plain) return throughTable(data, rescale.table, out);
  const slope = plain ? 1 : rescale.slope;
  const intercept = plain ? 0 : rescale.intercept;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = (data[i] ?? 0) * slope + intercept;
    out[i] = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** One stored value in the modality's unit, in double precision: slope x stored + intercept, or the Modality LUT's entry. */
export function modalityValue(stored: number, { slope, intercept, table }: Rescale): number {
  return table === undefined ? stored * slope + intercept : entryOf(table, stored);
}

/** Values below and above the table take its ends (PS3.3 C.11.1.1). */
function entryOf({ first, values }: LookupTable, stored: number): number {
  return values[Math.min(values.length - 1, Math.max(0, stored - first))] ?? 0;
}

function throughTable(data: PixelArray, table: LookupTable, out: PixelArray): Extent {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = entryOf(table, data[i] ?? 0);
    out[i] = value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return { min, max };
}

/** The unit of all modality values of a series; null where its frames have different ones, so that no value between them means anything. */
export function seriesUnit({ frames, instances }: Series): string | null {
  let unit: string | null = null;
  for (const { instance: index, frame } of frames) {
    const instance = instances[index];
    if (instance === undefined) continue;
    const own = frameFacts(instance, frame).rescale.unit;
    if (unit !== null && own !== unit) return null;
    unit = own;
  }
  return unit ?? '1';
}

/** Why nothing is measured through slices whose values have different units. */
export function unitsDiffer({ frames, instances }: Series): { readonly code: 'units-differ'; readonly say: string } {
  const units = frames.flatMap(({ instance: index, frame }) => {
    const instance = instances[index];
    return instance === undefined ? [] : [frameFacts(instance, frame).rescale.unit];
  });
  const told = [...new Set(units)].map((unit) => (unit === '1' ? 'none' : unit)).join(', ');
  return {
    code: 'units-differ',
    say: `The slices of this series have values in different units (${told}), so none is read through them. Measure in single images.`,
  };
}

/**
 * Writes the kth frame of a series (from 0, in display order) into the buffer of the whole series, where it belongs:
 * at k x rows x columns x samples.
 */
export function fillFrame(series: Series, k: number, stored: StoredFrame, buffer: PixelArray): Extent {
  const reference = series.frames[k];
  const instance = reference && series.instances[reference.instance];
  if (reference === undefined || instance === undefined) throw new RangeError(`the series has no frame ${k}`);
  const length = series.rows * series.columns * stored.samplesPerPixel;
  return writeModality(
    stored,
    frameFacts(instance, reference.frame).rescale,
    buffer.subarray(k * length, (k + 1) * length),
  );
}

/** One frame by itself, in modality values; whole numbers in the smallest array, fractions in Float32. */
export function modalityFrame(stored: StoredFrame, rescale: Rescale): Frame {
  const { rows, columns, samplesPerPixel, data } = stored;
  const unchanged = rescale.slope === 1 && rescale.intercept === 0 && rescale.table === undefined;
  if (samplesPerPixel === 3 || unchanged) return { rows, columns, samplesPerPixel, data, unit: rescale.unit };
  const out = new Float32Array(data.length);
  writeModality(stored, rescale, out);
  return { rows, columns, samplesPerPixel, data: out, unit: rescale.unit };
}
