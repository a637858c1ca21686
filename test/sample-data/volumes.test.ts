import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePlan } from '../../src/plan/index.ts';
import { makeSmall } from '../support/sampleCache.ts';
import { headers, small, stored, truthOf, voxelMl, voxels } from './rendered.ts';
import type { Files } from './rendered.ts';

const point = z.tuple([z.number(), z.number(), z.number()]);
const image = z.object({
  dimensions: point,
  spacing: point,
  origin: point,
  direction: z.array(point),
  blurSigma: z.number(),
  noise: z.number(),
});
const arteryTruth = z.looseObject({
  image,
  hounsfield: z.record(z.string(), z.number()).optional(),
  signal: z.record(z.string(), z.number()).optional(),
  artery: z.looseObject({
    centreline: z.array(z.object({ station: z.number(), point, diameter: z.number(), reference: z.number() })),
    axis: z.array(z.object({ station: z.number(), point })),
    lumenVolume: z.number(),
    lumenVolumeFrom: z.number(),
    lumenVolumeTo: z.number(),
    minimumLumenDiameter: z.number(),
    minimumPosition: z.number(),
    diameterStenosis: z.number(),
    lesionStart: z.number(),
    lesionEnd: z.number(),
  }),
  plan: z.unknown(),
});
const ellipsoid = z.object({ centre: point, semiAxes: point, axes: z.array(point), volume: z.number() });
const nodule = z.object({ image, nodule: ellipsoid, date: z.string() });

function difference(with_: Files, without: Files, folder = ''): Float64Array {
  const [a, b] = [stored(with_, folder), stored(without, folder)];
  return Float64Array.from(a, (value, i) => value - (b[i] ?? 0));
}
const closedForm = ([a, b, c]: readonly number[]): number =>
  ((4 / 3) * Math.PI * (a ?? 0) * (b ?? 0) * (c ?? 0)) / 1000;

describe.each([
  {
    name: 'cta-iliac',
    what: 'iliac artery',
    over: (t: z.infer<typeof arteryTruth>) => gap(t.hounsfield, 'lumen', 'wall'),
  },
  {
    name: 'mra-oblique',
    what: 'popliteal artery',
    over: (t: z.infer<typeof arteryTruth>) => gap(t.signal, 'blood', 'muscle'),
  },
])('the narrowed $what of "$name"', ({ name, over }) => {
  let truth: z.infer<typeof arteryTruth>;
  let added: Float64Array;
  beforeAll(async () => {
    const filled = await small(name, { noise: false });
    truth = arteryTruth.parse(truthOf(filled));
    added = difference(filled, await small(name, { noise: false, finding: false }));
  });

  it('holds as much contrast as the integral of its lumen area says, within 2 per cent', () => {
    const { axis, lumenVolume, lumenVolumeFrom: from, lumenVolumeTo: to } = truth.artery;
    const first = axis[0]?.station ?? 0;
    let sum = 0;
    let i = 0;
    for (const [x, y, z] of voxels(truth.image)) {
      const value = added[i++] ?? 0;
      if (value === 0) continue;
      let best = Infinity;
      let nearest = 0;
      for (const { point: at, station } of axis) {
        const square = (x - at[0]) ** 2 + (y - at[1]) ** 2 + (z - at[2]) ** 2;
        if (square < best) [best, nearest] = [square, station];
      }
      // Between the planes across the axis at both stations: at its ends by the tangent there.
      const at = axis[nearest - first]?.point ?? [0, 0, 0];
      const ahead = axis[nearest - first + 1]?.point ?? at;
      const exact =
        nearest +
        (x - at[0]) * (ahead[0] - at[0]) +
        (y - at[1]) * (ahead[1] - at[1]) +
        (z - at[2]) * (ahead[2] - at[2]);
      if (exact >= from && exact < to) sum += value;
    }
    const volume = (sum * voxelMl(truth.image)) / over(truth);
    expect(Math.abs(volume / lumenVolume - 1)).toBeLessThan(0.02);
  });

  it('has the volume between two planes that its own diameters add up to, within 2 per cent', () => {
    const { centreline, lumenVolume, lumenVolumeFrom: from, lumenVolumeTo: to } = truth.artery;
    // Area times 1 mm of axis; what the bend adds or takes is left out here, and small.
    const sum = centreline
      .filter(({ station }) => station >= from && station < to)
      .reduce((total, { diameter }) => total + (Math.PI / 4) * diameter ** 2, 0);
    expect(Math.abs(sum / 1000 / lumenVolume - 1)).toBeLessThan(0.02);
  });

  it('is narrowest where and as much as it says, and by 10 per cent at both ends of the lesion', () => {
    const { centreline, minimumLumenDiameter, minimumPosition, diameterStenosis, lesionStart, lesionEnd } =
      truth.artery;
    const least = centreline.reduce((a, b) => (b.diameter < a.diameter ? b : a));
    expect(Math.abs(least.station - minimumPosition)).toBeLessThanOrEqual(1);
    expect(100 * (1 - minimumLumenDiameter / least.reference)).toBeCloseTo(diameterStenosis, 9);
    const narrowed = (station: number): number => {
      const one = centreline.find((here) => here.station === Math.round(station));
      return 100 * (1 - (one?.diameter ?? NaN) / (one?.reference ?? NaN));
    };
    for (const end of [lesionStart, lesionEnd]) expect(Math.abs(narrowed(end) - 10)).toBeLessThan(8);
    expect(Object.keys(parsePlan(truth.plan).records)).toEqual(['stenosis']);
  });
});
function gap(values: Readonly<Record<string, number>> | undefined, inside: string, around: string): number {
  return (values?.[inside] ?? NaN) - (values?.[around] ?? NaN);
}

