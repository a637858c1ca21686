import type { LpsMm, Vec3 } from './spaces.ts';
import { add, along, dot, normalize, scale, subtract } from './vec.ts';

/** Half-axes in mm along three orthonormal directions (LPS). */
export interface Ellipsoid {
  readonly centre: LpsMm;
  readonly semiAxes: Vec3;
  readonly axes: readonly [Vec3, Vec3, Vec3];
}

/** Coordinates along the ellipsoid's own axes from its centre, mm. */
export function toEllipsoidAxes({ centre, axes }: Ellipsoid, p: LpsMm): Vec3 {
  const d = subtract(p, centre);
  return [dot(d, axes[0]), dot(d, axes[1]), dot(d, axes[2])];
}
export function fromEllipsoidAxes({ centre, axes }: Ellipsoid, [x, y, z]: Vec3): LpsMm {
  return along(along(along(centre, axes[0], x), axes[1], y), axes[2], z);
}

/** The point of the surface that belongs to a unit vector u: centre + sum of semiAxis * u along each axis. */
export function surfacePoint(e: Ellipsoid, u: Vec3): LpsMm {
  return fromEllipsoidAxes(e, [u[0] * e.semiAxes[0], u[1] * e.semiAxes[1], u[2] * e.semiAxes[2]]);
}

/** Sum of squared coordinates over semi-axes: below 1 inside, 1 on the surface. */
export function ellipsoidLevel(e: Ellipsoid, p: LpsMm): number {
  const [x, y, z] = toEllipsoidAxes(e, p);
  return (x / e.semiAxes[0]) ** 2 + (y / e.semiAxes[1]) ** 2 + (z / e.semiAxes[2]) ** 2;
}
/** The surface counts as inside. */
export function isInsideEllipsoid(e: Ellipsoid, p: LpsMm): boolean {
  return ellipsoidLevel(e, p) <= 1;
}

export function ellipsoidVolumeMm3({ semiAxes: [a, b, c] }: Ellipsoid): number {
  return (4 / 3) * Math.PI * a * b * c;
}

/** How far the ellipsoid reaches from its centre along a unit direction, mm (its support). */
export function ellipsoidSupport({ semiAxes, axes }: Ellipsoid, direction: Vec3): number {
  return Math.hypot(
    semiAxes[0] * dot(axes[0], direction),
    semiAxes[1] * dot(axes[1], direction),
    semiAxes[2] * dot(axes[2], direction),
  );
}

/**
 * The ellipse that the plane through the point cuts out: its centre and two half-axes as vectors at right angles, the
 * longer first. undefined where the plane passes by. Closed form: in the ellipsoid's unit ball the cut is a circle.
 */
export function ellipsoidCut(
  e: Ellipsoid,
  plane: { readonly point: LpsMm; readonly normal: Vec3 },
): { readonly centre: LpsMm; readonly halfAxes: readonly [Vec3, Vec3] } | undefined {
  const reach = ellipsoidSupport(e, plane.normal);
  const offset = dot(subtract(plane.point, e.centre), plane.normal) / reach;
  if (!(Math.abs(offset) <= 1)) return undefined;
  const local = (v: Vec3): Vec3 => [dot(v, e.axes[0]), dot(v, e.axes[1]), dot(v, e.axes[2])];
  const n = local(plane.normal);
  // The plane in the unit ball: normal m, distance offset.
  const m = normalize([n[0] * e.semiAxes[0], n[1] * e.semiAxes[1], n[2] * e.semiAxes[2]]);
  const least =
    Math.abs(m[0]) <= Math.abs(m[1]) && Math.abs(m[0]) <= Math.abs(m[2]) ? 0 : Math.abs(m[1]) <= Math.abs(m[2]) ? 1 : 2;
  const unit: Vec3 = [least === 0 ? 1 : 0, least === 1 ? 1 : 0, least === 2 ? 1 : 0];
  const u = normalize(subtract(unit, scale(m, dot(unit, m))));
  const v: Vec3 = [m[1] * u[2] - m[2] * u[1], m[2] * u[0] - m[0] * u[2], m[0] * u[1] - m[1] * u[0]];
  const radius = Math.sqrt(Math.max(0, 1 - offset * offset));
  const stretched = ([x, y, z]: Vec3, factor: number): Vec3 =>
    subtract(surfacePoint(e, [x * factor, y * factor, z * factor]), e.centre);
  const p = stretched(u, radius);
  const q = stretched(v, radius);
  // Conjugate half-diameters p, q turned into the axes.
  const turn = Math.atan2(2 * dot(p, q), dot(p, p) - dot(q, q)) / 2;
  const first = add(scale(p, Math.cos(turn)), scale(q, Math.sin(turn)));
  const second = add(scale(p, -Math.sin(turn)), scale(q, Math.cos(turn)));
  return { centre: surfacePoint(e, scale(m, offset)), halfAxes: [first, second] };
}
