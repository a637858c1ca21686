import type { Vec2 } from './spaces.ts';

/** A closed line in a plane, in whatever two coordinates: index space, or mm along two unit vectors. */
export type Outline =
  | { readonly type: 'polygon'; readonly points: readonly Vec2[] }
  /** `axes`: two half-diameters as vectors, conjugate; at right angles they are the half-axes. */
  | { readonly type: 'ellipse'; readonly centre: Vec2; readonly axes: readonly [Vec2, Vec2] };

const cross2 = (a: Vec2, b: Vec2): number => a[0] * b[1] - a[1] * b[0];

/** Area inside, in squared coordinates: the shoelace formula, pi |u x v|. */
export function outlineArea(outline: Outline): number {
  if (outline.type === 'ellipse') return Math.PI * Math.abs(cross2(...outline.axes));
  const { points } = outline;
  const [origin] = points;
  if (origin === undefined) return 0;
  // From the first corner, so that a small outline far from the origin keeps its digits.
  const from = (p: Vec2): Vec2 => [p[0] - origin[0], p[1] - origin[1]];
  return Math.abs(points.reduce((sum, p, i) => sum + cross2(from(points.at(i - 1) ?? p), from(p)), 0)) / 2;
}

/** The least and the greatest of both coordinates. */
export function outlineRange(outline: Outline): { readonly low: Vec2; readonly high: Vec2 } {
  if (outline.type === 'ellipse') {
    const { centre, axes } = outline;
    const [x, y] = [Math.hypot(axes[0][0], axes[1][0]), Math.hypot(axes[0][1], axes[1][1])];
    return { low: [centre[0] - x, centre[1] - y], high: [centre[0] + x, centre[1] + y] };
  }
  const low: [number, number] = [Infinity, Infinity];
  const high: [number, number] = [-Infinity, -Infinity];
  for (const point of outline.points)
    for (const axis of [0, 1] as const) {
      low[axis] = Math.min(low[axis], point[axis]);
      high[axis] = Math.max(high[axis], point[axis]);
    }
  return { low, high };
}

/** What lies on the line counts as inside, whatever the rounding: a thousand-millionth of the coordinates' unit. */
const hair = 1e-9;

/**
 * Where the line of constant second coordinate `y` runs inside: closed intervals of the first coordinate, in order, not
 * overlapping. Corners, and sides that lie on the line, count as inside. Of a polygon that crosses itself: even-odd.
 */
export function outlineOnRow(outline: Outline, y: number): readonly (readonly [number, number])[] {
  if (outline.type === 'ellipse') {
    const { centre, axes } = outline;
    const [u, v] = axes;
    const reach = Math.hypot(u[1], v[1]);
    const height = y - centre[1];
    if (!(reach > 0) || Math.abs(height) > reach + hair) return [];
    const part = Math.sqrt(Math.max(0, 1 - (height / reach) ** 2));
    const middle = centre[0] + (height * (u[0] * u[1] + v[0] * v[1])) / (reach * reach);
    const half = (part * Math.abs(cross2(u, v))) / reach;
    return [[middle - half - hair, middle + half + hair]];
  }
  const { points } = outline;
  const crossings: number[] = [];
  const parts: (readonly [number, number])[] = [];
  points.forEach((b, i) => {
    const a = points.at(i - 1) ?? b;
    const [onA, onB] = [Math.abs(a[1] - y) <= hair, Math.abs(b[1] - y) <= hair];
    if (onB) parts.push([b[0] - hair, b[0] + hair]);
    if (onA && onB) parts.push([Math.min(a[0], b[0]) - hair, Math.max(a[0], b[0]) + hair]);
    if (a[1] <= y !== b[1] <= y) crossings.push(a[0] + ((y - a[1]) / (b[1] - a[1])) * (b[0] - a[0]));
  });
  crossings.sort((a, b) => a - b);
  for (let i = 1; i < crossings.length; i += 2)
    parts.push([(crossings[i - 1] ?? NaN) - hair, (crossings[i] ?? NaN) + hair]);
  return joined(parts);
}

function joined(parts: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const result: [number, number][] = [];
  for (const [begin, end] of [...parts].sort((a, b) => a[0] - b[0])) {
    const last = result.at(-1);
    if (last !== undefined && begin <= last[1]) last[1] = Math.max(last[1], end);
    else result.push([begin, end]);
  }
  return result;
}

/** Whether two sides of a polygon cross: then it encloses no one area. Sides that only touch do not cross. */
export function crossesItself(points: readonly Vec2[]): boolean {
  const side = (a: Vec2, b: Vec2, p: Vec2): number =>
    Math.sign(cross2([b[0] - a[0], b[1] - a[1]], [p[0] - a[0], p[1] - a[1]]));
  const n = points.length;
  for (let i = 0; i < n; i += 1)
    for (let j = i + 2; j < n; j += 1) {
      const [a, b, c, d] = [points[i], points[(i + 1) % n], points[j], points[(j + 1) % n]];
      if (!a || !b || !c || !d || (i === 0 && j === n - 1)) continue;
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  return false;
}