describe('the liver tumour of "liver-tumour"', () => {
  it('lacks as much contrast as the closed form of its ellipsoid says, within 1 per cent', async () => {
    const files = await small('liver-tumour', { noise: false });
    const truth = z
      .looseObject({ image, tumour: z.looseObject({ ...ellipsoid.shape, contrast: z.number() }) })
      .parse(truthOf(files));
    const added = difference(files, await small('liver-tumour', { noise: false, finding: false }));
    const volume = (added.reduce((sum, one) => sum + one, 0) * voxelMl(truth.image)) / truth.tumour.contrast;
    expect(truth.tumour.volume).toBeCloseTo(closedForm(truth.tumour.semiAxes), 9);
    expect(Math.abs(volume / truth.tumour.volume - 1)).toBeLessThan(0.01);
  });

  it('shows tumour and liver at their HU, with the noise that it states', async () => {
    const files = await small('liver-tumour');
    const truth = z
      .looseObject({ image, hounsfield: z.record(z.string(), z.number()), tumour: z.looseObject(ellipsoid.shape) })
      .parse(truthOf(files));
    const values = stored(files);
    const { centre } = truth.tumour;
    const inside: number[] = [];
    const around: number[] = [];
    let i = 0;
    for (const [x, y, zMm] of voxels(truth.image)) {
      const value = (values[i++] ?? 0) - 1024;
      const away = Math.hypot(x - centre[0], y - centre[1], zMm - centre[2]);
      if (away < 8) inside.push(value);
      // No twig comes within 7 mm of the tumour, whose longest half-axis is 17.
      if (away > 19.5 && away < 21 && Math.abs(zMm - centre[2]) < 3) around.push(value);
    }
    const mean = (list: number[]): number => list.reduce((sum, one) => sum + one, 0) / list.length;
    const spread = (list: number[]): number => Math.sqrt(mean(list.map((one) => (one - mean(list)) ** 2)));
    // Neighbours share their noise: four standard errors of a third as many.
    const slack = (list: number[]): number => (4 * truth.image.noise) / Math.sqrt(list.length / 3);
    expect(Math.abs(mean(inside) - (truth.hounsfield['tumour'] ?? NaN))).toBeLessThan(slack(inside));
    expect(Math.abs(spread(inside) / truth.image.noise - 1)).toBeLessThan(0.08);
    expect(Math.abs(mean(around) - (truth.hounsfield['liver'] ?? NaN))).toBeLessThan(slack(around));
  });
});

describe('the nodule of "chest-nodule"', () => {
  it('has the closed-form volume on both dates within 1 per cent, 84 days apart, doubling as it says', async () => {
    const files = await small('chest-nodule', { noise: false });
    const without = await small('chest-nodule', { noise: false, finding: false });
    const truth = z
      .looseObject({
        hounsfield: z.record(z.string(), z.number()),
        intervalDays: z.number(),
        doublingTimeDays: z.number(),
        dates: z.object({ now: nodule, prior: nodule }),
      })
      .parse(truthOf(files));
    for (const [folder, { image: grid, nodule: one }] of Object.entries(truth.dates)) {
      const added = difference(files, without, folder);
      // What it replaces is lung of one density: read where the nodule is left out.
      const lung = stored(without, folder);
      const middle = added.reduce((at, value, i) => (value > (added[at] ?? 0) ? i : at), 0);
      const contrast = (truth.hounsfield['nodule'] ?? NaN) - ((lung[middle] ?? 0) - 1024);
      const volume = (added.reduce((sum, value) => sum + value, 0) * voxelMl(grid)) / contrast;
      expect(one.volume).toBeCloseTo(closedForm(one.semiAxes), 9);
      expect(Math.abs(volume / one.volume - 1)).toBeLessThan(0.01);
    }
    const { now, prior } = truth.dates;
    expect((Date.parse(now.date) - Date.parse(prior.date)) / 86_400_000).toBe(truth.intervalDays);
    expect(truth.intervalDays).toBe(84);
    expect(prior.nodule.volume * 2 ** (84 / truth.doublingTimeDays)).toBeCloseTo(now.nodule.volume, 9);
    const [a, b] = [headers(files, 'now'), headers(files, 'prior')];
    expect(a[0]?.string('x00100020')).toBe(b[0]?.string('x00100020'));
    for (const tag of ['x0020000d', 'x0020000e', 'x00200052']) expect(a[0]?.string(tag)).not.toBe(b[0]?.string(tag));
  });
});

describe('every sample case', () => {
  it('is the same bytes again with the same seed, and other bytes with another', async () => {
    for (const name of ['chest-nodule', 'mra-oblique']) {
      const [one, again, other] = [
        await makeSmall({ name }),
        await makeSmall({ name }),
        await small(name, { seed: 2 }),
      ];
      expect([...one.keys()]).toEqual([...again.keys()]);
      for (const [path, bytes] of one) expect(Buffer.compare(bytes, again.get(path) ?? new Uint8Array())).toBe(0);
      const image_ = [...one.keys()].find((path) => path.endsWith('.dcm')) ?? '';
      expect(Buffer.compare(one.get(image_) ?? Buffer.of(), other.get(image_) ?? Buffer.of())).not.toBe(0);
    }
  });
});
