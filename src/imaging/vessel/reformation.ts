import type { CurveFrame, LpsMm, Vec2, Vec3 } from '../../geometry/index.ts';
import { along, arcLengths, dot, norm, normalize, scale, subtract } from '../../geometry/index.ts';
import type { Volume } from '../volume.ts';
import { localVolume } from './localVolume.ts';

/** One line of a curved picture: straight in space, square to the way the picture goes. */
export interface ReformationLine {
  /** LPS mm of the line at `across` 0. */
  readonly origin: LpsMm;
  /** Unit vector, LPS. */
  readonly direction: Vec3;
  /** mm along the vessel where the line crosses it. */
  readonly positionMm: number;
}
/**
 * A picture on a surface through a vessel: lines at equal steps, side by side. Every place of it is a point of the patient
 * (`pointIn`), so that nothing is ever measured on it in pixels.
 */
export interface Reformation {
  readonly lines: readonly ReformationLine[];
  /** mm between two lines in the picture. */
  readonly stepMm: number;
}
/** What both kinds of picture are made from: a line followed, with its planes, LPS mm. */
export interface FollowedLine {
  readonly points: readonly LpsMm[];
  readonly frames: readonly CurveFrame[];
}

/**
 * Straightened: each line lies in the plane across the vessel, turned by `angleRad` from that plane's first direction towards its
 * second. Lengths along the vessel are true; what lies beside a bend is drawn together or apart.
 */
export function straightened({ points, frames }: FollowedLine, angleRad: number, stepMm: number): Reformation {
  const at = arcLengths(points);
  const [cos, sin] = [Math.cos(angleRad), Math.sin(angleRad)];
  const turned = frames.map(({ u, v }) => along(scale(u, cos), v, sin));
  const lines = steps(at.at(-1) ?? 0, stepMm).flatMap((position) => {
    const { before, part } = placeIn(at, position);
    const [a, b] = [points[before], points[before + 1] ?? points[before]];
    const [c, d] = [turned[before], turned[before + 1] ?? turned[before]];
    if (a === undefined || b === undefined || c === undefined || d === undefined) return [];
    return [{ origin: between(a, b, part), direction: normalize(between(c, d, part)), positionMm: position }];
  });
  return { lines, stepMm };
}

/**
 * Stretched: all lines point one way, across the vessel's own direction from end to end, turned by `angleRad`; the surface they make
 * is laid flat. Distances on it are true in every direction, so the vessel keeps its bends to that side.
 */
export function stretched({ points, frames }: FollowedLine, angleRad: number, stepMm: number): Reformation {
  const [first, last, frame] = [points[0], points.at(-1), frames[0]];
  if (first === undefined || last === undefined || frame === undefined) return { lines: [], stepMm };
  const chord = subtract(last, first);
  // A loop has no direction from end to end: its beginning's will do.
  const axis = norm(chord) > 1e-3 ? normalize(chord) : frame.tangent;
  const square = along(frame.u, axis, -dot(frame.u, axis));
  const u = normalize(norm(square) > 1e-3 ? square : along(frame.v, axis, -dot(frame.v, axis)));
  const v: Vec3 = [axis[1] * u[2] - axis[2] * u[1], axis[2] * u[0] - axis[0] * u[2], axis[0] * u[1] - axis[1] * u[0]];
  const direction = along(scale(u, Math.cos(angleRad)), v, Math.sin(angleRad));
  const middle = scale(
    points.reduce<Vec3>((sum, p) => along(sum, p, 1), [0, 0, 0]),
    1 / points.length,
  );
  const flat = points.map((p) => along(p, direction, -dot(subtract(p, middle), direction)));
  const at = arcLengths(flat);
  const positions = arcLengths(points);
  const lines = steps(at.at(-1) ?? 0, stepMm).flatMap((alongMm) => {
    const { before, part } = placeIn(at, alongMm);
    const [a, b] = [flat[before], flat[before + 1] ?? flat[before]];
    if (a === undefined || b === undefined) return [];
    const [from, to] = [positions[before] ?? 0, positions[before + 1] ?? positions[before] ?? 0];
    return [{ origin: between(a, b, part), direction, positionMm: from + part * (to - from) }];
  });
  return { lines, stepMm };
}

