import type { Point, Vec2 } from '../../src/geometry/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View } from '../cornerstone/types.ts';

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
  const place = placeOnCanvas(map, middle);
  if (place === null) return;
  const [x, y] = middleOf(view);
  const [dx, dy] = [x - place[0], y - place[1]];
  if (Math.hypot(dx, dy) > 0.01) view.panBy([dx, dy]);
}
