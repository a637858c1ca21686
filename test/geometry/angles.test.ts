import { describe, expect, it } from 'vitest';
import {
  angleAt,
  angleBetween,
  axialAngleDeg,
  craniocaudalAngleDeg,
  patientToVoxel,
  planeBasis,
  cross,
  tableAngleDeg,
  voxelToPatient,
  voxelVolumeMm3,
} from '../../src/geometry/index.ts';
import type { VolumeGeometry } from '../../src/geometry/index.ts';

describe('angles', () => {
  it('are exact where acos is not', () => {
    expect(angleBetween([1, 0, 0], [1, 1e-9, 0])).toBeCloseTo((1e-9 * 180) / Math.PI, 18);
    expect(angleAt([1, 0, 0], [0, 0, 0], [0, 2, 0])).toBeCloseTo(90, 12);
    expect(angleBetween([0, 0, 0], [1, 0, 0])).toBeUndefined();
  });

  it('read 0 straight down, positive to the patient left and toward the head', () => {
    expect(axialAngleDeg([0, 1, 0])).toBe(0);
    expect(axialAngleDeg([1, 1, 0])).toBeCloseTo(45, 12);
    expect(craniocaudalAngleDeg([0, 1, 1])).toBeCloseTo(45, 12);
    expect(axialAngleDeg([0, 0, 1])).toBeUndefined();
  });

  it('read 0 straight down on the table in all four positions, positive to the right of someone at the feet', () => {
    for (const down of [
      [0, 1, 0],
      [0, -1, 0],
      [-1, 0, 0],
      [1, 0, 0],
    ] as const) {
      expect(tableAngleDeg(down, down)).toBe(0);
      const right = cross(down, [0, 0, 1]);
      expect(tableAngleDeg(right, down)).toBeCloseTo(90, 12);
    }
    // Supine the right hand of someone at the feet is the patient's left; prone the patient's right.
    expect(tableAngleDeg([1, 1, 0], [0, 1, 0])).toBeCloseTo(45, 12);
    expect(tableAngleDeg([-1, -1, 0], [0, -1, 0])).toBeCloseTo(45, 12);
    expect(tableAngleDeg([0, 0, 1], [0, 1, 0])).toBeUndefined();
  });
});

describe('geometry of a volume', () => {
  it('goes to the patient and back in a sheared stack, whose voxel is the determinant', () => {
    const tilt = Math.PI / 12;
    const g: VolumeGeometry = {
      dimensions: [10, 10, 10],
      spacing: [0.5, 0.7, 2.5],
      origin: [1, 2, 3],
      direction: [
        [1, 0, 0],
        [0, 1, 0],
        [0, Math.sin(tilt), Math.cos(tilt)],
      ],
      correction: 'gantry-tilt',
    };
    const back = patientToVoxel(g, voxelToPatient(g, [1.5, 2.25, 7]));
    expect(back[0]).toBeCloseTo(1.5, 12);
    expect(back[1]).toBeCloseTo(2.25, 12);
    expect(back[2]).toBeCloseTo(7, 12);
    expect(voxelVolumeMm3(g)).toBeCloseTo(0.5 * 0.7 * 2.5 * Math.cos(tilt), 12);
  });

  it('spans a plane by two unit vectors at right angles', () => {
    const [u, v] = planeBasis([0, 0.6, 0.8]);
    expect(cross(u, v)).toEqual([expect.closeTo(0, 12), expect.closeTo(0.6, 12), expect.closeTo(0.8, 12)]);
  });
});
