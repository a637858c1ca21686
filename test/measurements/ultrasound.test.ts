import { describe, expect, it } from 'vitest';
import type { UltrasoundRegion } from '../../src/dicom/index.ts';
import { kindOf } from '../../src/measurements/index.ts';
import { itemIn, itemOf, measure, numberOf, onImage, scalar, sourceOf } from './support.ts';

// Two pictures side by side of different scale, a spectral strip below, an M-mode beside it: an invented image.
const region = (fields: Partial<UltrasoundRegion>): UltrasoundRegion => ({
  x0: 0,
  y0: 0,
  x1: 79,
  y1: 99,
  spatialFormat: 1,
  dataType: 1,
  unitsX: 3,
  unitsY: 3,
  deltaX: 0.02,
  deltaY: 0.02,
  ...fields,
});
const regions = [
  region({}),
  region({ x0: 80, x1: 159, deltaX: 0.05, deltaY: 0.04 }),
  region({ y0: 100, y1: 149, x1: 99, spatialFormat: 3, dataType: 3, unitsX: 4, unitsY: 7, deltaX: 0.01, deltaY: -0.5 }),
  region({ x0: 100, y0: 100, x1: 159, y1: 149, spatialFormat: 2, unitsX: 4, deltaX: 0.01, deltaY: 0.03 }),
];
const source = sourceOf({ image: { modality: 'US', regions } });
type Points = readonly (readonly [number, number])[];
const read = async (kind: string, fields: Readonly<Record<string, unknown>>, from = source) =>
  itemIn(await measure({ it: itemOf(kind, { on: onImage, ...fields }) }, from), 'it');
const lengthOf = (...points: Points) => read('length', { points });
/** How the number of a line is called. */
const titleOf = async (...points: Points) => {
  return (await rowsOf(...points))[0]?.label;
};
const rowsOf = async (...points: Points) => {
  const kind = kindOf('length');
  return kind?.rows(kind.parse(itemOf('length', { on: onImage, points })), await lengthOf(...points)) ?? [];
};

/** How the line itself is called. */
const calledOf = async (...points: Points) => kindOf('length')?.titleOf?.(await lengthOf(...points));

