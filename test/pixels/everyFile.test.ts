import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Instance } from '../../src/dicom/index.ts';
import { decodeOf, filesBelow, readHead } from '../support/dicomFiles.ts';
import { projectRoot, shared, sharedPath } from '../support/shared.ts';

/** What pydicom 2.3.1 says of every file of the shared data: see test/support/index-facts.py, which made it. */
const factsSchema = z.record(
  z.string(),
  z.union([
    z.object({ error: z.string() }),
    z.object({
      rows: z.number(),
      columns: z.number(),
      frames: z.union([z.number(), z.string()]),
      syntax: z.string(),
      spacing: z.string().nullable(),
      min: z.number().optional(),
      max: z.number().optional(),
      judge: z.string().optional(),
      undecoded: z.string().optional(),
    }),
  ]),
);
const all = factsSchema.parse(JSON.parse(readFileSync(`${projectRoot}/test/fixtures/index-facts.json`, 'utf8')));

/** Images to pydicom's header reader that are refused here, with the reason that is given (pydicom decodes none of them). */
const REFUSED: Readonly<Record<string, { readonly reason: string; readonly why: RegExp }>> = {
  'assorted/pydicom/MR_truncated.dcm': { reason: 'truncated', why: /8130 bytes of 8192/ },
  'assorted/pydicom/badVR.dcm': { reason: 'unreadable', why: /Number of Frames is not a number \("1A"\)/ },
};
/** No image to pydicom, which loses the pixels of a file that is cut short; here its whole frames can be seen. */
const OPENED = new Set(['assorted/pydicom/emri_small_jpeg_2k_lossless_too_short.dcm']);
/** No decoder on the machine that made the facts: test/pixels/realFrames.test.ts has their truth. */
const NOT_JUDGED = new Set([
  'real/syntax-extra/HTJ2KLossless_08_RGB.dcm',
  'real/syntax-extra/HTJ2K_08_RGB.dcm',
  'real/syntax-extra/liver_nonbyte_aligned_rle.dcm',
]);
/** Spacing that is no pair of positive numbers (G17 of the trouble cases, and a radiograph of zeros): none, with a note. */
const UNREADABLE_SPACING = new Set([
  'assorted/pydicom/RG1_J2KI.dcm',
  ...['comma', 'nan', 'negative', 'one_value', 'zero', 'empty'].map(
    (name) => `trouble/G17_spacing_badly_written/${name}.dcm`,
  ),
]);
/** No Pixel Spacing, but a scale from elsewhere, with its basis. */
const SCALE_FROM: Readonly<Record<string, string>> = {
  'trouble/G10_xa_detector_spacing_only/run1': 'detector',
  'us-cine/US-YBR_FULL_422-EVRLE.dcm': 'region',
  ...Object.fromEntries(
    [
      'JPGLosslessP14SV1_1s_1f_8b',
      'OBXXXX1A',
      'OBXXXX1A_2frame',
      'OBXXXX1A_expb',
      'OBXXXX1A_expb_2frame',
      'OBXXXX1A_rle',
      'OBXXXX1A_rle_2frame',
      'gdcm-US-ALOKA-16',
      'gdcm-US-ALOKA-16_big',
    ].map((name) => [`assorted/pydicom/${name}.dcm`, 'region']),
  ),
};

const folders = new Map<string, string[]>();
for (const path of Object.keys(all)) {
  const folder = dirname(path).split('/').slice(0, 2).join('/');
  folders.set(folder, [...(folders.get(folder) ?? []), path]);
}

describe.skipIf(!shared)('every file of the shared data, opened by itself', () => {
  it('has an entry here', () => {
    const found = filesBelow(sharedPath('data')).map((file) => file.slice(sharedPath('data/').length));
    expect(found.filter((path) => all[path] === undefined)).toEqual([]);
  });
  for (const [folder, paths] of folders)
    it(`opens as other programs read it, or says why not: ${folder}`, async () => {
      for (const path of paths) {
        const known = all[path];
        const file = sharedPath(`data/${path}`);
        const got = readHead(new Uint8Array(readFileSync(file)), file);
        if (known === undefined) throw new Error(`${path} is not known`);
        if ('error' in known) {
          expect(got.kind, path).toBe(OPENED.has(path) ? 'image' : 'other');
          if (got.kind === 'other') expect(got.message, path).toMatch(/^[A-Z].*\.$/);
          continue;
        }
        const refused = REFUSED[path];
        if (refused !== undefined) {
          expect(got, path).toMatchObject({ kind: 'other', reason: refused.reason });
          expect(got.kind === 'other' && got.message, path).toMatch(refused.why);
          continue;
        }
        if (got.kind !== 'image') throw new Error(`${path}: ${got.kind === 'other' ? got.message : got.kind}`);
        const { instance } = got;
        const { rows, columns } = instance.pixel;
        const { frames, transferSyntaxUID: syntax } = instance;
        expect({ rows, columns, frames, syntax }, path).toEqual({
          rows: known.rows,
          columns: known.columns,
          frames: known.frames,
          syntax: known.syntax,
        });
        expectSpacing(path, instance, known.spacing);
        const { min, max } = extentOf((await decodeOf(instance)).data);
        if (!NOT_JUDGED.has(path)) expect([min, max], path).toEqual([known.min, known.max]);
      }
    });
});

function expectSpacing(path: string, instance: Instance, written: string | null): void {
  const spacing = instance.facts[0]?.pixelSpacing ?? null;
  if (UNREADABLE_SPACING.has(path)) {
    expect(spacing, path).toBeNull();
    expect(
      instance.notes.map(({ code }) => code),
      path,
    ).toContain('calibration-unreadable');
  } else if (SCALE_FROM[path] !== undefined) expect([written, spacing?.basis], path).toEqual([null, SCALE_FROM[path]]);
  else expect(spacing?.mm ?? null, path).toEqual(written === null ? null : written.split('\\').map(Number));
}

function extentOf(values: ArrayLike<number>): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? 0;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { min, max };
}
