import { describe, expect, it } from 'vitest';
import {
  distanceToEllipsoid,
  ellipsoidLevel,
  normalize,
  sphereDirections,
  surfacePoint,
} from '../../../src/geometry/index.ts';
import type { Ellipsoid, Vec3 } from '../../../src/geometry/index.ts';
import { kindOf } from '../../../src/measurements/index.ts';
import { codes, itemIn, itemOf, measure, numberOf, onPatient, scalar } from '../support.ts';

const upright = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;
const body = (centre: readonly number[], semiAxes: readonly number[]) =>
  itemOf('region', { ellipsoid: { centre, semiAxes, axes: upright } });
const ball = (centre: readonly number[], radius: number) => body(centre, [radius, radius, radius]);
/** A zone about a centre, its needle straight down. */
const about = (centre: Vec3, length: number, width = length, tipToCentre = 10) => ({
  tip: [centre[0], centre[1] + tipToCentre, centre[2]],
  direction: [0, 2, 0],
  zone: { length, width, tipToCentre },
});
const zone = (applicators: readonly unknown[], fields: Readonly<Record<string, unknown>> = {}) =>
  itemOf('ablation', { applicators, target: 't', requiredMargin: null, critical: [], ...fields });
const volume = (r: number): number => ((4 / 3) * Math.PI * r ** 3) / 1000;
const lens = (R: number, r: number, d: number): number =>
  (Math.PI * (R + r - d) ** 2 * (d * d + 2 * d * r - 3 * r * r + 2 * d * R + 6 * r * R - 3 * R * R)) / (12 * d);

