import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { shared, sharedPath } from '../support/shared.ts';
import { scanDocument } from '../../src/export/index.ts';
import { scanPaths } from '../../src/host/index.ts';
import { json, seldinger } from './terminal.ts';

const trouble = (name: string): string => path.join(sharedPath('data/trouble'), name);

async function at(name: string, point: readonly number[], ...more: string[]): Promise<unknown> {
  const { series } = scanDocument((await scanPaths([trouble(name)])).series, []);
  const uid = series[0]?.seriesInstanceUID ?? '';
  return json(
    await seldinger(['probe', '--data', trouble(name), '--series', uid, '--at', point.join(','), ...more, '--json']),
  );
}

describe('probe on troublesome series (numbers of EXPECT.md)', () => {
  const cases: readonly (readonly [string, readonly number[], number, number])[] = [
    ['G01_ct_names_and_thickness_lie', [0, 0, -40], -320, 1],
    ['G01_ct_names_and_thickness_lie', [0, 0, -12.5], -100, 1],
    ['G01_ct_names_and_thickness_lie', [9, -6, -20], -118, 1],
    ['G03_ct_two_spacings_in_one_series', [0, 0, 18], 280, 1],
    ['G04_ct_gantry_tilt_15', [0, 0, 16], 96, 2],
    ['G04_ct_gantry_tilt_15', [10, -10, 20], 100, 2],
    ['G04_ct_gantry_tilt_15', [-16, 8, 8], 56, 2],
    ['G05_ct_localizer_inside_series', [0, 0, -2], 22, 1],
    ['G12_enhanced_ct_frames_shuffled', [0, 0, 100], -100, 1],
    ['G12_enhanced_ct_frames_shuffled', [8, -8, 90], -46, 1],
    ['G12_enhanced_ct_frames_shuffled', [-8, 16, 84], -92, 1],
  ];
  it.skipIf(!shared).each(cases)('%s at %j reads %d HU', async (name, point, value, limit) => {
    const answer = await at(name, point);
    const { value: read, unit } = z.looseObject({ value: z.number(), unit: z.string() }).parse(answer);
    expect(unit).toBe('HU');
    expect(Math.abs(read - value)).toBeLessThanOrEqual(limit);
  });

  it.skipIf(!shared)('asks which phase is meant, and reads each', async () => {
    const name = 'G06_ct_three_phases_one_series';
    expect(await at(name, [-5, -5, 0])).toMatchObject({ error: { code: 'ambiguous-part' } });
    const { series } = scanDocument((await scanPaths([trouble(name)])).series, []);
    const values: unknown[] = [];
    for (const { part } of series) values.push(await at(name, [-5, -5, 0], '--part', part ?? ''));
    expect(values).toMatchObject([{ value: 50 }, { value: 310 }, { value: 175 }]);
  });

  it.skipIf(!shared)('gives no value between slices of which one is missing', async () => {
    expect(await at('G02_ct_one_slice_missing', [0, 0, 21])).toMatchObject({ error: { code: 'no-volume' } });
  });

  it.skipIf(!shared)('reads a pixel of colour as three numbers without a unit', async () => {
    const name = 'G13_us_three_regions';
    const { series } = scanDocument((await scanPaths([trouble(name)])).series, []);
    const uid = series[0]?.seriesInstanceUID ?? '';
    const said = await seldinger(['probe', '--data', trouble(name), '--series', uid, '--pixel', '10,30', '--json']);
    const three = [expect.any(Number), expect.any(Number), expect.any(Number)];
    expect(json(said)).toEqual({ value: three, stored: three, unit: '1', interpolation: 'none' });
  });
});
