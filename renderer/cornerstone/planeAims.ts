import type { LpsMm, Vec3 } from '../../src/geometry/index.ts';
import { along, cross, dot, norm, normalize, subtract } from '../../src/geometry/index.ts';
import type { ViewName } from './types.ts';

/** Which way a plane is seen: unit vectors to the right and down on screen, LPS. */
export interface Facing {
  readonly right: Vec3;
  readonly down: Vec3;
}

const axial: Facing = { right: [1, 0, 0], down: [0, 1, 0] };
/** Axial seen from the feet, coronal from the front, sagittal from the left. */
const facings: Readonly<Partial<Record<ViewName, Facing>>> = {
  Axial: axial,
  Coronal: { right: [1, 0, 0], down: [0, 0, -1] },
  Sagittal: { right: [0, 1, 0], down: [0, 0, -1] },
};

export function facingOf(name: ViewName): Facing {
  return facings[name] ?? axial;
}

/** Square and of unit length again, whatever rounding did over many turns. */
export function squared({ right, down }: Facing): Facing {
  const x = normalize(right);
  return { right: x, down: normalize(along(down, x, -dot(down, x))) };
}

/** Whether two planes differ by more than rounding (a thousandth of a degree). */
export function isTurned(a: Facing, b: Facing): boolean {
  return norm(subtract(a.right, b.right)) > 2e-5 || norm(subtract(a.down, b.down)) > 2e-5;
}

/** The middle of the element after a plane was turned about a point that keeps its place on screen; the new plane passes through the point. */
export function centreTurned(centre: Vec3, from: Facing, to: Facing, about: LpsMm): Vec3 {
  const apart = subtract(about, centre);
  return along(along(about, to.right, -dot(apart, from.right)), to.down, -dot(apart, from.down));
}

export function normalOf({ right, down }: Facing): Vec3 {
  return cross(right, down);
}
