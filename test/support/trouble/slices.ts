import { words, type DicomElements, writeDicom, type WriteOptions } from '../dicomWriter.ts';

/** Files of one case by their path in its folder. */
export type CaseFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
export type Triple = readonly [number, number, number];

export const CT = '1.2.840.10008.5.1.4.1.1.2';
export const XA = '1.2.840.10008.5.1.4.1.1.12.1';
const ROOT = '1.2.826.0.1.3680043.8.498.77';
const AXIAL: readonly number[] = [1, 0, 0, 0, 1, 0];

/** What all files of a case share: an invented person, study and series. */
export function base(name: string, series: number, instance: number, more: DicomElements = {}): DicomElements {
  const number = Number(name.slice(1, 3));
  return {
    '0008,0005 CS': 'ISO_IR 192',
    '0008,0016 UI': CT,
    '0008,0018 UI': `${ROOT}.${number}.${series}.${instance}`,
    '0008,0020 DA': '20240102',
    '0008,0022 DA': '20240102',
    '0008,0032 TM': '080200',
    '0008,0060 CS': 'CT',
    '0008,1030 LO': name,
    '0010,0010 PN': 'Trouble^Case',
    '0010,0020 LO': `TR-${name.slice(0, 3)}`,
    '0018,5100 CS': 'HFS',
    '0020,000D UI': `${ROOT}.${number}.900`,
    '0020,000E UI': `${ROOT}.${number}.${series}`,
    '0020,0011 IS': '1',
    '0020,0013 IS': String(instance),
    '0020,0052 UI': `${ROOT}.${number}.901`,
    '0028,0002 US': 1,
    '0028,0004 CS': 'MONOCHROME2',
    ...more,
  };
}

export function pixels(
  rows: number,
  columns: number,
  stored: ArrayLike<number>,
  { bits = 12, signed = false, frames = 1 } = {},
): DicomElements {
  return {
    '0028,0010 US': rows,
    '0028,0011 US': columns,
    '0028,0008 IS': frames > 1 ? String(frames) : undefined,
    '0028,0100 US': 16,
    '0028,0101 US': bits,
    '0028,0102 US': bits - 1,
    '0028,0103 US': signed ? 1 : 0,
    '7FE0,0010 OW': words(stored),
  };
}

export interface CtOptions {
  readonly position: Triple;
  readonly orientation?: readonly number[];
  /** [between rows, between columns], mm. */
  readonly spacing: readonly [number, number];
  readonly size?: number;
  readonly thickness?: number;
  readonly more?: DicomElements;
  /** HU at a point of the patient, and at a pixel. */
  readonly hu: (at: Triple, column: number, row: number) => number;
}

/** One CT slice whose values are known at every point; 12 bits, intercept -1024. */
export function ctFile(name: string, series: number, instance: number, options: CtOptions): Uint8Array<ArrayBuffer> {
  const { position, spacing, size = 64, orientation = AXIAL } = options;
  const stored = new Uint16Array(size * size);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      stored[row * size + column] =
        Math.round(options.hu(pointAt(position, orientation, spacing, column, row), column, row)) + 1024;
  return writeDicom({
    ...base(name, series, instance),
    ...placed(position, orientation, spacing),
    '0008,0008 CS': 'ORIGINAL\\PRIMARY\\AXIAL',
    '0018,0050 DS': String(options.thickness ?? 1),
    '0028,1050 DS': '40',
    '0028,1051 DS': '400',
    '0028,1052 DS': '-1024',
    '0028,1053 DS': '1',
    '0028,1054 LO': 'HU',
    ...pixels(size, size, stored),
    ...options.more,
  });
}

export function placed(
  position: Triple,
  orientation: readonly number[],
  spacing: readonly [number, number],
): DicomElements {
  return {
    '0020,0032 DS': position.map((mm) => String(Number(mm.toPrecision(10)))),
    '0020,0037 DS': orientation.map((part) => String(Number(part.toPrecision(10)))),
    '0028,0030 DS': spacing.map(String),
  };
}

export function pointAt(
  position: Triple,
  orientation: readonly number[],
  spacing: readonly [number, number],
  column: number,
  row: number,
): Triple {
  const along = (axis: 0 | 1 | 2) =>
    position[axis] + column * spacing[1] * (orientation[axis] ?? 0) + row * spacing[0] * (orientation[3 + axis] ?? 0);
  return [along(0), along(1), along(2)];
}

/** A random number of a known seed, 0 to 1 (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export { writeDicom, type DicomElements, type WriteOptions };
