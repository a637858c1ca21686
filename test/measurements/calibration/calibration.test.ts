import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kinds, type ImageFacts, type PixelSource } from '../../../src/measurements/index.ts';
import { codes, itemIn, itemOf, measure, numberOf, onImage, scalar, sourceOf } from '../support.ts';

const catheter = (fields: object = {}) =>
  itemOf('calibration', { on: onImage, points: [[30, 20], [33, 20]], object: 'catheter', knownMm: 2, ...fields }); // prettier-ignore
const length48 = itemOf('length', { on: onImage, points: [[8, 40], [56, 40]] }); // prettier-ignore
const onFrame = (frame: number) => ({ ...onImage, frame });

const beam = {
  imagerPixelSpacing: [0.4, 0.4],
  sourceToDetectorMm: 1000,
  sourceToPatientMm: 750,
  primaryAngleDeg: 30,
  secondaryAngleDeg: -15,
  fieldOfView: null,
} as const;
const angiogram = { projection: beam, pixelSpacing: { mm: [0.4, 0.4], basis: 'detector' } } as const;
/** Frame 2 of the run differs from frame 1 by what is given. */
function secondFrame(other: Partial<ImageFacts>): PixelSource {
  const source = sourceOf({ image: angiogram });
  return {
    ...source,
    image(on) {
      const facts = source.image(on);
      return facts && on.frame === 2 ? { ...facts, ...other } : facts;
    },
  };
}

