import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { headers, small, stored, truthOf } from './rendered.ts';
import type { Files } from './rendered.ts';

const flat = z.tuple([z.number(), z.number()]);
const schema = z.looseObject({
  image: z.looseObject({
    columns: z.number(),
    rows: z.number(),
    frames: z.number(),
    openCounts: z.number(),
    attenuation: z.record(z.string(), z.number()),
  }),
  geometry: z.object({
    imagerPixelSpacing: z.number(),
    sourceToDetector: z.number(),
    sourceToPatient: z.number(),
    magnification: z.number(),
    millimetresPerPixel: z.number(),
  }),
  artery: z.looseObject({
    centreline: z.array(z.object({ station: z.number(), point: flat, diameter: z.number(), diameterMm: z.number() })),
    minimumPosition: z.number(),
    minimumLumenDiameter: z.number(),
    referenceDiameter: z.number(),
  }),
  catheter: z.looseObject({ french: z.number(), width: z.number(), widthMm: z.number(), centreline: z.array(flat) }),
  maskFrames: z.array(z.number()),
  motion: z.array(z.object({ frame: z.number(), columns: z.number(), rows: z.number() })),
  filling: z.array(z.object({ frame: z.number(), atNarrowing: z.number() })),
});
let files: Files;
let truth: z.infer<typeof schema>;
let counts: Uint16Array;
beforeAll(async () => {
  // Without bones and noise: nothing but catheter and blood in the beam.
  files = await small('xa-iliac', { noise: false });
  truth = schema.parse(truthOf(files));
  counts = stored(files);
});

/** -ln of what comes through, along a line across a place: [offset px, attenuation]. */
function across(
  frame: number,
  [x, y]: readonly number[],
  [tx, ty]: readonly number[],
  reach: number,
): [number, number][] {
  const { columns, rows, openCounts } = truth.image;
  const from = (frame - 1) * columns * rows;
  const profile: [number, number][] = [];
  for (let off = -reach; off <= reach; off += 0.25) {
    const [column, row] = [(x ?? 0) - (ty ?? 0) * off, (y ?? 0) + (tx ?? 0) * off];
    const [c, r] = [Math.floor(column), Math.floor(row)];
    const at = (i: number, j: number): number => counts[from + (r + j) * columns + c + i] ?? NaN;
    const upper = at(0, 0) + (column - c) * (at(1, 0) - at(0, 0));
    const lower = at(0, 1) + (column - c) * (at(1, 1) - at(0, 1));
    profile.push([off, -Math.log((upper + (row - r) * (lower - upper)) / openCounts)]);
  }
  return profile;
}
/** Diameter in px of a round body whose attenuation over the profile sums to this: sum = mu x pi r^2. */
function densitometricWidth(profile: [number, number][], perMm: number): number {
  const sum = profile.reduce((total, [, value]) => total + 0.25 * value, 0);
  return 2 * Math.sqrt(sum / (perMm * truth.geometry.millimetresPerPixel) / Math.PI);
}
function direction(points: readonly (readonly number[])[], at: number): [number, number] {
  const [a = [], b = []] = [points[at - 1], points[at + 1]];
  const [dx, dy] = [(b[0] ?? 0) - (a[0] ?? 0), (b[1] ?? 0) - (a[1] ?? 0)];
  return [dx / Math.hypot(dx, dy), dy / Math.hypot(dx, dy)];
}

