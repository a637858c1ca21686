import { distance } from '../src/geometry/index.ts';
import type { LpsMm } from '../src/geometry/index.ts';

/** A body with a sharp surface; patient space, mm. */
export interface Solid {
  /** What it adds to what it lies in, HU. Solids must not cross each other's surfaces. */
  readonly addsHu: number;
  /** Signed distance to its surface, near the surface at least, negative inside. */
  signedDistanceMm(at: LpsMm): number;
  /** A box around it in the plane of this z: [x from, x to, y from, y to]; null where it has no part. */
  boxAt(zMm: number): readonly [number, number, number, number] | null;
  /** The same in every plane: worth computing once. */
  readonly sameInEveryPlane?: boolean;
}

export function sphere(centre: LpsMm, radiusMm: number, addsHu: number): Solid {
  return {
    addsHu,
    signedDistanceMm: (at) => distance(at, centre) - radiusMm,
    boxAt: (z) =>
      Math.abs(z - centre[2]) > radiusMm + 1
        ? null
        : [centre[0] - radiusMm, centre[0] + radiusMm, centre[1] - radiusMm, centre[1] + radiusMm],
  };
}

/** Along z without end; half-axes along x and y. Its signed distance is of first order, exact at the surface. */
export function ellipticCylinder(halfAxesMm: readonly [number, number], addsHu: number): Solid {
  const [a, b] = halfAxesMm;
  return {
    addsHu,
    sameInEveryPlane: true,
    signedDistanceMm([x, y]) {
      const level = Math.hypot(x / a, y / b);
      if (level === 0) return -Math.min(a, b);
      return (level * (level - 1)) / Math.hypot(x / (a * a), y / (b * b));
    },
    boxAt: () => [-a, a, -b, b],
  };
}
