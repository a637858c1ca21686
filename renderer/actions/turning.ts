import { along, cross, dot, type LpsMm, type Vec3 } from '../../src/geometry/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import type { Desk } from './desk.ts';
import { activeView } from './windows.ts';

/**
 * Turns the planes that a view shows as lines about its own direction of sight, through the crosshair's point.
 * @param angleRad  from right towards down on the view's screen
 * @param only      one plane alone, which then is no longer square to the others; null: all together, square as they were
 */
export function turnPlanes(desk: Desk, seenIn: ViewName, angleRad: number, only: ViewName | null): void {
  const map = desk.views.get(seenIn)?.map();
  const { point } = desk.session.getState();
  if (map?.in !== 'patient' || point === null || angleRad === 0) return;
  const { normal } = map.plane;
  for (const view of planesBeside(desk, seenIn)) {
    const plane = view.map();
    if ((only !== null && view.name !== only) || plane?.in !== 'patient') continue;
    const { right, down } = plane.plane;
    view.orient?.({ right: turned(right, normal, angleRad), down: turned(down, normal, angleRad) }, point);
  }
}

/** The view as it opened; of linked planes all lie straight again, and only the active one loses its slab and window. */
export function resetView(desk: Desk): void {
  const view = activeView(desk);
  if (view === undefined) return;
  const { point } = desk.session.getState();
  view.reset();
  if (view.orient === undefined) return;
  for (const other of planesBeside(desk, view.name))
    if (other.state().oblique) other.orient?.(null, placeOf(other, point));
  if (point !== null) void desk.views.goTo(point);
}

function planesBeside(desk: Desk, name: ViewName): readonly View[] {
  const key = desk.views.get(name)?.loaded?.series.key;
  return desk.views
    .all()
    .filter((view) => view.name !== name && view.orient !== undefined && view.loaded?.series.key === key);
}

function placeOf(view: View, point: LpsMm | null): LpsMm {
  return point ?? view.state().position ?? [0, 0, 0];
}

/** A vector turned about a unit axis by the right hand's rule (Rodrigues). */
function turned(v: Vec3, axis: Vec3, angleRad: number): Vec3 {
  const cosine = Math.cos(angleRad);
  const flat: Vec3 = [v[0] * cosine, v[1] * cosine, v[2] * cosine];
  return along(along(flat, cross(axis, v), Math.sin(angleRad)), axis, dot(axis, v) * (1 - cosine));
}
