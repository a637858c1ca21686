import type { Ellipsoid } from './ellipsoid.ts';
import { ellipsoidLevel, surfacePoint } from './ellipsoid.ts';
import { planeBasis } from './plane.ts';
import type { LpsMm, Vec3 } from './spaces.ts';
import { leastOnSphere, sphereDirections } from './sphereSearch.ts';
import { along, cross, distance, dot, norm, normalize, subtract } from './vec.ts';

/** A place of the union's surface: on one body, or on the crease where two meet. */
export interface Crease {
  readonly at: LpsMm;
  readonly bodies: readonly [number, number];
}
/** Several ellipsoids as one body, with what is needed to search its surface. */
export interface EllipsoidUnion {
  readonly bodies: readonly Ellipsoid[];
  readonly faces: readonly { readonly body: number; readonly direction: Vec3; readonly at: LpsMm }[];
  readonly creases: readonly Crease[];
  /** x, y, z of all these places, for loops over them. */
  readonly places: Float64Array;
}

const touching = 1e-9;
const meridians = 120;
const parallels = 90;

/** Prepares the search; some ten thousand evaluations for two bodies. */
export function ellipsoidUnion(bodies: readonly Ellipsoid[], faceSamples = 500): EllipsoidUnion {
  const directions = sphereDirections(faceSamples);
  const faces = bodies.flatMap((e, body) =>
    directions
      .map((direction) => ({ body, direction, at: surfacePoint(e, direction) }))
      .filter(({ at }) => exposed(bodies, at, [body])),
  );
  const creases: Crease[] = [];
  bodies.forEach((first, i) => {
    bodies.forEach((second, j) => {
      if (j > i) creases.push(...creasePoints(first, second).map((at) => ({ at, bodies: [i, j] as const })));
    });
  });
  const open = creases.filter(({ at, bodies: own }) => exposed(bodies, at, own));
  const places = Float64Array.from([...faces, ...open].flatMap(({ at }) => [...at]));
  return { bodies, faces, creases: open, places };
}

/** Not inside any body but those it lies on. */
export function exposed(bodies: readonly Ellipsoid[], at: LpsMm, own: readonly number[]): boolean {
  return bodies.every((body, i) => own.includes(i) || ellipsoidLevel(body, at) >= 1 - touching);
}

