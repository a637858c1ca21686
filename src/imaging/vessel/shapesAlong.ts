import { sectionStepMm } from './course.ts';
import type { LumenFit } from './lumenFit.ts';
import type { LumenShape } from './lumenShape.ts';

/** Parameters that go together: ovalness, third, fourth harmonic. */
const pairs = [
  [3, 4],
  [5, 6],
  [7, 8],
] as const;

/**
 * Shapes without what noise makes of them. Noise points everywhere and differs from place to place: averaged along the
 * vessel as vectors it cancels; and since what is left still makes every lumen look more oval than it is, its expected
 * square is taken off. The area of each lumen stays as fitted.
 *
 * @param voxelMm the coarsest side of a voxel.
 */
export function shapesAlong(
  fits: readonly (LumenFit | undefined)[],
  voxelMm: number,
): readonly (LumenShape | undefined)[] {
  // Over this much of the vessel a lumen is taken to keep its shape (not its size), one standard deviation.
  const keptMm = 1 + 0.3 * voxelMm;
  // Fits nearer than this share voxels.
  const sharedMm = 1 + 0.7 * voxelMm;
  const reach = Math.ceil((2.5 * keptMm) / sectionStepMm);
  return fits.map((fit, i) => {
    if (fit === undefined) return undefined;
    const shape = Float64Array.from(fit.shape);
    for (const [a, b] of pairs) {
      let [sumA, sumB, total, squares] = [0, 0, 0, 0];
      for (let d = -reach; d <= reach; d += 1) {
        const other = fits[i + d];
        if (other === undefined) continue;
        const variance = Math.max(1e-8, ((other.deviations[a] ?? 0) ** 2 + (other.deviations[b] ?? 0) ** 2) / 2);
        const weight = Math.exp(-((d * sectionStepMm) ** 2) / (2 * keptMm ** 2)) / variance;
        sumA += weight * (other.shape[a] ?? 0);
        sumB += weight * (other.shape[b] ?? 0);
        total += weight;
        squares += weight ** 2 * variance;
      }
      const noise = (2 * (sharedMm / sectionStepMm) * squares) / total ** 2;
      const [meanA, meanB] = [sumA / total, sumB / total];
      const square = meanA ** 2 + meanB ** 2;
      const left = square > noise ? Math.sqrt((square - noise) / square) : 0;
      shape[a] = left * meanA;
      shape[b] = left * meanB;
    }
    shape[2] = (shape[2] ?? 0) * Math.sqrt(areaFactor(fit.shape) / areaFactor(shape));
    return shape;
  });
}

/** Area of a shape of half-axis 1, in circles. */
function areaFactor(shape: LumenShape): number {
  const square = (a: number, b: number): number => (shape[a] ?? 0) ** 2 + (shape[b] ?? 0) ** 2;
  return (1 - square(3, 4)) * (1 + (square(5, 6) + square(7, 8)) / 2);
}
