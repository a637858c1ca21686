import { words, writeDicom } from './dicomWriter.ts';

/**
 * A small axial CT: 64 x 64 pixels of 1 mm, slices 2 mm apart from z = 0, HU = 2 x - 4 y + 8 z + 100,
 * the middle pixel [32, 32] at x = y = 0. Invented; for tests of the whole application.
 */
export function smallCt({
  slices,
  series = '1.2.826.0.1.3680043.8.498.7.1',
  patientID = 'SMALL-1',
  date = '20260101',
  hounsfield = (x, y, z) => 2 * x - 4 * y + 8 * z + 100,
}: {
  readonly slices: number;
  readonly series?: string;
  readonly patientID?: string;
  readonly date?: string;
  /** Another picture: HU by patient coordinates, whole numbers from -1024. */
  readonly hounsfield?: (x: number, y: number, z: number) => number;
}): Uint8Array<ArrayBuffer>[] {
  return Array.from({ length: slices }, (_, k) => {
    const z = 2 * k;
    const stored = new Uint16Array(64 * 64);
    for (let row = 0; row < 64; row += 1)
      for (let column = 0; column < 64; column += 1)
        stored[row * 64 + column] = hounsfield(column - 32, row - 32, z) + 1024;
    return writeDicom({
      '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.2',
      '0008,0018 UI': `${series}.${k + 1}`,
      '0008,0020 DA': date,
      '0008,0060 CS': 'CT',
      '0008,103E LO': 'Small ramp',
      '0010,0010 PN': 'Invented^Ida',
      '0010,0020 LO': patientID,
      '0020,000D UI': `${series}.90`,
      '0020,000E UI': series,
      '0020,0052 UI': `${series}.91`,
      '0020,0013 IS': String(slices - k),
      '0020,0032 DS': ['-32', '-32', String(z)],
      '0020,0037 DS': ['1', '0', '0', '0', '1', '0'],
      '0028,0002 US': 1,
      '0028,0004 CS': 'MONOCHROME2',
      '0028,0010 US': 64,
      '0028,0011 US': 64,
      '0028,0030 DS': ['1', '1'],
      '0028,0100 US': 16,
      '0028,0101 US': 16,
      '0028,0102 US': 15,
      '0028,0103 US': 0,
      '0028,1050 DS': '100',
      '0028,1051 DS': '600',
      '0028,1052 DS': '-1024',
      '0028,1053 DS': '1',
      '7FE0,0010 OW': words(stored),
    });
  });
}
