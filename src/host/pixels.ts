import { frameFacts, type Instance, type Series } from '../dicom/index.ts';
import type { Volume } from '../imaging/index.ts';
import { factsOfSeries, imageFactsOf, seriesFor, type PixelSource } from '../measurements/index.ts';
import {
  decodeFrame,
  fillFrame,
  isColour,
  modalityFrame,
  openFrames,
  pickArrayType,
  seriesBytes,
  seriesUnit,
  unitsDiffer,
  viewOn,
  type Codecs,
  type Frame,
  type Frames,
  type StoredFrame,
} from '../pixels/index.ts';
import type { ImageSpace, PatientSpace } from '../plan/index.ts';
import { ok, refuse, type Outcome } from '../quantity/index.ts';
import { readingTrouble, systemCode } from './fault.ts';
import { readFrom } from './frameTables.ts';
import { openBytes } from './openBytes.ts';
import { processUnpacked } from './unpacked.ts';

/** Opens a file for as long as `work` runs. */
async function withFrames<T>(instance: Instance, work: (frames: Frames) => Promise<T>): Promise<T> {
  const handle = await openBytes(instance.source, processUnpacked());
  try {
    return await work(openFrames(readFrom(handle), instance));
  } finally {
    await handle.close();
  }
}

/**
 * One frame's bytes as stored (native, or its fragments joined), of an instance whose source is a path.
 * @param frame  from 1.
 * @throws (rejects) Error with a sentence, or the system's error.
 */
function readFrameBytes(instance: Instance, frame: number): Promise<Uint8Array> {
  return withFrames(instance, (frames) => frames.frame(frame));
}

/** One frame, decoded, as stored: before rescale. @throws (rejects) as `readFrameBytes`, and where it is damaged. */
export async function loadStoredFrame(instance: Instance, frame: number, codecs: Codecs): Promise<StoredFrame> {
  const bytes = await readFrameBytes(instance, frame);
  return decodeFrame(bytes, instance.pixel, instance.transferSyntaxUID, codecs);
}

/** One frame in modality values (HU for CT). @throws (rejects) as `loadStoredFrame`. */
export async function loadFrame(instance: Instance, frame: number, codecs: Codecs): Promise<Frame> {
  const stored = await loadStoredFrame(instance, frame, codecs);
  return modalityFrame(stored, frameFacts(instance, frame).rescale);
}

/**
 * The whole volume of a series in modality values, frame after frame into one array: the same array, by the same
 * functions, as the window's.
 *
 * @throws (rejects) Error with a sentence that names the image, RangeError where the series is no volume or its slices
 *         have different units, the signal's reason when aborted.
 */
export async function loadVolume(series: Series, codecs: Codecs, signal?: AbortSignal): Promise<Volume> {
  if (series.volume === null) throw new RangeError('The series is no volume.');
  const first = series.instances[0];
  if (first === undefined || isColour(first.pixel)) throw new RangeError('A colour series is no volume.');
  const unit = seriesUnit(series);
  if (unit === null) throw new RangeError(unitsDiffer(series).say);
  const data = viewOn(pickArrayType(series), new ArrayBuffer(seriesBytes(series)));
  // Frames in display order, but each file opened once: an enhanced file holds hundreds.
  const framesOfInstance = new Map<number, number[]>();
  for (const [k, { instance }] of series.frames.entries()) {
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
        const number = series.frames[k]?.frame ?? 1;
        try {
          const stored = await decodeFrame(
            await frames.frame(number),
            instance.pixel,
            instance.transferSyntaxUID,
            codecs,
          );
          fillFrame(series, k, stored, data);
        } catch (error) {
          throw new Error(`Image ${k + 1} of ${series.frames.length} cannot be read: ${sentence(error)}`, {
            cause: error,
          });
        }
      }
    });
  }
  return { geometry: series.volume, data, unit };
}

/**
 * Headers and pixels for `evaluate`, read from the files when asked for. The last volumes stay in memory, since items
 * of one plan mostly lie on one series.
 */
export function hostPixelSource(all: readonly Series[], codecs: Codecs, keepVolumes = 2): PixelSource {
  const volumes = new Map<string, Promise<Outcome<Volume>>>();
  const missing = refuse('series-missing', 'The series is not among the data.');
  return {
    series: (on) => {
      const series = seriesFor(all, on);
      return series && factsOfSeries(series);
    },
    image: (on) => {
      const series = seriesFor(all, on);
      return series && imageFactsOf(series, on);
    },
    volume: (on: PatientSpace, signal) => {
      const series = seriesFor(all, on);
      if (series === undefined) return Promise.resolve(missing);
      if (seriesUnit(series) === null) {
        const { code, say } = unitsDiffer(series);
        return Promise.resolve(refuse(code, say));
      }
      const known = volumes.get(series.key);
      if (known !== undefined) return known;
      const loading = answered(() => loadVolume(series, codecs, signal));
      volumes.set(series.key, loading);
      // A failure is not kept: it may have been a cancel.
      loading.then(
        (outcome) => {
          if (!outcome.ok) volumes.delete(series.key);
        },
        () => volumes.delete(series.key),
      );
      for (const key of volumes.keys()) if (volumes.size > keepVolumes) volumes.delete(key);
      return loading;
    },
    frame: async (on: ImageSpace) => {
      const instance = seriesFor(all, on)?.instances.find(({ sopInstanceUID }) => sopInstanceUID === on.sopInstanceUID);
      if (instance === undefined) return missing;
      return answered(() => loadFrame(instance, on.frame, codecs));
    },
  };
}

/** A failure as data; only a cancel is thrown on. */
async function answered<T>(work: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return ok(await work());
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') throw error;
    return refuse('pixels-unreadable', sentence(error));
  }
}

function sentence(error: unknown): string {
  return systemCode(error) !== undefined || !(error instanceof Error) ? readingTrouble(error) : error.message;
}
