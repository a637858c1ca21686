import { describe, expect, it } from 'vitest';
import type { LpsMm, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import { along, dot, normalize, patientToVoxel, voxelToPatient } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { throughSlab } from '../../src/imaging/index.ts';

const tilt = (15 * Math.PI) / 180;
const ordinary: VolumeGeometry = {
  dimensions: [32, 28, 24],
  spacing: [1, 1, 2],
  origin: [-10, -20, 300],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  correction: null,
};
/** Gantry tilted by 15 degrees, pixels twice as high as wide. */
const sheared: VolumeGeometry = {
  ...ordinary,
  spacing: [0.6, 1.2, 1.5],
  direction: [
    [1, 0, 0],
    [0, Math.cos(tilt), Math.sin(tilt)],
    [0, 0, 1],
  ],
  correction: 'gantry-tilt',
};
const both: readonly (readonly [string, VolumeGeometry])[] = [
  ['an ordinary scan', ordinary],
  ['a tilted scan with pixels twice as high as wide', sheared],
];

function volumeOf(geometry: VolumeGeometry, value: (p: LpsMm, i: Vec3) => number): Volume {
  const [nx, ny, nz] = geometry.dimensions;
  const data = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k += 1)
    for (let j = 0; j < ny; j += 1)
      for (let i = 0; i < nx; i += 1)
        data[i + nx * (j + ny * k)] = value(voxelToPatient(geometry, [i, j, k]), [i, j, k]);
  return { geometry, data, unit: 'HU' };
}

describe('what a slab shows', () => {
  for (const [title, geometry] of both) {
    const middle = voxelToPatient(geometry, [15, 13, 11]);
    it(`the mean of a linear course is its value on the middle plane, whatever the direction: ${title}`, () => {
      const slope: Vec3 = [3, -2, 0.5];
      const ramp = volumeOf(geometry, (p) => 100 + dot(slope, p));
      for (const normal of [[0, 0, 1], [0, 1, 0], normalize([1, 2, -1])] as const) {
        const shown = throughSlab(ramp, middle, normal, { mode: 'mean', mm: 6 });
        expect(Math.abs((shown?.value ?? NaN) - (100 + dot(slope, middle)))).toBeLessThan(1e-3);
        expect(shown?.depthMm).toBe(0);
        // The ends of the slab, by closed form.
        const rise = 3 * Math.abs(dot(slope, normal));
        const brightest = throughSlab(ramp, middle, normal, { mode: 'mip', mm: 6 });
        expect(Math.abs((brightest?.value ?? NaN) - (100 + dot(slope, middle) + rise))).toBeLessThan(1e-3);
        const darkest = throughSlab(ramp, middle, normal, { mode: 'minip', mm: 6 });
        expect(Math.abs((darkest?.value ?? NaN) - (100 + dot(slope, middle) - rise))).toBeLessThan(1e-3);
      }
    });
    it(`a bright voxel off the plane is seen in the MIP with its value and its depth within a sixteenth of a voxel: ${title}`, () => {
      const bright = volumeOf(geometry, (_p, [i, j, k]) => (i === 15 && j === 13 && k === 13 ? 700 : 40));
      const at = voxelToPatient(geometry, [15, 13, 13]);
      for (const normal of [[0, 0, 1], normalize([0.2, 0.3, 1])] as const) {
        const onPlane = along(at, normal, -2.5);
        const shown = throughSlab(bright, onPlane, normal, { mode: 'mip', mm: 10 });
        const step = Math.min(...geometry.spacing) / 8;
        expect(Math.abs((shown?.depthMm ?? NaN) - 2.5)).toBeLessThanOrEqual(step / 2 + 1e-9);
        expect(shown?.value).toBeGreaterThan(40 + 660 * (1 - step));
        expect(throughSlab(bright, onPlane, normal, { mode: 'mip', mm: 0.5 })?.value).toBeCloseTo(40, 9);
        const dark: Volume = { ...bright, data: Float32Array.from(bright.data, (value) => -value) };
        expect(throughSlab(dark, onPlane, normal, { mode: 'minip', mm: 10 })?.depthMm).toBe(shown?.depthMm);
      }
    });
  }
  it('gives the middle of a thick rod of one value, the stretch nearest to the plane where there are two', () => {
    const rods = volumeOf(ordinary, (_p, [, , k]) => ((k >= 12 && k <= 14) || k === 8 ? 500 : 0));
    const at = voxelToPatient(ordinary, [15, 13, 11]);
    expect(throughSlab(rods, at, [0, 0, 1], { mode: 'mip', mm: 20 })?.depthMm).toBeCloseTo(4, 9);
    expect(throughSlab(rods, along(at, [0, 0, 1], -4), [0, 0, 1], { mode: 'mip', mm: 30 })?.depthMm).toBeCloseTo(-2, 9);
  });
  it('counts only what lies in the scan, and is nothing beside it', () => {
    const ramp = volumeOf(ordinary, ([, , z]) => z);
    const first = voxelToPatient(ordinary, [15, 13, 0]);
    expect(patientToVoxel(ordinary, first)[2]).toBe(0);
    // Half of the slab lies outside: the mean of the inner half, 300 to 305.
    expect(throughSlab(ramp, first, [0, 0, 1], { mode: 'mean', mm: 10 })?.value).toBeCloseTo(302.5, 1);
    expect(throughSlab(ramp, [500, 0, 300], [0, 0, 1], { mode: 'mip', mm: 10 })).toBeUndefined();
  });
});
