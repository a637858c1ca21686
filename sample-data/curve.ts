import { distance, dot, normalize, subtract } from '../src/geometry/index.ts';
import type { LpsMm, Vec3 } from '../src/geometry/index.ts';
import type { Ball, Shape } from './body.ts';

/** A smooth line through given points, by arc length. Stations are mm from its start. */
export interface Curve {
  readonly lengthMm: number;
  at(stationMm: number): LpsMm;
  tangent(stationMm: number): Vec3;
  /** A unit vector across the curve that turns as little as it can on the way: `aside` at the start. */
  side(stationMm: number): Vec3;
  /** At most its distance from the curve, quickly; 0 near it. */
  gapMm(x: number, y: number, z: number): number;
  /** The nearest place on the curve: station, how far off along `side`, and how far (>= 0) across that. */
  nearest(x: number, y: number, z: number, found: Near): void;
  /** Balls around its pieces, `more` mm wider than the line itself. */
  balls(moreMm: number): readonly Ball[];
  /** Bending there, 1/mm, and its part along `side`. */
  bendAlongSide(stationMm: number): number;
}
export interface Near {
  station: number;
  side: number;
  across: number;
}

/** Segments in one ball. */
const piece = 8;

/**
 * A centripetal Catmull-Rom line through the points, in their order, as a chain of short segments.
 * @param aside  Made square to its start.
 * @param stepMm  Of the segments; what is measured has them short.
 */
export function curve(points: readonly LpsMm[], aside: Vec3 = [0, 1, 0], stepMm = 2): Curve {
  const dense = densePoints(points);
  const { at: places, lengthMm } = evenly(dense, stepMm);
  const n = places.length;
  const sure = (i: number): LpsMm => places[Math.max(0, Math.min(n - 1, i))] ?? [0, 0, 0];
  const spacing = lengthMm / (n - 1);
  const tangents: Vec3[] = places.map((_, i) => normalize(subtract(sure(i + 1), sure(i - 1))));
  const sides: Vec3[] = [];
  let side = aside;
  for (const tangent of tangents) {
    const ahead = dot(side, tangent);
    side = normalize([side[0] - ahead * tangent[0], side[1] - ahead * tangent[1], side[2] - ahead * tangent[2]]);
    sides.push(side);
  }
  const mix = (list: readonly Vec3[], station: number): Vec3 => {
    const place = Math.max(0, Math.min(n - 1.000001, station / spacing));
    const i = Math.floor(place);
    const t = place - i;
    const a = list[i] ?? [0, 0, 1];
    const b = list[i + 1] ?? a;
    return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
  };
  const flat = Float64Array.from(places.flat());
  const spheres: Ball[] = [];
  for (let i = 0; i < n - 1; i += piece) {
    const centre = sure(Math.min(n - 1, i + piece / 2));
    let radiusMm = 0;
    for (let j = i; j <= Math.min(n - 1, i + piece); j++) radiusMm = Math.max(radiusMm, distance(centre, sure(j)));
    spheres.push({ centre, radiusMm });
  }
  const pieces = spheres.length;
  const flatSides = Float64Array.from(sides.flat());
  const flatBalls = Float64Array.from(spheres.flatMap(({ centre, radiusMm }) => [...centre, radiusMm]));
  let lastPiece = 0;
  /** At least so far from a piece; negative in its ball. */
  function away(p: number, x: number, y: number, z: number): number {
    const dx = x - (flatBalls[4 * p] ?? 0);
    const dy = y - (flatBalls[4 * p + 1] ?? 0);
    const dz = z - (flatBalls[4 * p + 2] ?? 0);
    return Math.sqrt(dx * dx + dy * dy + dz * dz) - (flatBalls[4 * p + 3] ?? 0);
  }
  const tangent = (station: number): Vec3 => normalize(mix(tangents, station));
  return {
    lengthMm,
    at: (station) => {
      const [x, y, z] = mix(places, station);
      return [x, y, z];
    },
    tangent,
    side: (station) => normalize(mix(sides, station)),
    balls: (moreMm) => spheres.map(({ centre, radiusMm }) => ({ centre, radiusMm: radiusMm + moreMm })),
    bendAlongSide(station) {
      const h = 1;
      const change = subtract(tangent(station + h), tangent(station - h));
      return dot(change, normalize(mix(sides, station))) / (2 * h);
    },
    gapMm(x, y, z) {
      let least = Infinity;
      for (let p = 0; p < pieces; p++) least = Math.min(least, away(p, x, y, z));
      return Math.max(0, least);
    },
    nearest(x, y, z, found) {
      // What was nearest last time is near now: with it most pieces need no look.
      let best = Infinity;
      let bestPlace = 0;
      for (let turn = -1; turn < pieces; turn++) {
        const p = turn < 0 ? lastPiece : turn;
        if (turn === lastPiece) continue;
        if (turn >= 0) {
          const gap = away(p, x, y, z);
          if (gap > 0 && gap * gap >= best) continue;
        }
        const end = Math.min(n - 1, (p + 1) * piece);
        for (let i = p * piece; i < end; i++) {
          const dx = x - (flat[3 * i] ?? 0);
          const dy = y - (flat[3 * i + 1] ?? 0);
          const dz = z - (flat[3 * i + 2] ?? 0);
          const sx = (flat[3 * i + 3] ?? 0) - (flat[3 * i] ?? 0);
          const sy = (flat[3 * i + 4] ?? 0) - (flat[3 * i + 1] ?? 0);
          const sz = (flat[3 * i + 5] ?? 0) - (flat[3 * i + 2] ?? 0);
          const t = Math.max(0, Math.min(1, (dx * sx + dy * sy + dz * sz) / (sx * sx + sy * sy + sz * sz)));
          const square = (dx - t * sx) * (dx - t * sx) + (dy - t * sy) * (dy - t * sy) + (dz - t * sz) * (dz - t * sz);
          if (square < best) {
            best = square;
            bestPlace = i + t;
          }
        }
      }
      lastPiece = Math.min(pieces - 1, Math.floor(bestPlace / piece));
      const i = Math.min(n - 2, Math.floor(bestPlace));
      const t = bestPlace - i;
      const between = (list: Float64Array, axis: number): number => {
        const low = list[3 * i + axis] ?? 0;
        return low + t * ((list[3 * i + 3 + axis] ?? 0) - low);
      };
      const ox = x - between(flat, 0);
      const oy = y - between(flat, 1);
      const oz = z - between(flat, 2);
      let ux = between(flatSides, 0);
      let uy = between(flatSides, 1);
      let uz = between(flatSides, 2);
      const size = Math.sqrt(ux * ux + uy * uy + uz * uz);
      ux /= size;
      uy /= size;
      uz /= size;
      found.station = bestPlace * spacing;
      found.side = ox * ux + oy * uy + oz * uz;
      found.across = Math.sqrt(Math.max(0, ox * ox + oy * oy + oz * oz - found.side * found.side));
    },
  };
}

