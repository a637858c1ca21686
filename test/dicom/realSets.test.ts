import { expect, it, describe } from 'vitest';
import { seriesBelow } from '../support/dicomFiles.ts';
import { shared, sharedPath } from '../support/shared.ts';

describe.skipIf(!shared)('the real sets', () => {
  it('ct-head-141 is a volume of 140 slices 1 mm apart, and its DIRFILE is no image', () => {
    const series = seriesBelow(sharedPath('data/ct-head-141'));
    expect(series).toHaveLength(1);
    expect(series[0]?.volume?.dimensions).toEqual([512, 512, 140]);
    expect(series[0]?.volume?.spacing[2]).toBeCloseTo(1, 9);
  });
  it('ct-tilt-uneven-28 is refused, with the tilt and the unevenness both named', () => {
    const [series] = seriesBelow(sharedPath('data/ct-tilt-uneven-28'));
    expect(series?.volume).toBeNull();
    expect(series?.why).toEqual(['uneven-spacing']);
    expect(series?.notes.find(({ code }) => code === 'gantry-tilt')?.message).toContain('18.5 degrees');
  });
  it('mr-t1-192 is an oblique volume of 192 slices', () => {
    const [series] = seriesBelow(sharedPath('data/mr-t1-192'));
    expect(series?.volume?.dimensions).toEqual([274, 384, 192]);
    expect(series?.volume?.spacing[2]).toBeCloseTo(2 / 3, 6);
  });
  it('xa-cine-96 has 96 frames, a rate and no millimetres', () => {
    const [series] = seriesBelow(sharedPath('data/xa-cine-96'));
    expect(series?.frames).toHaveLength(96);
    expect(series?.pixelSpacing).toBeNull();
    expect(series?.frameRate).toBeCloseTo(1000 / 33, 6);
  });
  it('the enhanced MR of 4 times x 6 slices are four volumes', () => {
    const series = seriesBelow(sharedPath('data/real/mr-enhanced')).filter(({ frames }) => frames.length === 6);
    expect(series.map(({ volume }) => volume?.dimensions[2])).toEqual([6, 6, 6, 6]);
  });
});
