import type { Ellipsoid } from './ellipsoid.ts';
import { ellipsoidVolumeMm3, surfacePoint, toEllipsoidAxes } from './ellipsoid.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { dot } from './vec.ts';

type Interval = readonly [number, number];

/** Where the line from + t * way runs inside the ellipsoid, as an interval of t; undefined where it passes by. */
export function lineThroughEllipsoid(e: Ellipsoid, from: LpsMm, way: Vec3): Interval | undefined {
  const o = toEllipsoidAxes(e, from);
  let a = 0;
  let b = 0;
  let c = -1;
  for (const i of [0, 1, 2] as const) {
    const d = dot(way, e.axes[i]) / e.semiAxes[i];
    const s = o[i] / e.semiAxes[i];
    a += d * d;
    b += d * s;
    c += s * s;
  }
  const rest = b * b - a * c;
  if (!(rest > 0) || !(a > 0)) return undefined;
  const root = Math.sqrt(rest);
  return [(-b - root) / a, (-b + root) / a];
}

/** Parts of [low, high] that lie in any of the bodies, in order, not overlapping. */
function coveredParts(
  bodies: readonly Ellipsoid[],
  from: LpsMm,
  way: Vec3,
  low: number,
  high: number,
): readonly Interval[] {
  const parts: Interval[] = [];
  for (const body of bodies) {
    const hit = lineThroughEllipsoid(body, from, way);
    if (hit === undefined) continue;
    const begin = Math.max(low, hit[0]);
    const end = Math.min(high, hit[1]);
    if (end > begin) parts.push([begin, end]);
  }
  return merged(parts);
}
function merged(parts: readonly Interval[]): readonly Interval[] {
  if (parts.length < 2) return parts;
  const joined: [number, number][] = [];
  for (const [begin, end] of [...parts].sort((x, y) => x[0] - y[0])) {
    const last = joined.at(-1);
    if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
    else joined.push([begin, end]);
  }
  return joined;
}
const sumOver = (parts: readonly Interval[], antiderivative: (t: number) => number): number =>
  parts.reduce((sum, [begin, end]) => sum + antiderivative(end) - antiderivative(begin), 0);

/** A number found by refining, with what the last halving of the grid changed, relative to it. */
export interface Refined {
  readonly value: number;
  readonly lastChange: number;
}
const wanted = 5e-4;
const coarsest = 24;
const finest = 768;

/**
 * Mean over the sphere of what `along` gives for each direction, on a grid of n x 2n cells of equal area, halved until
 * two halvings in turn change nothing by more than 5e-4 (a tenth of the allowed 0.5 %).
 */
function meanOverSphere(
  along: (u: Vec3) => readonly number[],
  signal?: AbortSignal,
): { readonly sums: readonly number[]; readonly lastChange: number } {
  let before: readonly number[] = [];
  let changeBefore = Infinity;
  for (let n = coarsest; ; n *= 2) {
    signal?.throwIfAborted();
    const sums: number[] = [];
    for (let row = 0; row < n; row += 1) {
      const z = 1 - (2 * row + 1) / n;
      const across = Math.sqrt(1 - z * z);
      for (let column = 0; column < 2 * n; column += 1) {
        const turn = (Math.PI * (column + 0.5)) / n;
        const values = along([across * Math.cos(turn), across * Math.sin(turn), z]);
        for (let i = 0; i < values.length; i += 1) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
      }
    }
    const means = sums.map((sum) => sum / (2 * n * n));
    const change = Math.max(
      ...means.map((mean, i) => {
        const difference = Math.abs(mean - (before[i] ?? Infinity));
        return difference === 0 ? 0 : difference / Math.max(Math.abs(mean), Number.MIN_VALUE);
      }),
    );
    if ((change < wanted && changeBefore < wanted) || n >= finest) return { sums: means, lastChange: change };
    before = means;
    changeBefore = change;
  }
}

/** Volume of what lies in any of the bodies, mm3. Exact for one; else exact along rays, refined across them. */
export function unionVolumeMm3(bodies: readonly Ellipsoid[], signal?: AbortSignal): Refined {
  let value = 0;
  let lastChange = 0;
  bodies.forEach((body, i) => {
    const own = ellipsoidVolumeMm3(body);
    const earlier = bodies.slice(0, i);
    if (earlier.length === 0) value += own;
    else {
      const part = ballPart(body, earlier);
      const { sums, lastChange: change } = meanOverSphere((u) => [1 - part(u)], signal);
      value += own * (sums[0] ?? 0);
      lastChange = Math.max(lastChange, change * (sums[0] ?? 0));
    }
  });
  return { value, lastChange };
}

