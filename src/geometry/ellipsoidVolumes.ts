import type { Ellipsoid } from './ellipsoid.ts';
import { ellipsoidVolumeMm3, surfacePoint, toEllipsoidAxes } from './ellipsoid.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { dot, subtract } from './vec.ts';

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
  if (parts.length < 2) return parts;
  parts.sort((x, y) => x[0] - y[0]);
  const merged: [number, number][] = [];
  for (const [begin, end] of parts) {
    const last = merged.at(-1);
    if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([begin, end]);
  }
  return merged;
}
const sumOver = (parts: readonly Interval[], antiderivative: (t: number) => number): number =>
  parts.reduce((sum, [begin, end]) => sum + antiderivative(end) - antiderivative(begin), 0);

/** A number found by refining, with what the last halving of the grid changed, relative to it. */
export interface Refined {
  readonly value: number;
  readonly lastChange: number;
}
const wanted = 2e-4;
const coarsest = 24;
const finest = 768;

/**
 * Mean over the sphere of what `along` gives for each direction, on a grid of n x 2n cells of equal area, halved until
 * two halvings together change nothing by more than 2e-4 (an eighth of a thousandth of the allowed 0.5 %).
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
        values.forEach((value, i) => (sums[i] = (sums[i] ?? 0) + value));
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
      const { sums, lastChange: change } = meanOverSphere((u) => [1 - ballPart(body, earlier, u)], signal);
      value += own * (sums[0] ?? 0);
      lastChange = Math.max(lastChange, change * (sums[0] ?? 0));
    }
  });
  return { value, lastChange };
}

/** Part (0 to 1) of the body's own ray in direction u, weighted as volume, that lies in any of the others. */
function ballPart(body: Ellipsoid, others: readonly Ellipsoid[], u: Vec3): number {
  const way = subtract(surfacePoint(body, u), body.centre);
  return sumOver(coveredParts(others, body.centre, way, 0, 1), (t) => t * t * t);
}

/** Volume that a body shares with the union of others, mm3. */
export function sharedVolumeMm3(body: Ellipsoid, others: readonly Ellipsoid[], signal?: AbortSignal): Refined {
  const own = ellipsoidVolumeMm3(body);
  const all = others.reduce((sum, other) => sum + ellipsoidVolumeMm3(other), 0);
  if (own <= all) {
    const { sums, lastChange } = meanOverSphere((u) => [ballPart(body, others, u)], signal);
    return { value: own * (sums[0] ?? 0), lastChange };
  }
  // From the smaller side, so that a small zone in a large target is not missed between rays.
  let value = 0;
  let lastChange = 0;
  others.forEach((other, i) => {
    const earlier = others.slice(0, i);
    const { sums, lastChange: change } = meanOverSphere((u) => {
      const way = subtract(surfacePoint(other, u), other.centre);
      const within = coveredParts([body], other.centre, way, 0, 1);
      const counted = within.flatMap(([low, high]) => coveredParts(earlier, other.centre, way, low, high));
      const cube = (t: number): number => t * t * t;
      return [sumOver(within, cube) - sumOver(counted, cube)];
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