/** 0, step, … to the last whole step within the length. */
function steps(lengthMm: number, stepMm: number): readonly number[] {
  return Array.from({ length: Math.floor(lengthMm / stepMm + 1e-9) + 1 }, (_, n) => n * stepMm);
}

/** The piece of ascending `at` that holds a value, and where in it. */
function placeIn(at: readonly number[], value: number): { readonly before: number; readonly part: number } {
  let [low, high] = [0, Math.max(1, at.length - 1)];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((at[middle] ?? Infinity) <= value) low = middle;
    else high = middle;
  }
  const from = at[low] ?? 0;
  const span = (at[low + 1] ?? from) - from;
  return { before: low, part: span > 0 ? Math.min(1, Math.max(0, (value - from) / span)) : 0 };
}

function between(a: Vec3, b: Vec3, part: number): Vec3 {
  return part === 0 ? a : along(a, subtract(b, a), part);
}

/** Line and rest of a line for a place along the picture; beyond the ends the last line goes on. */
function lineAt({ lines, stepMm }: Reformation, alongMm: number): { origin: Vec3; direction: Vec3 } | undefined {
  const n = Math.min(Math.max(0, lines.length - 2), Math.max(0, Math.floor(alongMm / stepMm)));
  const [a, b] = [lines[n], lines[n + 1] ?? lines[n]];
  if (a === undefined || b === undefined) return undefined;
  const part = a === b ? 0 : alongMm / stepMm - n;
  const kept = Math.min(1, Math.max(0, part));
  return { origin: between(a.origin, b.origin, part), direction: normalize(between(a.direction, b.direction, kept)) };
}

/** LPS mm of a place in the picture: mm along it and across it. undefined of an empty picture. */
export function pointIn(picture: Reformation, [alongMm, acrossMm]: Vec2): LpsMm | undefined {
  const line = lineAt(picture, alongMm);
  return line && along(line.origin, line.direction, acrossMm);
}

/** Where a point lies in a picture: mm along and across, and its distance from the picture's surface (mm, signed). */
export interface PlaceInReformation {
  readonly alongMm: number;
  readonly acrossMm: number;
  readonly depthMm: number;
}

/** The inverse of `pointIn`: exact for points of the surface; others are projected onto its nearest place. */
export function placeIn3d(picture: Reformation, point: LpsMm): PlaceInReformation | undefined {
  const { lines, stepMm } = picture;
  let best = -1;
  let least = Infinity;
  // Every fourth line first: lines lie closer than anything that matters here.
  const offLine = (n: number): number => {
    const line = lines[n];
    if (line === undefined) return Infinity;
    const off = subtract(point, line.origin);
    const across = dot(off, line.direction);
    return dot(off, off) - across * across + 1e-6 * across * across;
  };
  const look = (n: number): void => {
    const off = offLine(n);
    if (off < least) [least, best] = [off, n];
  };
  for (let n = 0; n < lines.length; n += 4) look(n);
  const near = best;
  for (let n = near - 3; n <= near + 3; n += 1) look(n);
  if (best < 0) return undefined;
  let alongMm = best * stepMm;
  let acrossMm = 0;
  const h = stepMm / 2;
  for (let round = 0; round < 12; round += 1) {
    const here = lineAt(picture, alongMm);
    const [back, on] = [lineAt(picture, alongMm - h), lineAt(picture, alongMm + h)];
    if (here === undefined || back === undefined || on === undefined) return undefined;
    acrossMm = dot(subtract(point, here.origin), here.direction);
    const place = along(here.origin, here.direction, acrossMm);
    const tangent = scale(
      subtract(along(on.origin, on.direction, acrossMm), along(back.origin, back.direction, acrossMm)),
      1 / (2 * h),
    );
    const step = dot(subtract(point, place), tangent) / Math.max(1e-9, dot(tangent, tangent));
    alongMm += Math.max(-4 * stepMm, Math.min(4 * stepMm, step));
    if (Math.abs(step) < 1e-9) break;
  }
  const here = lineAt(picture, alongMm);
  if (here === undefined) return undefined;
  acrossMm = dot(subtract(point, here.origin), here.direction);
  const [back, on] = [lineAt(picture, alongMm - h), lineAt(picture, alongMm + h)];
  const tangent = back && on ? subtract(on.origin, back.origin) : here.direction;
  const [d, t] = [here.direction, tangent];
  const upright: Vec3 = [t[1] * d[2] - t[2] * d[1], t[2] * d[0] - t[0] * d[2], t[0] * d[1] - t[1] * d[0]];
  const off = subtract(point, along(here.origin, d, acrossMm));
  return { alongMm, acrossMm, depthMm: norm(upright) > 0 ? dot(off, normalize(upright)) : norm(off) };
}

