import { rayCount } from './section.ts';
import { outlineOf, shapeSize, wallDistances } from './lumenShape.ts';
import type { LumenShape, Outline } from './lumenShape.ts';
import type { PlanePicture } from './planePicture.ts';
import { solvePositive } from './solve.ts';

/** What is taken as known while one lumen is fitted. Values in the volume's unit. */
export interface FitGiven {
  readonly lumen: number;
  readonly background: number;
  readonly blurMm: number;
  /** How many places of the picture count as one independent reading. */
  readonly correlated: number;
  /** What lies beside the lumen all along the vessel (wall, plaque), where it is known. */
  readonly beside?: number;
}
export interface LumenFit {
  /** What lies beside this lumen. */
  readonly beside: number;
  readonly shape: LumenShape;
  /** One standard deviation of the fitted shape's parameters. */
  readonly deviations: Float64Array;
  /** What is left over, one standard deviation. */
  readonly residual: number;
  /** What this picture says of lumen level (as a part of the contrast) and blur, all else fitted: pull and hold. */
  readonly shared: {
    readonly level: number;
    readonly blur: number;
    readonly levelLevel: number;
    readonly levelBlur: number;
    readonly blurBlur: number;
  };
}

const backgroundSize = 8;
const localSize = shapeSize + backgroundSize;
const fullSize = localSize + 2;
/** How far the shape is thought to lie from a circle in the middle before the picture is looked at: mm, mm, -, parts. */
const expected = [1, 1, Infinity, 0.35, 0.35, 0.1, 0.1, 0.08, 0.08];
/**
 * Beside the lumen (wall, plaque): mean and one-sided; beyond that (fat, muscle): mean, one-sided, two-sided. As parts
 * of the contrast.
 */
const expectedAround = [0.3, 0.12, 0.12, 0.25, 0.2, 0.2, 0.12, 0.12];
const iterations = 8;
/** Where it is known from the rest of the vessel what lies beside it, it differs by so much less. */
const besideSpread = 0.25;
/** Half-widths below this many blurs are thin. */
const thinBlurs = 2.2;
/** Surroundings are hardly ever brighter than usual by more than this part of the contrast. */
const brightest = 0.38;
/** How thick an artery's wall usually is, mm. */
const wallMm = 1;

/**
 * The lumen whose blurred picture is most like the one given: a bright outline (`lumenShape.ts`) in surroundings that may
 * differ from side to side, spread by a Gaussian blur. Least squares with weak expectations, so that where noise hides
 * the shape it comes out round and not ragged. Blur is taken back whatever the size. `start`: where it is expected;
 * `from`: where the search begins.
 */
export function fitLumen(
  picture: PlanePicture,
  start: LumenShape,
  given: FitGiven,
  from: LumenShape = start,
): LumenFit | undefined {
  const contrast = given.lumen - given.background;
  const count = picture.values.length;
  if (count < localSize + 4 || !(contrast > 0)) return undefined;
  const shape = Float64Array.from(from);
  const around = new Float64Array(backgroundSize);
  around[0] = given.beside ?? given.background;
  around[3] = given.background;
  let noise = (0.06 * contrast) ** 2;
  let normal: Float64Array = new Float64Array(fullSize * fullSize);
  let pull: Float64Array = new Float64Array(fullSize);
  for (let round = 0; round <= iterations; round += 1) {
    const sums = gathered(picture, shape, around, given);
    normal = sums.normal;
    pull = sums.pull;
    noise = Math.max(sums.square / Math.max(1, count - localSize), (0.004 * contrast) ** 2);
    withExpectations({ normal, pull }, { shape, start, around, given }, noise * given.correlated);
    if (round === iterations) break;
    const local = topLeft(normal, localSize);
    const change = solvePositive(local, localSize, pull.slice(0, localSize));
    if (change === undefined) return undefined;
    moveBy(shape, around, change);
    if (change.slice(0, shapeSize).every((value) => Math.abs(value) < 4e-3)) round = iterations - 1;
  }
  return {
    beside: around[0] ?? 0,
    shape,
    deviations: deviationsOf(normal, noise * given.correlated),
    residual: Math.sqrt(noise),
    shared: sharedOf(normal, pull),
  };
}

