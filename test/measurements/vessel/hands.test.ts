import { describe, expect, it } from 'vitest';
import { vessel } from '../../../src/measurements/vessel/index.ts';
import type { VesselItem } from '../../../src/measurements/vessel/item.ts';
import type { Computed } from '../../../src/measurements/index.ts';
import { itemOf } from '../support.ts';

type Triple = [number, number, number];
/** A vessel straight along x: the centreline has a point each half millimetre. */
const line = Array.from({ length: 81 }, (_, n): Triple => [n / 2, 0, 0]);
const quantity = (value: number) => ({ value, unit: 'mm', uncertainty: null, basis: 'patient' }) as const;
const computed: Computed = {
  results: {
    centreline: { value: line, unit: 'mm' },
    profile: { columns: { position: line.map(([x]) => x), meanDiameter: line.map(() => 5) }, units: {} },
    lesionStart: quantity(12.3),
    lesionEnd: quantity(22.2),
    minimumPosition: quantity(18),
  },
  notes: [],
};
const item = (path: Triple[], options?: VesselItem['options']): VesselItem =>
  vessel.parse(itemOf('vessel', { path, ...(options === undefined ? {} : { options }) }));
const three = item([[0, 1, 0], [20, 0, 1], [40, 0, 0]]); // prettier-ignore

describe('a vessel in the hand', () => {
  it('takes a point more between the two clicked ones that lie before and behind it', () => {
    expect(vessel.addPoint?.(three, [9.9, 3, 0], 'within', computed)?.path[1]).toEqual([10, 0, 0]);
    expect(vessel.addPoint?.(three, [31, -2, 0], 'within', computed)?.path[2]).toEqual([31, 0, 0]);
    expect(vessel.addPoint?.(three, [20.2, 0, 0], 'within', item2())).toBeUndefined();
    function item2(): Computed {
      return { ...computed, results: { ...computed.results, centreline: { value: [[20, 0, 1]], unit: 'mm' } } };
    }
  });

  it('goes on from its nearer end', () => {
    expect(vessel.addPoint?.(three, [50, 0, 0], 'beyond', computed)?.path.at(-1)).toEqual([50, 0, 0]);
    expect(vessel.addPoint?.(three, [-8, 0, 0], 'beyond', computed)?.path[0]).toEqual([-8, 0, 0]);
    expect(vessel.addPoint?.(three, [0, 1.5, 0], 'beyond', computed)).toBeUndefined();
  });

  it('has a border of its lesion where it was dragged, and the other one where it was found', () => {
    const moved = vessel.lineMarks?.move(three, 'lesion-start', [10, 0, 0], computed);
    expect(moved?.options?.lesion).toEqual([[10, 0, 0], [22, 0, 0]]); // prettier-ignore
    const both = vessel.lineMarks?.move(moved ?? three, 'lesion-end', [25, 0, 0], computed);
    expect(both?.options?.lesion).toEqual([[10, 0, 0], [25, 0, 0]]); // prettier-ignore
    const found = vessel.form?.change(both ?? three, { ...vessel.form.answersOf(both ?? three), lesion: 'found' });
    expect(found?.options?.lesion).toBeUndefined();
  });

  it('shows a placed reference on its chart, to be dragged', () => {
    const placed = vessel.lineMarks?.move(three, 'reference', [33, 0, 0], computed) ?? three;
    expect(vessel.parse(placed).options).toMatchObject({ reference: 'placed', referencePoints: [[33, 0, 0]] });
    const markers = vessel.charts?.(placed, computed)[0]?.markers ?? [];
    expect(markers.filter(({ handle }) => handle !== undefined).map(({ label, at }) => [label, at])).toEqual([
      ['Lesion', 12.3],
      ['Lesion end', 22.2],
      ['Reference', 33],
    ]);
  });

  it('compares a carotid with the distal reference unless another is chosen', () => {
    const { form } = vessel;
    if (form === undefined) throw new Error('no form');
    const carotid = form.change(three, { ...form.answersOf(three), territory: 'carotid' });
    expect(carotid.options).toEqual({ territory: 'carotid' });
    expect(form.answersOf(carotid)['reference']).toBe('distal');
    expect(form.fields(form.answersOf(carotid)).find(({ name }) => name === 'reference')?.value).toBe('distal');
    const chosen = form.change(carotid, { ...form.answersOf(carotid), reference: 'interpolated' });
    expect(chosen.options).toEqual({ territory: 'carotid', reference: 'interpolated' });
    expect(form.change(chosen, { ...form.answersOf(chosen), territory: '' }).options).toBeUndefined();
  });

  it('says a near-occlusion as a finding, and takes another vessel for reference', () => {
    const { form } = vessel;
    if (form === undefined) throw new Error('no form');
    const near = form.change(three, { ...form.answersOf(three), nearOcclusion: 'yes' });
    expect(near.options).toEqual({ nearOcclusion: true });
    const others = [{ id: 'b', kind: 'vessel', label: 'Left iliac' }, { id: 'c', kind: 'length', label: 'Length' }]; // prettier-ignore
    const reference = form.fields(form.answersOf(near), others).find(({ name }) => name === 'reference');
    const choice = reference?.choices?.find(({ title }) => title === 'As in Left iliac');
    expect(reference?.choices).toHaveLength(5);
    const other = form.change(near, { ...form.answersOf(near), reference: choice?.value ?? '' });
    expect(vessel.uses(other)).toEqual(['b']);
    expect(form.answersOf(other)['reference']).toBe(choice?.value);
  });

  it('keeps one wall drawn by hand for each place, until it is taken back', () => {
    const walls = vessel.lineMarks?.walls;
    if (walls === undefined) throw new Error('no walls');
    const outline = (mm: number): Triple[] =>
      Array.from({ length: 12 }, (_, k) => [10, mm * Math.cos((k * Math.PI) / 6), mm * Math.sin((k * Math.PI) / 6)]);
    const once = walls.set(three, [10, 0, 0], outline(2));
    const twice = walls.set(once, [10.2, 0, 0], outline(3));
    expect(vessel.parse(twice).contours).toHaveLength(1);
    expect(vessel.parse(walls.set(twice, [20, 0, 0], outline(2))).contours).toHaveLength(2);
    expect(walls.isByHand(twice, [10.4, 0, 0])).toBe(true);
    expect(walls.isByHand(twice, [12, 0, 0])).toBe(false);
    expect(walls.clear(twice, [10, 0, 0]).contours).toBeUndefined();
  });
});
