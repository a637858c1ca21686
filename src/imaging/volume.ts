import type { VolumeGeometry } from '../geometry/index.ts';
import type { PixelArray } from '../pixels/index.ts';

/** Modality values on a (possibly sheared) grid: index = i + nx * (j + ny * k). */
export interface Volume {
  readonly geometry: VolumeGeometry;
  readonly data: PixelArray;
  readonly unit: string;
}
