import { describe, expect, it } from 'vitest';
import type { Vec3, VolumeGeometry } from '../../../src/geometry/index.ts';
import { voxelToPatient } from '../../../src/geometry/index.ts';
import type { Volume } from '../../../src/imaging/index.ts';
import { kindOf } from '../../../src/measurements/index.ts';
import type { Draft, PixelSource } from '../../../src/measurements/index.ts';
import type { Frame } from '../../../src/pixels/index.ts';
import { ok } from '../../../src/quantity/index.ts';
import { box, codes, itemIn, itemOf, measure, numberOf, onImage, onPatient, scalar, sourceOf } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;
const read = async (fields: Fields, source?: PixelSource) =>
  itemIn(await measure({ it: itemOf('area', fields) }, source), 'it');

/** HU = 10 + 2x - 3y + 5z everywhere: linear, so that means are known. */
const ramp = (x: number, y: number, z: number): number => 10 + 2 * x - 3 * y + 5 * z;
const rampAt = ([x, y, z]: Vec3): number => ramp(x, y, z);
function rampIn(geometry: VolumeGeometry): Volume {
  const [nx, ny, nz] = geometry.dimensions;
  const data = new Float32Array(nx * ny * nz);
  for (let k = 0; k < nz; k += 1)
    for (let j = 0; j < ny; j += 1)
      for (let i = 0; i < nx; i += 1) data[i + nx * (j + ny * k)] = rampAt(voxelToPatient(geometry, [i, j, k]));
  return { geometry, data, unit: 'HU' };
}
const straight = sourceOf({ volume: rampIn(box) });
const frame: Frame = {
  rows: 20,
  columns: 30,
  samplesPerPixel: 1,
  unit: 'HU',
  data: Int16Array.from({ length: 600 }, (_, i) => (i % 30) + 100 * Math.floor(i / 30)),
};
const withFrame = (image: Parameters<typeof sourceOf>[0] = {}): PixelSource => ({
  ...sourceOf(image),
  frame: async () => ok(frame),
});