/** Points of the curve in which two surfaces meet, found on meridians of the first about the line to the second. */
function creasePoints(first: Ellipsoid, second: Ellipsoid): readonly LpsMm[] {
  const between = subtract(second.centre, first.centre);
  const local: Vec3 = [
    dot(between, first.axes[0]) / first.semiAxes[0],
    dot(between, first.axes[1]) / first.semiAxes[1],
    dot(between, first.axes[2]) / first.semiAxes[2],
  ];
  const pole: Vec3 = norm(local) > 1e-9 ? normalize(local) : [0, 0, 1];
  const [u, v] = planeBasis(pole);
  const found: LpsMm[] = [];
  for (let m = 0; m < meridians; m += 1) {
    const turn = (2 * Math.PI * (m + 0.5)) / meridians;
    const side = along(along([0, 0, 0], u, Math.cos(turn)), v, Math.sin(turn));
    const place = (angle: number): LpsMm =>
      surfacePoint(first, along(along([0, 0, 0], pole, Math.cos(angle)), side, Math.sin(angle)));
    const excess = (angle: number): number => ellipsoidLevel(second, place(angle)) - 1;
    let low = 0;
    let lowValue = excess(0);
    for (let p = 1; p <= parallels; p += 1) {
      const high = (Math.PI * p) / parallels;
      const highValue = excess(high);
      if (lowValue < 0 !== highValue < 0) found.push(place(zeroBetween(excess, low, high, lowValue < 0)));
      low = high;
      lowValue = highValue;
    }
  }
  return found;
}
function zeroBetween(f: (x: number) => number, from: number, to: number, risesFromBelow: boolean): number {
  let low = from;
  let high = to;
  for (let round = 0; round < 50; round += 1) {
    const middle = (low + high) / 2;
    if (f(middle) < 0 === risesFromBelow) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * The least value of a continuous function over the union's own surface (parts of bodies that no other covers, and the
 * creases between them). Looks at prepared places first, then walks from the lowest, on faces and along creases.
 */
export function leastOverUnion(union: EllipsoidUnion, value: (p: LpsMm) => number, finestMm = 1e-7): number {
  let least = Infinity;
  for (const { body, direction } of lowest(union.faces, value, 4)) {
    const e = union.bodies[body];
    if (e === undefined) continue;
    const onFace = (u: Vec3): number => {
      const p = surfacePoint(e, u);
      return exposed(union.bodies, p, [body]) ? value(p) : Infinity;
    };
    const found = leastOnSphere(onFace, {
      samples: 0,
      also: [direction],
      starts: 1,
      firstStep: 0.1,
      finest: finestMm / Math.max(...e.semiAxes),
    });
    least = Math.min(least, found.value);
  }
  for (const crease of lowest(union.creases, value, 4))
    least = Math.min(least, walkCrease(union, crease, value, finestMm));
  return least;
}

function lowest<P extends { readonly at: LpsMm }>(
  places: readonly P[],
  value: (p: LpsMm) => number,
  count: number,
): readonly P[] {
  const ranked = places.map((place) => ({ place, value: value(place.at) })).sort((a, b) => a.value - b.value);
  const [first] = ranked;
  if (first === undefined) return [];
  // Neighbours of the lowest lead to the same place; others may not.
  const chosen = [first.place];
  for (const { place } of ranked) {
    if (chosen.length >= count) break;
    if (chosen.every((other) => distance(other.at, place.at) > 2)) chosen.push(place);
  }
  return chosen;
}

export function walkCrease(
  union: EllipsoidUnion,
  { at, bodies: own }: Crease,
  value: (p: LpsMm) => number,
  finestMm: number,
): number {
  const first = union.bodies[own[0]];
  const second = union.bodies[own[1]];
  if (first === undefined || second === undefined) return Infinity;
  let best = { at, value: value(at) };
  for (let step = 1, round = 0; step > finestMm && round < 500; round += 1) {
    const way = cross(levelGradient(first, best.at), levelGradient(second, best.at));
    if (!(norm(way) > 0)) break;
    const unit = normalize(way);
    const next = [step, -step]
      .map((s) => ontoBoth(first, second, along(best.at, unit, s)))
      .flatMap((p) => (p !== undefined && exposed(union.bodies, p, own) ? [{ at: p, value: value(p) }] : []))
      .reduce((a, b) => (b.value < a.value ? b : a), best);
    if (next === best) step /= 2;
    else best = next;
  }
  return best.value;
}

export function levelGradient(e: Ellipsoid, p: LpsMm): Vec3 {
  const d = subtract(p, e.centre);
  return e.axes.reduce<Vec3>(
    (sum, axis, i) => {
      const s = e.semiAxes[i] ?? 1;
      return along(sum, axis, (2 * dot(d, axis)) / (s * s));
    },
    [0, 0, 0],
  );
}

/** The nearby point on both surfaces: Newton's shortest step. undefined where it does not settle. */
export function ontoBoth(first: Ellipsoid, second: Ellipsoid, start: LpsMm): LpsMm | undefined {
  let p = start;
  for (let round = 0; round < 12; round += 1) {
    const f = ellipsoidLevel(first, p) - 1;
    const s = ellipsoidLevel(second, p) - 1;
    if (Math.abs(f) < 1e-13 && Math.abs(s) < 1e-13) return p;
    const g = levelGradient(first, p);
    const h = levelGradient(second, p);
    const gg = dot(g, g);
    const gh = dot(g, h);
    const hh = dot(h, h);
    const determinant = gg * hh - gh * gh;
    if (!(determinant > 1e-12 * gg * hh)) return undefined;
    p = along(along(p, g, -(f * hh - s * gh) / determinant), h, -(s * gg - f * gh) / determinant);
  }
  return Math.abs(ellipsoidLevel(first, p) - 1) < 1e-10 && Math.abs(ellipsoidLevel(second, p) - 1) < 1e-10
    ? p
    : undefined;
}
