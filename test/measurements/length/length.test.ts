import { describe, expect, it } from 'vitest';
import { codes, itemIn, itemOf, measure, onImage, scalar, sourceOf } from '../support.ts';

const inImage = {
  a: itemOf('length', {
    on: onImage,
    points: [
      [10, 10],
      [13, 14],
    ],
  }),
};

describe('length', () => {
  it('is the straight distance in the patient, in millimetres', async () => {
    const got = itemIn(
      await measure({
        a: itemOf('length', {
          points: [
            [0, 0, 0],
            [1, 2, 2],
          ],
        }),
      }),
      'a',
    );
    expect(got.computedBy).toEqual({ kindVersion: 1, program: 'test' });
    expect(got.results).toEqual({ length: { value: 3, unit: 'mm', uncertainty: null, basis: 'patient' } });
    expect(got.notes).toEqual([]);
  });

  it('is pixels without any millimetre on an uncalibrated angiogram, and says so', async () => {
    const got = itemIn(await measure(inImage), 'a');
    expect(scalar(got, 'length')).toEqual({ value: 5, unit: 'px', uncertainty: null, basis: 'none' });
    expect(got.notes).toEqual([{ code: 'uncalibrated', message: 'Uncalibrated projection: pixels and ratios only.' }]);
  });

  it('stays in pixels at the detector and carries the millimetres as an estimate', async () => {
    const image = { pixelSpacing: { mm: [0.2, 0.2], basis: 'detector' } } as const;
    const got = itemIn(await measure(inImage, sourceOf({ image })), 'a');
    const length = scalar(got, 'length');
    expect(length).toMatchObject({ value: 5, unit: 'px', basis: 'detector' });
    expect(length.estimate).toMatchObject({ unit: 'mm', basis: 'detector' });
    expect(length.estimate?.value).toBeCloseTo(1, 12);
    expect(codes(got)).toContain('uncalibrated');
  });

  it('is millimetres on a calibrated image, with the two spacings in the right order', async () => {
    const image = { pixelSpacing: { mm: [0.5, 0.25], basis: 'calibrated' } } as const;
    const got = itemIn(await measure(inImage, sourceOf({ image })), 'a');
    expect(scalar(got, 'length').value).toBeCloseTo(Math.hypot(4 * 0.5, 3 * 0.25), 12);
    expect(scalar(got, 'length')).toMatchObject({ unit: 'mm', basis: 'calibrated' });
  });

  it('honours a pixel that is twice as high as it is wide', async () => {
    const got = itemIn(await measure(inImage, sourceOf({ image: { pixelAspectRatio: [2, 1] } })), 'a');
    expect(scalar(got, 'length').value).toBeCloseTo(Math.hypot(3, 8), 12);
  });

  it('names the bad field of an item that cannot be read', async () => {
    const { failed } = await measure({
      a: itemOf('length', {
        points: [
          [0, 0],
          [1, 2, 2],
        ],
      }),
    });
    expect(failed).toMatchObject([{ id: 'a', code: 'bad-item' }]);
    expect(failed[0]?.message).toContain('points[0]');
  });
});
