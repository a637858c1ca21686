import type { LpsMm } from '../src/geometry/index.ts';

/** A ball that encloses a part, or a piece of it. Patient space, mm. */
export interface Ball {
  readonly centre: LpsMm;
  readonly radiusMm: number;
}

/** A shape with a sharp surface, in patient space (LPS mm). */
export interface Shape {
  /**
   * Signed distance to its surface, negative inside. Near the surface right to first order; elsewhere its size is at
   * most the true distance, so that whole blocks can be skipped or filled unseen.
   */
  distanceMm(x: number, y: number, z: number): number;
  /** Balls that hold all of it; null where it goes on without end. */
  readonly within: readonly Ball[] | null;
  /** The same in every plane across z: drawn once for an upright stack. */
  readonly alongZ?: boolean;
}

/** A shape and the value it has inside: HU, or signal. A later part replaces an earlier one where both are. */
export interface Part {
  readonly shape: Shape;
  readonly value: number;
}

export function part(value: number, shape: Shape): Part {
  return { shape, value };
}

type Axes = readonly [readonly number[], readonly number[], readonly number[]];
const upright: Axes = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

/** `axes`: three unit vectors at right angles. */
export function ellipsoid(centre: LpsMm, semiAxesMm: readonly [number, number, number], axes: Axes = upright): Shape {
  const [a, b, c] = semiAxesMm;
  const [cx, cy, cz] = centre;
  const least = Math.min(a, b, c);
  const [[ux = 1, uy = 0, uz = 0], [vx = 0, vy = 1, vz = 0], [wx = 0, wy = 0, wz = 1]] = axes;
  return {
    within: [{ centre, radiusMm: Math.max(a, b, c) }],
    distanceMm(x, y, z) {
      const dx = x - cx;
      const dy = y - cy;
      const dz = z - cz;
      const p = (dx * ux + dy * uy + dz * uz) / a;
      const q = (dx * vx + dy * vy + dz * vz) / b;
      const r = (dx * wx + dy * wy + dz * wz) / c;
      const level = Math.sqrt(p * p + q * q + r * r);
      const sure = (level - 1) * least;
      if (Math.abs(sure) > 2) return sure;
      const slope = Math.sqrt((p / a) ** 2 + (q / b) ** 2 + (r / c) ** 2);
      return slope === 0 ? -least : (level * (level - 1)) / slope;
    },
  };
}

/**
 * A column along z whose cut is a superellipse: exponent 2 is an ellipse, larger ones are squarer. Without ends, or
 * between two heights.
 */
export function column(
  centre: readonly [number, number],
  halfAxesMm: readonly [number, number],
  exponent = 2,
  heights: readonly [number, number] | null = null,
): Shape {
  const [cx, cy] = centre;
  const [a, b] = halfAxesMm;
  const across = exponent === 2 ? ellipse(cx, cy, a, b) : tabled(superellipse(cx, cy, a, b, exponent), cx, cy, a, b);
  if (heights === null) return { within: null, alongZ: true, distanceMm: (x, y) => across(x, y) };
  const [low, high] = heights;
  return {
    within: [{ centre: [cx, cy, (low + high) / 2], radiusMm: Math.hypot(Math.max(a, b) * 1.3, (high - low) / 2) }],
    distanceMm: (x, y, z) => Math.max(across(x, y), low - z, z - high),
  };
}

type Flat = (x: number, y: number) => number;