describe('area in the patient', () => {
  it('is the shoelace area of a polygon in any plane, and pi a b of an ellipse, within 1e-6', async () => {
    // An L of 3 x 3 less 2 x 2, turned out of all three planes.
    const u = [2 / 3, 1 / 3, 2 / 3] as const;
    const v = [-2 / 3, 2 / 3, 1 / 3] as const;
    const at = (a: number, b: number) => [0, 1, 2].map((i) => 5 + a * (u[i] ?? 0) + b * (v[i] ?? 0));
    const polygon = [at(0, 0), at(3, 0), at(3, 1), at(1, 1), at(1, 3), at(0, 3)];
    const got = scalar(await read({ polygon }), 'area');
    expect(got).toMatchObject({ unit: 'mm2', basis: 'patient', uncertainty: null });
    expect(got.value).toBeCloseTo(5, 9);
    const axes = [u.map((x) => 7 * x), v.map((x) => 4 * x)];
    expect(numberOf(await read({ ellipse: { centre: [1, 2, 3], axes } }), 'area')).toBeCloseTo(28 * Math.PI, 9);
  });

  it('has the mean of a linear ramp in a slice, over pixels whose centre lies inside', async () => {
    // Voxel centres lie at whole millimetres, slices every 1.5 mm from -36.
    const ellipse = { centre: [4, -6, 3], axes: [[7.3, 0, 0], [0, 5.4, 0]] }; // prettier-ignore
    const item = await read({ ellipse }, straight);
    expect(numberOf(item, 'mean')).toBeCloseTo(ramp(4, -6, 3), 6);
    expect(scalar(item, 'mean')).toMatchObject({ unit: 'HU', basis: null });
    let count = 0;
    for (let x = -10; x <= 10; x += 1)
      for (let y = -10; y <= 10; y += 1) if ((x / 7.3) ** 2 + (y / 5.4) ** 2 <= 1) count += 1;
    expect(numberOf(item, 'count')).toBe(count);
    expect(codes(item)).toEqual([]);
  });

  it('has the spread and the ends of a square of pixels', async () => {
    const polygon = [[-0.5, -0.5, 0], [2.5, -0.5, 0], [2.5, 1.5, 0], [-0.5, 1.5, 0]]; // prettier-ignore
    const item = await read({ polygon }, straight);
    expect(numberOf(item, 'count')).toBe(6);
    expect(numberOf(item, 'minimum')).toBeCloseTo(ramp(0, 1, 0), 4);
    expect(numberOf(item, 'maximum')).toBeCloseTo(ramp(2, 0, 0), 4);
    // x is 0, 1, 2 (variance 2/3), y is 0, 1 (variance 1/4).
    expect(numberOf(item, 'standardDeviation')).toBeCloseTo(Math.sqrt((4 * 2) / 3 + 9 / 4), 6);
  });

  it('reads the nearest slice when it lies between two, and says how far away that is', async () => {
    const ellipse = { centre: [0, 0, 0.6], axes: [[5, 0, 0], [0, 5, 0]] }; // prettier-ignore
    const item = await read({ ellipse }, straight);
    expect(numberOf(item, 'mean')).toBeCloseTo(ramp(0, 0, 0), 6);
    expect(item.notes).toMatchObject([
      { code: 'nearest-slice', key: 'mean', message: expect.stringContaining('0.6 mm') },
    ]);
  });

  it('interpolates in a plane that is no slice, and says so', async () => {
    const ellipse = { centre: [3, 2, 4.2], axes: [[0, 6, 0], [0, 0, 8]] }; // prettier-ignore
    const item = await read({ ellipse }, straight);
    expect(numberOf(item, 'mean')).toBeCloseTo(ramp(3, 2, 4.2), 4);
    expect(codes(item)).toEqual(['interpolated']);
    expect(Math.abs(numberOf(item, 'count') / (48 * Math.PI) - 1)).toBeLessThan(0.05);
  });

  it('finds the true place in a tilted stack, whose slices are shifted against each other', async () => {
    const t = (15 * Math.PI) / 180;
    const geometry: VolumeGeometry = {
      dimensions: [60, 60, 20],
      spacing: [1, 1, 4],
      origin: [-30, -30, -40],
      direction: [[1, 0, 0], [0, Math.cos(t), -Math.sin(t)], [0, 0, 1]],
      correction: 'gantry-tilt',
    }; // prettier-ignore
    const tilted = sourceOf({ series: { volume: geometry }, volume: rampIn(geometry) });
    const centre = voxelToPatient(geometry, [25, 33, 9]);
    const axes = [[6, 0, 0], [0, 6 * Math.cos(t), -6 * Math.sin(t)]]; // prettier-ignore
    const item = await read({ ellipse: { centre, axes } }, tilted);
    expect(numberOf(item, 'mean')).toBeCloseTo(rampAt(centre), 4);
    expect(codes(item)).toEqual(['gantry-tilt']);
    expect(numberOf(item, 'area')).toBeCloseTo(36 * Math.PI, 9);
    // Half a millimetre along the slices' normal: the same pixels.
    const [x, y, z] = centre;
    const off = await read({ ellipse: { centre: [x, y + 0.5 * Math.sin(t), z + 0.5 * Math.cos(t)], axes } }, tilted);
    expect(numberOf(off, 'mean')).toBeCloseTo(numberOf(item, 'mean'), 6);
  });

  it('reads the one picture it lies in where the series is no volume, and nothing between pictures', async () => {
    const slices = [0, 3, 9].map((z, i) => ({
      sopInstanceUID: `1.2.3.${i}`,
      frame: 1,
      origin: [-10, -5, z] as const,
      axes: [[1, 0, 0], [0, 1, 0]] as const,
      mm: [0.5, 2] as const,
    })); // prettier-ignore
    const asked: string[] = [];
    const gap: PixelSource = {
      ...sourceOf({ series: { volume: null, why: ['missing-slices'], slices } }),
      frame: async ({ sopInstanceUID }) => {
        asked.push(sopInstanceUID);
        return ok(frame);
      },
    };
    // Columns 2 mm and rows 0.5 mm apart from (-10, -5): columns 2 to 6, rows 4 to 8.
    const corners = (z: number) => [[-6, -3, z], [2, -3, z], [2, -1, z], [-6, -1, z]]; // prettier-ignore
    const item = await read({ polygon: corners(3) }, gap);
    expect(asked).toEqual(['1.2.3.1']);
    expect(numberOf(item, 'area')).toBeCloseTo(16, 9);
    expect(numberOf(item, 'count')).toBe(25);
    expect(numberOf(item, 'mean')).toBeCloseTo(604, 9);
    expect(codes(item)).toEqual(['no-volume']);
    const between = await read({ polygon: corners(6) }, gap);
    expect(scalar(between, 'mean').value).toBeNull();
    expect(between.notes).toContainEqual(expect.objectContaining({ code: 'no-volume', key: 'mean' }));
    expect(asked).toHaveLength(1);
  });

  it('has no values where corners stray from one plane, and tells the area of their projection', async () => {
    const polygon = [[0, 0, 0], [10, 0, 1], [10, 10, 0], [0, 10, 1]]; // prettier-ignore
    const item = await read({ polygon }, straight);
    expect(numberOf(item, 'area')).toBeCloseTo(100, 9);
    expect(scalar(item, 'mean').value).toBeNull();
    expect(item.notes).toContainEqual(expect.objectContaining({ code: 'not-planar', key: 'area' }));
  });

  it('has no area where the outline crosses itself', async () => {
    const polygon = [[0, 0, 0], [10, 10, 0], [10, 0, 0], [0, 10, 0]]; // prettier-ignore
    const item = await read({ polygon }, straight);
    expect(scalar(item, 'area').value).toBeNull();
    expect(item.notes).toContainEqual(expect.objectContaining({ code: 'crosses-itself', key: 'area' }));
  });

  it('says where it lies outside the scan, or partly, and where no pixel is inside', async () => {
    const ball = (x: number, z: number, r: number) => ({ ellipse: { centre: [x, 0.5, z], axes: [[r, 0, 0], [0, r, 0]] } }); // prettier-ignore
    expect(codes(await read(ball(0, 40, 5), straight))).toContain('outside');
    expect(codes(await read(ball(31, 0, 5), straight))).toEqual(['leaves-picture']);
    const tiny = await read(ball(0.5, 0, 0.3), straight);
    expect(numberOf(tiny, 'count')).toBe(0);
    expect(codes(tiny)).toContain('no-pixel-inside');
  });
});

