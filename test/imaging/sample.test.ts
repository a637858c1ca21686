import { describe, expect, it } from 'vitest';
import { ellipsoidStatistics, nearestVoxel, sampleFrame, sampleVolume } from '../../src/imaging/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { voxelToPatient } from '../../src/geometry/index.ts';
import type { LpsMm, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';

const tilt = Math.PI / 10;
const sheared: VolumeGeometry = {
  dimensions: [20, 24, 16],
  spacing: [0.8, 0.6, 2],
  origin: [-8, -12, -16],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, Math.sin(tilt), Math.cos(tilt)],
  ],
  correction: 'gantry-tilt',
};
const plane = ([x, y, z]: LpsMm): number => 3 * x - 2 * y + 0.5 * z + 7;
function volumeOf(geometry: VolumeGeometry, value: (p: LpsMm) => number): Volume {
  const [nx, ny, nz] = geometry.dimensions;
  const data = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k += 1)
    for (let j = 0; j < ny; j += 1)
      for (let i = 0; i < nx; i += 1) data[i + nx * (j + ny * k)] = value(voxelToPatient(geometry, [i, j, k]));
  return { geometry, data, unit: 'HU' };
}

describe('the value at a point', () => {
  const volume = volumeOf(sheared, plane);
  it('is exact between voxels of a tilted stack when the values lie on a plane', () => {
    for (const index of [
      [3.3, 4.7, 5.1],
      [0, 0, 0],
      [19, 23, 15],
      [18.999, 0.2, 14.5],
    ] satisfies Vec3[]) {
      const p = voxelToPatient(sheared, index);
      expect(sampleVolume(volume, p)).toBeCloseTo(plane(p), 4);
    }
  });

  it('is nothing outside: not 0, and not the value at the edge', () => {
    for (const index of [
      [-0.01, 4, 4],
      [19.01, 4, 4],
      [4, -0.5, 4],
      [4, 4, 15.2],
      [NaN, 0, 0],
    ] satisfies Vec3[])
      expect(sampleVolume(volume, voxelToPatient(sheared, index))).toBeUndefined();
  });

  it('is the voxel that holds the point when asked for the nearest, up to half a voxel beyond the last centre', () => {
    expect(nearestVoxel(volume, voxelToPatient(sheared, [2.4, 3.6, 1.2]))?.index).toEqual([2, 4, 1]);
    expect(nearestVoxel(volume, voxelToPatient(sheared, [-0.4, 0, 15.4]))?.index).toEqual([0, 0, 15]);
    expect(nearestVoxel(volume, voxelToPatient(sheared, [-0.6, 0, 0]))).toBeUndefined();
  });

  it('is bilinear in an image, one value a sample in colour', () => {
    const grey = { rows: 2, columns: 2, samplesPerPixel: 1, data: new Int16Array([0, 10, 20, 30]), unit: '1' } as const;
    expect(sampleFrame(grey, [0.25, 0.5])).toEqual([12.5]);
    expect(sampleFrame(grey, [1, 1])).toEqual([30]);
    expect(sampleFrame(grey, [1.1, 1])).toBeUndefined();
    const colour = { ...grey, columns: 1, samplesPerPixel: 3, data: new Uint8Array([0, 1, 2, 10, 11, 12]) } as const;
    expect(sampleFrame(colour, [0, 0.5])).toEqual([5, 6, 7]);
  });
});

describe('statistics inside an ellipsoid', () => {
  const e = {
    centre: [0, 0, 0],
    semiAxes: [4, 3, 5],
    axes: [
      [0.6, 0.8, 0],
      [-0.8, 0.6, 0],
      [0, 0, 1],
    ],
  } as const;
  it('count the voxels whose centre lies inside, as looking at every voxel does', () => {
    const volume = volumeOf(sheared, plane);
    const inside: number[] = [];
    for (let k = 0; k < 16; k += 1)
      for (let j = 0; j < 24; j += 1)
        for (let i = 0; i < 20; i += 1) {
          const [x, y, z] = voxelToPatient(sheared, [i, j, k]);
          const level = ((0.6 * x + 0.8 * y) / 4) ** 2 + ((-0.8 * x + 0.6 * y) / 3) ** 2 + (z / 5) ** 2;
          if (level <= 1) inside.push(volume.data[i + 20 * (j + 24 * k)] ?? NaN);
        }
    const mean = inside.reduce((a, b) => a + b, 0) / inside.length;
    const got = ellipsoidStatistics(volume, e);
    expect(got.count).toBe(inside.length);
    expect(got.mean).toBeCloseTo(mean, 9);
    expect(got.standardDeviation).toBeCloseTo(
      Math.sqrt(inside.reduce((a, b) => a + (b - mean) ** 2, 0) / inside.length),
      9,
    );
    expect(got.whole).toBe(true);
    expect(got.maximum).toBe(Math.max(...inside));
  });

  it('say when the shape leaves the volume or holds no voxel', () => {
    const volume = volumeOf(sheared, plane);
    expect(ellipsoidStatistics(volume, { ...e, centre: [8, 0, 0] }).whole).toBe(false);
    expect(ellipsoidStatistics(volume, { ...e, centre: [80, 0, 0] })).toMatchObject({ count: 0, mean: null });
  });
});
