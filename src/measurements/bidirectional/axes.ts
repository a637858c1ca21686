import type { Point, Vec3 } from '../../geometry/index.ts';
import { along, cross, dot, isLps, norm, normalize, subtract } from '../../geometry/index.ts';
import { copyPoint, noHandle, samePoint } from '../points.ts';
import type { BidirectionalItem } from './item.ts';

const inSpace = (p: Point): Vec3 => [p[0], p[1], p[2] ?? 0];
const like = (model: Point, v: Vec3): ReturnType<typeof copyPoint> => copyPoint(isLps(model) ? v : [v[0], v[1]]);

/** `to` brought onto the line (plane in the patient) through `from` at right angles to the long axis; `to` itself where that has no length. */
export function across(long: readonly [Point, Point], from: Point, to: Point): ReturnType<typeof copyPoint> {
  const way = subtract(inSpace(long[1]), inSpace(long[0]));
  const length = norm(way);
  if (!(length > 0)) return copyPoint(to);
  const direction = normalize(way);
  const arm = subtract(inSpace(to), inSpace(from));
  return like(to, along(inSpace(to), direction, -dot(arm, direction)));
}

/**
 * An end of the long axis moves alone and takes the short one along (turned and stretched with it in its plane, so that
 * they stay at right angles); an end of the short axis takes the other end along the long axis, and sets its own reach.
 */
export function moveBidirectionalHandle(item: BidirectionalItem, handle: string, to: Point): BidirectionalItem {
  const { long, short } = item;
  const [p, q] = [copyPoint(long[0]), copyPoint(long[1])];
  const [s, t] = [copyPoint(short[0]), copyPoint(short[1])];
  const at = { 'long-start': p, 'long-end': q, 'short-start': s, 'short-end': t }[handle];
  if (at === undefined) return noHandle('bidirectional', handle);
  if (samePoint(at, to)) return item;
  const there = copyPoint(to);
  if (handle === 'long-start') return { ...item, long: [there, q], short: carried(long, [there, q], short) };
  if (handle === 'long-end') return { ...item, long: [p, there], short: carried(long, [p, there], short) };
  if (handle === 'short-start') return { ...item, short: [there, across(long, there, t)] };
  return { ...item, short: [across(long, there, s), there] };
}

type Pair = BidirectionalItem['short'];

/** The short axis with its place along the long one (as a part of it) and its reach to both sides kept. */
function carried(
  before: readonly [Point, Point],
  after: readonly [Point, Point],
  short: readonly [Point, Point],
): Pair {
  const kept: Pair = [copyPoint(short[0]), copyPoint(short[1])];
  const old = subtract(inSpace(before[1]), inSpace(before[0]));
  const now = subtract(inSpace(after[1]), inSpace(after[0]));
  const bar = subtract(inSpace(short[1]), inSpace(short[0]));
  if (!(norm(old) > 0) || !(norm(now) > 0)) return kept;
  const [u, v] = [normalize(old), normalize(now)];
  // The plane of the mark: of both axes; of a mark without width, any one that holds the long axis.
  const normal = cross(u, bar);
  if (!(norm(normal) > 1e-9 * norm(bar)) || !(norm(bar) > 0)) return kept;
  const n = normalize(normal);
  const side = cross(n, u);
  const turned = cross(n, v);
  if (!(norm(turned) > 1e-9)) return kept;
  const newSide = normalize(turned);
  const moved = (end: Point): ReturnType<typeof copyPoint> => {
    const arm = subtract(inSpace(end), inSpace(before[0]));
    const part = dot(arm, u) / norm(old);
    const place = along(inSpace(after[0]), v, part * norm(now));
    return like(end, along(place, newSide, dot(arm, side)));
  };
  return [moved(short[0]), moved(short[1])];
}

/** Degrees by which two lines miss the right angle, with `aspect` the height of a pixel over its width; null without length. */
export function offRightAngleDeg(
  long: readonly [Point, Point],
  short: readonly [Point, Point],
  aspect: number,
): number | null {
  const stretched = ([x, y, z]: Vec3): Vec3 => [x, y * aspect, z];
  const a = stretched(subtract(inSpace(long[1]), inSpace(long[0])));
  const b = stretched(subtract(inSpace(short[1]), inSpace(short[0])));
  const size = norm(a) * norm(b);
  if (!(size > 0)) return null;
  return (Math.asin(Math.min(1, Math.abs(dot(a, b)) / size)) * 180) / Math.PI;
}