/** mm along the picture where the vessel has a position. */
export function alongOf({ lines, stepMm }: Reformation, positionMm: number): number {
  const { before, part } = placeIn(
    lines.map((line) => line.positionMm),
    positionMm,
  );
  const last = lines.at(-1)?.positionMm ?? 0;
  return (before + part) * stepMm + Math.max(0, positionMm - last);
}
/** The vessel's position at a place along the picture, mm. */
export function positionOf({ lines, stepMm }: Reformation, alongMm: number): number {
  const at = Math.min(lines.length - 1, Math.max(0, alongMm / stepMm));
  const n = Math.floor(at);
  const [a, b] = [lines[n]?.positionMm ?? 0, lines[n + 1]?.positionMm ?? lines[n]?.positionMm ?? 0];
  return a + (at - n) * (b - a);
}

/**
 * Values of the picture's lines `from` to `to` (not included), trilinear on the true (possibly sheared) grid; NaN outside the volume.
 * @param fromMm, toMm  the ends of every line, across
 * @param count  values a line
 * @param into   all values of the picture, line by line
 */
export function readLines(
  volume: Volume,
  { lines }: Reformation,
  ends: { readonly fromMm: number; readonly toMm: number; readonly count: number },
  into: Float32Array,
  part: { readonly from: number; readonly to: number },
): void {
  const local = localVolume(volume);
  const origin = local.toLocal(volume.geometry.origin);
  const toLocal = (direction: Vec3): Vec3 =>
    subtract(local.toLocal(along(volume.geometry.origin, direction, 1)), origin);
  const { fromMm, toMm, count } = ends;
  const stepMm = count > 1 ? (toMm - fromMm) / (count - 1) : 0;
  for (let n = part.from; n < Math.min(part.to, lines.length); n += 1) {
    const line = lines[n];
    if (line === undefined) continue;
    const [x, y, z] = local.toLocal(along(line.origin, line.direction, fromMm));
    const [dx, dy, dz] = scale(toLocal(line.direction), stepMm);
    for (let i = 0; i < count; i += 1) into[n * count + i] = local.at(x + i * dx, y + i * dy, z + i * dz);
  }
}

/** A flat picture by the same means: lines along `down`, side by side along `right`, about a point. */
export function flatPicture(
  at: LpsMm,
  { right, down }: { readonly right: Vec3; readonly down: Vec3 },
  halfMm: number,
  stepMm: number,
): Reformation {
  const lines = steps(2 * halfMm, stepMm).map((mm) => ({
    origin: along(at, right, mm - halfMm),
    direction: down,
    positionMm: mm,
  }));
  return { lines, stepMm };
}
