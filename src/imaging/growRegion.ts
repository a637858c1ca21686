/** What a growth needs of a volume: values x fastest, then y, then z. */
export interface GrowFrom {
  readonly data: { readonly [index: number]: number; readonly length: number };
  readonly dimensions: readonly [number, number, number];
  /** Voxel where it begins. */
  readonly seed: readonly [number, number, number];
  /** The least value that belongs to it, in the data's unit. */
  readonly atLeast: number;
}
export interface Grown {
  /** One bit a voxel in the order of the data, least significant first: what was grown. */
  readonly bits: Uint8Array;
  readonly voxels: number;
}

/** How many voxels are taken between two rests. */
const perRest = 200_000;
/** How far from the place pointed at the brightest voxel is looked for. */
const seedReach = 2;

/**
 * The voxels that hang together with the seed through faces and are all at least `atLeast`. Begins at the brightest
 * voxel within two of the seed: nobody hits a thin shell. Yields the number taken so far, now and then, so that long
 * growths can be shown and left.
 *
 * @returns undefined where no voxel near the seed is bright enough
 */
export function* growRegion({ data, dimensions, seed, atLeast }: GrowFrom): Generator<number, Grown | undefined> {
  const [nx, ny, nz] = dimensions;
  const start = brightestNear(data, dimensions, seed);
  if (start === undefined || !((data[start] ?? -Infinity) >= atLeast)) return undefined;
  const bits = new Uint8Array(Math.ceil((nx * ny * nz) / 8));
  let stack = new Int32Array(1 << 16);
  let height = 0;
  let voxels = 0;
  const take = (at: number): void => {
    if (hasBit(bits, at) || !((data[at] ?? -Infinity) >= atLeast)) return;
    setBit(bits, at);
    voxels += 1;
    if (height === stack.length) {
      const longer = new Int32Array(stack.length * 2);
      longer.set(stack);
      stack = longer;
    }
    stack[height++] = at;
  };
  take(start);
  let rest = perRest;
  while (height > 0) {
    const at = stack[--height] ?? 0;
    forNeighbours(at, dimensions, take);
    rest -= 1;
    if (rest > 0) continue;
    rest = perRest;
    yield voxels;
  }
  return { bits, voxels };
}

function brightestNear(
  data: GrowFrom['data'],
  [nx, ny, nz]: GrowFrom['dimensions'],
  [i, j, k]: GrowFrom['seed'],
): number | undefined {
  let best: number | undefined;
  const near = (at: number, count: number): readonly number[] =>
    Array.from({ length: 2 * seedReach + 1 }, (_, n) => Math.round(at) - seedReach + n).filter(
      (one) => one >= 0 && one < count,
    );
  for (const z of near(k, nz))
    for (const y of near(j, ny))
      for (const x of near(i, nx)) {
        const at = (z * ny + y) * nx + x;
        if (best === undefined || (data[at] ?? -Infinity) > (data[best] ?? -Infinity)) best = at;
      }
  return best;
}

/** All voxels of either, and those that touch them through a face: the soft edge of what is hidden must go with it. */
export function joinedWithEdge(
  one: Uint8Array,
  other: Uint8Array | null,
  dimensions: readonly [number, number, number],
): Uint8Array {
  const out = other === null ? new Uint8Array(one.length) : other.slice();
  const set = (at: number): void => setBit(out, at);
  for (let byte = 0; byte < one.length; byte += 1) {
    const eight = one[byte] ?? 0;
    if (eight === 0) continue;
    for (let bit = 0; bit < 8; bit += 1) {
      if ((eight & (1 << bit)) === 0) continue;
      const at = byte * 8 + bit;
      set(at);
      forNeighbours(at, dimensions, set);
    }
  }
  return out;
}

/** Whether voxel `at` is in a mask: one bit each, least significant first. */
export function hasBit(bits: Uint8Array, at: number): boolean {
  return ((bits[at >> 3] ?? 0) & (1 << (at & 7))) !== 0;
}
function setBit(bits: Uint8Array, at: number): void {
  bits[at >> 3] = (bits[at >> 3] ?? 0) | (1 << (at & 7));
}

/** The voxels that share a face with voxel `at`. */
function forNeighbours(
  at: number,
  [nx, ny, nz]: readonly [number, number, number],
  visit: (neighbour: number) => void,
): void {
  const plane = nx * ny;
  const x = at % nx;
  const y = Math.floor(at / nx) % ny;
  const z = Math.floor(at / plane);
  if (x > 0) visit(at - 1);
  if (x < nx - 1) visit(at + 1);
  if (y > 0) visit(at - nx);
  if (y < ny - 1) visit(at + nx);
  if (z > 0) visit(at - plane);
  if (z < nz - 1) visit(at + plane);
}
