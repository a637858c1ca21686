import type { LpsMm } from '../src/geometry/index.ts';
import type { Solid } from './solids.ts';

/** An upright stack: columns along +x, rows along +y, slices along +z. */
export interface Grid {
  /** Columns, rows, slices. */
  readonly dimensions: readonly [number, number, number];
  readonly spacingMm: readonly [number, number, number];
  /** LPS of the centre of the first voxel. */
  readonly origin: LpsMm;
}
/** How the scanner blurs: a Gaussian in all three directions, then the box of pixel and slice. */
export interface Optics {
  readonly blurSigmaMm: number;
  /** Samples across a pixel; at least 3. */
  readonly samplesPerPixel: number;
  /** Samples across a slice. */
  readonly samplesPerSlice: number;
}

/**
 * Noise-free HU of each slice in order, each a Float64Array of rows x columns. Solids are sampled by their indicator
 * clamp(1/2 - distance/step) on a finer grid, blurred in x and y there, summed to pixels, then blurred along z.
 * (measures.md 13; every step is linear, so the order does not matter.)
 */
export function* scanSlices(
  solids: readonly Solid[],
  backgroundHu: number,
  grid: Grid,
  optics: Optics,
): Generator<Float64Array> {
  const [columns, rows, slices] = grid.dimensions;
  const [, , spacingZ] = grid.spacingMm;
  const flat = new Float64Array(columns * rows).fill(backgroundHu);
  for (const solid of solids) if (solid.sameInEveryPlane) addPlane(flat, solid, grid.origin[2], grid, optics);
  const others = solids.filter((solid) => !solid.sameInEveryPlane);

  const stepZ = spacingZ / optics.samplesPerSlice;
  const { taps, first } = kernel(spacingZ, stepZ, optics.blurSigmaMm);
  const planes = new Map<number, Float64Array>();
  for (let k = 0; k < slices; k++) {
    const slice = flat.slice();
    const from = k * optics.samplesPerSlice + first;
    for (const done of planes.keys()) if (done < from) planes.delete(done);
    for (const [t, weight] of taps.entries()) {
      const index = from + t;
      let plane = planes.get(index);
      if (!plane) {
        plane = new Float64Array(columns * rows);
        // The middle of fine sample 0 is half a slice below the first slice's centre, and half a step up.
        const z = grid.origin[2] - spacingZ / 2 + (index + 0.5) * stepZ;
        for (const solid of others) addPlane(plane, solid, z, grid, optics);
        planes.set(index, plane);
      }
      for (let i = 0; i < slice.length; i++) slice[i] = (slice[i] ?? 0) + weight * (plane[i] ?? 0);
    }
    yield slice;
  }
}

/** Adds one solid's blurred cut with the plane at z to an image. */
function addPlane(image: Float64Array, solid: Solid, z: number, grid: Grid, optics: Optics): void {
  const box = solid.boxAt(z);
  if (!box) return;
  const [columns, rows] = grid.dimensions;
  const [dx, dy] = grid.spacingMm;
  const reach = 4 * optics.blurSigmaMm;
  const clamp = (value: number, top: number): number => Math.max(0, Math.min(top, value));
  const c0 = clamp(Math.floor((box[0] - reach - grid.origin[0]) / dx), columns - 1);
  const c1 = clamp(Math.ceil((box[1] + reach - grid.origin[0]) / dx), columns - 1);
  const r0 = clamp(Math.floor((box[2] - reach - grid.origin[1]) / dy), rows - 1);
  const r1 = clamp(Math.ceil((box[3] + reach - grid.origin[1]) / dy), rows - 1);
  const n = optics.samplesPerPixel;
  const stepX = dx / n;
  const stepY = dy / n;
  const step = Math.max(stepX, stepY);
  const alongX = kernel(dx, stepX, optics.blurSigmaMm);
  const alongY = kernel(dy, stepY, optics.blurSigmaMm);
  const wide = c1 - c0 + 1;
  const high = r1 - r0 + 1;
  const fineRows = (high - 1) * n + alongY.taps.length;
  const fineColumns = (wide - 1) * n + alongX.taps.length;
  const x0 = grid.origin[0] + c0 * dx - dx / 2 + (alongX.first + 0.5) * stepX;
  const y0 = grid.origin[1] + r0 * dy - dy / 2 + (alongY.first + 0.5) * stepY;

  const line = new Float64Array(fineColumns);
  const narrow = new Float64Array(fineRows * wide);
  for (let y = 0; y < fineRows; y++) {
    let any = false;
    for (let x = 0; x < fineColumns; x++) {
      const distanceMm = solid.signedDistanceMm([x0 + x * stepX, y0 + y * stepY, z]);
      const inside = Math.max(0, Math.min(1, 0.5 - distanceMm / step));
      line[x] = inside;
      any ||= inside > 0;
    }
    if (!any) continue;
    for (let c = 0; c < wide; c++) {
      let sum = 0;
      for (let t = 0; t < alongX.taps.length; t++) sum += (alongX.taps[t] ?? 0) * (line[c * n + t] ?? 0);
      narrow[y * wide + c] = sum;
    }
  }
  for (let r = 0; r < high; r++) {
    for (let c = 0; c < wide; c++) {
      let sum = 0;
      for (let t = 0; t < alongY.taps.length; t++) sum += (alongY.taps[t] ?? 0) * (narrow[(r * n + t) * wide + c] ?? 0);
      const at = (r0 + r) * columns + c0 + c;
      image[at] = (image[at] ?? 0) + solid.addsHu * sum;
    }
  }
}

/**
 * Weights on the fine grid of one coarse sample: Gaussian convolved with a box as wide as the sample.
 * `first`: index of the first tap, counted from the sample's own first fine sample. The weights sum to 1.
 */
function kernel(widthMm: number, stepMm: number, sigmaMm: number): { taps: Float64Array; first: number } {
  const inside = Math.round(widthMm / stepMm);
  const beyond = Math.ceil((4 * sigmaMm) / stepMm);
  const taps = new Float64Array(inside + 2 * beyond);
  let sum = 0;
  for (const t of taps.keys()) {
    const offset = (t - beyond + 0.5) * stepMm - widthMm / 2;
    for (let b = 0; b < inside; b++) {
      const distanceMm = offset - ((b + 0.5) * stepMm - widthMm / 2);
      taps[t] =
        (taps[t] ?? 0) +
        (sigmaMm > 0 ? Math.exp(-0.5 * (distanceMm / sigmaMm) ** 2) : Number(Math.abs(distanceMm) < stepMm / 2));
    }
    sum += taps[t] ?? 0;
  }
  return { taps: taps.map((value) => value / sum), first: -beyond };
}
