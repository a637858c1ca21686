import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { scanPaths } from '../../src/host/index.ts';
import type { TroubleName } from '../support/troubleCases.ts';
import { json, seldinger } from './terminal.ts';
import { troubleFolder, troubleOrigins } from './troubleFiles.ts';

// The sentences of EXPECT.md, through the documents that the command line prints.

const note = z.strictObject({ code: z.string(), message: z.string() });
const triple = z.tuple([z.number(), z.number(), z.number()]);
/** Exactly the keys of the contract, and ours of docs/codes.md. */
const seriesDocument = z.strictObject({
  seriesInstanceUID: z.string(),
  studyInstanceUID: z.string(),
  frameOfReferenceUID: z.string().nullable(),
  part: z.string().nullable(),
  modality: z.string(),
  description: z.string(),
  patientName: z.string(),
  patientID: z.string(),
  instances: z.number(),
  frames: z.number(),
  rows: z.number(),
  columns: z.number(),
  transferSyntaxUIDs: z.array(z.string()),
  volume: z
    .strictObject({
      dimensions: triple,
      spacing: triple,
      origin: triple,
      direction: z.tuple([triple, triple, triple]),
      correction: z.enum(['gantry-tilt', 'resampled']).nullable(),
      planeDistance: z.number(),
    })
    .nullable(),
  why: z.array(z.string()),
  pixelSpacing: z.strictObject({ mm: z.tuple([z.number(), z.number()]), basis: z.string() }).nullable(),
  frameRate: z.number().nullable(),
  frameTimes: z.array(z.number()).nullable(),
  notes: z.array(note),
});
const scanDocument = z.strictObject({
  series: z.array(seriesDocument),
  skipped: z.array(z.strictObject({ path: z.string(), reason: z.string(), message: z.string() })),
});
type SeriesDocument = z.infer<typeof seriesDocument>;
const value = z.looseObject({ value: z.number(), unit: z.string() });

let temporary = '';
beforeAll(() => {
  temporary = mkdtempSync(path.join(tmpdir(), 'seldinger-trouble-'));
});
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

/** A case as the command line sees it. */
interface Case {
  readonly folder: string;
  readonly series: readonly SeriesDocument[];
  readonly skipped: z.infer<typeof scanDocument>['skipped'];
  readonly only: SeriesDocument;
  /** The name without its ending of the file that a series of one file lies in. */
  fileOf(series: SeriesDocument): string;
  /** The answer to `probe` with these words. */
  ask(series: SeriesDocument, ...words: string[]): Promise<unknown>;
  /** HU at a point of the patient. */
  at(point: readonly number[], series?: SeriesDocument): Promise<number>;
  /** `measure` of one length in the first image of the series, of the frame given. */
  lengthInImage(series: SeriesDocument, p: readonly number[], q: readonly number[], more?: object): Promise<unknown>;
  lengthInPatient(p: readonly number[], q: readonly number[]): Promise<unknown>;
}

async function open(name: TroubleName, origin: 'made' | 'shared', exitCode = 0): Promise<Case> {
  const folder = await troubleFolder(name, origin, temporary);
  const said = await seldinger(['scan', folder, '--json']);
  expect(said.code).toBe(exitCode);
  const { series, skipped } = scanDocument.parse(json(said));
  const [only] = series;
  if (only === undefined) throw new Error('no series');
  const instanceOf = ({ seriesInstanceUID, part }: SeriesDocument) =>
    found.find((one) => one.seriesInstanceUID === seriesInstanceUID && one.part === part)?.instances[0];
  const { series: found } = await scanPaths([folder]);
  const ask = async (one: SeriesDocument, ...words: string[]) => {
    const part = one.part === null ? [] : ['--part', one.part];
    const all = ['probe', '--data', folder, '--series', one.seriesInstanceUID, ...part, ...words, '--json'];
    return json(await seldinger(all));
  };
  const length = async (on: object, p: readonly number[], q: readonly number[], more?: object) => {
    const time = '2026-01-15T09:30:00Z';
    const record = { type: 'item', kind: 'length', label: 'L', order: 1, side: null, on, points: [p, q] };
    const head = { format: 'seldinger-plan', version: 1, id: 'p', title: 'P', createdAt: time, modifiedAt: time };
    const file = path.join(temporary, 'a.plan.json');
    writeFileSync(
      file,
      JSON.stringify({ ...head, records: { it: record, ...(more ? { more: { ...record, ...more } } : {}) } }),
    );
    const document = json(await seldinger(['measure', file, '--data', folder, '--json']));
    const items = z.looseObject({
      items: z.array(z.looseObject({ results: z.looseObject({ length: z.unknown().optional() }) })),
    });
    return items.parse(document).items[0]?.results.length;
  };
  return {
    folder,
    series,
    skipped,
    only,
    fileOf: (one) => path.parse(instanceOf(one)?.source ?? '').name,
    ask,
    async at(point, one = only) {
      const { value: read, unit } = value.parse(await ask(one, '--at', point.join(',')));
      expect(unit).toBe('HU');
      return read;
    },
    async lengthInImage(one, p, q, more) {
      const { seriesInstanceUID } = one;
      const sopInstanceUID = instanceOf(one)?.sopInstanceUID ?? '';
      return length({ in: 'image', seriesInstanceUID, sopInstanceUID, frame: 1, derived: null }, p, q, more);
    },
    lengthInPatient: (p, q) => {
      const { seriesInstanceUID, frameOfReferenceUID, part } = only;
      return length({ in: 'patient', frameOfReferenceUID, seriesInstanceUID, part }, p, q);
    },
  };
}
const within = (got: number, truth: number, tolerance: number) =>
  expect(Math.abs(got - truth)).toBeLessThanOrEqual(tolerance);
