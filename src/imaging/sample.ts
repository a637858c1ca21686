import type { LpsMm, PixelXY, VolumeGeometry } from '../geometry/index.ts';
import { patientToVoxel } from '../geometry/index.ts';
import type { Frame } from '../pixels/index.ts';
import type { SliceRange, Volume } from './volume.ts';

/** A point on the outermost voxel centre must not fall out by rounding: a millionth of a voxel. */
const slack = 1e-6;

interface Step {
  readonly at: number;
  readonly part: number;
}
/** Lower neighbour and fraction along one axis; undefined outside the outermost centres. */
function stepAlong(index: number, count: number): Step | undefined {
  if (!(index >= -slack && index <= count - 1 + slack)) return undefined;
  const near = Math.round(index);
  if (Math.abs(index - near) <= slack * slack) return { at: near, part: 0 };
  const inside = Math.min(Math.max(index, 0), count - 1);
  const at = Math.min(Math.floor(inside), Math.max(0, count - 2));
  return { at, part: inside - at };
}

/** Between slices that were not read is no value, and no outside either: who asks there asked for too few. */
function mustHold({ slices }: Volume, from: number, to: number): void {
  if (slices !== undefined && (from < slices[0] || to > slices[1]))
    throw new RangeError(`Slices ${from + 1} to ${to + 1} were not read.`);
}

/**
 * The slices that the values along a straight line from p to q are made of; the nearest one where it lies outside.
 * `sampleVolume` at any point of the line looks at no other: where an end lies in a slice its neighbours are among them,
 * as rounding may put the point to either side.
 */
export function slicesAlong(geometry: VolumeGeometry, p: LpsMm, q: LpsMm): SliceRange {
  const last = geometry.dimensions[2] - 1;
  const within = (k: number): number => Math.min(Math.max(k, 0), last);
  const [from, to] = [patientToVoxel(geometry, p)[2], patientToVoxel(geometry, q)[2]];
  return [within(Math.floor(Math.min(from, to) - slack)), within(Math.ceil(Math.max(from, to) + slack))];
}

/**
 * The value at a point of the patient (LPS mm), trilinear between the eight voxel centres around it, through the full
 * affine, so exact in a sheared stack too. undefined outside the outermost voxel centres: never 0, never the edge's.
 */
export function sampleVolume(volume: Volume, p: LpsMm): number | undefined {
  const { geometry, data } = volume;
  const [nx, ny, nz] = geometry.dimensions;
  const index = patientToVoxel(geometry, p);
  const i = stepAlong(index[0], nx);
  const j = stepAlong(index[1], ny);
  const k = stepAlong(index[2], nz);
  if (i === undefined || j === undefined || k === undefined) return undefined;
  mustHold(volume, k.part === 1 ? k.at + 1 : k.at, k.part === 0 ? k.at : k.at + 1);
  let sum = 0;
  for (let c = 0; c < 8; c += 1) {
    const [x, y, z] = [c & 1, (c >> 1) & 1, c >> 2];
    const weight = (x ? i.part : 1 - i.part) * (y ? j.part : 1 - j.part) * (z ? k.part : 1 - k.part);
    if (weight === 0) continue;
    const value = data[i.at + x + nx * (j.at + y + ny * (k.at + z))];
    if (value === undefined) return undefined;
    sum += weight * value;
  }
  return sum;
}

/** The voxel that holds the point: its index and value. undefined outside the outermost voxels' own extent. */
export function nearestVoxel(
  volume: Volume,
  p: LpsMm,
): { readonly index: readonly [number, number, number]; readonly value: number } | undefined {
  const { geometry, data } = volume;
  const [nx, ny, nz] = geometry.dimensions;
  const [i, j, k] = patientToVoxel(geometry, p).map(Math.round);
  if (i === undefined || j === undefined || k === undefined) return undefined;
  if (!(i >= 0 && i < nx && j >= 0 && j < ny && k >= 0 && k < nz)) return undefined;
  mustHold(volume, k, k);
  // + 0: Math.round gives -0 just below 0.
  const value = data[i + nx * (j + ny * k)];
  return value === undefined ? undefined : { index: [i + 0, j + 0, k + 0], value };
}

/**
 * The value at a continuous pixel position (column, row; the first pixel's centre is [0, 0]), bilinear; one number a
 * sample (three in colour). undefined outside the outermost pixel centres.
 */
export function sampleFrame(frame: Frame, [column, row]: PixelXY): readonly number[] | undefined {
  const x = stepAlong(column, frame.columns);
  const y = stepAlong(row, frame.rows);
  if (x === undefined || y === undefined) return undefined;
  const samples = frame.samplesPerPixel;
  const values: number[] = [];
  for (let s = 0; s < samples; s += 1) {
    let sum = 0;
    for (let c = 0; c < 4; c += 1) {
      const weight = (c & 1 ? x.part : 1 - x.part) * (c >> 1 ? y.part : 1 - y.part);
      if (weight === 0) continue;
      const value = frame.data[(x.at + (c & 1) + frame.columns * (y.at + (c >> 1))) * samples + s];
      if (value === undefined) return undefined;
      sum += weight * value;
    }
    values.push(sum);
  }
  return values;
}