/** A round tube along a curve; `radiusMm` by station. With round ends. */
export function tube(line: Curve, radiusMm: number | ((stationMm: number) => number)): Shape {
  const radius = typeof radiusMm === 'number' ? () => radiusMm : radiusMm;
  let widest = 0;
  for (let s = 0; s <= line.lengthMm; s += 1) widest = Math.max(widest, radius(s));
  const near: Near = { station: 0, side: 0, across: 0 };
  return {
    within: line.balls(widest),
    distanceMm(x, y, z) {
      const gap = line.gapMm(x, y, z) - widest;
      if (gap > 2) return gap;
      line.nearest(x, y, z, near);
      return Math.sqrt(near.side * near.side + near.across * near.across) - radius(near.station);
    },
  };
}

function densePoints(points: readonly LpsMm[]): Vec3[] {
  const first = points[0] ?? [0, 0, 0];
  const last = points.at(-1) ?? first;
  const second = points[1] ?? last;
  const before = points.at(-2) ?? first;
  const all: Vec3[] = [beyond(first, second), ...points, beyond(last, before)];
  const dense: Vec3[] = [];
  for (let i = 1; i + 2 < all.length; i++) {
    const [a, b, c, d] = [all[i - 1], all[i], all[i + 1], all[i + 2]];
    if (!a || !b || !c || !d) continue;
    for (let k = 0; k < 64; k++) dense.push(catmullRom(a, b, c, d, k / 64));
  }
  dense.push(last);
  return dense;
}
const beyond = (end: Vec3, inner: Vec3): Vec3 => [2 * end[0] - inner[0], 2 * end[1] - inner[1], 2 * end[2] - inner[2]];

function catmullRom(a: Vec3, b: Vec3, c: Vec3, d: Vec3, fraction: number): Vec3 {
  const gap = (p: Vec3, q: Vec3): number => Math.sqrt(Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
  const t1 = gap(a, b);
  const t2 = t1 + gap(b, c);
  const t3 = t2 + gap(c, d);
  const t = t1 + fraction * (t2 - t1);
  const blend = (p: Vec3, q: Vec3, from: number, to: number): Vec3 => {
    const w = (t - from) / (to - from);
    return [p[0] + w * (q[0] - p[0]), p[1] + w * (q[1] - p[1]), p[2] + w * (q[2] - p[2])];
  };
  const ab = blend(a, b, 0, t1);
  const bc = blend(b, c, t1, t2);
  const cd = blend(c, d, t2, t3);
  return blend(blend(ab, bc, 0, t2), blend(bc, cd, t1, t3), t1, t2);
}

/** Points every `stepMm` or less of arc length. */
function evenly(dense: readonly Vec3[], stepMm: number): { at: LpsMm[]; lengthMm: number } {
  const lengths = [0];
  for (let i = 1; i < dense.length; i++) {
    const [p, q] = [dense[i - 1], dense[i]];
    lengths.push((lengths.at(-1) ?? 0) + (p && q ? Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]) : 0));
  }
  const lengthMm = lengths.at(-1) ?? 0;
  const count = Math.max(2, Math.ceil(lengthMm / stepMm) + 1);
  const at: LpsMm[] = [];
  let j = 0;
  for (let i = 0; i < count; i++) {
    const wanted = (lengthMm * i) / (count - 1);
    while (j < dense.length - 2 && (lengths[j + 1] ?? 0) < wanted) j++;
    const from = lengths[j] ?? 0;
    const t = (wanted - from) / Math.max(1e-12, (lengths[j + 1] ?? 0) - from);
    const [p, q] = [dense[j] ?? [0, 0, 0], dense[j + 1] ?? [0, 0, 0]];
    at.push([p[0] + t * (q[0] - p[0]), p[1] + t * (q[1] - p[1]), p[2] + t * (q[2] - p[2])]);
  }
  return { at, lengthMm };
}
