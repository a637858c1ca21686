import type { Vec3 } from './spaces.ts';
import { cross, dot, norm, subtract } from './vec.ts';

export const degrees = (radians: number): number => (radians * 180) / Math.PI;
export const radians = (angleDeg: number): number => (angleDeg * Math.PI) / 180;

/** Angle between two directions, degrees, 0 to 180; exact near 0 and 180 too (not acos). undefined without a direction. */
export function angleBetween(a: Vec3, b: Vec3): number | undefined {
  if (!(norm(a) > 0) || !(norm(b) > 0)) return undefined;
  return degrees(Math.atan2(norm(cross(a, b)), dot(a, b)));
}

/** Angle at `vertex` between the ways to `p` and `q`, degrees. */
export function angleAt(p: Vec3, vertex: Vec3, q: Vec3): number | undefined {
  return angleBetween(subtract(p, vertex), subtract(q, vertex));
}

/** In the transverse plane of the patient: 0 from front to back, positive to the patient's left; degrees. undefined along z. */
export function axialAngleDeg([x, y]: Vec3): number | undefined {
  return x === 0 && y === 0 ? undefined : degrees(Math.atan2(x, y));
}

/** Out of the transverse plane: positive toward the head; degrees, for a direction of any length. */
export function craniocaudalAngleDeg([x, y, z]: Vec3): number | undefined {
  return x === 0 && y === 0 && z === 0 ? undefined : degrees(Math.atan2(z, Math.hypot(x, y)));
}

/**
 * From straight down on the table, positive with the tip to the right of someone standing at the patient's feet;
 * degrees. `down`: unit vector of gravity in LPS, across z. undefined when the direction runs along the table.
 */
export function tableAngleDeg(direction: Vec3, down: Vec3): number | undefined {
  const right = cross(down, [0, 0, 1]);
  const across = dot(direction, right);
  const toward = dot(direction, down);
  return across === 0 && toward === 0 ? undefined : degrees(Math.atan2(across, toward));
}
