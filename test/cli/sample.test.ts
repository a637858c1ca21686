import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { caution } from '../../src/export/index.ts';
import { json, seldinger } from './terminal.ts';

const truthSchema = z.looseObject({
  series: z.object({ seriesInstanceUID: z.string(), studyInstanceUID: z.string(), frameOfReferenceUID: z.string() }),
  hounsfield: z.record(z.string(), z.number()),
  tumour: z.object({ centre: z.array(z.number()), radius: z.number() }),
  plan: z.looseObject({ id: z.string(), records: z.record(z.string(), z.looseObject({ kind: z.string() })) }),
  expected: z.record(
    z.string(),
    z.record(z.string(), z.object({ value: z.number(), unit: z.string(), tolerance: z.number() })),
  ),
});
const measured = z.object({
  plan: z.string(),
  items: z.array(
    z.looseObject({
      id: z.string(),
      kind: z.string(),
      computedBy: z.object({ kindVersion: z.number(), program: z.string() }),
      results: z
        .object({ profile: z.looseObject({ columns: z.unknown() }).optional() })
        .catchall(z.looseObject({ value: z.unknown(), unit: z.string() })),
    }),
  ),
  failed: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
});
const probed = z.object({
  value: z.number(),
  stored: z.number().optional(),
  unit: z.string(),
  interpolation: z.string(),
});