function gathered(
  { u, v, values }: PlanePicture,
  shape: LumenShape,
  around: Float64Array,
  { lumen, background, blurMm }: FitGiven,
): { normal: Float64Array; pull: Float64Array; square: number } {
  // A Gaussian seen every blur along the outline is seen whole.
  const [r = 0, e1 = 0, e2 = 0] = shape.subarray(2);
  const points = Math.min(rayCount, Math.max(24, 2 * Math.ceil((Math.PI * r * (1 + Math.hypot(e1, e2))) / blurMm)));
  const outline = outlineOf(shape, points);
  const normal = new Float64Array(fullSize * fullSize);
  const pull = new Float64Array(fullSize);
  const row = new Float64Array(fullSize);
  const near = (shape[2] ?? 0) + 0.5 * blurMm;
  const middle: readonly [number, number] = [shape[0] ?? 0, shape[1] ?? 0];
  const walls = wallDistances(outline, middle, rayCount / 2);
  const basis = new Float64Array(backgroundSize);
  let square = 0;
  for (let n = 0; n < values.length; n += 1) {
    const [x, y] = [u[n] ?? 0, v[n] ?? 0];
    const { filled, byBlur } = blurredOutline(outline, x, y, blurMm, row);
    const [ox, oy] = [x - middle[0], y - middle[1]];
    const far = Math.hypot(ox, oy);
    const scale = 1 / Math.max(far, near);
    const [cos, sin] = [ox * scale, oy * scale];
    const beyond = far - wallAt(walls, Math.atan2(oy, ox));
    const past = (beyond - wallMm) / blurMm;
    const outer = normalBelow(past);
    const beside = 1 - filled - outer;
    const [cos2, sin2] = [cos * cos - sin * sin, 2 * sin * cos];
    basis[0] = beside;
    basis[1] = beside * cos;
    basis[2] = beside * sin;
    basis[3] = outer;
    basis[4] = outer * cos;
    basis[5] = outer * sin;
    basis[6] = outer * cos2;
    basis[7] = outer * sin2;
    const tissue = (around[0] ?? 0) + (around[1] ?? 0) * cos + (around[2] ?? 0) * sin;
    let outside = 0;
    for (let j = 0; j < backgroundSize; j += 1) outside += (around[j] ?? 0) * (basis[j] ?? 0);
    const step = lumen - tissue;
    // The line between what lies beside and what lies beyond moves with the wall.
    const fat = outer > 1e-9 ? (outside - tissue * beside) / outer : tissue;
    const edge = ((tissue - fat) * Math.exp((-past * past) / 2)) / (blurMm * Math.sqrt(2 * Math.PI));
    for (let j = 0; j < shapeSize; j += 1) row[j] = (row[j] ?? 0) * step;
    row[0] = (row[0] ?? 0) + edge * cos;
    row[1] = (row[1] ?? 0) + edge * sin;
    row[2] = (row[2] ?? 0) + edge;
    row[3] = (row[3] ?? 0) + edge * (far - beyond) * cos2;
    row[4] = (row[4] ?? 0) + edge * (far - beyond) * sin2;
    row.set(basis, shapeSize);
    row[localSize] = filled * (lumen - background);
    row[localSize + 1] = step * byBlur + edge * past;
    const left = (values[n] ?? 0) - (outside + lumen * filled);
    square += left * left;
    for (let j = 0; j < fullSize; j += 1) {
      const value = row[j] ?? 0;
      // Far from the wall most derivatives are nothing.
      if (value < 1e-3 && value > -1e-3) continue;
      pull[j] = (pull[j] ?? 0) + value * left;
      for (let k = j; k < fullSize; k += 1)
        normal[j * fullSize + k] = (normal[j * fullSize + k] ?? 0) + value * (row[k] ?? 0);
    }
  }
  for (let j = 0; j < fullSize; j += 1)
    for (let k = 0; k < j; k += 1) normal[j * fullSize + k] = normal[k * fullSize + j] ?? 0;
  return { normal, pull, square };
}

