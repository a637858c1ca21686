import dicomParser from 'dicom-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parsePlan } from '../../src/plan/index.ts';
import { sampleCases, writeSampleCase } from '../../sample-data/index.ts';

const point = z.tuple([z.number(), z.number(), z.number()]);
const ball = z.object({ centre: point, radius: z.number(), volume: z.number() });
const truthSchema = z.looseObject({
  image: z.object({ dimensions: point, spacing: point, origin: point, blurSigma: z.number(), noiseHu: z.number() }),
  hounsfield: z.record(z.string(), z.number()),
  artery: z.looseObject({
    minimumLumenDiameter: z.number(),
    referenceDiameter: z.number(),
    diameterStenosis: z.number(),
    lesionLengthAt10Percent: z.number(),
    bendRadius: z.number(),
    centreline: z.array(z.object({ station: z.number(), point, diameter: z.number() })),
  }),
  tumour: ball,
  cyst: ball,
  plan: z.unknown(),
  expected: z.record(z.string(), z.record(z.string(), z.object({ value: z.number(), unit: z.string() }))),
});

const files = new Map<string, Uint8Array>();
const heard: number[] = [];
let truth: z.infer<typeof truthSchema>;
/** HU, slice by slice from the feet. */
let volume: Float32Array;
beforeAll(async () => {
  await writeSampleCase('ct-tube', { seed: 1 }, (path, bytes) => void files.set(path, bytes), {
    progress: (fraction) => heard.push(fraction),
  });
  truth = truthSchema.parse(JSON.parse(new TextDecoder().decode(files.get('truth.json'))));
  const [nx, ny, nz] = truth.image.dimensions;
  volume = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k++) {
    const data = read(`slice-${String(k + 1).padStart(3, '0')}.dcm`);
    const element = data.elements['x7fe00010'];
    const view = new DataView(data.byteArray.buffer, data.byteArray.byteOffset + (element?.dataOffset ?? 0));
    for (let i = 0; i < nx * ny; i++) volume[k * nx * ny + i] = view.getUint16(2 * i, true) - 1024;
  }
});
function read(path: string): dicomParser.DataSet {
  return dicomParser.parseDicom(files.get(path) ?? new Uint8Array());
}
/** Every voxel of the box between two corners. */
function visit(
  low: readonly number[],
  high: readonly number[],
  each: (hu: number, x: number, y: number, zMm: number) => void,
): void {
  const { dimensions, spacing, origin } = truth.image;
  const range = [0, 1, 2].map((axis) => {
    const index = (mm: number): number => (mm - (origin[axis] ?? 0)) / (spacing[axis] ?? 1);
    const top = (dimensions[axis] ?? 1) - 1;
    return [Math.max(0, Math.floor(index(low[axis] ?? 0))), Math.min(top, Math.ceil(index(high[axis] ?? 0)))] as const;
  });
  const [[i0, i1] = [0, -1], [j0, j1] = [0, -1], [k0, k1] = [0, -1]] = range;
  for (let k = k0; k <= k1; k++)
    for (let j = j0; j <= j1; j++)
      for (let i = i0; i <= i1; i++) {
        const hu = volume[i + dimensions[0] * (j + dimensions[1] * k)] ?? NaN;
        each(hu, origin[0] + i * spacing[0], origin[1] + j * spacing[1], origin[2] + k * spacing[2]);
      }
}
/** Count, sum and sum of squares of the HU (less `from`) within a radius. */
function within(
  centre: readonly [number, number, number],
  radius: number,
  from = 0,
): { n: number; sum: number; squares: number } {
  const found = { n: 0, sum: 0, squares: 0 };
  const corner = (sign: number): number[] => centre.map((value) => value + sign * radius);
  visit(corner(-1), corner(1), (hu, x, y, zMm) => {
    if (Math.hypot(x - centre[0], y - centre[1], zMm - centre[2]) > radius) return;
    found.n += 1;
    found.sum += hu - from;
    found.squares += (hu - from) ** 2;
  });
  return found;
}