let home = '';
let folder = '';
let truth: z.infer<typeof truthSchema>;
beforeAll(async () => {
  home = mkdtempSync(path.join(tmpdir(), 'seldinger-cli-'));
  const said = await seldinger(['sample-data', 'out', '--case', 'ct-tube', '--json'], home);
  expect(said.code).toBe(0);
  expect(json(said)).toMatchObject({ seed: 1, cases: [{ name: 'ct-tube', files: 121 }] });
  expect(said.err).toContain('100 %');
  folder = path.join(home, 'out', 'ct-tube');
  truth = truthSchema.parse(JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8')));
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('scan', () => {
  it('finds the sample as one CT volume where its truth says', async () => {
    const said = await seldinger(['scan', folder, '--json']);
    expect([said.code, said.err]).toEqual([0, '']);
    expect(json(said)).toEqual({
      series: [
        {
          ...truth.series,
          part: null,
          modality: 'CT',
          description: 'Arterial phase 0.8 mm',
          patientName: 'Sample^Ada',
          patientID: 'SELDINGER-CT-TUBE',
          instances: 120,
          frames: 120,
          rows: 256,
          columns: 256,
          transferSyntaxUIDs: ['1.2.840.10008.1.2.1'],
          volume: {
            dimensions: [256, 256, 120],
            spacing: [0.6, 0.6, expect.closeTo(0.8, 9)],
            planeDistance: expect.closeTo(0.8, 9),
            origin: [-76.5, -76.5, -47.6],
            direction: [
              [1, 0, 0],
              [0, 1, 0],
              [0, 0, 1],
            ],
            correction: null,
          },
          why: [],
          pixelSpacing: { mm: [0.6, 0.6], basis: 'patient' },
          frameRate: null,
          frameTimes: null,
          notes: [],
        },
      ],
      skipped: [{ path: 'truth.json', reason: 'not-dicom', message: 'The file is not a DICOM file.' }],
    });
  });

  it('opens the rest of a folder with junk, an empty and a cut file, and names those with their reasons', async () => {
    const mixed = path.join(home, 'mixed');
    mkdirSync(path.join(mixed, 'below'), { recursive: true });
    for (const name of readdirSync(folder).slice(0, 5)) copyFileSync(path.join(folder, name), path.join(mixed, name));
    copyFileSync(path.join(folder, 'slice-006.dcm'), path.join(mixed, 'below', 'cut.dcm'));
    truncateSync(path.join(mixed, 'below', 'cut.dcm'), 60_000);
    writeFileSync(path.join(mixed, 'empty.dcm'), '');
    writeFileSync(path.join(mixed, 'junk.bin'), Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251)));
    const said = await seldinger(['scan', mixed, '--json']);
    expect(said.code).toBe(1);
    const document = z
      .object({
        series: z.array(z.looseObject({ instances: z.number() })),
        skipped: z.array(z.object({ path: z.string(), reason: z.string(), message: z.string().min(10) })),
      })
      .parse(json(said));
    expect(document.series.map(({ instances }) => instances)).toEqual([5]);
    const reasons = Object.fromEntries(document.skipped.map(({ path: name, reason }) => [name, reason]));
    expect(reasons).toEqual({ 'below/cut.dcm': 'truncated', 'empty.dcm': 'not-dicom', 'junk.bin': 'not-dicom' });
  });

  it('tells people the same in a table', async () => {
    const said = await seldinger(['scan', folder]);
    expect(said.code).toBe(0);
    expect(said.out).toMatch(/CT +Arterial phase 0\.8 mm +256 x 256, 120 frames +0\.6 x 0\.6 x 0\.8 mm/);
  });
});

describe('probe', () => {
  const probe = (...argv: string[]): ReturnType<typeof seldinger> =>
    seldinger(['probe', '--data', folder, '--series', truth.series.seriesInstanceUID, ...argv, '--json']);

  it('reads the HU of the tumour and of the air within the noise', async () => {
    for (const [at, name] of [
      [truth.tumour.centre, 'tumour'],
      [[-76.5, -76.5, -47.6], 'air'],
    ] as const) {
      const said = await probe('--at', at.join(','));
      expect(said.code).toBe(0);
      const { value, unit } = probed.parse(json(said));
      expect(unit).toBe('HU');
      expect(Math.abs(value - (truth.hounsfield[name] ?? NaN))).toBeLessThan(80);
    }
  });

  it('gives a voxel as stored on its centre and by --nearest, and the mean half way between two', async () => {
    const file = (await probe('--pixel', '0,0')).out;
    expect(file).toContain('sop-needed');
    const here = probed.parse(json(await probe('--at', '-0.3,-0.3,0.4')));
    const nearest = probed.parse(json(await probe('--at', '-0.2,-0.2,0.5', '--nearest')));
    expect(nearest).toMatchObject({ value: here.value, stored: here.value + 1024, interpolation: 'nearest' });
    expect(here).toMatchObject({ stored: here.value + 1024, interpolation: 'trilinear' });
    const next = probed.parse(json(await probe('--at', '0.3,-0.3,0.4')));
    const half = probed.parse(json(await probe('--at', '0,-0.3,0.4')));
    expect(half.value).toBeCloseTo((here.value + next.value) / 2, 9);
    expect(half).not.toHaveProperty('stored');
  });

  it('says outside, never 0, half a voxel beyond the last centres', async () => {
    for (const at of ['-76.9,0,0', '0,77,0', '0,0,47.7']) {
      const said = await probe('--at', at);
      expect(said.code).toBe(1);
      expect(json(said)).toMatchObject({ error: { code: 'outside' } });
    }
    expect((await probe('--at', '-76.7,0,0', '--nearest')).code).toBe(0);
  });

  it('answers a batch in its order, wrong questions among right ones', async () => {
    const series = truth.series.seriesInstanceUID;
    const sop = (await import('dicom-parser')).default
      .parseDicom(readFileSync(path.join(folder, 'slice-060.dcm')))
      .string('x00080018');
    const batch = path.join(home, 'batch.json');
    const questions = [
      { series, at: [-0.3, -0.3, -0.4] },
      { series, sop, frame: 1, pixel: [127, 127] },
      { series, sop, pixel: [127.5, 127] },
      { series, sop, pixel: [255.6, 0] },
      { series, sop, frame: 2, pixel: [0, 0] },
      { series: '1.2.3', at: [0, 0, 0] },
      { series, sop: '1.2.3', pixel: [0, 0] },
      { series, part: 'none', at: [0, 0, 0] },
      { series },
      'nonsense',
    ];
    writeFileSync(batch, JSON.stringify(questions));
    const said = await seldinger(['probe', '--data', folder, '--batch', batch, '--json']);
    expect(said.code).toBe(1);
    const { values } = z.object({ values: z.array(z.unknown()) }).parse(json(said));
    const first = probed.parse(values[0]);
    expect(values[1]).toEqual({ value: first.value, stored: first.value + 1024, unit: 'HU', interpolation: 'none' });
    expect(probed.parse(values[2]).interpolation).toBe('bilinear');
    const codes = values
      .slice(3)
      .map((value) => z.object({ error: z.object({ code: z.string() }) }).parse(value).error.code);
    expect(codes).toEqual([
      'outside',
      'image-missing',
      'series-missing',
      'image-missing',
      'part-missing',
      'bad-request',
      'bad-request',
    ]);
  });
});

describe('measure', () => {
  const measure = (plan: unknown, ...argv: string[]): ReturnType<typeof seldinger> => {
    const file = path.join(home, 'case.plan.json');
    writeFileSync(file, JSON.stringify(plan));
    return seldinger(['measure', file, '--data', folder, ...argv]);
  };

  it('reads from the suggested plan what the truth expects, all five kinds', async () => {
    const said = await measure(truth.plan, '--json');
    expect([said.code, said.err]).toEqual([0, '']);
    const document = measured.parse(json(said));
    expect(document.plan).toBe(truth.plan.id);
    expect(document.failed).toEqual([]);
    expect(document.items.map(({ id }) => id)).toEqual(Object.keys(truth.plan.records));
    for (const [id, keys] of Object.entries(truth.expected)) {
      const item = document.items.find((one) => one.id === id);
      for (const [key, { value, unit, tolerance }] of Object.entries(keys)) {
        expect(item?.results[key], `${id} ${key}`).toMatchObject({ unit });
        expect(Math.abs(z.number().parse(item?.results[key]?.value) - value), `${id} ${key}`).toBeLessThan(tolerance);
      }
    }
  });

  it('names the items that fail, measures the others and ends with 1', async () => {
    const { chord, tumour } = truth.plan.records;
    const records = {
      chord,
      elsewhere: { ...chord, on: { in: 'patient', frameOfReferenceUID: null, seriesInstanceUID: '1.2.3', part: null } },
      unknown: { ...chord, kind: 'from-the-future' },
      broken: { ...chord, points: [[0, 0, 0]] },
      nowhere: { ...chord, on: null },
      tumour,
    };
    const said = await measure({ ...truth.plan, records }, '--json');
    expect(said.code).toBe(1);
    const { items, failed } = measured.parse(json(said));
    expect(items.map(({ id }) => id)).toContain('chord');
    const codes = Object.fromEntries(failed.map(({ id, code }) => [id, code]));
    expect(codes).toMatchObject({
      elsewhere: 'series-missing',
      unknown: 'unknown-kind',
      broken: 'bad-item',
      nowhere: 'bad-item',
    });
    expect(failed.find(({ id }) => id === 'nowhere')?.message).toContain('records.nowhere.on');
  });

  it('begins the table for people with the caution', async () => {
    const said = await measure({ ...truth.plan, records: { chord: truth.plan.records['chord'] } });
    const [first, , ...rest] = said.out.split('\n');
    expect(first).toBe(caution);
    expect(rest.join('\n')).toMatch(/Artery, end to end +Length .*71\.0.* mm/);
  });
});
