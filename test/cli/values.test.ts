import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom, type DicomElements } from '../support/dicomWriter.ts';
import { json, seldinger } from './terminal.ts';

let root = '';
beforeAll(() => {
  root = mkdtempSync(path.join(tmpdir(), 'seldinger-values-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Slices 1 mm apart, each with elements of its own. @returns the folder. */
function stack(name: string, slices: readonly DicomElements[]): string {
  const folder = mkdtempSync(path.join(root, name));
  for (const [z, more] of slices.entries()) {
    const stored = Array.from({ length: 64 }, (_, i) => 10 + (i % 4));
    const slice = ctSlice({ number: z + 1, position: [0, 0, z], stored, more });
    writeFileSync(path.join(folder, `IM${z}`), writeDicom(slice));
  }
  return folder;
}
const probe = (folder: string, ...words: string[]) =>
  seldinger(['probe', '--data', folder, '--series', '1.2.826.1', ...words]);

describe('values on the command line', () => {
  const unscaled: DicomElements = { '0028,1052 DS': undefined, '0028,1053 DS': undefined, '0028,1054 LO': undefined };

  it('of a file with a Modality LUT are its entries in its unit, also between pixels', async () => {
    const table: DicomElements = {
      ...unscaled,
      '0028,3000 SQ': [{ '0028,3002 US': [4, 10, 16], '0028,3004 LO': 'OD', '0028,3006 US': [100, 250, 700, 65535] }],
    };
    const folder = stack('lut', [table, table]);
    const at = async (...words: string[]) => json(await probe(folder, ...words, '--json'));
    expect(await at('--at', '1,0,0')).toMatchObject({ value: 250, stored: 11, unit: 'OD' });
    expect(await at('--at', '1.5,0,0.5')).toMatchObject({ value: 475, unit: 'OD' });
    expect((await probe(folder, '--at', '1,0,0')).out).toBe('250 OD\n');
  });

  it('without a unit are plain numbers, not "1"', async () => {
    const folder = stack('plain', [
      { ...unscaled, '0008,0060 CS': 'MR' },
      { ...unscaled, '0008,0060 CS': 'MR' },
    ]);
    expect(json(await probe(folder, '--at', '1,0,0', '--json'))).toMatchObject({ value: 11, unit: '1' });
    expect((await probe(folder, '--at', '1,0,0')).out).toBe('11\n');
  });

  it('of slices in different units are given in a slice, and not between two', async () => {
    const folder = stack('mixed', [{}, { '0028,1054 LO': 'Z_EFF' }]);
    expect(json(await probe(folder, '--at', '1,0,0', '--json'))).toMatchObject({ value: -1013, unit: 'HU' });
    expect(json(await probe(folder, '--at', '1,0,1', '--json'))).toMatchObject({ value: -1013, unit: 'Z_EFF' });
    expect(json(await probe(folder, '--at', '1,0,0.5', '--json'))).toMatchObject({ error: { code: 'units-differ' } });
  });
});
