import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import type { Part } from './body.ts';

/** A stack of slices anywhere in the patient. */
export interface Stack {
  /** Columns, rows, slices. */
  readonly dimensions: readonly [number, number, number];
  readonly spacingMm: readonly [number, number, number];
  /** LPS of the centre of the first voxel. */
  readonly origin: LpsMm;
  /** The directions of rising column, row and slice index: unit vectors at right angles. */
  readonly directions: readonly [Vec3, Vec3, Vec3];
}
export const upright: Stack['directions'] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
/** A Gaussian in all three directions, then the box of pixel and slice. */
export interface Blur {
  readonly sigmaMm: number;
  readonly samplesPerPixel: number;
  readonly samplesPerSlice: number;
}

/**
 * Noise-free values of each slice in order, rows x columns. Parts are painted one over the other on a finer grid by
 * their indicator clamp(1/2 - distance/step), blurred there, and summed to pixels and slices (measures.md 13).
 * The array is used again for the next slice.
 */
export function* paintSlices(
  parts: readonly Part[],
  background: number,
  stack: Stack,
  blur: Blur,
): Generator<Float32Array> {
  const [columns, rows, slices] = stack.dimensions;
  const [dx, dy, dz] = stack.spacingMm;
  const n = blur.samplesPerPixel;
  const alongX = taps(dx, dx / n, blur.sigmaMm);
  const alongY = taps(dy, dy / n, blur.sigmaMm);
  const alongZ = taps(dz, dz / blur.samplesPerSlice, blur.sigmaMm);
  const wide = (columns - 1) * n + alongX.weights.length;
  const high = (rows - 1) * n + alongY.weights.length;
  const fine = new Float32Array(wide * high);
  const narrow = new Float32Array(high * columns);
  const value = new Float32Array(columns * rows);
  const planes = new Map<number, Float32Array>();
  const spare: Float32Array[] = [];
  const canvas: Canvas = {
    fine,
    wide,
    high,
    stepX: dx / n,
    stepY: dy / n,
    // Where fine sample [0, 0] lies, mm along column and row directions from the first voxel's centre.
    fromX: -dx / 2 + (alongX.first + 0.5) * (dx / n),
    fromY: -dy / 2 + (alongY.first + 0.5) * (dy / n),
    stack,
  };
  // What is the same in every plane and lies under all else is drawn once.
  const isUpright = stack.directions.every((direction, axis) => direction[axis] === 1);
  const changing = isUpright ? parts.findIndex(({ shape }) => shape.alongZ !== true) : 0;
  const still = changing < 0 ? parts.length : changing;
  fine.fill(background);
  for (const one of parts.slice(0, still)) paint(canvas, one, 0);
  const base = fine.slice();
  for (let k = 0; k < slices; k++) {
    const from = k * blur.samplesPerSlice + alongZ.first;
    for (const [index, plane] of planes) {
      if (index >= from) continue;
      planes.delete(index);
      spare.push(plane);
    }
    value.fill(0);
    for (const [t, weight] of alongZ.weights.entries()) {
      let plane = planes.get(from + t);
      if (!plane) {
        plane = spare.pop() ?? new Float32Array(columns * rows);
        fine.set(base);
        const depth = -dz / 2 + (from + t + 0.5) * (dz / blur.samplesPerSlice);
        for (let i = still; i < parts.length; i++) paint(canvas, parts[i] ?? never, depth);
        shrink(canvas, narrow, plane, columns, rows, n, alongX.weights, alongY.weights);
        planes.set(from + t, plane);
      }
      for (let i = 0; i < value.length; i++) value[i] = (value[i] ?? 0) + weight * (plane[i] ?? 0);
    }
    yield value;
  }
}

const never: Part = { value: 0, shape: { within: [], distanceMm: () => Infinity } };

interface Canvas {
  readonly fine: Float32Array;
  readonly wide: number;
  readonly high: number;
  readonly stepX: number;
  readonly stepY: number;
  readonly fromX: number;
  readonly fromY: number;
  readonly stack: Stack;
}
const blockSamples = 32;