/** Another body as seen from the first one's centre in its unit ball: a ray t * u meets it where |t M u + s| = 1. */
interface Seen {
  readonly rows: readonly [Vec3, Vec3, Vec3];
  readonly s: Vec3;
  readonly c: number;
}
function seenFrom(body: Ellipsoid, other: Ellipsoid): Seen {
  const o = toEllipsoidAxes(other, body.centre);
  const row = (i: 0 | 1 | 2): Vec3 => [
    (dot(body.axes[0], other.axes[i]) * body.semiAxes[0]) / other.semiAxes[i],
    (dot(body.axes[1], other.axes[i]) * body.semiAxes[1]) / other.semiAxes[i],
    (dot(body.axes[2], other.axes[i]) * body.semiAxes[2]) / other.semiAxes[i],
  ];
  const s: Vec3 = [o[0] / other.semiAxes[0], o[1] / other.semiAxes[1], o[2] / other.semiAxes[2]];
  return { rows: [row(0), row(1), row(2)], s, c: dot(s, s) - 1 };
}
function rayThrough({ rows, s, c }: Seen, u: Vec3): Interval | undefined {
  const x = dot(rows[0], u);
  const y = dot(rows[1], u);
  const z = dot(rows[2], u);
  const a = x * x + y * y + z * z;
  const b = x * s[0] + y * s[1] + z * s[2];
  const rest = b * b - a * c;
  if (!(rest > 0)) return undefined;
  const root = Math.sqrt(rest);
  const low = Math.max(0, (-b - root) / a);
  const high = Math.min(1, (-b + root) / a);
  return high > low ? [low, high] : undefined;
}

/** Part (0 to 1) of each ray of the body, weighted as volume, that lies in any of the others. */
function ballPart(body: Ellipsoid, others: readonly Ellipsoid[]): (u: Vec3) => number {
  const seen = others.map((other) => seenFrom(body, other));
  const [only] = seen;
  if (only !== undefined && seen.length === 1)
    return (u) => {
      const hit = rayThrough(only, u);
      return hit === undefined ? 0 : hit[1] ** 3 - hit[0] ** 3;
    };
  return (u) => sumOver(merged(seen.flatMap((each): readonly Interval[] => asList(rayThrough(each, u)))), cube);
}
const asList = (hit: Interval | undefined): readonly Interval[] => (hit === undefined ? [] : [hit]);
const cube = (t: number): number => t * t * t;

/** Volume that a body shares with the union of others, mm3. */
export function sharedVolumeMm3(body: Ellipsoid, others: readonly Ellipsoid[], signal?: AbortSignal): Refined {
  const own = ellipsoidVolumeMm3(body);
  const all = others.reduce((sum, other) => sum + ellipsoidVolumeMm3(other), 0);
  if (own <= all) {
    const part = ballPart(body, others);
    const { sums, lastChange } = meanOverSphere((u) => [part(u)], signal);
    return { value: own * (sums[0] ?? 0), lastChange };
  }
  // From the smaller side, so that a small zone in a large target is not missed between rays.
  let value = 0;
  let lastChange = 0;
  others.forEach((other, i) => {
    const earlier = others.slice(0, i);
    const within = seenFrom(other, body);
    const taken = earlier.map((each) => seenFrom(other, each));
    const { sums, lastChange: change } = meanOverSphere((u) => {
      const hit = rayThrough(within, u);
      if (hit === undefined) return [0];
      const counted = taken.flatMap((each): readonly Interval[] => {
        const blocked = rayThrough(each, u);
        if (blocked === undefined) return [];
        const part: Interval = [Math.max(hit[0], blocked[0]), Math.min(hit[1], blocked[1])];
        return part[1] > part[0] ? [part] : [];
      });
      return [cube(hit[1]) - cube(hit[0]) - sumOver(merged(counted), cube)];
    }, signal);
    value += ellipsoidVolumeMm3(other) * (sums[0] ?? 0);
    lastChange = Math.max(lastChange, change);
  });
  return { value, lastChange };
}

/**
 * The shell that a body gains when grown by `margin` mm on every side: its volume, and how much of it lies in the
 * union of others, mm3. Along each normal the layer at height s has (1 + 2H s + K s^2) of the surface's own area (H, K
 * the ellipsoid's mean and Gaussian curvature), so rays are exact here too.
 */
export function grownShellMm3(
  body: Ellipsoid,
  margin: number,
  others: readonly Ellipsoid[],
  signal?: AbortSignal,
): { readonly whole: number; readonly covered: number; readonly lastChange: number } {
  const [a, b, c] = body.semiAxes;
  const product = a * b * c;
  const squares = a * a + b * b + c * c;
  const { sums, lastChange } = meanOverSphere((u) => {
    const g: Vec3 = [u[0] / a, u[1] / b, u[2] / c];
    const length = Math.hypot(g[0], g[1], g[2]);
    const x2 = (a * u[0]) ** 2 + (b * u[1]) ** 2 + (c * u[2]) ** 2;
    const twiceMean = (squares - x2) / (product * product * length ** 3);
    const gaussian = 1 / (product * product * length ** 4);
    const layer = (s: number): number => s + (twiceMean * s * s) / 2 + (gaussian * s * s * s) / 3;
    const area = product * length;
    const from = surfacePoint(body, u);
    const unit: Vec3 = [g[0] / length, g[1] / length, g[2] / length];
    const normal: Vec3 = [
      unit[0] * body.axes[0][0] + unit[1] * body.axes[1][0] + unit[2] * body.axes[2][0],
      unit[0] * body.axes[0][1] + unit[1] * body.axes[1][1] + unit[2] * body.axes[2][1],
      unit[0] * body.axes[0][2] + unit[1] * body.axes[1][2] + unit[2] * body.axes[2][2],
    ];
    return [area * layer(margin), area * sumOver(coveredParts(others, from, normal, 0, margin), layer)];
  }, signal);
  const [whole = 0, covered = 0] = sums;
  return { whole: 4 * Math.PI * whole, covered: 4 * Math.PI * covered, lastChange };
}
