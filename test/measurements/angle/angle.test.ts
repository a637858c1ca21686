import { describe, expect, it } from 'vitest';
import { codes, itemIn, itemOf, measure, numberOf, onImage, scalar, sourceOf } from '../support.ts';

const inPatient = (points: readonly (readonly number[])[]) => ({ a: itemOf('angle', { points }) });
const inImage = (points: readonly (readonly number[])[]) => ({ a: itemOf('angle', { on: onImage, points }) });
const rightAngleOfPixels = inImage([
  [10, 0],
  [0, 0],
  [10, 10],
]);

describe('angle', () => {
  it('is the angle at the corner, 0 to 180 degrees, in any direction of the patient', async () => {
    const cases: readonly (readonly [readonly (readonly number[])[], number])[] = [
      [[[1, 0, 0], [0, 0, 0], [0, 5, 0]], 90],
      [[[1, 2, 3], [0, 0, 0], [2, 4, 6]], 0],
      [[[1, 2, 3], [0, 0, 0], [-1, -2, -3]], 180],
      [[[11, 20, 30], [10, 20, 30], [10.5, 20, 30 + Math.sqrt(0.75)]], 60],
      [[[1, 0, 0], [0, 0, 0], [1, 1e-9, 0]], (1e-9 * 180) / Math.PI],
    ]; // prettier-ignore
    for (const [points, expected] of cases) {
      const item = itemIn(await measure(inPatient(points)), 'a');
      expect(Math.abs(numberOf(item, 'angle') - expected)).toBeLessThan(1e-9);
      expect(scalar(item, 'angle')).toMatchObject({ unit: 'deg', basis: null });
    }
  });

  it('honours pixels that are higher than wide, from the aspect ratio and from any spacing', async () => {
    const square = itemIn(await measure(rightAngleOfPixels), 'a');
    expect(numberOf(square, 'angle')).toBeCloseTo(45, 9);
    const high = itemIn(await measure(rightAngleOfPixels, sourceOf({ image: { pixelAspectRatio: [2, 1] } })), 'a');
    expect(numberOf(high, 'angle')).toBeCloseTo((Math.atan(2) * 180) / Math.PI, 9);
    for (const basis of ['patient', 'calibrated', 'estimated', 'detector'] as const) {
      const source = sourceOf({ image: { pixelSpacing: { mm: [0.5, 1.25], basis } } });
      const item = itemIn(await measure(rightAngleOfPixels, source), 'a');
      expect(numberOf(item, 'angle')).toBeCloseTo((Math.atan(0.5 / 1.25) * 180) / Math.PI, 9);
    }
  });

  it('says on a projection that it is the projection that was measured', async () => {
    expect(codes(itemIn(await measure(rightAngleOfPixels), 'a'))).toEqual(['projected-angle']);
  });

  it('has no number where an arm has no length', async () => {
    const item = itemIn(await measure(inPatient([[1, 0, 0], [1, 0, 0], [0, 5, 0]])), 'a'); // prettier-ignore
    expect(scalar(item, 'angle').value).toBeNull();
    expect(item.notes).toMatchObject([{ code: 'no-arm', key: 'angle' }]);
  });
});
