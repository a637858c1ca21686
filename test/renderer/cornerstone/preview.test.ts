import { describe, expect, it } from 'vitest';
import { densestOf } from '../../../renderer/cornerstone/preview.ts';

/** A grey picture of 4 pixels. */
const picture = (...greys: readonly number[]) => ({
  data: new Uint8ClampedArray(greys.flatMap((grey) => [grey, grey, grey, 255])),
});

describe('the picture that stands for a run', () => {
  it('is the one where most has become darker than on the mask, whatever the shutter', () => {
    expect(
      densestOf([
        picture(0, 200, 200, 200),
        picture(0, 200, 120, 200),
        picture(0, 90, 80, 190),
        picture(0, 190, 200, 200),
      ]),
    ).toBe(2);
  });
  it('is the first where nothing is injected', () => {
    expect(densestOf([picture(0, 200, 200, 200), picture(0, 201, 200, 200)])).toBe(0);
  });
});
