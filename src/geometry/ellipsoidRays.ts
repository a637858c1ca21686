import type { Ellipsoid } from './ellipsoid.ts';
import { toEllipsoidAxes } from './ellipsoid.ts';
import { dot } from './vec.ts';

// Rays are shot a hundred thousand at a time while a hand drags: nothing here makes an object for a ray.

/** Another body seen in the unit ball of a first: there it holds the points p with |M p + s| <= 1. */
export interface Seen {
  /** M, row by row, then s. */
  readonly numbers: Float64Array;
}
export function seenFrom(body: Ellipsoid, other: Ellipsoid): Seen {
  const numbers = new Float64Array(12);
  const o = toEllipsoidAxes(other, body.centre);
  for (const row of [0, 1, 2] as const) {
    for (const column of [0, 1, 2] as const)
      numbers[3 * row + column] =
        (dot(body.axes[column], other.axes[row]) * body.semiAxes[column]) / other.semiAxes[row];
    numbers[9 + row] = o[row] / other.semiAxes[row];
  }
  return { numbers };
}

/** Parts of one line, joined where they overlap. */
export interface RayParts {
  clear(): void;
  add(begin: number, end: number): void;
  /** Of the parts as added. */
  count(): number;
  /** Of the first part by its begin. */
  begin(): number;
  end(): number;
  /** Sum over the joined parts of what an antiderivative gains along them. */
  total(antiderivative: (t: number) => number): number;
}

export function createRayParts(most: number): RayParts {
  const begins = new Float64Array(most);
  const ends = new Float64Array(most);
  let count = 0;
  return {
    clear() {
      count = 0;
    },
    add(begin, end) {
      let at = count;
      for (; at > 0 && (begins[at - 1] ?? 0) > begin; at -= 1) {
        begins[at] = begins[at - 1] ?? 0;
        ends[at] = ends[at - 1] ?? 0;
      }
      begins[at] = begin;
      ends[at] = end;
      count += 1;
    },
    count: () => count,
    begin: () => begins[0] ?? NaN,
    end: () => ends[0] ?? NaN,
    total(antiderivative) {
      let sum = 0;
      for (let i = 0; i < count;) {
        const begin = begins[i] ?? 0;
        let end = ends[i] ?? 0;
        for (i += 1; i < count && (begins[i] ?? 0) <= end; i += 1) end = Math.max(end, ends[i] ?? 0);
        sum += antiderivative(end) - antiderivative(begin);
      }
      return sum;
    },
  };
}

/** Adds the part of t * (x, y, z), low <= t <= high, that lies in the body. */
export function addHit(seen: Seen, x: number, y: number, z: number, parts: RayParts, low: number, high: number): void {
  addLine(seen, 0, 0, 0, x, y, z, parts, low, high);
}

/** The same of the line p + t * w. */
export function addLine(
  { numbers: m }: Seen,
  px: number,
  py: number,
  pz: number,
  wx: number,
  wy: number,
  wz: number,
  parts: RayParts,
  low: number,
  high: number,
): void {
  let a = 0;
  let b = 0;
  let c = -1;
  for (let row = 0; row < 9; row += 3) {
    const m0 = m[row] ?? 0;
    const m1 = m[row + 1] ?? 0;
    const m2 = m[row + 2] ?? 0;
    const w = m0 * wx + m1 * wy + m2 * wz;
    const p = m0 * px + m1 * py + m2 * pz + (m[9 + row / 3] ?? 0);
    a += w * w;
    b += w * p;
    c += p * p;
  }
  const rest = b * b - a * c;
  if (!(rest > 0) || !(a > 0)) return;
  const root = Math.sqrt(rest);
  const begin = Math.max(low, (-b - root) / a);
  const end = Math.min(high, (-b + root) / a);
  if (end > begin) parts.add(begin, end);
}
