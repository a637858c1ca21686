import { isLps, isPixel, type Point, type Vec2, type Vec3 } from '../../src/geometry/index.ts';
import type { ViewMap } from './types.ts';

export type ProjectVec3 = (point: Vec3) => Vec2;

/** x = m[0] P.x + m[1] P.y + m[2] P.z + m[3]; y = m[4] .. m[7]. */
export type Projection = readonly [number, number, number, number, number, number, number, number];
/** x = m[0] u + m[1] v + m[2]; y = m[3] .. m[5]. */
export type PlaneMap = readonly [number, number, number, number, number, number];

/**
 * A parallel projection is affine, so four of its values say all of it.
 * The base and steps are those of the picture (a point in it, a length of its size): steps of 1 mm about the origin of a patient lying
 * 1500 mm away would cost digits.
 */
export function projectionOf(project: ProjectVec3, about: Vec3, step: number): Projection {
  const base = project(about);
  const axis = (i: 0 | 1 | 2): Vec2 => {
    const moved: [number, number, number] = [about[0], about[1], about[2]];
    moved[i] += step;
    const at = project(moved);
    return [(at[0] - base[0]) / step, (at[1] - base[1]) / step];
  };
  const [x, y, z] = [axis(0), axis(1), axis(2)];
  const rest = (i: 0 | 1): number => base[i] - x[i] * about[0] - y[i] * about[1] - z[i] * about[2];
  return [x[0], y[0], z[0], rest(0), x[1], y[1], z[1], rest(1)];
}

/** Whether places can be found again: not while a view has no size. */
export function isInvertible(m: PlaneMap): boolean {
  const det = m[0] * m[4] - m[1] * m[3];
  return m.every(Number.isFinite) && Math.abs(det) > 1e-12;
}

export function invertPlaneMap(m: PlaneMap): (canvas: Vec2) => Vec2 {
  const det = m[0] * m[4] - m[1] * m[3];
  return ([x, y]) => {
    const dx = x - m[2];
    const dy = y - m[5];
    return [(dx * m[4] - dy * m[1]) / det, (dy * m[0] - dx * m[3]) / det];
  };
}

/** Where a view shows a point, CSS px in its element; null for a point of the other space (patient, image). */
export function placeOnCanvas(map: ViewMap, point: Point): Vec2 | null {
  if (map.in === 'patient') {
    if (!isLps(point)) return null;
    const m = map.toCanvas;
    const [x, y, z] = point;
    return [m[0] * x + m[1] * y + m[2] * z + m[3], m[4] * x + m[5] * y + m[6] * z + m[7]];
  }
  if (map.in === 'sheet') return isLps(point) ? map.place(point).canvas : null;
  if (!isPixel(point)) return null;
  const m = map.toCanvas;
  return [m[0] * point[0] + m[1] * point[1] + m[2], m[3] * point[0] + m[4] * point[1] + m[5]];
}
