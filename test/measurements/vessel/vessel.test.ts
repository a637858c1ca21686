import { beforeAll, describe, expect, it } from 'vitest';
import type { EvaluatedItem } from '../../../src/measurements/index.ts';
import { makeVessel } from '../../support/vesselPhantom.ts';
import type { MadeVessel } from '../../support/vesselPhantom.ts';
import { itemOf, measure, numberOf, sourceOf } from '../support.ts';
import { centrelineOf, readVessel } from './read.ts';

const round = { diameterMm: 5.5, stenosis: 60, eccentric: false } as const;

describe('vessel', () => {
  let made: MadeVessel;
  let item: EvaluatedItem;
  beforeAll(async () => {
    made = makeVessel(round);
    item = await readVessel(made);
  });

  it('follows a curved 5.5 mm vessel: 56 mm within 0.5 mm, on average within 0.3 mm of its axis, never beyond 1 mm', () => {
    expect(Math.abs(numberOf(item, 'vesselLength') - made.lengthMm)).toBeLessThanOrEqual(0.5);
    const off = centrelineOf(item).map((p) => made.offAxisMm(p));
    expect(off.reduce((sum, each) => sum + each, 0) / off.length).toBeLessThanOrEqual(0.3);
    expect(Math.max(...off)).toBeLessThanOrEqual(1);
  });

  it('reads its 60 % narrowing: reference 0.25 mm, minimum 0.4 mm, diameter 5 and area 6 points, length 2 mm', () => {
    expect(Math.abs(numberOf(item, 'referenceDiameter') - made.referenceMm)).toBeLessThanOrEqual(0.25);
    expect(Math.abs(numberOf(item, 'minimumLumenDiameter') - made.minimumMm)).toBeLessThanOrEqual(0.4);
    expect(Math.abs(numberOf(item, 'diameterStenosis') - 60)).toBeLessThanOrEqual(5);
    expect(Math.abs(numberOf(item, 'areaStenosis') - 84)).toBeLessThanOrEqual(6);
    expect(Math.abs(numberOf(item, 'lesionLength') - made.lesionMm)).toBeLessThanOrEqual(2);
  });

  it('reads an eccentric narrowing in a series tilted by 20 degrees within 3 points of the upright one', async () => {
    const upright = await readVessel(makeVessel({ ...round, eccentric: true }));
    const tilted = await readVessel(makeVessel({ ...round, eccentric: true, tiltDeg: 20 }));
    expect(Math.abs(numberOf(upright, 'diameterStenosis') - 60)).toBeLessThanOrEqual(5);
    expect(Math.abs(numberOf(tilted, 'diameterStenosis') - numberOf(upright, 'diameterStenosis'))).toBeLessThanOrEqual(
      3,
    );
  });

  it('gives the same bits again, and the same numbers where the patient lies elsewhere', async () => {
    expect((await readVessel(made)).results).toEqual(item.results);
    const moved = await readVessel(makeVessel({ ...round, shift: [-120, 64, 512] }));
    for (const key of ['vesselLength', 'referenceDiameter', 'minimumLumenDiameter', 'diameterStenosis', 'lesionLength'])
      expect(Math.abs(numberOf(moved, key) - numberOf(item, key)), key).toBeLessThan(1e-6);
  });

  it('says NASCET of a carotid with its distance, and gives no percentage of a near-occlusion', async () => {
    const carotid = await readVessel(made, { territory: 'carotid', nearOcclusion: true });
    const said = carotid.notes.map(({ message }) => message).join(' ');
    expect(said).toMatch(/Method: NASCET, distal reference at \d+\.\d mm\./u);
    expect(said).toContain('Reference beyond a tight stenosis may be collapsed: device may be undersized.');
    expect(said).toContain('Near-occlusion: percentage not valid.');
    expect(carotid.results['diameterStenosis']).toMatchObject({ value: null });
  });

  it('follows a path only in MR that is no angiography, and offers no stenosis there', async () => {
    const path = await readVessel(made, {}, { modality: 'MR' });
    expect(Object.keys(path.results).toSorted()).toEqual(['centreline', 'vesselLength']);
    expect(path.notes.map(({ code }) => code)).toEqual(expect.arrayContaining(['path-only', 'mr']));
  });

  it('refuses a plain CT with a sentence', async () => {
    const { volume } = made;
    const plain = { ...volume, data: Float32Array.from(volume.data, (value) => value / 5) };
    const source = sourceOf({ volume: plain, series: { volume: plain.geometry } });
    const { failed } = await measure({ v: itemOf('vessel', { path: [made.start, made.end] }) }, source);
    expect(failed[0]).toMatchObject({ code: 'no-contrast' });
    expect(failed[0]?.message).toContain('plain CT');
  });
});
