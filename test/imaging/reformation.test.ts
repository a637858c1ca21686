import { describe, expect, it } from 'vitest';
import type { LpsMm, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import {
  distance,
  dot,
  normalize,
  rotationMinimisingFrames,
  subtract,
  voxelToPatient,
} from '../../src/geometry/index.ts';
import {
  alongOf,
  placeIn3d,
  pointIn,
  positionOf,
  readLines,
  straightened,
  stretched,
} from '../../src/imaging/index.ts';
import type { FollowedLine, Reformation, Volume } from '../../src/imaging/index.ts';

const radius = 60;
/** An arc of a circle of 60 mm in a plane that is none of the volume's, at each half millimetre; 56 mm long. */
const out = normalize([1, 0.5, 0.2]);
const lean = normalize(subtract([0.25, 0.1, 1], scaleOf(out, dot([0.25, 0.1, 1], out))));
const upright: Vec3 = [
  out[1] * lean[2] - out[2] * lean[1],
  out[2] * lean[0] - out[0] * lean[2],
  out[0] * lean[1] - out[1] * lean[0],
];
function scaleOf(v: Vec3, by: number): Vec3 {
  return [v[0] * by, v[1] * by, v[2] * by];
}
const onArc = (s: number): LpsMm => {
  const [a, b] = [radius * (Math.cos(s / radius) - 1), radius * Math.sin(s / radius)];
  return [out[0] * a + lean[0] * b, out[1] * a + lean[1] * b, out[2] * a + lean[2] * b];
};
const followed = (points: readonly LpsMm[]): FollowedLine => ({ points, frames: rotationMinimisingFrames(points) });
const arc = followed(Array.from({ length: 113 }, (_, n) => onArc(n / 2 - 28)));
const straight = followed(Array.from({ length: 81 }, (_, n): LpsMm => [3 + 0.3 * n, -5 + 0.4 * n, 7]));

/** Value = a plane of space: trilinear sampling gives it exactly, on a sheared grid too. */
const field = ([x, y, z]: Vec3): number => 3 * x - 2 * y + 5 * z + 100;
function volume(tiltDeg: number): Volume {
  const tilt = (tiltDeg * Math.PI) / 180;
  const geometry: VolumeGeometry = {
    dimensions: [60, 90, 40],
    spacing: [1.5, 1, 2.5 / Math.cos(tilt)],
    origin: [-45, -60, -50],
    direction: [[1, 0, 0], [0, 1, 0], [0, Math.sin(tilt), Math.cos(tilt)]], // prettier-ignore
    correction: tilt === 0 ? null : 'gantry-tilt',
  };
  const data = new Float64Array(60 * 90 * 40);
  for (let n = 0; n < data.length; n += 1)
    data[n] = field(voxelToPatient(geometry, [n % 60, Math.floor(n / 60) % 90, Math.floor(n / 5400)]));
  return { geometry, data: Float32Array.from(data), unit: 'HU' };
}

const there = (picture: Reformation, place: readonly [number, number]): LpsMm => {
  const point = pointIn(picture, place);
  if (point === undefined) throw new Error('an empty picture');
  return point;
};

describe('a curved picture of a vessel', () => {
  it('gives back every place as the same point, straightened and stretched, at any turn', () => {
    for (const make of [straightened, stretched])
      for (const turn of [0, 0.7, 2, 5])
        for (const line of [arc, straight]) {
          const picture = make(line, turn, 0.4);
          for (const alongMm of [0, 3.1, 17.77, 25])
            for (const acrossMm of [-15, -2.2, 0, 9]) {
              const point = there(picture, [alongMm, acrossMm]);
              const place = placeIn3d(picture, point);
              expect(Math.abs((place?.alongMm ?? NaN) - alongMm)).toBeLessThan(1e-4);
              expect(Math.abs((place?.acrossMm ?? NaN) - acrossMm)).toBeLessThan(1e-4);
              expect(Math.abs(place?.depthMm ?? NaN)).toBeLessThan(1e-4);
            }
        }
  });

  it('has on a straight vessel the lengths of the patient in every direction', () => {
    for (const make of [straightened, stretched]) {
      const picture = make(straight, 1.1, 0.25);
      const [a, b] = [there(picture, [4, -6]), there(picture, [34, 10])];
      expect(distance(a, b)).toBeCloseTo(Math.hypot(30, 16), 9);
    }
  });

  it('has along a bent vessel its arc, and between two of its points the chord of the circle', () => {
    const picture = straightened(arc, 0.3, 0.25);
    expect((picture.lines.length - 1) * picture.stepMm).toBeCloseTo(56, 0);
    const [a, b] = [there(picture, [8, 0]), there(picture, [48, 0])];
    // 40 mm of a circle of 60 mm; points of the line lie on chords of half a millimetre.
    expect(distance(a, b)).toBeCloseTo(2 * radius * Math.sin(40 / 2 / radius), 2);
  });

  it('stretched across the bend shows its arc straight, stretched in the bend shows chord and height', () => {
    const across = turnOf((direction) => Math.abs(dot(direction, upright)));
    const flat = stretched(arc, across, 0.25);
    expect((flat.lines.length - 1) * flat.stepMm).toBeCloseTo(56, 0);
    const within = turnOf((direction) => -Math.abs(dot(direction, upright)));
    const bent = stretched(arc, within, 0.25);
    const chord = 2 * radius * Math.sin(28 / radius);
    expect(Math.abs((bent.lines.length - 1) * bent.stepMm - chord)).toBeLessThan(0.3);
    const heights = arc.points.map((point) => placeIn3d(bent, point)?.acrossMm ?? NaN);
    expect(Math.max(...heights) - Math.min(...heights)).toBeCloseTo(radius * (1 - Math.cos(28 / radius)), 2);
    // The vessel's positions are those along itself, also where the picture is shorter.
    expect(positionOf(bent, alongOf(bent, 20))).toBeCloseTo(20, 6);
    expect(positionOf(bent, (bent.lines.length - 1) * bent.stepMm)).toBeCloseTo(56, 0);
  });

  it('reads the values of the patient at each of its places, of a tilted stack too, and none outside', () => {
    for (const tiltDeg of [0, 20]) {
      const picture = straightened(straight, 0.9, 1);
      const into = new Float32Array(picture.lines.length * 11);
      readLines(volume(tiltDeg), picture, { fromMm: -5, toMm: 5, count: 11 }, into, { from: 0, to: 1e6 });
      for (const n of [0, 12, 39])
        for (const i of [0, 5, 10]) {
          const point = there(picture, [n, i - 5]);
          expect(into[n * 11 + i]).toBeCloseTo(field(point), 2);
        }
      const far = new Float32Array(picture.lines.length * 3);
      readLines(volume(tiltDeg), picture, { fromMm: -500, toMm: 500, count: 3 }, far, { from: 0, to: 1e6 });
      expect(far[0]).toBeNaN();
      expect(far[1]).not.toBeNaN();
    }
  });

  /** The turn about the vessel at which the lines of the stretched picture point best as asked. */
  function turnOf(good: (direction: Vec3) => number): number {
    const turns = Array.from({ length: 3600 }, (_, n) => (n * Math.PI) / 3600);
    const best = turns.map((turn) => ({ turn, of: good(stretched(arc, turn, 20).lines[0]?.direction ?? [0, 0, 0]) }));
    return best.toSorted((a, b) => b.of - a.of)[0]?.turn ?? 0;
  }
});
