import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kindOf } from '../../../src/measurements/index.ts';
import { codes, itemIn, itemOf, measure, numberOf, onImage, onPatient, scalar, sourceOf } from '../support.ts';

type Triple = [number, number, number];
const coordinate = fc.double({ min: -200, max: 200, noNaN: true });
const axes = (p: number[], q: number[], s: number[], t: number[], on: object = onImage) =>
  itemOf('bidirectional', { on, long: [p, q], short: [s, t] });

describe('bidirectional', () => {
  it('reads 24 and 10 mm of an ellipse with these diameters, in any place and turn of the patient', async () => {
    await fc.assert(
      fc.asyncProperty(
        coordinate,
        coordinate,
        coordinate,
        fc.double({ min: 0, max: 7, noNaN: true }),
        async (x, y, z, turn) => {
          const [c, s] = [Math.cos(turn), Math.sin(turn)];
          const at = (a: number, b: number): Triple => [x + a * c - b * s, y + a * s + b * c, z];
          const record = axes(at(-12, 0), at(12, 0), at(0, -5), at(0, 5), onPatient);
          const got = itemIn(await measure({ a: record }), 'a');
          expect(numberOf(got, 'longAxis')).toBeCloseTo(24, 9);
          expect(numberOf(got, 'shortAxis')).toBeCloseTo(10, 9);
          expect(got.notes).toEqual([]);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('grows with the scale of a calibrated image, both axes alike', async () => {
    const record = axes([0, 0], [30, 40], [0, 50], [24, 32]);
    for (const mm of [0.1, 0.25, 0.5]) {
      const image = { pixelSpacing: { mm: [mm, mm], basis: 'calibrated' } } as const;
      const got = itemIn(await measure({ a: record }, sourceOf({ image })), 'a');
      expect(numberOf(got, 'longAxis')).toBeCloseTo(50 * mm, 12);
      expect(numberOf(got, 'shortAxis')).toBeCloseTo(30 * mm, 12);
      expect(scalar(got, 'shortAxis')).toMatchObject({ unit: 'mm', basis: 'calibrated' });
    }
  });

  it('is pixels on an uncalibrated angiogram, said once', async () => {
    const got = itemIn(await measure({ a: axes([0, 0], [10, 0], [5, -2], [5, 2]) }), 'a');
    expect(scalar(got, 'longAxis')).toMatchObject({ value: 10, unit: 'px' });
    expect(codes(got)).toEqual(['uncalibrated']);
  });

  it('says so when the axes do not stand at right angles, or the short one is longer', async () => {
    expect(codes(itemIn(await measure({ a: axes([0, 0], [10, 0], [4, -3], [7, 3]) }), 'a'))).toContain(
      'not-perpendicular',
    );
    expect(codes(itemIn(await measure({ a: axes([0, 0], [10, 0], [5, -8], [5, 8]) }), 'a'))).toContain(
      'short-is-longer',
    );
  });

  it('keeps the right angle when it is placed and whichever end is moved', () => {
    const kind = kindOf('bidirectional');
    const pixel = fc.tuple(coordinate, coordinate);
    fc.assert(
      fc.property(
        pixel,
        pixel,
        pixel,
        pixel,
        pixel,
        fc.constantFrom('long-start', 'long-end', 'short-start', 'short-end'),
        (p, q, s, t, to, handle) => {
          const far = (a: readonly number[], b: readonly number[]) =>
            Math.hypot((a[0] ?? 0) - (b[0] ?? 0), (a[1] ?? 0) - (b[1] ?? 0)) > 1;
          fc.pre(far(p, q) && far(to, p) && far(to, q));
          const draft = { on: onImage, points: [p, q, s, t], others: {}, label: 'B', order: 1, side: null };
          const item = kind?.finish(draft);
          if (kind === undefined || item === undefined) throw new Error('not placed');
          const offOf = ({ long, short }: Record<string, unknown>): number => {
            const [[a, b], [c, d]] = [long, short] as [
              [[number, number], [number, number]],
              [[number, number], [number, number]],
            ];
            const u = [b[0] - a[0], b[1] - a[1]] as const;
            const v = [d[0] - c[0], d[1] - c[1]] as const;
            return Math.abs(u[0] * v[0] + u[1] * v[1]) / Math.max(1e-3, Math.hypot(...u) * Math.hypot(...v));
          };
          expect(offOf(item)).toBeLessThan(1e-6);
          expect(offOf(kind.moveHandle(item, handle, to))).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 200 },
    );
  });
});
