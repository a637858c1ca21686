import type { LpsMm, Outline, Point, Vec2 } from '../../geometry/index.ts';
import { add, isLps, isPixel } from '../../geometry/index.ts';
import type { AreaItem } from './item.ts';
import { inSpace } from './item.ts';

/** The outline in two coordinates that `to` gives of a point; `to` must keep straight lines and ratios (affine). */
export function outlineThrough({ polygon = [], ellipse }: AreaItem, to: (point: Point) => Vec2): Outline {
  if (ellipse === undefined) return { type: 'polygon', points: polygon.map(to) };
  const centre = to(ellipse.centre);
  const axis = (half: Point): Vec2 => {
    const end = to(moved(ellipse.centre, half, 1));
    return [end[0] - centre[0], end[1] - centre[1]];
  };
  return { type: 'ellipse', centre, axes: [axis(ellipse.axes[0]), axis(ellipse.axes[1])] };
}

/** The corners, or points all along the ellipse: what is drawn, and what regions are asked about. */
export function cornersOf({ polygon = [], ellipse }: AreaItem, count = 96): readonly Point[] {
  if (ellipse === undefined) return polygon;
  const { centre, axes } = ellipse;
  return Array.from({ length: count }, (_, i) => {
    const turn = (2 * Math.PI * i) / count;
    return moved(moved(centre, axes[0], Math.cos(turn)), axes[1], Math.sin(turn));
  });
}

/** point + way * factor, in the point's own space. */
export function moved(point: Point, way: Point, factor: number): Point {
  if (!isLps(point)) return [point[0] + way[0] * factor, point[1] + way[1] * factor];
  const [x, y, z] = inSpace(way);
  return add(point, [x * factor, y * factor, z * factor]);
}

/** The item's own points; of an ellipse its centre and the ends of its half-axes. */
export function framePoints({ polygon = [], ellipse }: AreaItem): readonly Point[] {
  if (ellipse === undefined) return polygon;
  const { centre, axes } = ellipse;
  return [centre, ...axes.flatMap((half) => [moved(centre, half, 1), moved(centre, half, -1)])];
}
export const inPatientOnly = (points: readonly Point[]): readonly LpsMm[] => points.filter(isLps);
export const inImageOnly = (points: readonly Point[]): readonly Vec2[] => points.filter(isPixel);
