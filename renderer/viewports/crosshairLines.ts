import { cross, norm, type LpsMm, type Vec2 } from '../../src/geometry/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';

/** The middle stays free: what is pointed at must be seen, and a drag there is the window's. */
export const gapPx = 18;

export interface CrosshairLine {
  readonly of: ViewName;
  /** CSS px in the element. */
  readonly centre: Vec2;
  /** Unit vector. */
  readonly direction: Vec2;
}

/** Where the other planes cut this one: lines through the linked point. */
export function crosshairLines(view: View, all: readonly View[], point: LpsMm): readonly CrosshairLine[] {
  const map = view.map();
  if (map?.in !== 'patient' || map.projection) return [];
  const [ax, bx, cx, dx, ay, by, cy, dy] = map.toCanvas;
  const centre: Vec2 = [
    ax * point[0] + bx * point[1] + cx * point[2] + dx,
    ay * point[0] + by * point[1] + cy * point[2] + dy,
  ];
  return all.flatMap((other) => {
    const plane = other === view || other.kind !== 'mpr' ? undefined : other.map();
    if (plane?.in !== 'patient') return [];
    const line = cross(map.plane.normal, plane.plane.normal);
    if (norm(line) < 1e-6) return [];
    const x = ax * line[0] + bx * line[1] + cx * line[2];
    const y = ay * line[0] + by * line[1] + cy * line[2];
    const length = Math.hypot(x, y);
    return length < 1e-9 ? [] : [{ of: other.name, centre, direction: [x / length, y / length] as const }];
  });
}

/** Radius of a ring that turns planes, CSS px. */
export const ringPx = 5;
/** Off the letters at the edges. */
const ringShare = 0.3;

/** On each line, to both sides of the middle: the rings by which the planes are turned; those outside the picture are left out. */
export function ringsOf(
  { centre, direction }: CrosshairLine,
  { clientWidth, clientHeight }: HTMLElement,
): readonly Vec2[] {
  const reach = Math.max(3 * gapPx, ringShare * Math.min(clientWidth, clientHeight));
  return [reach, -reach]
    .map((way): Vec2 => [centre[0] + way * direction[0], centre[1] + way * direction[1]])
    .filter(([x, y]) => x > ringPx && y > ringPx && x < clientWidth - ringPx && y < clientHeight - ringPx);
}
