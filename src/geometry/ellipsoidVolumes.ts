import type { Ellipsoid } from './ellipsoid.ts';
import { ellipsoidVolumeMm3 } from './ellipsoid.ts';
import { addHit, addLine, createRayParts, seenFrom } from './ellipsoidRays.ts';

/** A number found by refining, with what the last halving of the grid changed, relative to it. */
export interface Refined {
  readonly value: number;
  readonly lastChange: number;
}
const wanted = 5e-4;
const coarsest = 24;
const finest = 768;

/**
 * Means over the sphere of what `put` writes into `out` for each direction, on a grid of n x 2n cells of equal area,
 * halved until two halvings in turn change nothing by more than 5e-4 (a tenth of the allowed 0.5 %).
 */
function meansOverSphere(
  count: number,
  put: (x: number, y: number, z: number, out: Float64Array) => void,
  signal?: AbortSignal,
): { readonly means: readonly number[]; readonly lastChange: number } {
  const out = new Float64Array(count);
  let before: readonly number[] = [];
  let changeBefore = Infinity;
  for (let n = coarsest; ; n *= 2) {
    signal?.throwIfAborted();
    const cosines = Float64Array.from({ length: 2 * n }, (_, i) => Math.cos((Math.PI * (i + 0.5)) / n));
    const sines = Float64Array.from({ length: 2 * n }, (_, i) => Math.sin((Math.PI * (i + 0.5)) / n));
    const sums = new Float64Array(count);
    for (let row = 0; row < n; row += 1) {
      const z = 1 - (2 * row + 1) / n;
      const across = Math.sqrt(1 - z * z);
      for (let column = 0; column < 2 * n; column += 1) {
        put(across * (cosines[column] ?? 0), across * (sines[column] ?? 0), z, out);
        for (let i = 0; i < count; i += 1) sums[i] = (sums[i] ?? 0) + (out[i] ?? 0);
      }
    }
    const means = Array.from(sums, (sum) => sum / (2 * n * n));
    const change = Math.max(
      ...means.map((mean, i) => {
        const difference = Math.abs(mean - (before[i] ?? Infinity));
        return difference === 0 ? 0 : difference / Math.max(Math.abs(mean), Number.MIN_VALUE);
      }),
    );
    if ((change < wanted && changeBefore < wanted) || n >= finest) return { means, lastChange: change };
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
      const { means, lastChange: change } = meansOverSphere(1, outsideOf(body, earlier), signal);
      value += own * (means[0] ?? 0);
      lastChange = Math.max(lastChange, change * (means[0] ?? 0));
    }
  });
  return { value, lastChange };
}

type Put = (x: number, y: number, z: number, out: Float64Array) => void;
/** Part (0 to 1) of each ray of the body, weighted as volume, that lies in any of the others. */
function insideOf(body: Ellipsoid, others: readonly Ellipsoid[]): Put {
  const seen = others.map((other) => seenFrom(body, other));
  const parts = createRayParts(seen.length);
  return (x, y, z, out) => {
    parts.clear();
    for (const each of seen) addHit(each, x, y, z, parts, 0, 1);
    out[0] = parts.total(cube);
  };
}
function outsideOf(body: Ellipsoid, others: readonly Ellipsoid[]): Put {
  const inside = insideOf(body, others);
  return (x, y, z, out) => {
    inside(x, y, z, out);
    out[0] = 1 - (out[0] ?? 0);
  };
}
const cube = (t: number): number => t * t * t;

/** Volume that a body shares with the union of others, mm3. */
export function sharedVolumeMm3(body: Ellipsoid, others: readonly Ellipsoid[], signal?: AbortSignal): Refined {
  const own = ellipsoidVolumeMm3(body);
  const all = others.reduce((sum, other) => sum + ellipsoidVolumeMm3(other), 0);
  if (own <= all) {
    const { means, lastChange } = meansOverSphere(1, insideOf(body, others), signal);
    return { value: own * (means[0] ?? 0), lastChange };
  }
  // From the smaller side, so that a small zone in a large target is not missed between rays.
  let value = 0;
  let lastChange = 0;
  others.forEach((other, i) => {
    const within = seenFrom(other, body);
    const taken = others.slice(0, i).map((each) => seenFrom(other, each));
    const whole = createRayParts(1);
    const counted = createRayParts(taken.length);
    const { means, lastChange: change } = meansOverSphere(
      1,
      (x, y, z, out) => {
        whole.clear();
        counted.clear();
        addHit(within, x, y, z, whole, 0, 1);
        // What an earlier body holds of this ray was counted with that one.
        if (whole.count() > 0) for (const each of taken) addHit(each, x, y, z, counted, whole.begin(), whole.end());
        out[0] = whole.total(cube) - counted.total(cube);
      },
      signal,
    );
    value += ellipsoidVolumeMm3(other) * (means[0] ?? 0);
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
  // In the body's unit ball a normal runs from u by s * (u / semiAxes^2) / |u / semiAxes|: linear in s all the same.
  const seen = others.map((other) => seenFrom(body, other));
  const parts = createRayParts(seen.length);
  const { means, lastChange } = meansOverSphere(
    2,
    (x, y, z, out) => {
      const [gx, gy, gz] = [x / a, y / b, z / c];
      const length = Math.sqrt(gx * gx + gy * gy + gz * gz);
      const x2 = (a * x) ** 2 + (b * y) ** 2 + (c * z) ** 2;
      const halfMean = (squares - x2) / (2 * product * product * length ** 3);
      const thirdGaussian = 1 / (3 * product * product * length ** 4);
      const layer = (s: number): number => s + halfMean * s * s + thirdGaussian * s * s * s;
      const area = product * length;
      parts.clear();
      for (const each of seen)
        addLine(each, x, y, z, gx / (a * length), gy / (b * length), gz / (c * length), parts, 0, margin);
      out[0] = area * layer(margin);
      out[1] = area * parts.total(layer);
    },
    signal,
  );
  const [whole = 0, covered = 0] = means;
  return { whole: 4 * Math.PI * whole, covered: 4 * Math.PI * covered, lastChange };
}