/** Paints the cut of one part with the plane `depth` mm along the slice direction from the first slice. */
function paint(canvas: Canvas, { shape, value }: Part, depth: number): void {
  const { fine, wide, high, stepX, stepY, fromX, fromY } = canvas;
  const [u, v, w] = canvas.stack.directions;
  const [ox, oy, oz] = canvas.stack.origin;
  const x0 = ox + fromX * u[0] + fromY * v[0] + depth * w[0];
  const y0 = oy + fromX * u[1] + fromY * v[1] + depth * w[1];
  const z0 = oz + fromX * u[2] + fromY * v[2] + depth * w[2];
  let [left, right, top, bottom] = [0, wide - 1, 0, high - 1];
  if (shape.within) {
    [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const { centre, radiusMm } of shape.within) {
      const px = centre[0] - x0;
      const py = centre[1] - y0;
      const pz = centre[2] - z0;
      const off = px * w[0] + py * w[1] + pz * w[2];
      const reach = radiusMm + 1;
      if (Math.abs(off) > reach) continue;
      const radius = Math.sqrt(reach * reach - off * off) + 1;
      const column = (px * u[0] + py * u[1] + pz * u[2]) / stepX;
      const row = (px * v[0] + py * v[1] + pz * v[2]) / stepY;
      left = Math.min(left, Math.floor(column - radius / stepX));
      right = Math.max(right, Math.ceil(column + radius / stepX));
      top = Math.min(top, Math.floor(row - radius / stepY));
      bottom = Math.max(bottom, Math.ceil(row + radius / stepY));
    }
    left = Math.max(0, left);
    top = Math.max(0, top);
    right = Math.min(wide - 1, right);
    bottom = Math.min(high - 1, bottom);
  }
  const edge = Math.max(stepX, stepY);
  const [ux, uy, uz] = [u[0] * stepX, u[1] * stepX, u[2] * stepX];
  const [vx, vy, vz] = [v[0] * stepY, v[1] * stepY, v[2] * stepY];
  function block(c0: number, c1: number, r0: number, r1: number): void {
    const c = (c0 + c1) / 2;
    const r = (r0 + r1) / 2;
    const distance = shape.distanceMm(x0 + c * ux + r * vx, y0 + c * uy + r * vy, z0 + c * uz + r * vz);
    const reach = Math.hypot((c1 - c0) * stepX, (r1 - r0) * stepY) / 2 + edge / 2;
    if (distance >= reach) return;
    if (distance <= -reach) {
      for (let row = r0; row <= r1; row++) fine.fill(value, row * wide + c0, row * wide + c1 + 1);
      return;
    }
    if (c1 - c0 > 5 || r1 - r0 > 5) {
      const cm = Math.floor(c);
      const rm = Math.floor(r);
      block(c0, cm, r0, rm);
      if (cm < c1) block(cm + 1, c1, r0, rm);
      if (rm < r1) block(c0, cm, rm + 1, r1);
      if (cm < c1 && rm < r1) block(cm + 1, c1, rm + 1, r1);
      return;
    }
    for (let row = r0; row <= r1; row++) {
      for (let column = c0; column <= c1; column++) {
        const off = shape.distanceMm(
          x0 + column * ux + row * vx,
          y0 + column * uy + row * vy,
          z0 + column * uz + row * vz,
        );
        const inside = 0.5 - off / edge;
        if (inside <= 0) continue;
        const at = row * wide + column;
        const before = fine[at] ?? 0;
        fine[at] = inside >= 1 ? value : before + inside * (value - before);
      }
    }
  }
  for (let r = top; r <= bottom; r += blockSamples) {
    for (let c = left; c <= right; c += blockSamples) {
      block(c, Math.min(right, c + blockSamples - 1), r, Math.min(bottom, r + blockSamples - 1));
    }
  }
}

/** Blurs the fine plane and sums it to pixels. */
function shrink(
  { fine, wide, high }: Pick<Canvas, 'fine' | 'wide' | 'high'>,
  narrow: Float32Array,
  into: Float32Array,
  columns: number,
  rows: number,
  n: number,
  alongX: Float64Array,
  alongY: Float64Array,
): void {
  const tapsX = alongX.length;
  for (let y = 0; y < high; y++) {
    const line = y * wide;
    for (let c = 0; c < columns; c++) {
      const from = line + c * n;
      let sum = 0;
      for (let t = 0; t < tapsX; t++) sum += (alongX[t] ?? 0) * (fine[from + t] ?? 0);
      narrow[y * columns + c] = sum;
    }
  }
  into.fill(0);
  for (let r = 0; r < rows; r++) {
    const to = r * columns;
    for (let t = 0; t < alongY.length; t++) {
      const weight = alongY[t] ?? 0;
      const from = (r * n + t) * columns;
      for (let c = 0; c < columns; c++) into[to + c] = (into[to + c] ?? 0) + weight * (narrow[from + c] ?? 0);
    }
  }
}

/**
 * Weights on the fine grid for one coarse sample: a Gaussian convolved with a box as wide as the sample.
 * `first`: index of the first tap, from the sample's own first fine sample. The weights sum to 1.
 * @param shiftMm  Moves the picture by so much toward higher indices.
 */
export function taps(
  widthMm: number,
  stepMm: number,
  sigmaMm: number,
  shiftMm = 0,
): { readonly weights: Float64Array; readonly first: number } {
  const inside = Math.round(widthMm / stepMm);
  const beyond = Math.ceil((3.5 * sigmaMm + Math.abs(shiftMm)) / stepMm);
  const weights = new Float64Array(inside + 2 * beyond);
  let sum = 0;
  for (const t of weights.keys()) {
    const offset = (t - beyond + 0.5) * stepMm - widthMm / 2 + shiftMm;
    let weight = 0;
    for (let b = 0; b < inside; b++) {
      const distanceMm = offset - ((b + 0.5) * stepMm - widthMm / 2);
      weight += Math.exp(-0.5 * (distanceMm / sigmaMm) ** 2);
    }
    weights[t] = weight;
    sum += weight;
  }
  return { weights: weights.map((weight) => weight / sum), first: -beyond };
}
