import { describe, expect, it } from 'vitest';
import type { ImageSpace } from '../../../src/plan/index.ts';
import type { ViewMap } from '../../../renderer/cornerstone/types.ts';
import { screenPixel, screenStep } from '../../../renderer/marks/steps.ts';
import { placeOf } from '../../../renderer/viewports/loupe.ts';
import { patient } from './fakePort.ts';
import { planeMap } from './fakeView.ts';

const on: ImageSpace = { in: 'image', seriesInstanceUID: '9', sopInstanceUID: '9.1', frame: 1 };
/** Columns 3 CSS px wide, rows 6 high, turned by an angle. */
function turned(degrees: number): ViewMap {
  const [c, s] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const toCanvas = [3 * c, -6 * s, 50, 3 * s, 6 * c, 60] as const;
  return {
    in: 'image',
    on,
    toCanvas,
    toPoint: ([x, y]) => [(c * (x - 50) + s * (y - 60)) / 3, (c * (y - 60) - s * (x - 50)) / 6],
  };
}
const [right, down] = [[1, 0], [0, 1]] as const; // prettier-ignore
const px = { unit: 'px' } as const;

describe('a step of an arrow key', () => {
  it('is one pixel along each direction where pixels are twice as high as wide, however the picture is turned', () => {
    for (const degrees of [0, 90, 180, 270]) {
      const map = turned(degrees);
      for (const direction of [right, down]) {
        const step = screenStep(map, direction, px);
        const from = map.toPoint([0, 0]);
        const to = map.toPoint([direction[0] * step, direction[1] * step]);
        const moved = [0, 1].map((i) => Math.abs((to[i] ?? 0) - (from[i] ?? 0))).toSorted((a, b) => b - a);
        expect(moved[0]).toBeCloseTo(1, 9);
        expect(moved[1]).toBeCloseTo(0, 9);
      }
    }
    expect(screenStep(turned(0), down, px)).toBeCloseTo(6, 9);
    expect(screenStep(turned(90), down, px)).toBeCloseTo(3, 9);
  });
  it('is a millimetre along each direction where the image has them: 0.2 mm a column, 0.4 mm a row', () => {
    for (const degrees of [0, 30, 90])
      for (const direction of [right, down])
        expect(screenStep(turned(degrees), direction, { unit: 'mm', pixelMm: [0.2, 0.4] })).toBeCloseTo(15, 9);
  });
  it('is a millimetre in a plane of the patient, and one pixel of a stack whose rows are farther apart than its columns', () => {
    const map = planeMap(patient, [1, 2, 3], [0, 0.6, 0.8], [0, -0.8, 0.6], [1, 0, 0], 2.5);
    const frame = { axes: [[0, 0.6, 0.8], [0, -0.8, 0.6]], mm: [3, 0.5] } as const; // prettier-ignore
    for (const direction of [right, down])
      expect(screenStep(map, direction, { unit: 'mm', pixelMm: null })).toBeCloseTo(2.5, 9);
    expect(screenPixel(map, right, frame)).toBeCloseTo(0.5 * 2.5, 9);
    expect(screenPixel(map, down, frame)).toBeCloseTo(3 * 2.5, 9);
  });
});

describe('the loupe', () => {
  it('is never cut off and never under the hand, in panes down to one that holds it beside the hand', () => {
    const faults: unknown[] = [];
    for (const width of [160, 200, 256, 311, 312, 500])
      for (const height of [313, 400])
        for (let x = 0; x <= width; x += 4)
          for (let y = 0; y <= height; y += 4) {
            const [left, top] = placeOf([x, y], [width, height]) ?? [NaN, NaN];
            const whole = left >= 0 && top >= 0 && left + 128 <= width && top + 128 <= height;
            const under = x >= left && x <= left + 128 && y >= top && y <= top + 128;
            if (!whole || under) faults.push({ width, height, x, y, left, top });
          }
    expect(faults).toEqual([]);
  });
  it('lies in the farthest corner of a pane too small for both, and is not shown where it does not fit at all', () => {
    expect(placeOf([60, 60], [200, 200])).toEqual([72, 72]);
    expect(placeOf([140, 60], [200, 200])).toEqual([0, 72]);
    expect(placeOf([50, 50], [120, 400])).toBeNull();
  });
});
