import type { Vec3 } from '../../geometry/index.ts';
import { quantile } from './quantile.ts';
import type { LocalVolume } from './localVolume.ts';

/** How bright blood is where someone clicked, and what surrounds it, in the volume's unit. */
export interface SeedLevel {
  readonly lumen: number;
  readonly background: number;
}

/** Values on a grid of `stepMm` in a ball around a point, those outside the volume left out. */
function valuesAround(volume: LocalVolume, [x, y, z]: Vec3, radiusMm: number, stepMm: number): number[] {
  const values: number[] = [];
  const reach = Math.floor(radiusMm / stepMm);
  for (let c = -reach; c <= reach; c += 1)
    for (let b = -reach; b <= reach; b += 1)
      for (let a = -reach; a <= reach; a += 1) {
        if (a * a + b * b + c * c > reach * reach) continue;
        const value = volume.at(x + a * stepMm, y + b * stepMm, z + c * stepMm);
        if (!Number.isNaN(value)) values.push(value);
      }
  return values;
}

/** undefined outside the volume. In CT the surroundings are soft tissue or more: air and fat are no rival of blood. */
export function seedLevel(volume: LocalVolume, seed: Vec3, hounsfield: boolean): SeedLevel | undefined {
  const near = valuesAround(volume, seed, 1, 0.5);
  if (near.length === 0) return undefined;
  const lumen = quantile(near, 0.7);
  const wide = valuesAround(volume, seed, 25, 2.5);
  const rivals = hounsfield ? wide : wide.filter((value) => value > 0.05 * lumen);
  const middle = quantile(rivals.length > 0 ? rivals : wide, 0.5);
  return { lumen, background: hounsfield ? Math.max(30, middle) : middle };
}