/** The part of a normal distribution below a number of deviations (Abramowitz and Stegun 26.2.17, 1e-7). */
function normalBelow(deviations: number): number {
  const x = Math.abs(deviations);
  const t = 1 / (1 + 0.2316419 * x);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return deviations > 0 ? 1 - above : above;
}

/** Distance of the wall in a direction, between two rays. */
function wallAt(walls: Float64Array, angle: number): number {
  const turn = ((angle / (2 * Math.PI)) * walls.length + walls.length) % walls.length;
  const k = Math.floor(turn);
  const [a, b] = [walls[k % walls.length] ?? 0, walls[(k + 1) % walls.length] ?? 0];
  return a + (b - a) * (turn - k);
}

/** exp(-q) for q from 0 to 8, straight between entries (1e-6): the same in every engine, and quick. */
const perUnit = 512;
const fading = Float64Array.from({ length: 8 * perUnit + 2 }, (_, n) => Math.exp(-n / perUnit));

/**
 * The blurred inside of an outline at one place, its derivative by the blur, and (into `row`) by the shape's parameters.
 * Exact line integral round the outline: the Gaussian's share of a sector out to distance d is (1 - exp(-d^2 / 2 blur^2)).
 */
function blurredOutline(
  { x, y, dx, dy, sweep }: Outline,
  u: number,
  v: number,
  blurMm: number,
  row: Float64Array,
): { readonly filled: number; readonly byBlur: number } {
  const half = 1 / (2 * blurMm * blurMm);
  const count = x.length;
  const share = 1 / count;
  const density = half / Math.PI;
  let [filled, byBlur] = [0, 0];
  row.fill(0, 0, shapeSize);
  for (let k = 0; k < count; k += 1) {
    const [a, b] = [(x[k] ?? 0) - u, (y[k] ?? 0) - v];
    const square = a * a + b * b;
    const turned = a * (dy[k] ?? 0) - b * (dx[k] ?? 0);
    const q = square * half;
    if (q > 8) {
      filled += turned / square;
      continue;
    }
    const at = q * perUnit;
    const n = at | 0;
    const low = fading[n] ?? 0;
    const gone = low + ((fading[n + 1] ?? 0) - low) * (at - n);
    filled += turned * (q > 1e-6 ? (1 - gone) / square : half);
    byBlur -= turned * gone;
    const weight = density * gone;
    const from = k * shapeSize;
    for (let j = 0; j < shapeSize; j += 1) row[j] = (row[j] ?? 0) + weight * (sweep[from + j] ?? 0);
  }
  return { filled: filled * share, byBlur: (byBlur * share) / (blurMm * blurMm * blurMm) };
}

function withExpectations(
  { normal, pull }: { normal: Float64Array; pull: Float64Array },
  { shape, start, around, given }: { shape: LumenShape; start: LumenShape; around: Float64Array; given: FitGiven },
  noise: number,
): void {
  const hold = (j: number, away: number, deviation: number): void => {
    const weight = noise / deviation ** 2;
    normal[j * fullSize + j] = (normal[j * fullSize + j] ?? 0) + weight;
    pull[j] = (pull[j] ?? 0) - weight * away;
  };
  // Of a lumen thinner than the blur no shape is seen, and its own haze must not pass for its surroundings.
  const seen = Math.min(1, (shape[2] ?? 0) / (thinBlurs * given.blurMm));
  for (let j = 0; j < shapeSize; j += 1)
    hold(j, (shape[j] ?? 0) - (j < 2 ? (start[j] ?? 0) : 0), (j < 3 ? 1 : seen * seen) * (expected[j] ?? 1));
  const { beside = given.background } = given;
  for (let j = 0; j < backgroundSize; j += 1) {
    const known = j === 0 && given.beside !== undefined ? besideSpread : 1;
    hold(
      shapeSize + j,
      (around[j] ?? 0) - (j === 0 ? beside : j === 3 ? given.background : 0),
      known * seen * seen * (expectedAround[j] ?? 1) * (given.lumen - given.background),
    );
  }
  // Surroundings much brighter than usual would be lumen.
  const contrast = given.lumen - given.background;
  for (const j of [0, 3]) {
    const over = (around[j] ?? 0) - (given.background + brightest * contrast);
    if (over > 0) hold(shapeSize + j, over, 0.04 * contrast);
  }
}

