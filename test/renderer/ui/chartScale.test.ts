import { describe, expect, it } from 'vitest';
import { nearestIndex, pathOf, rangeOf, ticksOf } from '../../../renderer/ui/chartScale.ts';

describe('the axes of a chart', () => {
  it('have round marks within their range', () => {
    expect(ticksOf(0, 40.6, 6)).toEqual([0, 10, 20, 30, 40]);
    expect(ticksOf(-130, 95, 6)).toEqual([-100, -50, 0, 50]);
    expect(ticksOf(0.11, 0.59, 5)).toEqual([0.2, 0.4]);
    expect(ticksOf(3, 3, 5)).toEqual([3]);
  });
  it('hold all values with some room, also of a flat line and of none', () => {
    expect(rangeOf([null, 10, -10])).toEqual([-11.2, 11.2]);
    expect(rangeOf([40, 40])).toEqual([38, 42]);
    expect(rangeOf([null])).toEqual([0, 1]);
  });
  it('find the place nearest to the mouse, beyond the ends the end itself', () => {
    const values = [0, 0.5, 1, 1.5, 1.7];
    expect([-9, 0.2, 0.3, 1.55, 1.65, 9].map((wanted) => nearestIndex(values, wanted))).toEqual([0, 0, 1, 3, 4, 4]);
    expect(nearestIndex([3], 8)).toBe(0);
  });
  it('break the line where there is no value', () => {
    expect(pathOf([[0, 1], [1, 2], null, [3, 4], [4, 4]])).toBe('M0.0 1.0L1.0 2.0M3.0 4.0L4.0 4.0'); // prettier-ignore
  });
});
