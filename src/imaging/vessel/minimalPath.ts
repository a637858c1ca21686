import type { Vec3 } from '../../geometry/index.ts';
import { distance } from '../../geometry/index.ts';
import { cellHeap } from './cellHeap.ts';
import type { LocalVolume } from './localVolume.ts';
import type { SeedLevel } from './seedLevel.ts';

/** Grid cells are at most this many; a longer way is searched on a coarser grid. */
const mostCells = 16_000_000;
/** Cells between two rests. */
const perRest = 50_000;

/**
 * The way of least cost from one place to another (local mm) through bright blood: A* on a grid of equal mm, cost per mm
 * 1 in the lumen, rising outside it and in what is brighter than blood (bone, calcium). Values are read only where the
 * search comes. Deterministic: equal costs are taken in order of the cell's number.
 * Yields the fraction of the straight distance gained, to be shown and left. undefined: no way inside the volume.
 */
export function* minimalPath(
  volume: LocalVolume,
  from: Vec3,
  to: Vec3,
  level: SeedLevel,
): Generator<number, readonly Vec3[] | undefined> {
  const straight = distance(from, to);
  const margin = 20 + 0.35 * straight;
  const low: readonly number[] = from.map((x: number, axis: number) => Math.min(x, to[axis] ?? x) - margin);
  const size: readonly number[] = from.map((x: number, axis: number) => Math.abs(x - (to[axis] ?? x)) + 2 * margin);
  const box = size.reduce((a, b) => a * b, 1);
  const cell = Math.max(0.7, volume.finestMm, Math.cbrt(box / mostCells));
  const [nx = 1, ny = 1, nz = 1] = size.map((mm) => Math.ceil(mm / cell) + 1);
  const [x0 = 0, y0 = 0, z0 = 0] = low;
  const placeOf = (index: number): Vec3 => [
    x0 + cell * (index % nx),
    y0 + cell * (Math.floor(index / nx) % ny),
    z0 + cell * Math.floor(index / (nx * ny)),
  ];
  const cellOf = ([x, y, z]: Vec3): number =>
    Math.round((x - x0) / cell) + nx * (Math.round((y - y0) / cell) + ny * Math.round((z - z0) / cell));
  const costs = new Float32Array(nx * ny * nz);
  const costAt = (index: number): number => {
    const known = costs[index] ?? 0;
    if (known !== 0) return known;
    const [x, y, z] = placeOf(index);
    const cost = costPerMm(volume.at(x, y, z), level);
    costs[index] = cost;
    return cost;
  };
  const reached = new Float32Array(nx * ny * nz).fill(Infinity);
  const cameBy = new Uint8Array(nx * ny * nz);
  const done = new Uint8Array(nx * ny * nz);
  const heap = cellHeap();
  const [start, goal] = [cellOf(from), cellOf(to)];
  const [gx, gy, gz] = [goal % nx, Math.floor(goal / nx) % ny, Math.floor(goal / (nx * ny))];
  reached[start] = 0;
  heap.push(0, start);
  let taken = 0;
  let nearest = straight;
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const { cell: here } = next;
    if (here === goal) return traced(here, start, cameBy, [nx, ny]).map(placeOf);
    const i = here % nx;
    const j = Math.floor(here / nx) % ny;
    const k = Math.floor(here / (nx * ny));
    const left = cell * Math.hypot(i - gx, j - gy, k - gz);
    const gone = reached[here] ?? Infinity;
    // Left over from before a better way to this cell was found.
    if (done[here] === 1) continue;
    done[here] = 1;
    nearest = Math.min(nearest, left);
    if ((taken += 1) % perRest === 0) yield straight > 0 ? 1 - nearest / straight : 1;
    const own = costAt(here);
    for (let step = 0; step < 27; step += 1) {
      const [a, b, c] = [(step % 3) - 1, (Math.floor(step / 3) % 3) - 1, Math.floor(step / 9) - 1];
      if (step === 13 || i + a < 0 || j + b < 0 || k + c < 0 || i + a >= nx || j + b >= ny || k + c >= nz) continue;
      const there = here + a + nx * (b + ny * c);
      if (done[there] === 1) continue;
      const cost = Math.fround(gone + (cell * Math.sqrt(a * a + b * b + c * c) * (own + costAt(there))) / 2);
      if (!(cost < (reached[there] ?? 0))) continue;
      reached[there] = cost;
      cameBy[there] = step;
      heap.push(cost + cell * Math.hypot(i + a - gx, j + b - gy, k + c - gz), there);
    }
  }
  return undefined;
}

/** Infinity outside the volume; 1 in the lumen, about 40 in the surroundings. */
function costPerMm(value: number, { lumen, background }: SeedLevel): number {
  if (Number.isNaN(value)) return Infinity;
  const part = (value - background) / (lumen - background);
  const inside = Math.min(1, Math.max(0, (part - 0.2) / 0.5));
  const tooBright = part > 1.6 ? Math.max(0.15, 1 - (part - 1.6)) : 1;
  return 1.025 / (0.025 + inside * tooBright);
}

function traced(goal: number, start: number, cameBy: Uint8Array, [nx, ny]: readonly [number, number]): number[] {
  const way = [goal];
  for (let here = goal; here !== start;) {
    const step = cameBy[here] ?? 13;
    here -= (step % 3) - 1 + nx * ((Math.floor(step / 3) % 3) - 1 + ny * (Math.floor(step / 9) - 1));
    way.push(here);
  }
  return way.reverse();
}