describe('ultrasound regions', () => {
  it('give each picture its own millimetres, across and down', async () => {
    const left = scalar(await lengthOf([10, 30], [40, 30]), 'length');
    expect(left).toMatchObject({ unit: 'mm', basis: 'region' });
    expect(left.value).toBeCloseTo(6, 9);
    expect(scalar(await lengthOf([90, 10], [120, 40]), 'length').value).toBeCloseTo(Math.hypot(15, 12), 9);
  });

  it('give seconds and centimetres a second along the axes of a spectrum, and one of each to a slanted line, which has no length', async () => {
    const across = scalar(await lengthOf([10, 120], [30, 120]), 'length');
    expect(across).toMatchObject({ unit: 's', basis: 'region' });
    expect(across.value).toBeCloseTo(0.2, 9);
    const down = scalar(await lengthOf([10, 110], [10, 130]), 'length');
    expect(down).toMatchObject({ unit: 'cm/s' });
    expect(down.value).toBeCloseTo(10, 9);
    expect(await titleOf([10, 120], [30, 120])).toBe('Time');
    expect(await titleOf([10, 110], [10, 130])).toBe('Velocity');
    expect(await titleOf([10, 30], [40, 30])).toBe('Length');
    const slanted = await lengthOf([10, 110], [30, 130]);
    expect(scalar(slanted, 'length').value).toBeNull();
    expect(slanted.notes).toMatchObject([{ key: 'length', code: 'slanted-in-region' }]);
    expect(slanted.notes[0]?.message).toContain('time (s) across and velocity (cm/s) down');
    // By the region: 20 columns of 10 ms, 20 rows of 0.5 cm/s.
    expect(numberOf(slanted, 'time')).toBeCloseTo(0.2, 9);
    expect(numberOf(slanted, 'velocity')).toBeCloseTo(10, 9);
    const named = (await rowsOf([10, 110], [15, 130])).map(({ label, main }) => [label, main === true]);
    expect(named).toEqual([['Time', true], ['Velocity', false]]); // prettier-ignore
    expect(await titleOf([10, 30], [10, 120])).toBe('Length');
    expect(await calledOf([10, 110], [30, 130])).toBe('Time and velocity');
    expect(await calledOf([10, 110], [10, 130])).toBe('Velocity');
    expect(await calledOf([10, 30], [40, 30])).toBe('Length');
  });

  it('give a depth in millimetres and a time in seconds in M-mode', async () => {
    expect(scalar(await lengthOf([120, 110], [120, 130]), 'length')).toMatchObject({ unit: 'mm', basis: 'region' });
    expect(numberOf(await lengthOf([120, 110], [120, 130]), 'length')).toBeCloseTo(6, 9);
    expect(scalar(await lengthOf([110, 120], [130, 120]), 'length')).toMatchObject({ unit: 's' });
    expect(await titleOf([120, 110], [120, 130])).toBe('Depth');
    expect(await titleOf([110, 120], [130, 120])).toBe('Time');
    const slanted = await lengthOf([110, 110], [130, 130]);
    expect(scalar(slanted, 'length').value).toBeNull();
    expect(numberOf(slanted, 'time')).toBeCloseTo(0.2, 9);
    expect(scalar(slanted, 'depth')).toMatchObject({ unit: 'mm', basis: 'region' });
    expect(numberOf(slanted, 'depth')).toBeCloseTo(6, 9);
    expect(await calledOf([110, 110], [130, 130])).toBe('Time and depth');
    expect((await rowsOf([110, 110], [130, 130])).map(({ label }) => label)).toEqual(['Time', 'Depth']);
  });

  it('give nothing to a line from one region into another, or through one', async () => {
    for (const line of [
      [[40, 30], [120, 30]],
      [[10, 90], [10, 110]],
      [[10, 90], [150, 200]],
    ] as const) {
      const item = await lengthOf(...line);
      expect(scalar(item, 'length')).toMatchObject({ value: null, basis: 'none' });
      expect(item.notes).toMatchObject([{ key: 'length', code: 'across-regions' }]);
    } // prettier-ignore
    const inset = region({ x0: 30, y0: 40, x1: 40, y1: 50, deltaX: 0.1, deltaY: 0.1 });
    const through = await read(
      'length',
      { points: [[20, 45], [60, 45]] },
      sourceOf({ image: { modality: 'US', regions: [...regions, inset] } }),
    ); // prettier-ignore
    expect(scalar(through, 'length').value).toBeNull();
  });

  it('count pixels outside all regions, and say so', async () => {
    const item = await lengthOf([10, 200], [13, 204]);
    expect(scalar(item, 'length')).toMatchObject({ value: 5, unit: 'px', basis: 'none' });
    expect(item.notes).toMatchObject([{ code: 'uncalibrated' }]);
  });

  it('let a line leave a colour box of the same scale within its picture', async () => {
    const box = region({ x0: 20, y0: 20, x1: 50, y1: 50, dataType: 2 });
    const grey = region({ flags: 1 });
    const item = await read(
      'length',
      { points: [[30, 30], [60, 30]] },
      sourceOf({ image: { modality: 'US', regions: [box, grey] } }),
    ); // prettier-ignore
    expect(numberOf(item, 'length')).toBeCloseTo(6, 9);
  });

  it('give area and angle by both scales of one picture, and none elsewhere', async () => {
    const box = (x: number, y: number) => [[x, y], [x + 20, y], [x + 20, y + 10], [x, y + 10]]; // prettier-ignore
    const area = scalar(await read('area', { polygon: box(90, 20) }), 'area');
    expect(area).toMatchObject({ unit: 'mm2', basis: 'region' });
    expect(area.value).toBeCloseTo(20 * 0.5 * 10 * 0.4, 9);
    expect(numberOf(await read('angle', { points: [[100, 30], [90, 30], [100, 40]] }), 'angle')).toBeCloseTo(
      (Math.atan(0.4 / 0.5) * 180) / Math.PI,
      9,
    ); // prettier-ignore
    for (const [x, y, code] of [[10, 120, 'no-picture-region'], [70, 20, 'across-regions']] as const) {
      const item = await read('area', { polygon: box(x, y) });
      expect(scalar(item, 'area').value).toBeNull();
      expect(item.notes).toContainEqual(expect.objectContaining({ key: 'area', code }));
      const angle = await read('angle', { points: [[x + 20, y], [x, y], [x + 5, y + 5]] });
      expect(scalar(angle, 'angle').value).toBeNull();
      expect(angle.notes).toMatchObject([{ key: 'angle', code }]);
    } // prettier-ignore
  });

  it('compare two diameters of one picture or of two, and none with a speed', async () => {
    const lesion = [[10, 30], [20, 30]]; // prettier-ignore
    const across = await read('stenosis', { lesion, references: [[[90, 30], [98, 30]]] }); // prettier-ignore
    expect(numberOf(across, 'diameterStenosis')).toBeCloseTo(50, 9);
    const speed = await read('stenosis', { lesion, references: [[[10, 110], [10, 130]]] }); // prettier-ignore
    expect(scalar(speed, 'diameterStenosis').value).toBeNull();
    expect(speed.notes).toContainEqual(expect.objectContaining({ key: 'diameterStenosis', code: 'not-comparable' }));
  });
});
