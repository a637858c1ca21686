import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { words, writeDicom, type DicomElements } from './dicomWriter.ts';

type Numbers = readonly [number, number, number];

/** One stack of an invented patient. */
export interface MadeStack {
  readonly patient: { readonly name: string; readonly id: string };
  readonly study: string;
  readonly date: string;
  readonly series: string;
  readonly number: number;
  readonly description: string;
  readonly frameOfReference: string;
  /** Centre of the first pixel of the first slice, and the way to the next slice, LPS mm. */
  readonly origin: Numbers;
  readonly step: Numbers;
  readonly row: Numbers;
  readonly column: Numbers;
  readonly slices: number;
  readonly more?: DicomElements;
}

const side = 64;

/** 64 x 64 pixels of 2 mm: a body of 40 HU with a bright bar whose place tells the slice. */
export function writeStack(folder: string, stack: MadeStack): void {
  mkdirSync(folder, { recursive: true });
  for (let k = 0; k < stack.slices; k += 1) {
    const stored = new Uint16Array(side * side).fill(24);
    for (let row = 0; row < side; row += 1)
      for (let column = 0; column < side; column += 1) {
        const inside = Math.hypot(column - 31.5, (row - 31.5) * 1.3) < 28;
        const bar = Math.abs(row - 20) < 3 && column >= 12 && column < 12 + (40 * (k + 1)) / stack.slices;
        if (inside) stored[row * side + column] = 1024 + (bar ? 200 : 40 + ((row + column) % 7));
      }
    const position = stack.origin.map((value, axis) => String(value + (stack.step[axis] ?? 0) * k));
    writeFileSync(
      join(folder, `${stack.series.split('.').at(-1)}-${k}.dcm`),
      writeDicom({
        '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.2',
        '0008,0018 UI': `${stack.series}.${k + 1}`,
        '0008,0020 DA': stack.date,
        '0008,0030 TM': '101500',
        '0008,0060 CS': 'CT',
        '0008,1030 LO': 'Liver',
        '0008,103E LO': stack.description,
        '0010,0010 PN': stack.patient.name,
        '0010,0020 LO': stack.patient.id,
        '0010,0030 DA': '19550714',
        '0010,0040 CS': 'F',
        '0018,0015 CS': 'ABDOMEN',
        '0018,0050 DS': String(Math.hypot(...stack.step) || 1),
        '0020,000D UI': stack.study,
        '0020,000E UI': stack.series,
        '0020,0011 IS': String(stack.number),
        '0020,0013 IS': String(k + 1),
        '0020,0032 DS': position,
        '0020,0037 DS': [...stack.row, ...stack.column].map(String),
        '0020,0052 UI': stack.frameOfReference,
        '0028,0002 US': 1,
        '0028,0004 CS': 'MONOCHROME2',
        '0028,0010 US': side,
        '0028,0011 US': side,
        '0028,0030 DS': ['2', '2'],
        '0028,0100 US': 16,
        '0028,0101 US': 16,
        '0028,0102 US': 15,
        '0028,0103 US': 0,
        '0028,1050 DS': '60',
        '0028,1051 DS': '400',
        '0028,1052 DS': '-1024',
        '0028,1053 DS': '1',
        '7FE0,0010 OW': words(stored),
        ...stack.more,
      }),
    );
  }
}
