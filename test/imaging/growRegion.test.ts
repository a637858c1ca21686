import { describe, expect, it } from 'vitest';
import { growRegion, hasBit, joinedWithEdge, type Grown } from '../../src/imaging/index.ts';

const dimensions = [40, 40, 30] as const;
const [nx, ny, nz] = dimensions;
type Inside = (x: number, y: number, z: number) => boolean;
/** Bone 700, vessel 300, tissue 50 HU. */
function phantom(bone: Inside, vessel: Inside): Int16Array {
  const data = new Int16Array(nx * ny * nz);
  for (let z = 0; z < nz; z += 1)
    for (let y = 0; y < ny; y += 1)
      for (let x = 0; x < nx; x += 1) data[(z * ny + y) * nx + x] = bone(x, y, z) ? 700 : vessel(x, y, z) ? 300 : 50;
  return data;
}
const count = (inside: Inside): number => {
  let voxels = 0;
  for (let z = 0; z < nz; z += 1)
    for (let y = 0; y < ny; y += 1) for (let x = 0; x < nx; x += 1) voxels += inside(x, y, z) ? 1 : 0;
  return voxels;
};
function grown(data: Int16Array, seed: readonly [number, number, number], atLeast = 200): Grown | undefined {
  const growth = growRegion({ data, dimensions, seed, atLeast });
  for (;;) {
    const step = growth.next();
    if (step.done === true) return step.value;
  }
}
const has = (bits: Uint8Array, x: number, y: number, z: number): boolean => hasBit(bits, (z * ny + y) * nx + x);

const bone: Inside = (x, y, z) => Math.hypot(x - 12, y - 20) <= 6 && z >= 3 && z <= 26;
/** Its wall 3 voxels from the bone's. */
const vessel: Inside = (x, y) => Math.hypot(x - 24, y - 20) <= 3;

describe('growing a region', () => {
  it('takes the whole bone and nothing of a vessel that passes three voxels beside it', () => {
    const got = grown(phantom(bone, vessel), [12, 20, 15]);
    expect(got?.voxels).toBe(count(bone));
    expect(got && has(got.bits, 24, 20, 15)).toBe(false);
  });
  it('takes the vessel alone where it begins in it', () =>
    expect(grown(phantom(bone, vessel), [24, 20, 15])?.voxels).toBe(count(vessel)));
  it('takes a vessel that touches the bone with it', () => {
    const touching: Inside = (x, y, z) => vessel(x, y, z) || (z === 10 && y === 20 && x > 12 && x < 24);
    expect(grown(phantom(bone, touching), [12, 20, 15])?.voxels).toBe(
      count((x, y, z) => bone(x, y, z) || touching(x, y, z)),
    );
  });
  it('begins at the brightest voxel within two: a place just beside the bone will do', () =>
    expect(grown(phantom(bone, vessel), [20, 20, 15])?.voxels).toBe(count(bone)));
  it('grows nothing from soft tissue', () => expect(grown(phantom(bone, vessel), [35, 5, 5])).toBeUndefined());
  it('does not go round the edges of the volume', () => {
    const edge: Inside = (x, y, z) => x === nx - 1 && y === 7 && z === 9;
    const next: Inside = (x, y, z) => x === 0 && y === 8 && z === 9;
    expect(grown(phantom(edge, next), [nx - 1, 7, 9])?.voxels).toBe(1);
  });
  it('rests on its way, so that it can be left', () => {
    const growth = growRegion({ data: new Int16Array(200 ** 2 * 12).fill(900), dimensions: [200, 200, 12], seed: [5, 5, 5], atLeast: 200 }); // prettier-ignore
    expect(growth.next().done).toBe(false);
  });
  it('joins what was hidden before, with its soft edge of one voxel', () => {
    const one = grown(phantom(bone, vessel), [12, 20, 15]);
    const two = grown(phantom(bone, vessel), [24, 20, 15]);
    if (one === undefined || two === undefined) throw new Error('nothing was grown');
    const both = joinedWithEdge(one.bits, joinedWithEdge(two.bits, null, dimensions), dimensions);
    for (const [x, y, z] of [
      [12, 20, 15],
      [24, 20, 15],
      [19, 20, 15],
      [12, 20, 2],
      [12, 20, 27],
    ] as const)
      // prettier-ignore
      expect(has(both, x, y, z), `${x} ${y} ${z}`).toBe(true);
    expect(has(both, 20, 26, 15)).toBe(false);
    expect(has(both, 12, 20, 1)).toBe(false);
  });
});