describe('area in an image', () => {
  const corners = [[5, 5], [15, 5], [15, 9], [5, 9]]; // prettier-ignore
  it('is px2 without calibration, mm2 with, with both spacings', async () => {
    const plain = await read({ on: onImage, polygon: corners }, withFrame());
    expect(scalar(plain, 'area')).toMatchObject({ value: 40, unit: 'px2', basis: 'none' });
    const image = { pixelSpacing: { mm: [0.5, 1.25], basis: 'patient' } } as const;
    const known = scalar(await read({ on: onImage, polygon: corners }, withFrame({ image })), 'area');
    expect(known).toMatchObject({ unit: 'mm2', basis: 'patient' });
    expect(known.value).toBeCloseTo(25, 9);
    const detector = { pixelSpacing: { mm: [0.2, 0.2], basis: 'detector' } } as const;
    const estimated = scalar(await read({ on: onImage, polygon: corners }, withFrame({ image: detector })), 'area');
    expect(estimated).toMatchObject({ value: 40, unit: 'px2', estimate: { unit: 'mm2', basis: 'detector' } });
    expect(estimated.estimate?.value).toBeCloseTo(1.6, 9);
    const ellipse = { centre: [10, 10], axes: [[6, 0], [0, 3]] }; // prettier-ignore
    expect(numberOf(await read({ on: onImage, ellipse }, withFrame({ image })), 'area')).toBeCloseTo(
      Math.PI * 6 * 1.25 * 3 * 0.5,
      9,
    );
  });

  it('has the values of its own pixels, those on the line too', async () => {
    const item = await read({ on: onImage, polygon: corners }, withFrame());
    expect(numberOf(item, 'count')).toBe(55);
    expect(numberOf(item, 'mean')).toBeCloseTo(710, 9);
    expect(numberOf(item, 'minimum')).toBe(505);
    expect(numberOf(item, 'maximum')).toBe(915);
  });

  it('has no one value in colour', async () => {
    const colour: Frame = { ...frame, samplesPerPixel: 3, data: new Uint8Array(1800) };
    const item = await read({ on: onImage, polygon: corners }, { ...sourceOf(), frame: async () => ok(colour) });
    expect(scalar(item, 'mean').value).toBeNull();
    expect(codes(item)).toContain('colour');
    expect(numberOf(item, 'area')).toBe(40);
  });
});