describe('the sample case "ct-tube"', () => {
  it('is 120 CT files below 60 MB with their truth, told with progress', () => {
    expect(files.size).toBe(121);
    expect([...files.values()].reduce((sum, bytes) => sum + bytes.length, 0)).toBeLessThan(60e6);
    expect(heard.at(-1)).toBe(1);
    expect(heard.every((fraction, i) => i === 0 || fraction >= (heard[i - 1] ?? 0))).toBe(true);
    expect(sampleCases.every(({ tries }) => tries.length === 3)).toBe(true);
  });

  it('says in each header where its slice lies, in a frame of reference, in HU', () => {
    const uids = new Set<string | undefined>();
    for (let k = 0; k < 120; k++) {
      const data = read(`slice-${String(k + 1).padStart(3, '0')}.dcm`);
      uids.add(data.string('x00080018'));
      const position = (data.string('x00200032') ?? '').split('\\').map(Number);
      expect(position[2]).toBeCloseTo(-47.6 + 0.8 * k, 9);
      expect(data.string('x00280030')).toBe('0.6\\0.6');
      expect(data.string('x00200037')).toBe('1\\0\\0\\0\\1\\0');
      expect(data.string('x00281054')).toBe('HU');
      expect(data.string('x00100010')).toBe('Sample^Ada');
      expect(data.string('x00080018')).toBe(data.string('x00020003'));
    }
    expect(uids.size).toBe(120);
  });

  it('shows tissue, tumour and cyst in their HU with 20 HU of noise', () => {
    for (const [name, { centre, radius }] of Object.entries({ tumour: truth.tumour, cyst: truth.cyst })) {
      const { n, sum, squares } = within(centre, radius - 3);
      const mean = sum / n;
      expect(Math.abs(mean - (truth.hounsfield[name] ?? NaN))).toBeLessThan((4 * 20) / Math.sqrt(n));
      expect(Math.sqrt(squares / n - mean * mean)).toBeCloseTo(20, -0.7);
    }
  });

  it('conserves the contrast of tumour and cyst: their densitometric volumes are the spheres', () => {
    const tissue = truth.hounsfield['tissue'] ?? NaN;
    for (const [name, { centre, radius, volume: ml }] of Object.entries({ tumour: truth.tumour, cyst: truth.cyst })) {
      expect(ml).toBeCloseTo((4 / 3000) * Math.PI * radius ** 3, 9);
      const { n, sum } = within(centre, radius + 3.5, tissue);
      const contrast = (truth.hounsfield[name] ?? NaN) - tissue;
      const voxelMl = (0.6 * 0.6 * 0.8) / 1000;
      const noiseMl = Math.abs((20 * Math.sqrt(n) * voxelMl) / contrast);
      expect(Math.abs((sum * voxelMl) / contrast - ml)).toBeLessThan(4 * noiseMl + 0.002 * ml);
    }
  });

  it('holds a tube of 6 mm that narrows to 2.4 mm: densitometric volume between two planes is the integral of its area', () => {
    const { centreline, bendRadius } = truth.artery;
    const [tissue = NaN, lumen = NaN] = [truth.hounsfield['tissue'], truth.hounsfield['artery']];
    // The circle's centre and plane, from three points of the centreline.
    const p = (station: number): readonly number[] => centreline.find((one) => one.station === station)?.point ?? [];
    const chordMm = Math.hypot(...p(40).map((value, i) => value - (p(-40)[i] ?? NaN)));
    expect(chordMm).toBeCloseTo(2 * bendRadius * Math.sin(40 / bendRadius), 9);
    const near: { station: number; over: number }[] = [];
    const corner = (pick: (...values: number[]) => number, more: number): number[] =>
      [0, 1, 2].map((axis) => pick(...centreline.map(({ point: one }) => one[axis] ?? NaN)) + more);
    visit(corner(Math.min, -6), corner(Math.max, 6), (hu, x, y, zMm) => {
      let best = Infinity;
      let nearest = NaN;
      for (const { point: one, station } of centreline) {
        const d = (x - one[0]) ** 2 + (y - one[1]) ** 2 + (zMm - one[2]) ** 2;
        if (d < best) [best, nearest] = [d, station];
      }
      if (best < 36) near.push({ station: nearest, over: hu - tissue });
    });
    for (const [from, to] of [
      [-30, -15],
      [-5, 13],
      [20, 35],
    ] as const) {
      const inside = near.filter(({ station }) => station >= from && station < to);
      const sum = inside.reduce((total, { over }) => total + over, 0);
      let truthMm3 = 0;
      for (let s = from; s < to; s++) {
        const diameter = centreline.find((one) => one.station === s)?.diameter ?? NaN;
        truthMm3 += (Math.PI / 4) * diameter ** 2;
      }
      const noise = (20 * Math.sqrt(inside.length) * 0.288) / (lumen - tissue);
      // The planes between whole stations are 1 mm apart and blurred: the ends add at most a few per cent of one disc.
      expect(Math.abs((sum * 0.288) / (lumen - tissue) - truthMm3)).toBeLessThan(4 * noise + 0.02 * truthMm3);
    }
    expect(Math.min(...centreline.map(({ diameter }) => diameter))).toBeCloseTo(2.4, 9);
    expect(truth.artery.diameterStenosis).toBeCloseTo(100 * (1 - 2.4 / 6), 9);
  });

  it('says how long the narrowing is at 10 per cent, as its own diameters do', () => {
    const { centreline, referenceDiameter, lesionLengthAt10Percent } = truth.artery;
    const narrow = centreline.filter(({ diameter }) => diameter < 0.9 * referenceDiameter);
    expect(Math.abs(narrow.length - lesionLengthAt10Percent)).toBeLessThan(1);
  });

  it('suggests a plan with one item of each kind and an expectation for each of them', () => {
    const plan = parsePlan(truth.plan);
    const kinds = Object.values(plan.records).map((record) => (record.type === 'item' ? record.kind : record.type));
    expect(kinds).toEqual(['length', 'stenosis', 'region', 'region', 'trajectory', 'ablation']);
    expect(Object.keys(truth.expected)).toEqual(Object.keys(plan.records));
  });

  it('is the same again with the same seed and other with another', async () => {
    const firstSlice = async (seed: number): Promise<Uint8Array | undefined> => {
      let first: Uint8Array | undefined;
      const stop = new AbortController();
      const made = writeSampleCase(
        'ct-tube',
        { seed },
        (_path, bytes) => {
          first ??= bytes;
          stop.abort();
        },
        { signal: stop.signal },
      );
      await expect(made).rejects.toThrow(/abort/i);
      return first;
    };
    expect(await firstSlice(1)).toEqual(files.get('slice-001.dcm'));
    expect(await firstSlice(2)).not.toEqual(files.get('slice-001.dcm'));
  });

  it('refuses a name that is no case', async () => {
    await expect(writeSampleCase('no-case', { seed: 1 }, () => undefined)).rejects.toThrow(/no-case/);
  });
});