const codes = ({ notes }: SeriesDocument) => notes.map(({ code }) => code);
const volume = (spacing: readonly number[], slices: number, more: object = {}) => ({
  dimensions: [expect.any(Number), expect.any(Number), slices],
  spacing: spacing.map((mm): unknown => expect.closeTo(mm, 6)),
  correction: null,
  planeDistance: expect.closeTo(spacing[2] ?? 0, 6) as unknown,
  ...more,
});
const millimetres = (mm: number) => ({ value: expect.closeTo(mm, 2) as unknown, unit: 'mm' });

describe.each(troubleOrigins)('troublesome files (%s)', (origin) => {
  it('G01: one volume by its positions, 2.5 mm apart; HU and a length of 25 mm', async () => {
    const { series, skipped, only, at, lengthInPatient } = await open('G01_ct_names_and_thickness_lie', origin);
    expect(skipped).toEqual([]);
    expect(series).toHaveLength(1);
    expect(only).toMatchObject({ instances: 12, frames: 12, why: [], volume: volume([0.75, 0.75, 2.5], 12) });
    expect(only.volume?.origin[2]).toBe(-40);
    within(await at([0, 0, -40]), -320, 1);
    within(await at([0, 0, -12.5]), -100, 1);
    within(await at([9, -6, -20]), -118, 1);
    expect(await lengthInPatient([0, 0, -40], [0, 0, -15])).toMatchObject(millimetres(25));
  });

  it('G02: the missing slice is told with its place, and nothing is read between', async () => {
    const { series, only, ask, lengthInPatient } = await open('G02_ct_one_slice_missing', origin);
    expect(series).toHaveLength(1);
    expect(only).toMatchObject({ instances: 12, volume: null, why: ['missing-slices'] });
    expect(only.pixelSpacing).toEqual({ mm: [1, 1], basis: 'patient' });
    const told = only.notes.find(({ code }) => code === 'missing-slices')?.message;
    expect(told).toMatch(/6 mm instead of 3 mm between IM07\.dcm .*18.* and IM08\.dcm .*24/);
    expect(await ask(only, '--at', '0,0,21')).toMatchObject({ error: { code: 'no-volume' } });
    expect(await lengthInPatient([0, 0, 15], [0, 0, 27])).toMatchObject(millimetres(12));
  });

  it('G03: both distances are told, and a probe uses the true positions', async () => {
    const { only, at, lengthInPatient } = await open('G03_ct_two_spacings_in_one_series', origin);
    expect(only).toMatchObject({ instances: 13, volume: null, why: ['uneven-spacing'] });
    expect(only.notes.find(({ code }) => code === 'uneven-spacing')?.message).toMatch(/distances of 1, 4 mm/);
    within(await at([0, 0, 18]), 280, 1);
    expect(await lengthInPatient([0, 0, 2], [0, 0, 22])).toMatchObject(millimetres(20));
  });

  it('G04: the tilt of 15.0 degrees is told and used', async () => {
    const { only, at, folder } = await open('G04_ct_gantry_tilt_15', origin);
    expect(only.volume).toMatchObject(
      volume([1, 1, 4], 10, { correction: 'gantry-tilt', planeDistance: expect.closeTo(3.864, 3) as unknown }),
    );
    expect(only.notes.find(({ code }) => code === 'gantry-tilt')?.message).toContain('15.0 degrees');
    const [row, column, stack] = only.volume?.direction ?? [];
    const normal = row &&
      column && [0, row[0] * column[2] - row[2] * column[0], row[0] * column[1] - row[1] * column[0]];
    within(4 * Math.abs((normal?.[2] ?? 0) * (stack?.[2] ?? 0)), 3.864, 0.001);
    expect((await seldinger(['scan', folder])).out).toContain('1 x 1 x 4 mm, planes 3.864 mm apart, gantry-tilt');
    within(await at([0, 0, 16]), 96, 2);
    within(await at([10, -10, 20]), 100, 2);
    within(await at([-16, 8, 8]), 56, 2);
  });

  it('G05: the localizer stands by itself, 50 and 40 mm on it; the slices are a volume', async () => {
    const { series, at, lengthInImage } = await open('G05_ct_localizer_inside_series', origin);
    expect(series.map(({ instances }) => instances).sort((a, b) => a - b)).toEqual([1, 10]);
    const [axial, localizer] = [10, 1].map((count) => series.find(({ instances }) => instances === count));
    if (axial === undefined || localizer === undefined) throw new Error('not in two');
    expect(axial.volume).toMatchObject(volume([0.9, 0.9, 3], 10));
    expect(axial.part).not.toBe(localizer.part);
    expect(localizer).toMatchObject({ columns: 64, rows: 96, volume: null, pixelSpacing: { mm: [2, 2.5] } });
    for (const one of series) expect(codes(one)).toContain('split-into-parts');
    within(await at([0, 0, -2], axial), 22, 1);
    expect(await lengthInImage(localizer, [10, 40], [30, 40])).toMatchObject(millimetres(50));
    expect(await lengthInImage(localizer, [10, 40], [10, 60])).toMatchObject(millimetres(40));
  });

  it('G06: three volumes of 8 slices, each phase with its own contrast', async () => {
    const { folder, series, at, only } = await open('G06_ct_three_phases_one_series', origin);
    expect(series).toHaveLength(3);
    expect(new Set(series.map(({ part }) => part)).size).toBe(3);
    for (const one of series) {
      expect(one).toMatchObject({ instances: 8, volume: volume([0.7, 0.7, 2], 8) });
      expect(codes(one)).toContain('split-into-parts');
    }
    expect(await Promise.all(series.map((one) => at([-5, -5, 0], one)))).toEqual([50, 310, 175]);
    const words = ['probe', '--data', folder, '--series', only.seriesInstanceUID, '--at', '-5,-5,0', '--json'];
    expect(json(await seldinger(words))).toMatchObject({ error: { code: 'ambiguous-part' } });
  });

  it('G07: pixels that are not square: 25.0, 12.0 and 27.73 mm', async () => {
    const { only, lengthInImage } = await open('G07_ct_pixels_not_square', origin);
    expect(only.volume).toMatchObject(volume([1.25, 0.5, 5], 8));
    expect(only.pixelSpacing).toEqual({ mm: [0.5, 1.25], basis: 'patient' });
    expect(await lengthInImage(only, [10, 12], [30, 12])).toMatchObject(millimetres(25));
    expect(await lengthInImage(only, [10, 12], [10, 36])).toMatchObject(millimetres(12));
    expect(await lengthInImage(only, [30, 12], [10, 36])).toMatchObject(millimetres(27.73));
  });

  it('G08: the same HU in every slice, whatever slope and sign each has', async () => {
    const { only, at } = await open('G08_ct_rescale_differs_by_slice', origin);
    expect(only.volume).toMatchObject(volume([1, 1, 2], 8));
    const origin8 = only.volume?.origin ?? [0, 0, 0];
    for (let slice = 0; slice < 8; slice += 1) {
      const z8 = origin8[2] + 2 * slice;
      expect(await at([origin8[0] + 32, origin8[1] + 32, z8])).toBeCloseTo(44, 9);
      expect(await at([origin8[0] + 1, origin8[1] + 1, z8])).toBeCloseTo(300, 9);
      expect(await at([origin8[0] + 10, origin8[1] + 10, z8])).toBeCloseTo(-80, 9);
    }
  });

  it('G09: twelve signed bits, the rubbish above them ignored', async () => {
    const { only, ask } = await open('G09_ct_signed_12bit_dirty_high_bits', origin);
    expect(only.volume).toMatchObject(volume([1, 1, 1.5], 6));
    const [x = 0, y = 0, z9 = 0] = only.volume?.origin ?? [];
    for (let slice = 0; slice < 6; slice += 1) {
      const centre = await ask(only, '--at', [x + 32, y + 32, z9 + 1.5 * slice].join(','), '--nearest');
      expect(centre).toMatchObject({ value: 900 });
      const border = await ask(only, '--at', [x, y, z9 + 1.5 * slice].join(','), '--nearest');
      expect(border).toMatchObject({ value: -1000 });
    }
  });

  it('G10: a run of projections at 15.0 frames/s, whose lengths are pixels with a marked estimate', async () => {
    const { only, lengthInImage } = await open('G10_xa_detector_spacing_only', origin);
    expect(only).toMatchObject({ instances: 1, frames: 12, volume: null, why: ['projection'], frameTimes: null });
    expect(only.frameRate).toBeCloseTo(15, 4);
    expect(only.pixelSpacing).toEqual({ mm: [0.4, 0.4], basis: 'detector' });
    const length = await lengthInImage(only, [8, 20], [56, 20]);
    expect(length).toMatchObject({ value: expect.closeTo(48, 9) as unknown, unit: 'px' });
    expect(JSON.stringify(length)).not.toMatch(/"unit":"mm","uncertainty"/);
  });

  it('G10: reads 32.0 mm of the same length, calibrated by the user, once the 3 pixel catheter is said to be 2.0 mm', async () => {
    const { only, lengthInImage } = await open('G10_xa_detector_spacing_only', origin);
    // The catheter lies in columns 30 to 32: from edge to edge 3 pixels.
    const points = [[29.5, 20], [32.5, 20]]; // prettier-ignore
    const catheter = { kind: 'calibration', order: 2, object: 'catheter', knownMm: 2, points };
    expect(await lengthInImage(only, [8, 20], [56, 20], catheter)).toMatchObject({
      ...millimetres(32),
      basis: 'calibrated',
    });
  });

  it('G11: the times of a frame time vector, and no millimetres at all', async () => {
    const { only, lengthInImage } = await open('G11_xa_dsa_mask_and_frame_time_vector', origin);
    expect(only).toMatchObject({ frames: 10, volume: null, pixelSpacing: null, frameRate: null });
    expect(only.frameTimes).toEqual([0, 500, 1000, 1500, 2000, 2250, 2500, 2750, 3000, 3250]);
    expect(await lengthInImage(only, [0, 0], [30, 40])).toMatchObject({ value: 50, unit: 'px', basis: 'none' });
  });

  it('G12: one file in shuffled order is one volume by its plane positions', async () => {
    const { only, at } = await open('G12_enhanced_ct_frames_shuffled', origin);
    expect(only).toMatchObject({ instances: 1, frames: 10, volume: volume([0.8, 0.8, 2], 10) });
    expect(only.volume?.origin[2]).toBe(82);
    within(await at([0, 0, 100]), -100, 1);
    within(await at([8, -8, 90]), -46, 1);
    within(await at([-8, 16, 84]), -92, 1);
  });

  it('G13: millimetres inside each region of an ultrasound image, none across; colour is three numbers', async () => {
    const { only, ask, lengthInImage } = await open('G13_us_three_regions', origin);
    expect(only).toMatchObject({ volume: null, pixelSpacing: null });
    expect(only.why).toContain('ultrasound');
    expect(await lengthInImage(only, [10, 30], [40, 30])).toMatchObject({ ...millimetres(6), basis: 'region' });
    expect(await lengthInImage(only, [90, 10], [120, 40])).toMatchObject({ ...millimetres(19.21), basis: 'region' });
    expect(await lengthInImage(only, [60, 30], [100, 30])).toMatchObject({ value: null });
    const three = [expect.any(Number), expect.any(Number), expect.any(Number)];
    expect(await ask(only, '--pixel', '10,30')).toEqual({
      value: three,
      stored: three,
      unit: '1',
      interpolation: 'none',
    });
  });

  it('G14: names in six character sets, letter by letter', async () => {
    const { series, fileOf } = await open('G14_names_in_six_character_sets', origin);
    expect(new Set(series.map(({ studyInstanceUID }) => studyInstanceUID)).size).toBe(6);
    const names = new Map(series.map((one) => [fileOf(one), one.patientName]));
    expect(names.get('latin1')).toBe('Müller^Jürgen');
    expect(names.get('utf8')).toBe('Zoë^Łukasz');
    expect(names.get('gb18030')).toBe('Wang^XiaoDong=王^小东=');
    expect(names.get('japanese')).toBe('Yamada^Tarou=山田^太郎=やまだ^たろう');
    expect(names.get('korean')).toBe('Hong^Gildong=洪^吉洞=홍^길동');
    expect(names.get('undeclared')).toBe('Lefèvre^Zoé');
    const undeclared = series.filter((one) => codes(one).includes('character-set-undeclared'));
    expect(undeclared.map(fileOf)).toEqual(['undeclared']);
  });

  it('G15: seven images in a messy folder, each fault by its path and reason', async () => {
    const { series, skipped, only, at } = await open('G15_messy_folder', origin, 1);
    expect(series).toHaveLength(1);
    expect(only).toMatchObject({ instances: 7, volume: volume([1, 1, 2], 7) });
    const reasons = new Map(skipped.map(({ path: name, reason }) => [name, reason]));
    expect(reasons.size).toBe(skipped.length);
    expect([...reasons].filter(([name]) => name.endsWith('.dcm'))).toEqual([
      ['copy/same again.dcm', 'duplicate'],
      ['cut_short.dcm', 'truncated'],
      ['empty.dcm', 'not-dicom'],
      ['notes.dcm', 'not-dicom'],
    ]);
    expect([...reasons.keys()].some((name) => name.startsWith('loop/up'))).toBe(false);
    expect([...reasons.values()].filter((reason) => reason === 'outside-root')).toEqual([]);
    within(await at([0, 0, 4]), 40, 1);
  });

  it('G16: every frame of every encoding is the frame of the plain file', async () => {
    const { folder, series, ask, fileOf } = await open('G16_encapsulated_frames', origin);
    expect(series).toHaveLength(6);
    const questions = series.flatMap(({ seriesInstanceUID }) =>
      [1, 2, 3, 4, 5].flatMap(
        (frame) =>
        [[0, 0], [7, 7], [20, 33], [63, 63]].map((pixel) => ({ series: seriesInstanceUID, frame, pixel })), // prettier-ignore
      ),
    );
    const batch = path.join(temporary, 'batch.json');
    writeFileSync(batch, JSON.stringify(questions));
    const document = json(await seldinger(['probe', '--data', folder, '--batch', batch, '--json']));
    const { values } = z.object({ values: z.array(value) }).parse(document);
    const of = (at: number) => values.slice(20 * at, 20 * at + 20).map(({ value: read }) => read);
    const plain = of(series.findIndex((one) => fileOf(one) === 'plain'));
    expect(plain.filter((_, at) => at % 4 < 2)).toEqual(
      [0, 1, 2, 3, 4].flatMap((f) => [1000 + 100 * f, 1000 + 100 * f]),
    );
    for (const [at, one] of series.entries()) {
      expect(one).toMatchObject({ frames: 5, frameRate: 10 });
      expect([fileOf(one), of(at)]).toEqual([fileOf(one), plain]);
    }
    const [first] = series;
    expect(first && (await ask(first, '--frame', '6', '--pixel', '0,0'))).toMatchObject({
      error: { code: 'image-missing' },
    });
  });

  it('G17: spacings that are no numbers give pixels and a reason, never millimetres', async () => {
    const { series, lengthInImage, fileOf } = await open('G17_spacing_badly_written', origin);
    expect(series).toHaveLength(7);
    for (const one of series) {
      const length = await lengthInImage(one, [4, 10], [24, 10]);
      if (fileOf(one) === 'padded') {
        expect(one.pixelSpacing).toEqual({ mm: [0.5, 0.5], basis: 'patient' });
        expect(length).toMatchObject(millimetres(10));
        continue;
      }
      expect([fileOf(one), one.pixelSpacing]).toEqual([fileOf(one), null]);
      expect(codes(one)).toContain('calibration-unreadable');
      expect(length).toMatchObject({ value: 20, unit: 'px', basis: 'none' });
    }
  });

  it('G18: a volume of 0.9 x 0.6 x 1.5 mm; 6.0 mm along the narrowing', async () => {
    const { only, at, lengthInPatient } = await open('G18_ct_vessel_half_closed', origin);
    expect(only).toMatchObject({ instances: 34, volume: volume([0.9, 0.6, 1.5], 34) });
    within(await at([28.8, 19.2, 25.5]), 350, 1);
    within(await at([3, 3, 25.5]), 50, 1);
    const along = (mm: number) => [28.8 + 0.5 * mm, 19.2, 25.5 + (Math.sqrt(3) / 2) * mm];
    expect(await lengthInPatient(along(-3), along(3))).toMatchObject(millimetres(6));
  });
});
