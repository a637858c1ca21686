import type { Vec2 } from '../../src/geometry/index.ts';

/** Between the points and the box, CSS px: handles and the writing beside them stay visible too. */
const gapPx = 32;
const edgePx = 4;

/**
 * Left top corner of a box that covers none of the points and stays inside the picture, CSS px of the picture. Of such
 * places the one that covers least of what runs across two points: of two clicks on the edges of a catheter its shaft.
 * Where there is none, the corner farthest from the points.
 */
export function placeBeside(points: readonly Vec2[], [width, height]: Vec2, picture: Vec2): Vec2 {
  const within = ([left, top]: Vec2): Vec2 => [
    Math.max(edgePx, Math.min(left, picture[0] - width - edgePx)),
    Math.max(edgePx, Math.min(top, picture[1] - height - edgePx)),
  ];
  if (points.length === 0) return within([edgePx, edgePx]);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const [x, y] = [(left + right) / 2, (top + bottom) / 2];
  const across = [right + gapPx, left - gapPx - width].flatMap((l) =>
    [y - height / 2, top, bottom - height].map((t): Vec2 => [l, t]),
  );
  const upright = [bottom + gapPx, top - gapPx - height].flatMap((t) =>
    [x - width / 2, left, right - width].map((l): Vec2 => [l, t]),
  );
  const beside = (right - left >= bottom - top ? [...across, ...upright] : [...upright, ...across]).map(within);
  const distance = ([l, t]: Vec2): number =>
    Math.min(
      ...points.map(([px, py]) =>
        Math.hypot(Math.max(l - px, 0, px - l - width), Math.max(t - py, 0, py - t - height)),
      ),
    );
  const shaft = shaftThrough(points);
  const covered = ([l, t]: Vec2): number =>
    shaft.filter(([px, py]) => px > l && px < l + width && py > t && py < t + height).length;
  const clear = beside.filter((place) => distance(place) >= gapPx - 1);
  const [first] = clear;
  if (first !== undefined) return clear.reduce((best, one) => (covered(one) < covered(best) ? one : best), first);
  const corners = [0, picture[0]].flatMap((l) => [0, picture[1]].map((t): Vec2 => within([l, t])));
  return [...beside, ...corners].reduce((best, one) => (distance(one) > distance(best) ? one : best));
}

const stepPx = 12;

/** Places along the line across two points, through their middle; none for fewer points, or more. */
function shaftThrough([p, q, ...more]: readonly Vec2[]): readonly Vec2[] {
  if (p === undefined || q === undefined || more.length > 0) return [];
  const [dx, dy] = [q[0] - p[0], q[1] - p[1]];
  const size = Math.hypot(dx, dy);
  if (size === 0) return [];
  const [x, y] = [(p[0] + q[0]) / 2, (p[1] + q[1]) / 2];
  return Array.from({ length: 61 }, (_, i): Vec2 => {
    const along = (i - 30) * stepPx;
    return [x - (dy / size) * along, y + (dx / size) * along];
  });
}
