import { expect, it } from 'vitest';
import type { Vec3 } from '../../../src/geometry/index.ts';
import { distance, voxelToPatient } from '../../../src/geometry/index.ts';
import { hostPixelSource, loadVolume, nodeCodecs, scanPaths } from '../../../src/host/index.ts';
import { sampleVolume } from '../../../src/imaging/index.ts';
import { shared, sharedPath } from '../../support/shared.ts';
import { itemIn, itemOf, measure, numberOf } from '../support.ts';
import { centrelineOf } from './read.ts';

it.skipIf(!shared)(
  'follows a carotid of a T1 series from two clicks, bright at every mm, alike from two pairs',
  async () => {
    const { series } = await scanPaths([sharedPath('data/mr-t1-192')]);
    const [first] = series;
    if (first === undefined || first.volume === null) throw new Error('no volume');
    const { volume, frameOfReferenceUID, seriesInstanceUID, part } = first;
    const on = { in: 'patient', frameOfReferenceUID, seriesInstanceUID, part };
    const follow = async (a: Vec3, b: Vec3) => {
      const path = [voxelToPatient(volume, a), voxelToPatient(volume, b)];
      return itemIn(await measure({ v: itemOf('vessel', { on, path }) }, hostPixelSource(series, nodeCodecs())), 'v');
    };
    // Seen in the pictures: the right internal carotid low in the neck and where its canal runs forward.
    const one = await follow([87, 190, 2], [104, 180, 68]);
    const other = await follow([88, 191, 2], [103, 180, 68.5]);
    expect(numberOf(one, 'vesselLength')).toBeGreaterThanOrEqual(50);
    expect(one.results['diameterStenosis']).toBeUndefined();
    const values = await loadVolume(first, nodeCodecs());
    for (const point of centrelineOf(one)) expect(sampleVolume(values, point)).toBeGreaterThan(90);
    for (const point of centrelineOf(one))
      expect(Math.min(...centrelineOf(other).map((each) => distance(each, point)))).toBeLessThanOrEqual(1);
  },
);
