import type { LpsMm, Point, Vec2, Vec3 } from '../../geometry/index.ts';
import { along, cross, dot, isLps, norm, normalize, subtract } from '../../geometry/index.ts';
import type { Handle } from '../kind.ts';
import { copyPoint, noHandle, samePoint } from '../points.ts';
import type { AreaItem, Ellipse } from './item.ts';
import { inSpace } from './item.ts';
import { moved } from './outlineOf.ts';

/** A hand that crosses the centre must not make an ellipse without area; mm or px. */
const leastHalfAxis = 0.1;

/** The corners; or the centre and the end of each half-axis. */
export function areaHandles({ polygon = [], ellipse }: AreaItem): readonly Handle[] {
  if (ellipse === undefined) return polygon.map((at, i) => ({ name: `corner-${i + 1}`, at, title: `Corner ${i + 1}` }));
  return [
    { name: 'centre', at: ellipse.centre, title: 'Centre' },
    { name: 'a', at: moved(ellipse.centre, ellipse.axes[0], 1), title: 'Half-axis a' },
    { name: 'b', at: moved(ellipse.centre, ellipse.axes[1], 1), title: 'Half-axis b' },
  ];
}

/** A corner moves alone; the centre moves the whole; the end of a half-axis sets its length and turns the ellipse. */
export function moveAreaHandle(item: AreaItem, handle: string, to: Point): AreaItem {
  const index = areaHandles(item).findIndex(({ name }) => name === handle);
  const present = areaHandles(item)[index];
  if (present === undefined) return noHandle('area', handle);
  if (samePoint(present.at, to)) return item;
  const { polygon, ellipse } = item;
  if (ellipse === undefined)
    return { ...item, polygon: polygon?.map((corner, i) => (i === index ? copyPoint(to) : corner)) };
  if (handle === 'centre') return { ...item, ellipse: { ...ellipse, centre: copyPoint(to) } };
  return { ...item, ellipse: { ...ellipse, axes: turned(ellipse, handle === 'a' ? 0 : 1, to) } };
}

/** The half-axes in the ellipse's own plane, the one moved pointing to `to`, the other turned along with it. */
function turned({ centre, axes }: Ellipse, which: 0 | 1, to: Point): Ellipse['axes'] {
  const [u, v] = [inSpace(axes[0]), inSpace(axes[1])];
  const first = normalize(u);
  const second = normalize(along(v, first, -dot(v, first)));
  const flat = (w: Vec3): Vec2 => [dot(w, first), dot(w, second)];
  const back = ([x, y]: Vec2): ReturnType<typeof copyPoint> => {
    const w = along(along([0, 0, 0], first, x), second, y);
    return copyPoint(isLps(centre) ? w : [w[0], w[1]]);
  };
  const old = flat(which === 0 ? u : v);
  const other = flat(which === 0 ? v : u);
  const way = flat(subtract(inSpace(to), inSpace(centre)));
  const length = Math.hypot(...way);
  const before = Math.hypot(...old);
  if (length < leastHalfAxis) {
    const short = back([(old[0] * leastHalfAxis) / before, (old[1] * leastHalfAxis) / before]);
    return which === 0 ? [short, axes[1]] : [axes[0], short];
  }
  // way / old as complex numbers, without its length: the turn.
  const [cosine, sine] = [
    (way[0] * old[0] + way[1] * old[1]) / (length * before),
    (way[1] * old[0] - way[0] * old[1]) / (length * before),
  ];
  const along2 = back([other[0] * cosine - other[1] * sine, other[0] * sine + other[1] * cosine]);
  return which === 0 ? [back(way), along2] : [along2, back(way)];
}

/** The ellipse in the box between two opposite corners; its sides lie along the view (columns and rows in an image). */
export function ellipseInBox(
  p: Point,
  q: Point,
  view: { readonly normal: Vec3; readonly right?: Vec3 } | undefined,
): Ellipse | undefined {
  if (!isLps(p) || !isLps(q)) {
    const [x, y] = [(q[0] - p[0]) / 2, (q[1] - p[1]) / 2];
    if (x === 0 || y === 0) return undefined;
    return { centre: [p[0] + x, p[1] + y], axes: [[Math.abs(x), 0], [0, Math.abs(y)]] }; // prettier-ignore
  }
  const [right, down] = sidesOf(subtract(q, p), view);
  const [x, y] = [dot(subtract(q, p), right) / 2, dot(subtract(q, p), down) / 2];
  if (Math.abs(x) < 1e-9 || Math.abs(y) < 1e-9) return undefined;
  const centre: LpsMm = along(along(p, right, x), down, y);
  const half = (side: Vec3, length: number) => copyPoint(along([0, 0, 0], side, Math.abs(length)));
  return { centre: copyPoint(centre), axes: [half(right, x), half(down, y)] };
}

/** Without a view: the plane across the patient's axis along which the corners differ least. */
function sidesOf(diagonal: Vec3, view: { readonly normal: Vec3; readonly right?: Vec3 } | undefined): [Vec3, Vec3] {
  const [x, y, z] = diagonal.map(Math.abs);
  const least: Vec3 =
    z !== undefined && x !== undefined && y !== undefined && z <= x && z <= y
      ? [0, 0, 1]
      : (y ?? 0) <= (x ?? 0)
        ? [0, 1, 0]
        : [1, 0, 0];
  const normal = view?.normal ?? least;
  const wanted: Vec3 = view?.right ?? (Math.abs(normal[0]) > 0.7 ? [0, 1, 0] : [1, 0, 0]);
  const flat = along(wanted, normal, -dot(wanted, normal));
  const right = norm(flat) > 0 ? normalize(flat) : wanted;
  return [right, cross(normal, right)];
}
