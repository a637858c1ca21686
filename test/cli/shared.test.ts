import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shared, sharedPath } from '../support/shared.ts';
import { json, seldinger } from './terminal.ts';

const scanned = z.object({
  series: z.array(
    z.looseObject({
      seriesInstanceUID: z.string(),
      frameOfReferenceUID: z.string().nullable(),
      instances: z.number(),
      frames: z.number(),
      volume: z
        .looseObject({
          dimensions: z.array(z.number()),
          spacing: z.array(z.number()),
          correction: z.string().nullable(),
        })
        .nullable(),
      why: z.array(z.string()),
      pixelSpacing: z.unknown(),
      notes: z.array(z.looseObject({ code: z.string() })),
    }),
  ),
  skipped: z.array(z.looseObject({ reason: z.string() })),
});
const quantity = z.looseObject({ value: z.number().nullable(), unit: z.string(), basis: z.string().nullable() });
const profile = z.strictObject({
  columns: z.record(z.string(), z.array(z.number().nullable())),
  units: z.record(z.string(), z.string()),
});
const results = z.object({ profile: profile.optional() }).catchall(quantity);
const measured = z.object({
  items: z.array(
    z.looseObject({
      id: z.string(),
      results,
      notes: z.array(z.looseObject({ code: z.string(), message: z.string(), key: z.string().optional() })),
    }),
  ),
  failed: z.array(z.looseObject({ id: z.string(), code: z.string(), message: z.string() })),
});

let home = '';
beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'seldinger-cli-'));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function theSeries(folder: string): Promise<z.infer<typeof scanned>['series'][number]> {
  const { series } = scanned.parse(json(await seldinger(['scan', sharedPath(folder), '--json'])));
  expect(series).toHaveLength(1);
  const [only] = series;
  if (!only) throw new Error('no series');
  return only;
}
async function measure(folder: string, records: object): Promise<{ code: number } & z.infer<typeof measured>> {
  const time = '2026-01-15T09:30:00Z';
  const head = {
    format: 'seldinger-plan',
    version: 1,
    id: 'by-hand',
    title: 'By hand',
    createdAt: time,
    modifiedAt: time,
  };
  const file = path.join(home, 'by-hand.plan.json');
  writeFileSync(file, JSON.stringify({ ...head, records }));
  const said = await seldinger(['measure', file, '--data', sharedPath(folder), '--json']);
  return { code: said.code, ...measured.parse(json(said)) };
}
const sphereMl = (radius: number): number => (4 / 3000) * Math.PI * radius ** 3;
/** Volume that two spheres share (measures.md section 4), mL. */
const lensMl = (R: number, r: number, d: number): number =>
  (Math.PI * (R + r - d) ** 2 * (d * d + 2 * d * r - 3 * r * r + 2 * d * R + 6 * r * R - 3 * R * R)) / (12000 * d);
const degrees = 180 / Math.PI;

