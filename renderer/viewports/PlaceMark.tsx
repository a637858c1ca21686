import { dot, isLps, subtract, type Point } from '../../src/geometry/index.ts';
import { useSession } from '../actions/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewMap } from '../cornerstone/types.ts';
import { sameSpace } from '../marks/index.ts';

const ringPx = 7;

/** A place that is pointed at outside the pictures, on a chart: a ring, broken where it lies in front of or behind the plane. */
export function PlaceMark({ view }: { readonly view: View }) {
  const pointed = useSession((state) => state.pointed);
  const map = view.map();
  if (pointed === null || map === undefined || !sameSpace(map.on, pointed.on)) return null;
  const place = placeOnCanvas(map, pointed.point);
  if (place === null) return null;
  const [cx, cy] = place;
  return (
    <svg className="crosshair place-mark" aria-hidden data-in-plane={inPlane(map, pointed.point) || undefined}>
      <circle className="place-mark-ground" cx={cx} cy={cy} r={ringPx} />
      <circle className="place-mark-ring" cx={cx} cy={cy} r={ringPx} />
      <circle className="place-mark-middle" cx={cx} cy={cy} r={1.5} />
    </svg>
  );
}

function inPlane(map: ViewMap, point: Point): boolean {
  if (map.in === 'image' || (map.in === 'patient' && map.projection)) return true;
  if (!isLps(point)) return false;
  if (map.in === 'sheet') return Math.abs(map.place(point).depthMm) <= map.halfThicknessMm + 1e-6;
  return Math.abs(dot(subtract(point, map.plane.through), map.plane.normal)) <= map.halfThicknessMm + 1e-6;
}