describe('area by hand', () => {
  const kind = kindOf('area');
  const draft: Omit<Draft, 'points'> = { on: onPatient, others: {}, label: 'A', order: 1, side: null };

  it('makes the ellipse in the box of two corners, along the sides of the view', () => {
    const s = Math.SQRT1_2;
    expect(
      kind?.finish({ ...draft, view: { normal: [0, 1, 0], right: [1, 0, 0] }, points: [[0, 5, 0], [10, 5, -6]] }),
    ).toMatchObject({ ellipse: { centre: [5, 5, -3], axes: [[5, 0, 0], [0, 0, -3]] } }); // prettier-ignore
    const turned = kind?.finish({
      ...draft,
      view: { normal: [0, 0, 1], right: [s, s, 0] },
      points: [[0, 0, 0], [10 * s, 10 * s, 0]],
    }); // prettier-ignore
    // Both corners on one side of the box: no ellipse yet.
    expect(turned).toBeUndefined();
    expect(kind?.finish({ ...draft, on: onImage, points: [[2, 3], [12, 1]] })).toMatchObject({
      ellipse: { centre: [7, 2], axes: [[5, 0], [0, 1]] },
    }); // prettier-ignore
  });

  it('turns and stretches by the end of a half-axis, and keeps the other at right angles', () => {
    const item = kind?.parse(itemOf('area', { on: onImage, ellipse: { centre: [10, 10], axes: [[6, 0], [0, 3]] } })); // prettier-ignore
    if (kind === undefined || item === undefined) throw new Error('no area');
    const turned = kind.parse(kind.moveHandle(item, 'a', [10, 18]));
    expect(turned).toMatchObject({ ellipse: { centre: [10, 10] } });
    const [a, b] = kind.handles(turned).slice(1);
    expect(a?.at).toEqual([10, 18]);
    expect(b?.at[0]).toBeCloseTo(7, 12);
    expect(b?.at[1]).toBeCloseTo(10, 12);
  });

  it('closes a polygon by Enter, or by a click on its first corner', () => {
    const way = kind?.otherTools?.[0];
    const points = [[0, 0, 0], [10, 0, 0], [10, 10, 0]] as const; // prettier-ignore
    expect(way?.finish({ ...draft, points })).toBeUndefined();
    expect(way?.finish({ ...draft, points }, true)).toMatchObject({ polygon: points });
    expect(way?.finish({ ...draft, points: [...points, [0, 10, 0]] })).toBeUndefined();
    expect(way?.finish({ ...draft, points: [...points, [0.3, 0.2, 0]] })).toMatchObject({ polygon: points });
  });

  it('refuses a half-axis without length and both shapes at once, naming the field', async () => {
    const flat = { ellipse: { centre: [0, 0, 0], axes: [[1, 0, 0], [2, 0, 0]] } }; // prettier-ignore
    const both = { polygon: [[0, 0, 0], [1, 0, 0], [0, 1, 0]], ellipse: { centre: [0, 0, 0], axes: [[1, 0, 0], [0, 2, 0]] } }; // prettier-ignore
    for (const [fields, path] of [[flat, 'ellipse.axes'], [both, 'polygon']] as const) {
      const { failed } = await measure({ it: itemOf('area', fields) });
      expect(failed).toMatchObject([{ code: 'bad-item', message: expect.stringContaining(path) }]);
    } // prettier-ignore
  });
});