describe('a hand-written plan on the CT of the head', () => {
  it.skipIf(!shared)(
    'gives closed forms: lengths, depth and angles within 1e-6, volumes and margins within their limits',
    async () => {
      const { seriesInstanceUID, frameOfReferenceUID } = await theSeries('data/ct-head-141');
      const on = { in: 'patient', frameOfReferenceUID, seriesInstanceUID, part: null };
      const item = (kind: string, order: number): object => ({ type: 'item', kind, label: '', order, side: null, on });
      const upright = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ];
      // d = (2, 10, -11) / 15, of length 1: depth 45.
      const target = [10, 120, 740];
      const entry = [10 - 6, 120 - 30, 740 + 33];
      const d = [2 / 15, 10 / 15, -11 / 15];
      const along = (mm: number): number[] => target.map((value, i) => value + mm * (d[i] ?? NaN));
      const side = [10 / Math.hypot(2, 10), -2 / Math.hypot(2, 10), 0]; // at right angles to d
      const beside = target.map((value, i) => value - 15 * (d[i] ?? NaN) + 20 * (side[i] ?? NaN));
      const { code, items, failed } = await measure('data/ct-head-141', {
        length: {
          ...item('length', 1),
          points: [
            [0, 100, 750],
            [3, 104, 762],
          ],
        },
        stenosis: {
          ...item('stenosis', 2),
          lesion: [
            [0, 100, 750],
            [1.2, 101.6, 750],
          ],
          references: [
            [
              [0, 100, 760],
              [4, 103, 760],
            ],
            [
              [0, 100, 740],
              [0, 100, 743],
            ],
          ],
          options: { territory: null },
        },
        target: { ...item('region', 3), ellipsoid: { centre: target, semiAxes: [10, 10, 10], axes: upright } },
        obstacle: { ...item('region', 4), ellipsoid: { centre: beside, semiAxes: [8, 8, 8], axes: upright } },
        tilted: {
          ...item('region', 5),
          ellipsoid: {
            centre: target,
            semiAxes: [12, 8, 6],
            axes: [
              [0.6, 0.8, 0],
              [-0.8, 0.6, 0],
              [0, 0, 1],
            ],
          },
        },
        needle: {
          ...item('trajectory', 6),
          entry,
          target,
          options: { obstacles: ['obstacle'], needleLength: 120, device: { diameter: 2 } },
        },
        covers: {
          ...item('ablation', 7),
          applicators: [{ tip: along(14), direction: d, zone: { length: 34, width: 34, tipToCentre: 12 } }],
          target: 'target',
          requiredMargin: 5,
          critical: ['obstacle'],
        },
        misses: {
          ...item('ablation', 8),
          applicators: [{ tip: along(12 + 8), direction: d, zone: { length: 30, width: 30, tipToCentre: 12 } }],
          target: 'target',
          requiredMargin: null,
          critical: [],
        },
      });
      expect(failed).toEqual([]);
      expect(code).toBe(0);
      const value = (id: string, key: string, unit: string): number => {
        const found = items.find((one) => one.id === id)?.results[key];
        expect(found?.unit, `${id} ${key}`).toBe(unit);
        return found?.value ?? NaN;
      };
      const exact = (id: string, key: string, unit: string, truth: number): void =>
        expect(Math.abs(value(id, key, unit) - truth), `${id} ${key}`).toBeLessThan(1e-6);
      const within = (id: string, key: string, unit: string, truth: number, limit: number): void =>
        expect(Math.abs(value(id, key, unit) - truth), `${id} ${key}`).toBeLessThanOrEqual(limit);

      exact('length', 'length', 'mm', 13);
      exact('stenosis', 'minimumLumenDiameter', 'mm', 2);
      exact('stenosis', 'referenceDiameter', 'mm', 4);
      exact('stenosis', 'diameterStenosis', '%', 50);
      exact('stenosis', 'areaStenosis', '%', 75);
      exact('target', 'volume', 'mL', sphereMl(10));
      exact('target', 'longestDiameter3d', 'mm', 20);
      exact('tilted', 'volume', 'mL', (4 / 3000) * Math.PI * 12 * 8 * 6);
      exact('tilted', 'longestDiameter3d', 'mm', 24);
      exact('tilted', 'axialLongest', 'mm', 24);
      exact('tilted', 'axialShort', 'mm', 16);
      exact('needle', 'depth', 'mm', 45);
      exact('needle', 'remaining', 'mm', 75);
      exact('needle', 'axialAngle', 'deg', Math.atan2(2, 10) * degrees);
      exact('needle', 'craniocaudalAngle', 'deg', Math.asin(-11 / 15) * degrees);
      exact('needle', 'tableAngle', 'deg', Math.atan2(2, 10) * degrees);
      exact('needle', 'clearance', 'mm', 20 - 8 - 1);

      // Zone of 17 mm whose centre lies 2 mm beyond the target's: 17 - 10 - 2.
      within('covers', 'minimalAblativeMargin', 'mm', 5, 0.01);
      within('covers', 'zoneVolume', 'mL', sphereMl(17), 0.005 * sphereMl(17));
      within('covers', 'targetVolume', 'mL', sphereMl(10), 0.005 * sphereMl(10));
      within('covers', 'coverage', '%', 100, 0.5);
      within('covers', 'marginCoverage', '%', 100, 0.5);
      within('covers', 'zoneClearance', 'mm', Math.hypot(15 + 2, 20) - 17 - 8, 0.01);
      // Zone of 15 mm, 8 mm beyond: 15 - 10 - 8.
      within('misses', 'minimalAblativeMargin', 'mm', -3, 0.01);
      within('misses', 'coverage', '%', (100 * lensMl(15, 10, 8)) / sphereMl(10), 0.5);
      expect(items.find(({ id }) => id === 'misses')?.results['marginCoverage']?.value ?? null).toBeNull();
    },
  );
});

