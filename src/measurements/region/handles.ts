import type { Ellipsoid, LpsMm, Point, Vec3 } from '../../geometry/index.ts';
import { along, cross, dot, norm, normalize, planeBasis, scale, subtract } from '../../geometry/index.ts';
import type { Handle } from '../kind.ts';
import { inPatient, noHandle, samePoint, triple } from '../points.ts';
import type { RegionItem } from './item.ts';

const names = ['a', 'b', 'c'] as const;
/** A hand that crosses the centre must not make a body without volume. */
const leastSemiAxisMm = 0.1;

/** The centre, and the end of each semi-axis. */
export function regionHandles({ ellipsoid }: RegionItem): readonly Handle[] {
  if (ellipsoid === undefined) return [];
  const { centre, semiAxes, axes } = ellipsoid;
  return [
    { name: 'centre', at: centre, title: 'Centre' },
    ...([0, 1, 2] as const).map((i) => ({
      name: names[i],
      at: along(centre, axes[i], semiAxes[i]),
      title: `Half-axis ${names[i]}`,
    })),
  ];
}

/** The centre moves the whole; the end of a half-axis sets its length and turns the body with it. */
export function moveRegionHandle(item: RegionItem, handle: string, to: Point): RegionItem {
  const present = regionHandles(item).find(({ name }) => name === handle);
  if (item.ellipsoid === undefined || present === undefined) return noHandle('region', handle);
  if (samePoint(present.at, to)) return item;
  const e = item.ellipsoid;
  const target = inPatient(to);
  if (handle === 'centre') return { ...item, ellipsoid: { ...e, centre: triple(target) } };
  const i = handle === 'a' ? 0 : handle === 'b' ? 1 : 2;
  const way = subtract(target, e.centre);
  const length = norm(way);
  const semiAxes = triple(e.semiAxes);
  semiAxes[i] = Math.max(length, leastSemiAxisMm);
  if (length < leastSemiAxisMm) return { ...item, ellipsoid: { ...e, semiAxes } };
  return { ...item, ellipsoid: { ...e, semiAxes, axes: turned(e.axes, i, normalize(way)) } };
}

/** The axes turned the shortest way so that axis i lies along `direction`, kept at right angles. */
function turned(
  axes: Ellipsoid['axes'],
  i: 0 | 1 | 2,
  direction: Vec3,
): [[number, number, number], [number, number, number], [number, number, number]] {
  const old = axes[i];
  const j = i === 0 ? 1 : 0;
  const k = i === 2 ? 1 : 2;
  const handed = dot(cross(axes[0], axes[1]), axes[2]) < 0 ? -1 : 1;
  const cosine = dot(old, direction);
  // v + w x v + (w x (w x v)) / (1 + cos), with w = old x direction; half a turn keeps the other axis as it is.
  const w = cross(old, direction);
  const v = axes[j];
  const rotated = cosine < -1 + 1e-12 ? v : along(along(v, cross(w, v), 1), cross(w, cross(w, v)), 1 / (1 + cosine));
  const second = normalize(along(rotated, direction, -dot(rotated, direction)));
  // (i, j, k) is (0,1,2), (1,0,2) or (2,0,1): the middle one is an odd order.
  const evenOrder = i !== 1;
  const third = scale(cross(direction, second), evenOrder ? handed : -handed);
  const result: [Vec3, Vec3, Vec3] = [direction, direction, direction];
  result[j] = second;
  result[k] = third;
  return [triple(result[0]), triple(result[1]), triple(result[2])];
}

/** A sphere on a diameter; its axes lie along the diameter and across the view, so that handles are at hand. */
export function sphereOnDiameter(
  p: LpsMm,
  q: LpsMm,
  viewNormal: Vec3 | undefined,
): RegionItem['ellipsoid'] | undefined {
  const way = subtract(q, p);
  const diameter = norm(way);
  if (!(diameter > 0)) return undefined;
  const first = normalize(way);
  const across = viewNormal && cross(viewNormal, first);
  const second = across && norm(across) > 1e-6 ? normalize(across) : planeBasis(first)[0];
  const third = cross(first, second);
  const radius = diameter / 2;
  return {
    centre: triple(along(p, first, radius)),
    semiAxes: [radius, radius, radius],
    axes: [triple(first), triple(second), triple(third)],
  };
}