function ellipse(cx: number, cy: number, a: number, b: number): Flat {
  const least = Math.min(a, b);
  return (x, y) => {
    const p = (x - cx) / a;
    const q = (y - cy) / b;
    const level = Math.sqrt(p * p + q * q);
    const sure = (level - 1) * least;
    if (Math.abs(sure) > 2) return sure;
    return (level * (level - 1)) / Math.sqrt((p / a) ** 2 + (q / b) ** 2);
  };
}
function superellipse(cx: number, cy: number, a: number, b: number, exponent: number): Flat {
  const least = Math.min(a, b) * 0.7;
  return (x, y) => {
    const p = Math.abs(x - cx) / a;
    const q = Math.abs(y - cy) / b;
    const sum = p ** exponent + q ** exponent;
    const level = sum ** (1 / exponent);
    const sure = (level - 1) * least;
    if (Math.abs(sure) > 2) return sure;
    return (level - 1) / ((level / sum) * Math.hypot(p ** (exponent - 1) / a, q ** (exponent - 1) / b));
  };
}
/** The same, read from a table of every millimetre: powers are dear, and no truth hangs on these outlines. */
function tabled(exact: Flat, cx: number, cy: number, a: number, b: number): Flat {
  const beyond = 8;
  const left = cx - a - beyond;
  const top = cy - b - beyond;
  const wide = Math.ceil(2 * (a + beyond)) + 2;
  const high = Math.ceil(2 * (b + beyond)) + 2;
  let table: Float32Array | undefined;
  return (x, y) => {
    const u = x - left;
    const v = y - top;
    if (u < 0 || v < 0 || u >= wide - 1 || v >= high - 1) {
      return Math.max(beyond - 1 + Math.max(-u, -v, u - wide + 1, v - high + 1), 2);
    }
    table ??= Float32Array.from({ length: wide * high }, (_, i) =>
      exact(left + (i % wide), top + Math.floor(i / wide)),
    );
    const i = Math.floor(u);
    const j = Math.floor(v);
    const at = j * wide + i;
    const upper = (table[at] ?? 0) + (u - i) * ((table[at + 1] ?? 0) - (table[at] ?? 0));
    const lower = (table[at + wide] ?? 0) + (u - i) * ((table[at + wide + 1] ?? 0) - (table[at + wide] ?? 0));
    return upper + (v - j) * (lower - upper);
  };
}

/** A straight rod with round ends, its radius running from one to the other. */
export function rod(from: LpsMm, to: LpsMm, radiusMm: number, endRadiusMm = radiusMm): Shape {
  const [ax, ay, az] = from;
  const dx = to[0] - ax;
  const dy = to[1] - ay;
  const dz = to[2] - az;
  const square = dx * dx + dy * dy + dz * dz;
  return {
    within: [
      {
        centre: [ax + dx / 2, ay + dy / 2, az + dz / 2],
        radiusMm: Math.sqrt(square) / 2 + Math.max(radiusMm, endRadiusMm),
      },
    ],
    distanceMm(x, y, z) {
      const px = x - ax;
      const py = y - ay;
      const pz = z - az;
      const t = Math.max(0, Math.min(1, (px * dx + py * dy + pz * dz) / square));
      const off = Math.sqrt((px - t * dx) ** 2 + (py - t * dy) ** 2 + (pz - t * dz) ** 2);
      return off - radiusMm - t * (endRadiusMm - radiusMm);
    },
  };
}

/** Everything on the side of a plane that `outward` (a unit vector) points away from. */
export function half(point: LpsMm, outward: readonly [number, number, number]): Shape {
  const [nx, ny, nz] = outward;
  const at = point[0] * nx + point[1] * ny + point[2] * nz;
  return { within: null, alongZ: nz === 0, distanceMm: (x, y, z) => x * nx + y * ny + z * nz - at };
}

/** What lies in all of them. */
export function meet(...shapes: readonly Shape[]): Shape {
  return {
    within: shapes.find(({ within }) => within !== null)?.within ?? null,
    alongZ: shapes.every(({ alongZ }) => alongZ === true),
    distanceMm(x, y, z) {
      let most = -Infinity;
      for (let i = 0; i < shapes.length; i++) {
        const one = shapes[i]?.distanceMm(x, y, z) ?? 0;
        if (one > most) most = one;
        // Surely outside: no need to ask the others.
        if (most > 2) break;
      }
      return most;
    },
  };
}

/** What lies in any of them. */
export function join(...shapes: readonly Shape[]): Shape {
  const within = shapes.flatMap((shape) => shape.within ?? []);
  return {
    within: shapes.some((shape) => shape.within === null) ? null : within,
    alongZ: shapes.every(({ alongZ }) => alongZ === true),
    distanceMm(x, y, z) {
      let least = Infinity;
      for (const shape of shapes) least = Math.min(least, shape.distanceMm(x, y, z));
      return least;
    },
  };
}

/** All but what lies in the shape. */
export function outside(shape: Shape): Shape {
  return { within: null, alongZ: shape.alongZ === true, distanceMm: (x, y, z) => -shape.distanceMm(x, y, z) };
}

/** The shape drawn in (or, negative, swollen) by so many mm. */
export function shrunk(shape: Shape, byMm: number): Shape {
  return {
    within: shape.within?.map(({ centre, radiusMm }) => ({ centre, radiusMm: radiusMm + Math.max(0, -byMm) })) ?? null,
    alongZ: shape.alongZ === true,
    distanceMm: (x, y, z) => shape.distanceMm(x, y, z) + byMm,
  };
}
