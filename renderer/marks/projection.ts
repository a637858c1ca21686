import { along, dot, isLps, subtract } from '../../src/geometry/index.ts';
import type { LpsMm, Point, Vec2, Vec3 } from '../../src/geometry/index.ts';
import type { Space } from '../../src/plan/index.ts';
import type { ViewMap } from '../cornerstone/types.ts';

/** How a view shows points: one affine map, made anew for every draw. Canvas numbers are CSS px in the view's element. */
export interface Projection {
  readonly on: Space;
  /** The 3D view: no plane, everything is projected. */
  readonly projected: boolean;
  /** Nearer to the plane than this is in it, mm. Infinity where there is no depth. */
  readonly halfThicknessMm: number;
  /** Beyond the plane marks fade to nothing over this distance, mm. */
  readonly fadeMm: number;
  /** The plane: LPS mm, unit vectors to the right and down on screen; undefined in an image. */
  readonly plane:
    { readonly through: LpsMm; readonly right: Vec3; readonly down: Vec3; readonly normal: Vec3 } | undefined;
  readonly toCanvas: (point: Point) => Vec2;
  /** Signed distance from the plane along its normal, mm; 0 in an image. */
  readonly depth: (point: Point) => number;
  /** The point under a place of the element, `depthMm` in front of the plane. */
  readonly toPoint: (canvas: Vec2, depthMm: number) => Point;
  /** A curved surface in a plane's stead: where a point is seen, and its distance from it, mm. */
  readonly sheet?: (point: LpsMm) => { readonly canvas: Vec2; readonly depthMm: number };
}

/** Three slices or ten millimetres, whichever is more: thick slices must still show what lies on the next one. */
const leastFadeMm = 10;

export function projectionOf(map: ViewMap): Projection {
  if (map.in === 'image') {
    const m = map.toCanvas;
    return {
      on: map.on,
      projected: false,
      halfThicknessMm: Infinity,
      fadeMm: leastFadeMm,
      plane: undefined,
      toCanvas: ([x, y]) => [m[0] * x + m[1] * y + m[2], m[3] * x + m[4] * y + m[5]],
      depth: () => 0,
      toPoint: (canvas) => map.toPoint(canvas),
    };
  }
  if (map.in === 'sheet') return onSheet(map);
  const m = map.toCanvas;
  const { through, normal } = map.plane;
  return {
    on: map.on,
    projected: map.projection,
    halfThicknessMm: map.projection ? Infinity : map.halfThicknessMm,
    fadeMm: Math.max(leastFadeMm, 6 * map.halfThicknessMm),
    plane: map.plane,
    toCanvas([x, y, z = 0]) {
      return [m[0] * x + m[1] * y + m[2] * z + m[3], m[4] * x + m[5] * y + m[6] * z + m[7]];
    },
    depth: (point) => (isLps(point) ? dot(subtract(point, through), normal) : 0),
    toPoint(canvas, depthMm) {
      const p = map.toPoint(canvas);
      const moved: LpsMm = [p[0] + normal[0] * depthMm, p[1] + normal[1] * depthMm, p[2] + normal[2] * depthMm];
      return depthMm === 0 ? p : moved;
    },
  };
}

function onSheet(map: Extract<ViewMap, { readonly in: 'sheet' }>): Projection {
  const placed = (point: Point): ReturnType<typeof map.place> | undefined =>
    isLps(point) ? map.place(point) : undefined;
  return {
    on: map.on,
    projected: false,
    halfThicknessMm: map.halfThicknessMm,
    fadeMm: leastFadeMm,
    plane: undefined,
    toCanvas: (point) => placed(point)?.canvas ?? [Number.NaN, Number.NaN],
    depth: (point) => placed(point)?.depthMm ?? 0,
    toPoint(canvas, depthMm) {
      const point = map.toPoint(canvas);
      return depthMm === 0 ? point : along(point, map.normalAt(canvas), depthMm);
    },
    sheet: (point) => map.place(point),
  };
}
