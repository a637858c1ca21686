import { describe, expect, it } from 'vitest';
import { evaluate, kinds } from '../../../src/measurements/index.ts';
import type { Evaluation, PixelSource } from '../../../src/measurements/index.ts';
import { ok, type ResultValue } from '../../../src/quantity/index.ts';
import type { EvaluatedItem } from '../../../src/measurements/index.ts';
import { box, codes, itemIn, itemOf, measure, planOf, sourceOf } from '../support.ts';

/** A ramp is trilinear: its value at any point is its formula's. */
const ramp = (x: number, y: number, z: number): number => 3 * x - 2 * y + 4 * z + 7;
const [nx, ny, nz] = box.dimensions;
const data = new Float32Array(nx * ny * nz).map((_, at) => {
  const [i, j, k] = [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))];
  return ramp(box.origin[0] + i, box.origin[1] + j, box.origin[2] + 1.5 * k);
});
const source = sourceOf({ volume: { geometry: box, data, unit: 'HU' } });
const needle = (entry: readonly number[], target: readonly number[], options: object = {}) =>
  itemOf('trajectory', { entry, target, options });
function profileIn({ results }: EvaluatedItem): Extract<ResultValue, { columns: unknown }> {
  const value = results['profile'];
  if (value === undefined || !('columns' in value)) throw new Error('no profile');
  return value;
}

describe('HU along the needle', () => {
  it('are those of the place, every 0.5 mm from the entry through the target to the end of the extension', async () => {
    // d = (2, 3, 6) / 7; depth 21, extension 4.2: 51 steps of half a millimetre, and the end itself.
    const item = needle([-4, -6, -10], [2, 3, 8], { extension: 4.2 });
    const got = itemIn(await measure({ t: item }, source), 't');
    const { columns, units } = profileIn(got);
    expect(units).toEqual({ position: 'mm', value: 'HU' });
    const { position = [], value = [] } = columns;
    expect(position).toHaveLength(52);
    expect(position.slice(0, 3)).toEqual([0, 0.5, 1]);
    expect(position.at(-1)).toBeCloseTo(25.2, 9);
    for (const [at, mm] of position.entries()) {
      const t = (mm ?? NaN) / 7;
      expect(value[at]).toBeCloseTo(ramp(-4 + 2 * t, -6 + 3 * t, -10 + 6 * t), 3);
    }
    const [chart] = kinds.find(({ name }) => name === 'trajectory')?.charts?.(asItem(item), got) ?? [];
    expect(chart?.title).toBe('HU along the needle');
    expect(chart?.markers?.map(({ label }) => label)).toEqual(['Entry', 'Target', 'Tip']);
    expect(chart?.markers?.[1]?.at).toBeCloseTo(21, 9);
    expect(chart?.places?.[42]?.map((one) => Math.round(one * 1e6) / 1e6)).toEqual([2, 3, 8]);
  });

  it('stop where the scan ends: nothing is read outside, never 0', async () => {
    const got = itemIn(await measure({ t: needle([-40, 0, 0], [0, 0, 0]) }, source), 't');
    const { value = [] } = profileIn(got).columns;
    expect(value.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => null));
    expect(value[16]).toBeCloseTo(ramp(-32, 0, 0), 3);
    expect(got.notes).toContainEqual({
      code: 'leaves-picture',
      key: 'profile',
      message: 'Part of the needle lies outside the scan; there are no values there.',
    });
  });

  it('are not there outside the scan, without a length, in a series that is no volume; each with its reason', async () => {
    const why = async (item: ReturnType<typeof needle>, from: PixelSource = source): Promise<string> => {
      const got = itemIn(await measure({ t: item }, from), 't');
      expect(got.results).not.toHaveProperty('profile');
      expect(got.results).toHaveProperty('depth');
      return codes({ ...got, notes: got.notes.filter(({ key }) => key === 'profile') }).join();
    };
    expect(await why(needle([500, 0, 0], [400, 0, 0]))).toBe('outside');
    expect(await why(needle([1, 1, 1], [1, 1, 1]))).toBe('no-path');
    expect(await why(needle([0, 0, 0], [0, 9000, 0]))).toBe('too-long');
    expect(await why(needle([0, 0, 0], [0, 9, 0]), sourceOf())).toBe('no-pixels');
    const uneven = sourceOf({ series: { volume: null, why: ['uneven-spacing'], slices: [] } });
    expect(await why(needle([0, 0, 0], [0, 9, 0]), uneven)).toBe('no-volume');
  });

  it('are waited for by no number: all numbers are told before a pixel is asked for', async () => {
    const told: Evaluation[] = [];
    const waiting: PixelSource = {
      ...source,
      volume: async () => {
        expect(told).toHaveLength(1);
        return ok({ geometry: box, data, unit: 'HU' });
      },
    };
    const records = { t: needle([0, 0, 0], [0, 9, 0]) };
    const all = await evaluate(planOf(records), waiting, { program: 'test', numbers: (early) => told.push(early) });
    expect(told[0]?.items[0]?.results).toMatchObject({ depth: { value: 9 } });
    expect(told[0]?.items[0]?.results).not.toHaveProperty('profile');
    expect(all.items[0]?.results).toHaveProperty('profile');
  });
});

function asItem(json: unknown) {
  const kind = kinds.find(({ name }) => name === 'trajectory');
  if (kind === undefined) throw new Error('no needle');
  return kind.parse(json);
}
