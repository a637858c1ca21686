import type { VolumeGeometry } from '../geometry/index.ts';

/** Modality values on a (possibly sheared) grid: index = i + nx * (j + ny * k). */
export interface Volume {
  readonly geometry: VolumeGeometry;
  readonly data: Uint8Array | Uint16Array | Int16Array | Float32Array;
  readonly unit: string;
}