describe('ablation, one zone', () => {
  it('reads R - r - d for a sphere in a sphere, covered, outside and concentric', async () => {
    for (const [R, r, d] of [
      [20, 8, 5],
      [20, 8, 12],
      [20, 8, 15],
      [20, 8, 40],
      [15, 15, 1e-3],
      [20, 8, 0],
    ] as const) {
      const got = itemIn(await measure({ t: ball([3, 4, 5], r), a: zone([about([3 + d, 4, 5], 2 * R)]) }), 'a');
      expect(numberOf(got, 'minimalAblativeMargin')).toBeCloseTo(R - r - d, 6);
    }
  });

  it('reads volumes and coverage: all, the lens of two spheres, and none', async () => {
    const cover = async (d: number) =>
      itemIn(await measure({ t: ball([0, 0, 0], 8), a: zone([about([d, 0, 0], 40)]) }), 'a');
    const all = await cover(11);
    expect(numberOf(all, 'zoneVolume')).toBeCloseTo(volume(20), 9);
    expect(numberOf(all, 'targetVolume')).toBeCloseTo(volume(8), 9);
    expect(numberOf(all, 'coverage')).toBe(100);
    expect(Math.abs(numberOf(await cover(18), 'coverage') - (100 * lens(20, 8, 18)) / (volume(8) * 1000))).toBeLessThan(
      0.02,
    );
    expect(numberOf(await cover(30), 'coverage')).toBe(0);
  });

  it('covers a 5 mm shell when and only when the margin is 5 mm', async () => {
    const shell = async (d: number) =>
      numberOf(
        itemIn(await measure({ t: ball([0, 0, 0], 8), a: zone([about([d, 0, 0], 40)], { requiredMargin: 5 }) }), 'a'),
        'marginCoverage',
      );
    expect(await shell(6.9)).toBe(100);
    expect(await shell(8)).toBeLessThan(100);
    expect(Math.abs((await shell(12)) - (100 * lens(20, 13, 12)) / (volume(13) * 1000))).toBeLessThan(0.05);
  });

  it('has the margin that looking at 200 000 points of an oblique target gives', async () => {
    const s = Math.SQRT1_2;
    const target: Ellipsoid = {
      centre: [4, 2, -3],
      semiAxes: [9, 5, 7],
      axes: [
        [s, s, 0],
        [-s, s, 0],
        [0, 0, 1],
      ],
    };
    const got = itemIn(
      await measure({ t: itemOf('region', { ellipsoid: target }), a: zone([about([0, 0, 0], 40, 30)]) }),
      'a',
    );
    const body1: Ellipsoid = { centre: [0, 0, 0], semiAxes: [15, 20, 15], axes: upright };
    const sampled = sphereDirections(200_000).reduce(
      (least, u) => Math.min(least, -distanceToEllipsoid(body1, surfacePoint(target, u))),
      Infinity,
    );
    expect(numberOf(got, 'minimalAblativeMargin')).toBeLessThanOrEqual(sampled + 1e-9);
    expect(sampled - numberOf(got, 'minimalAblativeMargin')).toBeLessThan(1e-3);
  });

  it('puts the centre from the tip toward the skin', async () => {
    // Tip 10 mm below the centre: the target about the tip's own place is 10 mm off.
    const got = itemIn(
      await measure({
        t: ball([0, 10, 0], 2),
        a: zone([{ tip: [0, 10, 0], direction: [0, 1, 0], zone: { length: 40, width: 40, tipToCentre: 10 } }]),
      }),
      'a',
    );
    expect(numberOf(got, 'minimalAblativeMargin')).toBeCloseTo(20 - 2 - 10, 6);
  });

  it('keeps a distance from what must not burn, negative where the zone reaches in', async () => {
    const records = {
      t: ball([0, 0, 0], 8),
      far: ball([40, 0, 0], 10),
      near: ball([0, 0, 33], 10),
      m: { type: 'mask' } as const,
    };
    const got = itemIn(
      await measure({ ...records, a: zone([about([0, 0, 0], 40)], { critical: ['far', 'near', 'm'] }) }),
      'a',
    );
    expect(scalar(got, 'zoneClearance')).toMatchObject({ unit: 'mm', to: 'near' });
    expect(numberOf(got, 'zoneClearance')).toBeCloseTo(3, 6);
    expect(codes(got)).toEqual(expect.arrayContaining(['assessed', 'notAssessed']));
    const inside = itemIn(await measure({ ...records, a: zone([about([0, 0, 8], 40)], { critical: ['near'] }) }), 'a');
    expect(numberOf(inside, 'zoneClearance')).toBeCloseTo(-5, 6);
    // A zone wholly inside a large organ is not clear of it.
    const swallowed = itemIn(
      await measure({
        ...records,
        organ: ball([0, 0, 0], 90),
        a: zone([about([0, 0, 0], 40)], { critical: ['organ'] }),
      }),
      'a',
    );
    expect(numberOf(swallowed, 'zoneClearance')).toBeCloseTo(-20, 6);
  });

  it('says what cannot be told: no target, no required margin, nothing critical', async () => {
    const got = itemIn(await measure({ a: zone([about([0, 0, 0], 40)], { target: null }) }), 'a');
    for (const key of ['targetVolume', 'coverage', 'marginCoverage', 'minimalAblativeMargin', 'zoneClearance']) {
      expect(scalar(got, key).value).toBeNull();
      expect(got.notes.some((note) => note.key === key)).toBe(true);
    }
  });
});

