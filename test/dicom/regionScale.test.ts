import { describe, expect, it } from 'vitest';
import { lengthInRegions, regionScale, type UltrasoundRegion } from '../../src/dicom/index.ts';

const region = (box: readonly [number, number, number, number], more: Partial<UltrasoundRegion>): UltrasoundRegion => ({
  x0: box[0],
  y0: box[1],
  x1: box[2],
  y1: box[3],
  spatialFormat: 1,
  dataType: 1,
  unitsX: 3,
  unitsY: 3,
  deltaX: 0.02,
  deltaY: 0.02,
  flags: 0,
  ...more,
});
// The three regions of G13: left and right in centimetres, below them time across and speed down.
const left = region([0, 0, 79, 59], {});
const right = region([80, 0, 159, 59], { deltaX: 0.05, deltaY: 0.04 });
const doppler = region([0, 60, 159, 119], {
  spatialFormat: 3,
  dataType: 3,
  unitsX: 4,
  unitsY: 7,
  deltaX: 0.01,
  deltaY: 0.5,
});
const three = [left, right, doppler];

describe('a line on an ultrasound picture', () => {
  it('is 6.0 mm for 30 pixels of 0.02 cm', () =>
    expect(lengthInRegions(three, [10, 30], [40, 30])).toEqual({ value: expect.closeTo(6, 12), unit: 'mm' }));
  it('is 19.21 mm across pixels that are not square', () =>
    expect(lengthInRegions(three, [90, 10], [120, 40])).toEqual({
      value: expect.closeTo(Math.hypot(15, 12), 12),
      unit: 'mm',
    }));
  it('in a Doppler strip is seconds across, cm/s down, and nothing aslant', () => {
    expect(lengthInRegions(three, [20, 90], [40, 90])).toEqual({ value: expect.closeTo(0.2, 12), unit: 's' });
    expect(lengthInRegions(three, [20, 70], [20, 90])).toEqual({ value: expect.closeTo(10, 12), unit: 'cm/s' });
    expect(lengthInRegions(three, [20, 70], [40, 90])).toMatchObject({ value: null, code: 'no-length-here' });
  });
  it('in M-mode is millimetres down and seconds across', () => {
    const mMode = [region([0, 0, 99, 99], { spatialFormat: 2, unitsX: 4, deltaX: 0.005, deltaY: 0.03 })];
    expect(lengthInRegions(mMode, [5, 10], [5, 20])).toEqual({ value: expect.closeTo(3, 12), unit: 'mm' });
    expect(lengthInRegions(mMode, [5, 10], [25, 10])).toEqual({ value: expect.closeTo(0.1, 12), unit: 's' });
  });
  it('has no length from one region into another, nor outside of all', () => {
    expect(lengthInRegions(three, [10, 30], [90, 30])).toMatchObject({ value: null, code: 'across-regions' });
    expect(lengthInRegions(three, [10, 30], [10, 90])).toMatchObject({ value: null, code: 'across-regions' });
    expect(lengthInRegions(three, [10, 30], [400, 30])).toMatchObject({ value: null, code: 'outside-regions' });
  });
  it('ends with the outer edge of a region’s last pixel', () => {
    expect(regionScale(three, [-0.5, 0], [79.4, 0]).kind).toBe('length');
    expect(regionScale(three, [-0.6, 0], [79.4, 0]).kind).toBe('none');
  });
  it('takes the region of high priority where regions overlap, and none where it only crosses it', () => {
    const whole = region([0, 0, 159, 119], { flags: 1 });
    const inset = region([40, 40, 80, 80], { deltaX: 0.1, deltaY: 0.1, flags: 0 });
    expect(lengthInRegions([whole, inset], [50, 50], [60, 50])).toEqual({ value: expect.closeTo(10, 12), unit: 'mm' });
    expect(lengthInRegions([whole, inset], [1, 1], [11, 1])).toEqual({ value: expect.closeTo(2, 12), unit: 'mm' });
    expect(lengthInRegions([whole, inset], [10, 60], [150, 60])).toMatchObject({ value: null, code: 'across-regions' });
  });
  it('crosses a colour box of the same scale unharmed', () => {
    const box = region([20, 20, 40, 40], { dataType: 2 });
    expect(lengthInRegions([left, box], [10, 30], [50, 30])).toEqual({ value: expect.closeTo(8, 12), unit: 'mm' });
  });
  it('says so where the units are none', () =>
    expect(lengthInRegions([region([0, 0, 9, 9], { unitsX: 0, unitsY: 0 })], [1, 1], [2, 2])).toMatchObject({
      code: 'unknown-units',
    }));
});
