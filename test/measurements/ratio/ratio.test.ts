import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codes, itemIn, itemOf, measure, numberOf, onImage, onPatient, scalar } from '../support.ts';

const line = (mm: number, on: object = onPatient) =>
  itemOf('length', { on, points: on === onPatient ? [[0, 0, 0], [mm, 0, 0]] : [[0, 0], [mm, 0]] }); // prettier-ignore
const quotient = (fields: object = {}) =>
  itemOf('ratio', { numerator: { item: 'a', key: 'length' }, denominator: { item: 'b', key: 'length' }, ...fields });

describe('ratio', () => {
  it('divides right by left ventricle and says what was divided', async () => {
    const got = itemIn(await measure({ a: line(45), b: line(36), r: quotient() }), 'r');
    expect(scalar(got, 'ratio')).toEqual({ value: 1.25, unit: '1', uncertainty: null, basis: null });
    expect(got.notes).toEqual([
      { code: 'divided', key: 'ratio', message: '"length" (length) 45 mm divided by "length" (length) 36 mm.' },
    ]);
  });

  it('is free of the scale: both parts twice as long give the same', async () => {
    const size = fc.double({ min: 0.1, max: 300, noNaN: true });
    await fc.assert(
      fc.asyncProperty(size, size, size, async (a, b, factor) => {
        const one = itemIn(await measure({ a: line(a), b: line(b), r: quotient() }), 'r');
        const two = itemIn(await measure({ a: line(a * factor), b: line(b * factor), r: quotient() }), 'r');
        expect(Math.abs(numberOf(one, 'ratio') / numberOf(two, 'ratio') - 1)).toBeLessThan(1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it('fails with depends-on-failed when a part is gone, and with its own code for units that differ', async () => {
    const gone = await measure({ a: line(45), r: quotient() });
    expect(gone.failed).toMatchObject([{ id: 'r', code: 'depends-on-failed' }]);
    const area = itemOf('area', { polygon: [[0, 0, 0], [9, 0, 0], [0, 9, 0]] }); // prettier-ignore
    const mixed = await measure({ a: line(45), b: area, r: quotient({ denominator: { item: 'b', key: 'area' } }) });
    expect(mixed.failed).toMatchObject([{ id: 'r', code: 'units-differ' }]);
    const unknown = await measure({
      a: line(45),
      b: line(9),
      r: quotient({ denominator: { item: 'b', key: 'volume' } }),
    });
    expect(unknown.failed).toMatchObject([{ id: 'r', code: 'no-such-result' }]);
  });

  it('divides pixels of one frame and of frames taken alike, and not of other series', async () => {
    const on = { ...onImage, frame: 2 };
    const together = await measure({ a: line(30, onImage), b: line(20, onImage), r: quotient({ on: onImage }) });
    expect(numberOf(itemIn(together, 'r'), 'ratio')).toBe(1.5);
    const alike = await measure({ a: line(30, onImage), b: line(20, on), r: quotient({ on: onImage }) });
    expect(numberOf(itemIn(alike, 'r'), 'ratio')).toBe(1.5);
    const mixed = await measure({ a: line(30, onImage), b: line(20), r: quotient({ on: onImage }) });
    expect(mixed.failed).toMatchObject([{ id: 'r', code: 'units-differ' }]);
  });

  it('is null with its reason when divided by nothing', async () => {
    const got = itemIn(await measure({ a: line(45), b: line(0), r: quotient() }), 'r');
    expect(scalar(got, 'ratio').value).toBeNull();
    expect(codes(got)).toContain('divided-by-zero');
  });

  it('is a circle, not a number, when it divides itself', async () => {
    const { failed } = await measure({
      r: quotient({ numerator: { item: 'r', key: 'ratio' }, denominator: { item: 'r', key: 'ratio' } }),
    });
    expect(failed).toMatchObject([{ id: 'r', code: 'cycle' }]);
  });
});
