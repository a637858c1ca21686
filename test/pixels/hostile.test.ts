import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, openFrames } from '../../src/pixels/index.ts';
import { nodeCodecs } from '../../src/host/codecs.ts';
import type { Instance } from '../../src/dicom/index.ts';
import { instanceIn, readerOf } from '../support/dicomFiles.ts';
import { madeTrouble } from '../support/troubleCases.ts';
import { shared, sharedPath } from '../support/shared.ts';

/** The first frame of a file, as stored. */
async function firstFrame(bytes: Uint8Array): Promise<{ instance: Instance; encoded: Uint8Array }> {
  const instance = instanceIn(bytes);
  return { instance, encoded: (await openFrames(readerOf(bytes), instance).frame(1)).slice() };
}

/** Whatever the bytes: a frame of the size in the header, or an Error with a sentence. */
async function survives(
  { instance, encoded }: { instance: Instance; encoded: Uint8Array },
  runs: number,
): Promise<void> {
  const damage = fc.record({
    bytes: fc.array(fc.tuple(fc.oneof(fc.nat(120), fc.nat(encoded.length - 1)), fc.nat(255)), {
      minLength: 1,
      maxLength: 6,
    }),
    cut: fc.oneof(
      { weight: 3, arbitrary: fc.constant(1) },
      { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
    ),
  });
  await fc.assert(
    fc.asyncProperty(damage, async ({ bytes, cut }) => {
      const bad = encoded.slice(0, Math.floor(encoded.length * cut));
      for (const [at, value] of bytes) if (bad.length > 0) bad[at % bad.length] = value;
      try {
        const { rows, columns, data, samplesPerPixel } = await decodeFrame(
          bad,
          instance.pixel,
          instance.transferSyntaxUID,
          nodeCodecs(),
        );
        expect([rows, columns]).toEqual([instance.pixel.rows, instance.pixel.columns]);
        expect(data.length).toBe(rows * columns * samplesPerPixel);
      } catch (error) {
        if (!(error instanceof Error)) throw new Error(`threw ${String(error)}`);
        expect(error.message).toMatch(/^[A-Z0-9].*\.$/);
      }
    }),
    { numRuns: runs, seed: 11 },
  );
}

describe('compressed pictures that are damaged anywhere', () => {
  it('give a picture of the right size or a sentence: RLE and JPEG-LS', async () => {
    const files = await madeTrouble('G16_encapsulated_frames');
    for (const name of ['rle_no_table.dcm', 'jls_extended_table.dcm'])
      await survives(await firstFrame(files.get(name) ?? new Uint8Array(0)), 60);
  });
  for (const [name, path, runs] of [
    ['JPEG baseline', 'assorted/pydicom/SC_rgb_small_odd_jpeg.dcm', 60],
    ['JPEG lossless', 'us-cine/CT0012.fragmented_no_bot_jpeg_lossless.70.dcm', 12],
    ['12-bit JPEG', 'syntax/JPLY/MR4_JPLY', 12],
    ['JPEG 2000', 'assorted/pydicom/MR_small_jp2klossless.dcm', 60],
    ['HTJ2K', 'real/syntax-extra/HTJ2K_08_RGB.dcm', 6],
  ] as const)
    it.skipIf(!shared)(`give a picture of the right size or a sentence: ${name}`, async () => {
      await survives(await firstFrame(new Uint8Array(readFileSync(sharedPath(`data/${path}`)))), runs);
    });
});
