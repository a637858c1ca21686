import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import { codes, box, itemIn, itemOf, measure, numberOf, onPatient, scalar, sourceOf } from '../support.ts';
import { voxelToPatient } from '../../../src/geometry/index.ts';

const upright = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const body = (semiAxes: readonly number[], axes: unknown = upright) => ({
  r: itemOf('region', { ellipsoid: { centre: [0, 0, 0], semiAxes, axes } }),
});
const [nx, ny, nz] = box.dimensions;
const data = new Float32Array(nx * ny * nz);
for (let k = 0; k < nz; k += 1)
  for (let j = 0; j < ny; j += 1)
    for (let i = 0; i < nx; i += 1) data[i + nx * (j + ny * k)] = 40 + 2 * voxelToPatient(box, [i, j, k])[0];
const volume = { geometry: box, data, unit: 'HU' };

describe('region', () => {
  it('has the volume and diameters of its ellipsoid', async () => {
    const got = itemIn(await measure(body([10, 6, 4])), 'r');
    expect(numberOf(got, 'volume')).toBeCloseTo(((4 / 3) * Math.PI * 240) / 1000, 9);
    expect(scalar(got, 'volume')).toMatchObject({ unit: 'mL', basis: 'patient' });
    expect(numberOf(got, 'longestDiameter3d')).toBe(20);
    expect(numberOf(got, 'shortAxis3d')).toBe(12);
    expect(numberOf(got, 'axialLongest')).toBeCloseTo(20, 9);
    expect(numberOf(got, 'axialShort')).toBeCloseTo(12, 9);
  });

  it('tells the axial diameter from the longest in space when the body stands obliquely', async () => {
    // Longest axis along the body, second tilted by 30 degrees out of the axial plane.
    const [c, s] = [Math.cos(Math.PI / 6), 0.5];
    const got = itemIn(
      await measure(
        body(
          [4, 6, 12],
          [
            [1, 0, 0],
            [0, c, s],
            [0, -s, c],
          ],
        ),
      ),
      'r',
    );
    expect(numberOf(got, 'longestDiameter3d')).toBe(24);
    // The cut along y: 1 / sqrt(c^2 / 36 + s^2 / 144).
    expect(numberOf(got, 'axialLongest')).toBeCloseTo(2 / Math.sqrt((c * c) / 36 + (s * s) / 144), 9);
    expect(numberOf(got, 'axialShort')).toBeCloseTo(8, 9);
  });

  it('reads mean and spread inside from the pixels, and says when there are none', async () => {
    const got = itemIn(await measure(body([8, 8, 8]), sourceOf({ volume })), 'r');
    // A gradient across the voxels' own middle: 40 + 2 x, half a voxel of offset at most.
    expect(Math.abs(numberOf(got, 'mean') - 40)).toBeLessThan(0.01);
    expect(scalar(got, 'mean').unit).toBe('HU');
    // In a ball the spread of x is r / sqrt(5).
    expect(Math.abs(numberOf(got, 'standardDeviation') - (2 * 8) / Math.sqrt(5))).toBeLessThan(0.15);
    const without = itemIn(await measure(body([8, 8, 8])), 'r');
    expect(scalar(without, 'mean').value).toBeNull();
    // And that a ball stands on one diameter.
    expect(without.notes.map(({ key }) => key)).toEqual(['volume', 'mean', 'standardDeviation']);
    expect(without.notes[0]?.message).toContain('A ball from one diameter');
  });

  it('says when it reaches beyond the scan', async () => {
    expect(codes(itemIn(await measure(body([60, 8, 8]), sourceOf({ volume })), 'r'))).toContain('leaves-volume');
  });

  it('refuses axes that are not at right angles, and a mask for now', async () => {
    const skew = await measure(
      body(
        [1, 2, 3],
        [
          [1, 0, 0],
          [0.001, 1, 0],
          [0, 0, 1],
        ],
      ),
    );
    expect(skew.failed).toMatchObject([{ code: 'bad-item' }]);
    expect(skew.failed[0]?.message).toContain('ellipsoid.axes');
    const mask = await measure({ r: itemOf('region', { mask: 'm' }), m: { type: 'mask' } });
    expect(mask.failed).toMatchObject([
      { id: 'r', code: 'mask-missing' },
      { id: 'm', code: 'not-supported' },
    ]);
  });

  it('is placed as a sphere on the longest diameter and pulled into an ellipsoid by its handles', () => {
    const kind = kindOf('region');
    const draft = { on: onPatient, others: {}, label: 'R', order: 1, side: null, view: { normal: [0, 0, 1] } } as const;
    const made = kind?.finish({
      ...draft,
      points: [
        [-5, 0, 0],
        [5, 0, 0],
      ],
    });
    if (kind === undefined || made === undefined) throw new Error('not placed');
    expect(made).toMatchObject({ ellipsoid: { centre: [0, 0, 0], semiAxes: [5, 5, 5] } });
    const [, , b] = kind.handles(made);
    expect(b?.at).toEqual([0, 5, 0]);
    const pulled = kind.moveHandle(made, 'b', [0, 9, 0]);
    expect(pulled).toMatchObject({ ellipsoid: { semiAxes: [5, 9, 5] } });
    expect(kind.handles(kind.moveHandle(pulled, 'a', [0, 0, 7]))[1]?.at).toEqual([0, 0, 7]);
    // Turned, it is still a body with axes at right angles.
    expect(() => kind.parse(kind.moveHandle(pulled, 'c', [3, -4, 6]))).not.toThrow();
  });
});
