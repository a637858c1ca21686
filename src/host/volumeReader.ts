import type { Instance, Series } from '../dicom/index.ts';
import type { SliceRange, Volume } from '../imaging/index.ts';
import {
  decodeFrame,
  fillFrame,
  isColour,
  openFrames,
  pickArrayType,
  seriesBytes,
  seriesUnit,
  unitsDiffer,
  viewOn,
  type Codecs,
  type Frames,
} from '../pixels/index.ts';
import { readingTrouble, systemCode } from './fault.ts';
import { readFrom } from './frameTables.ts';
import { openBytes } from './openBytes.ts';
import { processUnpacked } from './unpacked.ts';

/** Opens a file for as long as `work` runs. */
export async function withFrames<T>(instance: Instance, work: (frames: Frames) => Promise<T>): Promise<T> {
  const handle = await openBytes(instance.source, processUnpacked());
  try {
    return await work(openFrames(readFrom(handle), instance));
  } finally {
    await handle.close();
  }
}

export interface VolumeReader {
  /**
   * @param slices  the first and the last that will be looked at, from 0; absent: all.
   * @throws (rejects) Error with a sentence that names the image, the signal's reason when aborted.
   */
  read(slices?: SliceRange, signal?: AbortSignal): Promise<Volume>;
}

/**
 * The volume of a series in modality values, slice after slice into one array: the same array, by the same functions, as
 * the window's. A slice is read when first asked for, and once; memory that nothing was written to costs nothing.
 *
 * @throws RangeError where the series is no volume or its slices have different units.
 */
export function openVolume(series: Series, codecs: Codecs): VolumeReader {
  const { volume: geometry } = series;
  if (geometry === null) throw new RangeError('The series is no volume.');
  const first = series.instances[0];
  if (first === undefined || isColour(first.pixel)) throw new RangeError('A colour series is no volume.');
  const unit = seriesUnit(series);
  if (unit === null) throw new RangeError(unitsDiffer(series).say);
  const data = viewOn(pickArrayType(series), new ArrayBuffer(seriesBytes(series)));
  const held = new Set<number>();
  let queue: Promise<unknown> = Promise.resolve();

  async function fill([from, to]: SliceRange, signal?: AbortSignal): Promise<void> {
    // Frames in display order, but each file opened once: an enhanced file holds hundreds.
    const framesOfInstance = new Map<number, number[]>();
    for (const [k, { instance }] of series.frames.entries()) {
      if (k < from || k > to || held.has(k)) continue;
      const known = framesOfInstance.get(instance);
      if (known === undefined) framesOfInstance.set(instance, [k]);
      else known.push(k);
    }
    for (const [index, wanted] of framesOfInstance) {
      signal?.throwIfAborted();
      const instance = series.instances[index];
      if (instance === undefined) throw new RangeError('The series lacks an image that it lists.');
      await withFrames(instance, async (frames) => {
        for (const k of wanted) {
          signal?.throwIfAborted();
          await readSlice(instance, frames, k);
        }
      });
    }
  }

  async function readSlice(instance: Instance, frames: Frames, k: number): Promise<void> {
    const number = series.frames[k]?.frame ?? 1;
    try {
      const bytes = await frames.frame(number);
      fillFrame(series, k, await decodeFrame(bytes, instance.pixel, instance.transferSyntaxUID, codecs), data);
      held.add(k);
    } catch (error) {
      throw new Error(`Image ${k + 1} of ${series.frames.length} cannot be read: ${sentence(error)}`, { cause: error });
    }
  }

  return {
    async read(slices, signal) {
      const all: SliceRange = [0, series.frames.length - 1];
      const turn = (): Promise<void> => fill(slices ?? all, signal);
      const mine = queue.then(turn, turn);
      queue = mine;
      await mine;
      return slices === undefined ? { geometry, data, unit } : { geometry, data, unit, slices };
    },
  };
}

/** A failure in people's words. */
export function sentence(error: unknown): string {
  return systemCode(error) !== undefined || !(error instanceof Error) ? readingTrouble(error) : error.message;
}
