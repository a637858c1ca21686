import { isLps, isPixel, type Point, type Vec2 } from '../../src/geometry/index.ts';
import type { View, ViewMap } from '../cornerstone/types.ts';

/** CSS px in the view's element. */
export function middleOf({ element }: View): Vec2 {
  return [element.clientWidth / 2, element.clientHeight / 2];
}

/** What stands in the middle of the element: LPS mm, or column and row; null before the first picture. */
export function pointInMiddle(view: View): Point | null {
  return view.map()?.toPoint(middleOf(view)) ?? null;
}

/** The same magnification, the same point in the middle of the element. */
export function lookAt(view: View, { zoom, middle }: { readonly zoom: number; readonly middle: Point | null }): void {
  const now = view.state().zoom;
  if (zoom > 0 && now > 0 && Math.abs(zoom / now - 1) > 1e-6) view.zoomBy(zoom / now);
  const map = view.map();
  if (middle === null || map === undefined) return;
  const place = placeOf(map, middle);
  if (place === null) return;
  const [x, y] = middleOf(view);
  const [dx, dy] = [x - place[0], y - place[1]];
  if (Math.hypot(dx, dy) > 0.01) view.panBy([dx, dy]);
}

/** CSS px in the element; null for a point of the other space. */
function placeOf(map: ViewMap, at: Point): Vec2 | null {
  if (map.in === 'patient' && isLps(at)) {
    const m = map.toCanvas;
    return [m[0] * at[0] + m[1] * at[1] + m[2] * at[2] + m[3], m[4] * at[0] + m[5] * at[1] + m[6] * at[2] + m[7]];
  }
  if (map.in === 'image' && isPixel(at)) {
    const m = map.toCanvas;
    return [m[0] * at[0] + m[1] * at[1] + m[2], m[3] * at[0] + m[4] * at[1] + m[5]];
  }
  return null;
}
