import { rayCount } from './section.ts';

/**
 * The outline of a lumen in its plane: an ellipse with a third and a fourth harmonic on it (a D, a rounded triangle).
 * In order: middle u, v (mm); mean half-axis r (mm); e1, e2: r (1 + |e|) and r (1 - |e|) are the half-axes; then the
 * cosine and sine parts of the third and the fourth harmonic, of the radius before it is stretched.
 */
export type LumenShape = Float64Array;
export const shapeSize = 9;

/** Points of the outline and its derivative by the angle, equally spaced in angle. */
export interface Outline {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float64Array;
  readonly dy: Float64Array;
  /** How far each parameter moves each point outward, times the length of outline it stands for: [point][parameter]. */
  readonly sweep: Float64Array;
}

/** @param points how many; even steps of angle, 24 or more for the fourth harmonic. */
export function outlineOf(shape: LumenShape, points: number = rayCount): Outline {
  const stepAngle = (2 * Math.PI) / points;
  const [cu = 0, cv = 0, r = 0, e1 = 0, e2 = 0, c3 = 0, s3 = 0, c4 = 0, s4 = 0] = shape;
  const outline = {
    x: new Float64Array(points),
    y: new Float64Array(points),
    dx: new Float64Array(points),
    dy: new Float64Array(points),
    sweep: new Float64Array(points * shapeSize),
  };
  for (let k = 0; k < points; k += 1) {
    const a = stepAngle * k;
    const [cos, sin] = [Math.cos(a), Math.sin(a)];
    const [cos3, sin3, cos4, sin4] = [Math.cos(3 * a), Math.sin(3 * a), Math.cos(4 * a), Math.sin(4 * a)];
    const g = 1 + c3 * cos3 + s3 * sin3 + c4 * cos4 + s4 * sin4;
    const dg = 3 * (s3 * cos3 - c3 * sin3) + 4 * (s4 * cos4 - c4 * sin4);
    const stretched = (p: number, q: number): readonly [number, number] => [
      r * ((1 + e1) * p + e2 * q),
      r * (e2 * p + (1 - e1) * q),
    ];
    const [x, y] = stretched(g * cos, g * sin);
    const [dx, dy] = stretched(dg * cos - g * sin, dg * sin + g * cos);
    const [hx, hy] = stretched(cos, sin);
    outline.x[k] = cu + x;
    outline.y[k] = cv + y;
    outline.dx[k] = dx;
    outline.dy[k] = dy;
    const outward = (mx: number, my: number): number => (mx * dy - my * dx) * stepAngle;
    const harmonic = outward(hx, hy);
    outline.sweep.set(
      [
        outward(1, 0),
        outward(0, 1),
        outward(x / r, y / r),
        outward(r * g * cos, -r * g * sin),
        outward(r * g * sin, r * g * cos),
        harmonic * cos3,
        harmonic * sin3,
        harmonic * cos4,
        harmonic * sin4,
      ],
      k * shapeSize,
    );
  }
  return outline;
}

/** Area, middle (of area) and the chords through it: least and greatest, mm. */
export function measureOutline({ x, y }: Pick<Outline, 'x' | 'y'>): {
  readonly areaMm2: number;
  readonly middle: readonly [number, number];
  readonly minimumMm: number;
  readonly maximumMm: number;
} {
  const count = x.length;
  let [area, mu, mv] = [0, 0, 0];
  const at = (list: Float64Array, k: number): number => list[(k + count) % count] ?? 0;
  for (let k = 0; k < count; k += 1) {
    const twice = at(x, k) * at(y, k + 1) - at(x, k + 1) * at(y, k);
    area += twice / 2;
    mu += (twice * (at(x, k) + at(x, k + 1))) / 6;
    mv += (twice * (at(y, k) + at(y, k + 1))) / 6;
  }
  if (!(area > 0)) return { areaMm2: 0, middle: [at(x, 0), at(y, 0)], minimumMm: 0, maximumMm: 0 };
  const middle: readonly [number, number] = [mu / area, mv / area];
  const chords = chordsThrough(x, y, middle);
  // What the polygon's sides cut off the curve.
  const whole = (2 * Math.PI) / count / Math.sin((2 * Math.PI) / count);
  const wider = Math.sqrt(whole);
  return {
    areaMm2: area * whole,
    middle,
    minimumMm: Math.min(...chords) * wider,
    maximumMm: Math.max(...chords) * wider,
  };
}

/** One each 2 degrees of half a turn. */
function chordsThrough(x: Float64Array, y: Float64Array, middle: readonly [number, number]): readonly number[] {
  const radii = wallDistances({ x, y }, middle, 180);
  return Array.from({ length: 90 }, (_, n) => (radii[n] ?? 0) + (radii[n + 90] ?? 0));
}

/** How far an outline lies from a place inside it, on `rays` even around from u towards v, mm; 0 where it does not. */
export function wallDistances(
  { x, y }: Pick<Outline, 'x' | 'y'>,
  [u, v]: readonly [number, number],
  rays: number,
): Float64Array {
  const count = x.length;
  const radii = new Float64Array(rays);
  const ray = (2 * Math.PI) / rays;
  const turn = (k: number): number => Math.atan2((y[k % count] ?? 0) - v, (x[k % count] ?? 0) - u);
  let from = turn(0);
  for (let k = 0; k < count; k += 1) {
    const ahead = turn(k + 1) - from;
    const to = from + ahead - 2 * Math.PI * Math.round(ahead / (2 * Math.PI));
    const [ax, ay] = [(x[k] ?? 0) - u, (y[k] ?? 0) - v];
    const [sx, sy] = [(x[(k + 1) % count] ?? 0) - u - ax, (y[(k + 1) % count] ?? 0) - v - ay];
    for (let n = Math.ceil(Math.min(from, to) / ray); n <= Math.max(from, to) / ray; n += 1) {
      const part = Math.cos(n * ray) * sy - Math.sin(n * ray) * sx;
      const radius = part === 0 ? 0 : (ax * sy - ay * sx) / part;
      const at = ((n % rays) + rays) % rays;
      radii[at] = Math.max(radii[at] ?? 0, radius);
    }
    from = to;
  }
  return radii;
}