describe('calibration', () => {
  it('makes a length of 48 pixels 32.0 mm after a catheter of 3 pixels is said to be 2.0 mm, calibrated by the user', async () => {
    const evaluation = await measure({ c: catheter(), l: length48 }, sourceOf({ image: angiogram }));
    const scale = itemIn(evaluation, 'c');
    expect(scalar(scale, 'millimetresPerPixel')).toMatchObject({
      unit: 'mm/px',
      basis: 'calibrated',
      uncertainty: null,
    });
    expect(numberOf(scale, 'millimetresPerPixel')).toBeCloseTo(2 / 3, 12);
    expect(scalar(scale, 'widthPixels')).toMatchObject({ value: 3, unit: 'px' });
    const got = itemIn(evaluation, 'l');
    expect(scalar(got, 'length')).toEqual({
      value: expect.closeTo(32, 9) as unknown,
      unit: 'mm',
      uncertainty: null,
      basis: 'calibrated',
    });
    expect(got.notes.map(({ message }) => message)).toEqual([
      'Calibrated by the user: catheter 2.0 mm.',
      'Millimetres at the depth of the calibration object only; 2.7 % error per 20 mm of depth.',
    ]);
  });

  it('takes 6 French as 2.0 mm where both edges were clicked', async () => {
    const french = catheter({ knownMm: undefined, french: 6, options: { edges: 'asClicked' } });
    expect(numberOf(itemIn(await measure({ c: french, l: length48 }), 'l'), 'length')).toBeCloseTo(32, 9);
  });

  it('fails with edges-not-found where the edges were to be found, and gives no millimetre for it', async () => {
    for (const fields of [{ knownMm: undefined, french: 6 }, { options: { edges: 'auto' } }]) {
      const evaluation = await measure({ c: catheter(fields), l: length48 });
      expect(evaluation.failed).toMatchObject([{ id: 'c', code: 'edges-not-found' }]);
      expect(scalar(itemIn(evaluation, 'l'), 'length')).toMatchObject({ value: 48, unit: 'px', basis: 'none' });
    }
  });

  it("refuses a sheath's French: it is the inner size", async () => {
    const { failed } = await measure({ c: catheter({ object: 'sheath', knownMm: undefined, french: 6 }) });
    expect(failed[0]?.message).toContain('French size of a sheath is its inner size.');
  });

  it('overrides the spacing in the file, and the highest order counts', async () => {
    const image = { ...angiogram, pixelSpacing: { mm: [0.3, 0.3], basis: 'calibrated' } } as const;
    const records = { a: catheter({ order: 5, knownMm: 2 }), b: catheter({ order: 9, knownMm: 1 }), l: length48 };
    expect(numberOf(itemIn(await measure(records, sourceOf({ image })), 'l'), 'length')).toBeCloseTo(16, 9);
    const first = { ...records, b: catheter({ order: 1, knownMm: 1 }) };
    expect(numberOf(itemIn(await measure(first, sourceOf({ image })), 'l'), 'length')).toBeCloseTo(32, 9);
  });

  it('holds on another frame taken alike, and on none with another size, distance, angle, field or detector', async () => {
    const records = { c: catheter(), l: { ...length48, on: onFrame(2) } };
    expect(scalar(itemIn(await measure(records, secondFrame({})), 'l'), 'length').unit).toBe('mm');
    const others: Partial<ImageFacts>[] = [
      { rows: 1024 },
      { columns: 1024 },
      { projection: { ...beam, sourceToDetectorMm: 1100 } },
      { projection: { ...beam, sourceToPatientMm: 700 } },
      { projection: { ...beam, sourceToPatientMm: null } },
      { projection: { ...beam, primaryAngleDeg: 29 } },
      { projection: { ...beam, secondaryAngleDeg: 15 } },
      { projection: { ...beam, fieldOfView: 'ROUND 220' } },
      { projection: { ...beam, imagerPixelSpacing: [0.4, 0.3] } },
    ];
    for (const other of others) {
      const got = itemIn(await measure(records, secondFrame(other)), 'l');
      expect(scalar(got, 'length').unit).toBe('px');
      expect(codes(got)).toEqual(['uncalibrated']);
    }
  });

  it('says 2 to 4 % where the file tells no distance', async () => {
    const got = itemIn(await measure({ c: catheter(), l: length48 }), 'l');
    expect(got.notes.map(({ message }) => message)).toContain(
      'Millimetres at the depth of the calibration object only; 2 to 4 % error per 20 mm of depth.',
    );
  });

  it('gives areas and diameters too, and leaves per cent as they are', async () => {
    const area = itemOf('area', { on: onImage, polygon: [[0, 0], [30, 0], [30, 30], [0, 30]] }); // prettier-ignore
    const stenosis = itemOf('stenosis', { on: onImage, lesion: [[0, 0], [3, 0]], references: [[[0, 9], [6, 9]]] }); // prettier-ignore
    const before = await measure({ area, stenosis });
    const after = await measure({ c: catheter(), area, stenosis });
    expect(scalar(itemIn(after, 'area'), 'area')).toMatchObject({
      value: expect.closeTo(400, 9) as unknown,
      unit: 'mm2',
      basis: 'calibrated',
    });
    expect(scalar(itemIn(after, 'stenosis'), 'referenceDiameter')).toMatchObject({
      value: expect.closeTo(4, 9) as unknown,
      unit: 'mm',
    });
    expect(numberOf(itemIn(after, 'stenosis'), 'diameterStenosis')).toBe(
      numberOf(itemIn(before, 'stenosis'), 'diameterStenosis'),
    );
  });

  it('is the known size over the width for any two edges, moved and turned about', async () => {
    const wide = fc.double({ min: 1, max: 400, noNaN: true });
    await fc.assert(
      fc.asyncProperty(
        wide,
        wide,
        fc.double({ min: 0, max: 7, noNaN: true }),
        wide,
        wide,
        async (x, y, turn, width, mm) => {
          const points = [[x, y], [x + width * Math.cos(turn), y + width * Math.sin(turn)]]; // prettier-ignore
          const got = itemIn(await measure({ c: catheter({ points, knownMm: mm }) }), 'c');
          expect(Math.abs(numberOf(got, 'millimetresPerPixel') / (mm / width) - 1)).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('honours pixels that are twice as high as wide, in both directions', async () => {
    const source = sourceOf({ image: { pixelAspectRatio: [2, 1] } });
    const upright = itemOf('length', { on: onImage, points: [[0, 0], [0, 24]] }); // prettier-ignore
    const evaluation = await measure({ c: catheter(), l: length48, u: upright }, source);
    expect(numberOf(itemIn(evaluation, 'l'), 'length')).toBeCloseTo(32, 9);
    expect(numberOf(itemIn(evaluation, 'u'), 'length')).toBeCloseTo(32, 9);
  });

  it('asks whether the size is French or mm before it takes it, and says what French are in mm', () => {
    const calibration = kinds.find(({ name }) => name === 'calibration');
    const form = calibration?.form;
    const fields = (answers: Record<string, string>) => form?.fields(answers) ?? [];
    const unit = (answers: Record<string, string>) => fields(answers).find(({ name }) => name === 'unit');
    const size = (answers: Record<string, string>) => fields(answers).find(({ name }) => name === 'size');
    expect(unit({ object: 'catheter', size: '10' })?.value).toBe('');
    expect(size({ object: 'catheter', size: '10' })?.unit).toBeUndefined();
    expect(size({ object: 'catheter', size: '6', unit: 'french' })?.hint).toBe('6 F = 2.00 mm');
    expect(size({ object: 'ball', size: '10' })?.unit).toBe('mm');
    const draft = { on: onImage, points: [[29.5, 20], [32.5, 20]] as const, others: {}, label: 'c', order: 1, side: null }; // prettier-ignore
    const finish = (answers: Record<string, string>) => calibration?.finish({ ...draft, answers }, true);
    expect(() => finish({ object: 'catheter', size: '10' })).toThrow('Choose whether the size is in French or in mm');
    expect(finish({ object: 'catheter', size: '10', unit: 'mm' })).toMatchObject({ knownMm: 10 });
    expect(finish({ object: 'catheter', size: '10', unit: 'french' })).toMatchObject({ french: 10 });
    expect(finish({ object: 'ruler', size: '10' })).toMatchObject({ knownMm: 10 });
  });

  it('takes a unit written beside the number, shows it, and refuses French of what is not measured in French', () => {
    const calibration = kinds.find(({ name }) => name === 'calibration');
    const shown = (answers: Record<string, string>) => {
      const all = calibration?.form?.fields(answers) ?? [];
      const by = (name: string) => all.find((one) => one.name === name);
      return [by('unit')?.value, by('size')?.hint];
    };
    const draft = { on: onImage, points: [[29.5, 20], [32.5, 20]] as const, others: {}, label: 'c', order: 1, side: null }; // prettier-ignore
    const finish = (answers: Record<string, string>) => calibration?.finish({ ...draft, answers }, true);
    for (const size of ['5F', '5 F', '5f', '5 Fr', '5 Fr.', '5 French', ' 5 Ch ']) {
      expect(shown({ object: 'catheter', size })).toEqual(['french', '5 F = 1.67 mm']);
      // What is written stands, whatever was chosen before.
      expect(finish({ object: 'catheter', size, unit: 'mm' })).toMatchObject({ french: 5 });
    }
    for (const size of ['1.67 mm', '1,67mm', '1.67 MM']) {
      expect(shown({ object: 'catheter', size })).toEqual(['mm', '1.67 mm = 5.0 F']);
      expect(finish({ object: 'catheter', size, unit: 'french' })).toMatchObject({ knownMm: 1.67 });
    }
    expect(finish({ object: 'ruler', size: '20 mm' })).toMatchObject({ knownMm: 20 });
    expect(() => finish({ object: 'sheath', size: '6F' })).toThrow('French size of a sheath is its inner size.');
    expect(() => finish({ object: 'ball', size: '6F' })).toThrow('Only catheters are measured in French.');
    for (const size of ['', 'F', '5 cm', '5 in', '-5F', '1.2.3', '0 mm'])
      expect(() => finish({ object: 'catheter', size, unit: 'mm' })).toThrow('Type the known size');
  });

  it('leaves ultrasound with regions to its own scales', async () => {
    const region = {
      x0: 0,
      y0: 0,
      x1: 511,
      y1: 511,
      spatialFormat: 1,
      dataType: 1,
      unitsX: 3,
      unitsY: 3,
      deltaX: 0.02,
      deltaY: 0.02,
    };
    const evaluation = await measure({ c: catheter(), l: length48 }, sourceOf({ image: { regions: [region] } }));
    expect(evaluation.failed).toMatchObject([{ id: 'c', code: 'scale-by-region' }]);
    expect(scalar(itemIn(evaluation, 'l'), 'length').basis).toBe('region');
  });
});
