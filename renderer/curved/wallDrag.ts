import type { Vec2 } from '../../src/geometry/index.ts';

/** How far along the wall a hand takes its neighbours with it, as a part of the wall's length. */
const softPart = 0.12;

/**
 * A wall pulled at one place: the point there goes with the hand, its neighbours the less the farther they lie along the wall.
 *
 * @param wall  points around, mm
 * @param held  index of the point that the hand holds
 * @param by    mm
 */
export function pulledWall(wall: readonly Vec2[], held: number, by: Vec2): readonly Vec2[] {
  const count = wall.length;
  const steps = wall.map(([x, y], n) => {
    const [nextX, nextY] = wall[(n + 1) % count] ?? [x, y];
    return Math.hypot(nextX - x, nextY - y);
  });
  const around = steps.reduce((sum, step) => sum + step, 0);
  const along = wall.map((_, n) => steps.slice(0, n).reduce((sum, step) => sum + step, 0));
  const from = along[held] ?? 0;
  return wall.map(([x, y], n) => {
    const straight = Math.abs((along[n] ?? 0) - from);
    const far = Math.min(straight, around - straight) / (softPart * around);
    const share = Math.exp(-(far ** 2) / 2);
    return [x + by[0] * share, y + by[1] * share];
  });
}