function moveBy(shape: LumenShape, around: Float64Array, change: Float64Array): void {
  const r = shape[2] ?? 0;
  const most = [0.4, 0.4, 0.3 * r + 0.1, 0.25, 0.25, 0.1, 0.1, 0.1, 0.1];
  for (let j = 0; j < shapeSize; j += 1) {
    const limit = most[j] ?? 0;
    shape[j] = (shape[j] ?? 0) + Math.min(limit, Math.max(-limit, change[j] ?? 0));
  }
  shape[2] = Math.max(0.05, shape[2] ?? 0);
  const oval = Math.hypot(shape[3] ?? 0, shape[4] ?? 0);
  if (oval > 0.8) for (const j of [3, 4]) shape[j] = ((shape[j] ?? 0) * 0.8) / oval;
  for (let j = 5; j < shapeSize; j += 1) shape[j] = Math.min(0.3, Math.max(-0.3, shape[j] ?? 0));
  for (let j = 0; j < backgroundSize; j += 1) around[j] = (around[j] ?? 0) + (change[shapeSize + j] ?? 0);
}

function topLeft(matrix: Float64Array, size: number): Float64Array {
  const part = new Float64Array(size * size);
  for (let j = 0; j < size; j += 1) part.set(matrix.subarray(j * fullSize, j * fullSize + size), j * size);
  return part;
}

function deviationsOf(normal: Float64Array, noise: number): Float64Array {
  const local = topLeft(normal, localSize);
  return Float64Array.from({ length: shapeSize }, (_, j) => {
    const unit = new Float64Array(localSize);
    unit[j] = 1;
    const column = solvePositive(local, localSize, unit);
    return Math.sqrt(Math.max(0, noise * (column?.[j] ?? 0)));
  });
}

/** Level and blur with everything local fitted anew for each of their values (Schur's complement). */
function sharedOf(normal: Float64Array, pull: Float64Array): LumenFit['shared'] {
  const local = topLeft(normal, localSize);
  const column = (j: number): Float64Array =>
    Float64Array.from({ length: localSize }, (_, n) => normal[n * fullSize + j] ?? 0);
  const [level, blur] = [column(localSize), column(localSize + 1)];
  const [byLevel, byBlur] = [solvePositive(local, localSize, level), solvePositive(local, localSize, blur)];
  if (byLevel === undefined || byBlur === undefined)
    return { level: 0, blur: 0, levelLevel: 0, levelBlur: 0, blurBlur: 0 };
  const along = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, n) => sum + value * (b[n] ?? 0), 0);
  const at = (j: number, k: number): number => normal[j * fullSize + k] ?? 0;
  return {
    level: (pull[localSize] ?? 0) - along(byLevel, pull.subarray(0, localSize)),
    blur: (pull[localSize + 1] ?? 0) - along(byBlur, pull.subarray(0, localSize)),
    levelLevel: at(localSize, localSize) - along(byLevel, level),
    levelBlur: at(localSize, localSize + 1) - along(byLevel, blur),
    blurBlur: at(localSize + 1, localSize + 1) - along(byBlur, blur),
  };
}
