import type { VolumeGeometry } from '../geometry/index.ts';
import type { PixelArray } from '../pixels/index.ts';

/** The first and the last slice of a range, from 0. */
export type SliceRange = readonly [number, number];

/** Modality values on a (possibly sheared) grid: index = i + nx * (j + ny * k). */
export interface Volume {
  readonly geometry: VolumeGeometry;
  readonly data: PixelArray;
  readonly unit: string;
  /** Only these hold values, the others were not read; absent: all do. */
  readonly slices?: SliceRange;
}