describe('ablation, several zones', () => {
  const pair = [about([-6, 0, 0], 20), about([6, 0, 0], 20)];
  it('joins them once, never adding what they share', async () => {
    const got = itemIn(await measure({ t: ball([0, 0, 0], 3), a: zone(pair) }), 'a');
    const joined = 2 * volume(10) - lens(10, 10, 12) / 1000;
    expect(Math.abs(numberOf(got, 'zoneVolume') / joined - 1)).toBeLessThan(5e-4);
    expect(codes(got)).toEqual(expect.arrayContaining(['synergy-not-modelled', 'refined', 'zone-source']));
  });

  it('measures the margin of a target between two zones to the crease where they meet', async () => {
    // The crease is the circle of radius 8 in x = 0; each zone alone would say -6 + 10 - 3 = 1 or less.
    const got = itemIn(await measure({ t: ball([0, 0, 0], 3), a: zone(pair) }), 'a');
    expect(numberOf(got, 'minimalAblativeMargin')).toBeCloseTo(5, 5);
    expect(numberOf(got, 'coverage')).toBe(100);
  });

  it('measures a target that no zone reaches from the nearest zone', async () => {
    const got = itemIn(await measure({ t: ball([0, 0, 20], 3), a: zone(pair) }), 'a');
    // Its farthest point lies at z = 23 above the middle.
    expect(numberOf(got, 'minimalAblativeMargin')).toBeCloseTo(-(Math.hypot(6, 23) - 10), 5);
  });

  it('agrees with looking at every point, for three oblique zones and a target that sticks out', async () => {
    const applicators = [about([-6, 0, 0], 30, 20), about([6, 2, 0], 26, 18), about([0, -3, 8], 24, 20)];
    const target: Ellipsoid = { centre: [1, 1, 2], semiAxes: [14, 9, 8], axes: upright };
    const got = itemIn(await measure({ t: itemOf('region', { ellipsoid: target }), a: zone(applicators) }), 'a');
    const zones = applicators.map(({ tip, zone: { length, width, tipToCentre } }): Ellipsoid => ({
      centre: [tip[0] ?? 0, (tip[1] ?? 0) - tipToCentre, tip[2] ?? 0],
      semiAxes: [width / 2, length / 2, width / 2],
      axes: upright,
    }));
    const sampled = sphereDirections(60_000).reduce(
      (least, u) => Math.min(least, -Math.min(...zones.map((e) => distanceToEllipsoid(e, surfacePoint(target, u))))),
      Infinity,
    );
    expect(sampled).toBeLessThan(0);
    expect(numberOf(got, 'minimalAblativeMargin')).toBeLessThanOrEqual(sampled + 1e-9);
    expect(sampled - numberOf(got, 'minimalAblativeMargin')).toBeLessThan(1e-3);
    let [inside, all] = [0, 0];
    for (const u of sphereDirections(3000))
      for (let k = 0; k < 60; k += 1) {
        const f = Math.cbrt((k + 0.5) / 60);
        const p = surfacePoint(target, [u[0] * f, u[1] * f, u[2] * f]);
        all += 1;
        if (zones.some((e) => ellipsoidLevel(e, p) <= 1)) inside += 1;
      }
    expect(Math.abs(numberOf(got, 'coverage') - (100 * inside) / all)).toBeLessThan(0.2);
  });

  it('tells how deep a critical body reaches into the joint zone, past the crease', async () => {
    const got = itemIn(
      await measure({ t: ball([0, 0, 0], 3), c: ball([0, 9, 0], 2), a: zone(pair, { critical: ['c'] }) }),
      'a',
    );
    // All bodies are round about the x axis, so the deepest point lies in the plane z = 0, on the ball's right half.
    // There the zone's surface is the right sphere (centre x = 6) where its foot has x >= 0, else the crease at y = 8.
    let deepest = 0;
    for (let i = 0; i <= 100_000; i += 1) {
      const turn = -Math.PI / 2 + (Math.PI * i) / 100_000;
      const [x, y] = [2 * Math.cos(turn), 9 + 2 * Math.sin(turn)];
      const h = Math.hypot(x - 6, y);
      if (h > 10) continue;
      deepest = Math.max(deepest, 6 + (10 * (x - 6)) / h >= 0 ? 10 - h : Math.hypot(x, y - 8));
    }
    expect(deepest).toBeGreaterThan(1);
    expect(numberOf(got, 'zoneClearance')).toBeCloseTo(-deepest, 3);
  });
});

describe('ablation, by hand', () => {
  it('is placed by tip and shaft, on the region drawn last', () => {
    const kind = kindOf('ablation');
    const draft = {
      on: onPatient,
      others: { x: ball([0, 0, 0], 5), y: ball([1, 0, 0], 5) },
      label: 'A',
      order: 9,
      side: null,
    };
    const made = kind?.finish({
      ...draft,
      points: [
        [0, 50, 0],
        [0, 0, 0],
      ],
    });
    expect(made).toMatchObject({
      target: 'y',
      applicators: [
        { tip: [0, 50, 0], direction: normalize([0, 1, 0]), zone: { length: 40, width: 30, tipToCentre: 10 } },
      ],
    });
    expect(
      kind?.finish({
        ...draft,
        others: {},
        points: [
          [0, 50, 0],
          [0, 0, 0],
        ],
      }),
    ).toMatchObject({ target: null });
    if (kind === undefined || made === undefined) throw new Error('not placed');
    expect(kind.moveHandle(made, 'end-1', [0, 0, 0])).toMatchObject({ applicators: [{ zone: { length: 80 } }] });
    expect(kind.moveHandle(made, 'side-1', [20, 40, 0])).toMatchObject({ applicators: [{ zone: { width: 40 } }] });
  });
});
