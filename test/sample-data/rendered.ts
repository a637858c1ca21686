import dicomParser from 'dicom-parser';
import { smallSample, type SampleFiles, type SmallVariant } from '../support/sampleCache.ts';

/** A case's files in memory. */
export type Files = SampleFiles;
export function small(name: string, options: Omit<SmallVariant, 'name'> = {}): Promise<Files> {
  return smallSample({ ...options, name });
}
export function truthOf(files: Files): unknown {
  return JSON.parse(new TextDecoder().decode(files.get('truth.json')));
}
export function headers(files: Files, folder = ''): dicomParser.DataSet[] {
  return [...files]
    .filter(([path]) => path.startsWith(folder) && path.endsWith('.dcm'))
    .map(([, bytes]) => dicomParser.parseDicom(bytes));
}
/** Stored values of all images of a folder, one after the other. */
export function stored(files: Files, folder = ''): Uint16Array {
  const pieces = headers(files, folder).map((data) => {
    const element = data.elements['x7fe00010'];
    const from = data.byteArray.byteOffset + (element?.dataOffset ?? 0);
    return new Uint16Array(data.byteArray.buffer.slice(from, from + (element?.length ?? 0)));
  });
  const all = new Uint16Array(pieces.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const one of pieces) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}

export interface ImageTruth {
  readonly dimensions: readonly [number, number, number];
  readonly spacing: readonly [number, number, number];
  readonly origin: readonly [number, number, number];
  readonly direction: readonly (readonly [number, number, number])[];
}
/** LPS of every voxel's centre, as the truth's own geometry says, in the order of the pixels. */
export function* voxels({ dimensions, spacing, origin, direction }: ImageTruth): Generator<[number, number, number]> {
  for (let k = 0; k < dimensions[2]; k++)
    for (let j = 0; j < dimensions[1]; j++)
      for (let i = 0; i < dimensions[0]; i++) {
        const steps = [i * spacing[0], j * spacing[1], k * spacing[2]];
        const at = (axis: number): number =>
          direction.reduce((sum, unit, d) => sum + (unit[axis] ?? 0) * (steps[d] ?? 0), origin[axis] ?? 0);
        yield [at(0), at(1), at(2)];
      }
}
export function voxelMl({ spacing }: ImageTruth): number {
  return (spacing[0] * spacing[1] * spacing[2]) / 1000;
}