describe('the sample run "xa-iliac"', () => {
  it('is one run with the spacing of the detector only, positioner, frame times and a mask in its header', () => {
    const [data] = headers(files);
    expect(data?.string('x00280030')).toBeUndefined();
    expect(data?.string('x00181164')).toBe('0.308\\0.308');
    expect([data?.floatString('x00181510'), data?.floatString('x00181511')]).toEqual([0, 0]);
    expect([data?.floatString('x00181110'), data?.floatString('x00181111')]).toEqual([1100, 760]);
    expect(data?.string('x00281090')).toBe('SUB');
    expect((data?.string('x00181065') ?? '').split('\\').map(Number)).toEqual([
      0,
      ...Array.from({ length: 13 }, () => 250),
    ]);
    expect(data?.string('x00281040')).toBe('LIN');
    expect(data?.string('x00100010')).toBe('Sample^Fabio');
    const { geometry } = truth;
    expect(geometry.magnification).toBeCloseTo(1100 / 760, 12);
    expect(geometry.millimetresPerPixel).toBeCloseTo((0.308 * 760) / 1100, 12);
  });

  it('shows the 5 French catheter as wide as its shadow adds up to, within 2 per cent, on the mask frames', () => {
    const { catheter, image } = truth;
    expect(catheter.widthMm).toBeCloseTo(5 / 3, 12);
    const wide = [10, 15, 20].map((i) => {
      const profile = across(2, catheter.centreline[i] ?? [], direction(catheter.centreline, i), 14);
      return densitometricWidth(profile, image.attenuation['catheter'] ?? NaN);
    });
    for (const one of wide) expect(Math.abs(one / catheter.width - 1)).toBeLessThan(0.02);
  });

  it('has no contrast agent on the mask frames, and 60 per cent less width in the narrowing when full', () => {
    const { artery, image, maskFrames } = truth;
    const points = artery.centreline.map(({ point }) => point);
    const width = (frame: number, station: number): number => {
      const at = artery.centreline.findIndex((one) => one.station >= station);
      const moved = truth.motion.find((one) => one.frame === frame);
      const [x = 0, y = 0] = points[at] ?? [];
      const profile = across(frame, [x + (moved?.columns ?? 0), y + (moved?.rows ?? 0)], direction(points, at), 34);
      return densitometricWidth(profile, image.attenuation['contrast'] ?? NaN);
    };
    for (const frame of maskFrames) expect(width(frame, artery.minimumPosition)).toBeLessThan(0.3);
    const full = 12;
    expect(truth.filling.find(({ frame }) => frame === full)?.atNarrowing).toBe(1);
    // Blur works on the counts, not on their logarithm: a percent or two of the throat's narrow shadow.
    const throat = artery.centreline.find((one) => one.station >= artery.minimumPosition)?.diameter ?? NaN;
    expect(Math.abs(width(full, artery.minimumPosition) / throat - 1)).toBeLessThan(0.02);
    expect(Math.abs(width(full, 400) / artery.referenceDiameter - 1)).toBeLessThan(0.02);
  });

  it('moves the patient between the frames by as much as it says, within 0.05 px', () => {
    const { catheter, motion } = truth;
    const i = 15;
    const along = direction(catheter.centreline, i);
    const middle = (frame: number): number => {
      const profile = across(frame, catheter.centreline[i] ?? [], along, 12);
      const sum = profile.reduce((total, [, value]) => total + value, 0);
      return profile.reduce((total, [off, value]) => total + off * value, 0) / sum;
    };
    const last = motion.at(-1);
    const expected = -along[1] * (last?.columns ?? 0) + along[0] * (last?.rows ?? 0);
    expect(Math.hypot(last?.columns ?? 0, last?.rows ?? 0)).toBeGreaterThan(0.5);
    expect(motion.filter(({ frame }) => frame <= 9).every(({ columns, rows }) => columns === 0 && rows === 0)).toBe(
      true,
    );
    // Blood in and over the catheter would move its middle: read before the agent reaches so far up, and as it was left.
    const unfilled = middle(9);
    expect(Math.abs(unfilled - middle(1))).toBeLessThan(0.05);
    return small('xa-iliac', { noise: false, finding: false }).then((empty) => {
      counts = stored(empty);
      expect(Math.abs(middle(last?.frame ?? 0) - middle(1) - expected)).toBeLessThan(0.05);
    });
  });
});
