import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeVessel } from '../../support/vesselPhantom.ts';
import type { VesselPhantom } from '../../support/vesselPhantom.ts';
import { projectRoot } from '../../support/shared.ts';
import { numberOf } from '../support.ts';
import { centrelineOf, readVessel } from './read.ts';

const usual = { diameterMm: 5.5, stenosis: 60, eccentric: true };
const variants: readonly (readonly [string, VesselPhantom])[] = [
  ...[2, 3, 4, 5, 6, 8].map(
    (diameterMm) => [`${diameterMm} mm, 50 %`, { ...usual, diameterMm, stenosis: 50 }] as const,
  ),
  ...[0, 30, 50, 70, 80, 90].map((stenosis) => [`6 mm, ${stenosis} %`, { ...usual, diameterMm: 6, stenosis }] as const),
  ...[0, 10, 40].map((noise) => [`noise ${noise} HU`, { ...usual, noise }] as const),
  ...[[0.35, 0.35, 0.5], [0.7, 0.7, 1], [0.9, 0.9, 1.5]].map(([a = 1, b = 1, c = 1]) => [`voxel ${a} x ${b} x ${c}`, { ...usual, spacing: [a, b, c] }] as const), // prettier-ignore
  ...[0.4, 0.9].map((blurMm) => [`blur ${blurMm} mm`, { ...usual, blurMm }] as const),
  ['concentric', { ...usual, eccentric: false }],
  ['taper 0.02', { ...usual, taper: -0.02 }],
  ['tilted 15', { ...usual, tiltDeg: 15 }],
  ['tilted 25', { ...usual, tiltDeg: 25 }],
  ['vein 1 mm beside', { ...usual, veinGapMm: 1 }],
  ['vein 2 mm beside', { ...usual, veinGapMm: 2 }],
  ['calcium', { ...usual, calcium: true }],
  ['side branch', { ...usual, branch: true }],
];

it('reads phantoms of 2 to 8 mm and 0 to 90 % with the bias and spread of the table', async () => {
  const seeds = [1, 2, 3];
  const lines: string[] = [];
  for (const [name, phantom] of variants) {
    const errors: number[][] = [];
    for (const seed of seeds) {
      const made = makeVessel({ ...phantom, seed });
      const item = await readVessel(made);
      const off = centrelineOf(item)
        .filter((_, n, all) => n > 4 && n < all.length - 5)
        .map((p) => made.offAxisMm(p));
      errors.push([
        numberOf(item, 'vesselLength') - made.lengthMm,
        numberOf(item, 'referenceDiameter') - made.referenceMm,
        numberOf(item, 'minimumLumenDiameter') - made.minimumMm,
        numberOf(item, 'diameterStenosis') - phantom.stenosis,
        numberOf(item, 'areaStenosis') - 100 * (1 - (1 - phantom.stenosis / 100) ** 2),
        numberOf(item, 'lesionLength') - made.lesionMm,
        off.reduce((sum, each) => sum + each, 0) / off.length,
        Math.max(...off),
      ]);
    }
    const columns = (errors[0] ?? []).map((_, c) => errors.map((row) => row[c] ?? Number.NaN));
    const cells = columns.map((values) => {
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
      return `${mean.toFixed(2)} (${sd.toFixed(2)})`;
    });
    lines.push(`| ${name} | ${cells.join(' | ')} |`);
  }
  const head =
    '| variant | length mm | reference mm | minimum mm | diameter % | area % | lesion mm | off axis mm | most off mm |';
  const text = [head, `|${'---|'.repeat(9)}`, ...lines].join('\n');
  mkdirSync(join(projectRoot, 'test-output'), { recursive: true });
  writeFileSync(join(projectRoot, 'test-output/vessel-accuracy.md'), `${text}\n`);
  expect(lines.length).toBeGreaterThanOrEqual(24);
});
