import type { Vec3 } from './spaces.ts';
import { along, cross, distance, dot, normalize, scale, subtract } from './vec.ts';

/** Tangent and two unit vectors across it, right-handed, at one point of a curve. */
export interface CurveFrame {
  readonly tangent: Vec3;
  readonly u: Vec3;
  readonly v: Vec3;
}

/** Arc length from the first point to each, mm. Exact for a polyline; points should lie close (0.5 mm) on a curve. */
export function arcLengths(points: readonly Vec3[]): readonly number[] {
  let sum = 0;
  return points.map((point, i) => {
    const before = points[i - 1];
    if (before !== undefined) sum += distance(before, point);
    return sum;
  });
}

/** The curve at equal steps of arc length, straight between the given points; ends on the last point's arc length. */
export function resampleCurve(points: readonly Vec3[], stepMm: number): readonly Vec3[] {
  const at = arcLengths(points);
  const total = at.at(-1) ?? 0;
  const count = Math.max(1, Math.round(total / stepMm));
  let piece = 0;
  return Array.from({ length: count + 1 }, (_, n) => {
    const wanted = (total * n) / count;
    while (piece < points.length - 2 && (at[piece + 1] ?? 0) < wanted) piece += 1;
    const [a, b] = [points[piece], points[piece + 1]];
    if (a === undefined || b === undefined) return points[0] ?? [0, 0, 0];
    const from = at[piece] ?? 0;
    const span = (at[piece + 1] ?? from) - from;
    return span > 0 ? along(a, subtract(b, a), (wanted - from) / span) : a;
  });
}

/** Gaussian smoothing along equally spaced points; beyond the ends the curve goes on mirrored through its end point. */
export function smoothCurve(points: readonly Vec3[], stepMm: number, sigmaMm: number): readonly Vec3[] {
  const reach = Math.ceil((3 * sigmaMm) / stepMm);
  const last = points.length - 1;
  const mirrored = (i: number): Vec3 => {
    const end = points[i < 0 ? 0 : last];
    const inside = points[Math.min(last, Math.max(0, i < 0 ? -i : i > last ? 2 * last - i : i))];
    if (end === undefined || inside === undefined) return [0, 0, 0];
    return i < 0 || i > last ? subtract(scale(end, 2), inside) : inside;
  };
  return points.map((_, i) => {
    let sum: Vec3 = [0, 0, 0];
    let weights = 0;
    for (let d = -reach; d <= reach; d += 1) {
      const weight = Math.exp(-((d * stepMm) ** 2) / (2 * sigmaMm ** 2));
      sum = along(sum, mirrored(i + d), weight);
      weights += weight;
    }
    return scale(sum, 1 / weights);
  });
}

/**
 * Frames that turn as little as the curve allows (double reflection, Wang et al. 2008), so that neighbouring
 * cross-sections never flip as Frenet's do at an inflection. Points must differ from their neighbours.
 */
export function rotationMinimisingFrames(points: readonly Vec3[]): readonly CurveFrame[] {
  const tangents = points.map((point, i) => normalize(subtract(points[i + 1] ?? point, points[i - 1] ?? point)));
  const first = tangents[0];
  if (first === undefined) return [];
  const least = [0, 1, 2].toSorted((a, b) => Math.abs(first[a] ?? 0) - Math.abs(first[b] ?? 0))[0];
  const seed: Vec3 = [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0];
  let u = normalize(along(seed, first, -dot(seed, first)));
  return tangents.map((tangent, i) => {
    const [before, point, previous] = [points[i - 1], points[i], tangents[i - 1]];
    if (before !== undefined && point !== undefined && previous !== undefined) {
      const step = subtract(point, before);
      const length2 = dot(step, step);
      const reflected = along(u, step, (-2 * dot(step, u)) / length2);
      const turned = along(previous, step, (-2 * dot(step, previous)) / length2);
      const left = subtract(tangent, turned);
      const left2 = dot(left, left);
      const carried = left2 > 0 ? along(reflected, left, (-2 * dot(left, reflected)) / left2) : reflected;
      u = normalize(along(carried, tangent, -dot(carried, tangent)));
    }
    return { tangent, u, v: cross(tangent, u) };
  });
}