describe('a tilted stack with uneven slices', () => {
  it.skipIf(!shared)(
    'is no volume, says tilt and gaps, and gives no number that would need the voxels between its slices',
    async () => {
      const { seriesInstanceUID, frameOfReferenceUID, volume, why, notes } = await theSeries('data/ct-tilt-uneven-28');
      expect(volume).toBeNull();
      expect(why).toContain('uneven-spacing');
      expect(notes.map(({ code }) => code)).toContain('gantry-tilt');
      const on = { in: 'patient', frameOfReferenceUID, seriesInstanceUID, part: null };
      const region = {
        type: 'item',
        kind: 'region',
        label: '',
        order: 1,
        side: null,
        on,
        ellipsoid: {
          centre: [0, 0, 0],
          semiAxes: [5, 5, 5],
          axes: [
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
          ],
        },
      };
      const { items, failed } = await measure('data/ct-tilt-uneven-28', { region });
      // What stands on the person's own points may stand, with the warning; what needs the voxels between slices may not.
      expect(failed).toEqual([]);
      const [only] = items;
      const told = only?.notes.filter(({ code }) => code === 'no-volume').map(({ message }) => message);
      expect(told?.join(' ')).toContain('unevenly spaced');
      for (const key of ['mean', 'standardDeviation']) {
        expect(only?.results[key]?.value).toBeNull();
        expect(only?.notes.some((note) => note.key === key)).toBe(true);
      }
      expect(only?.results['volume']?.value).toBeCloseTo(sphereMl(5), 9);
      const said = await seldinger([
        'probe',
        '--data',
        sharedPath('data/ct-tilt-uneven-28'),
        '--series',
        seriesInstanceUID,
        '--at',
        '0,0,0',
        '--json',
      ]);
      expect(said.code).toBe(1);
      expect(json(said)).toMatchObject({ error: { code: 'no-volume' } });
    },
  );
});

describe('an angiography without any spacing', () => {
  it.skipIf(!shared)('gives pixels and per cent, never millimetres', async () => {
    const { seriesInstanceUID, pixelSpacing, why, frames } = await theSeries('data/xa-cine-96');
    expect(pixelSpacing).toBeNull();
    expect(why).toContain('projection');
    expect(frames).toBe(96);
    const { default: dicomParser } = await import('dicom-parser');
    const { readdirSync, readFileSync } = await import('node:fs');
    const folder = sharedPath('data/xa-cine-96');
    const file = readdirSync(folder, { recursive: true, withFileTypes: true }).find(
      (entry) =>
        entry.isFile() && readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1', 128, 132) === 'DICM',
    );
    const bytes = readFileSync(path.join(file?.parentPath ?? '', file?.name ?? ''));
    const sopInstanceUID = dicomParser.parseDicom(bytes, { untilTag: 'x00080018' }).string('x00080018');
    const on = { in: 'image', seriesInstanceUID, sopInstanceUID, frame: 12, derived: null };
    const item = { type: 'item', label: '', order: 1, side: null, on };
    const { code, items, failed } = await measure('data/xa-cine-96', {
      length: {
        ...item,
        kind: 'length',
        points: [
          [100, 100],
          [130, 140],
        ],
      },
      stenosis: {
        ...item,
        kind: 'stenosis',
        lesion: [
          [100, 100],
          [103, 104],
        ],
        references: [
          [
            [100, 120],
            [106, 128],
          ],
        ],
        options: {},
      },
    });
    expect(failed).toEqual([]);
    expect(code).toBe(0);
    const results = (id: string) => items.find((one) => one.id === id)?.results;
    expect(results('length')?.['length']).toMatchObject({ value: 50, unit: 'px' });
    expect(results('stenosis')?.['minimumLumenDiameter']).toMatchObject({ value: 5, unit: 'px' });
    expect(results('stenosis')?.['referenceDiameter']).toMatchObject({ value: 10, unit: 'px' });
    expect(results('stenosis')?.['diameterStenosis']).toMatchObject({ value: 50, unit: '%', basis: null });
    for (const { results: all } of items) expect(JSON.stringify(all)).not.toMatch(/"unit":"m/);
  });
});
