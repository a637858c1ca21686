import { frameFacts, type Instance, type Series } from '../dicom/index.ts';
import type { Volume } from '../imaging/index.ts';
import { factsOfSeries, imageFactsOf, seriesFor, type PixelSource } from '../measurements/index.ts';
import { decodeFrame, modalityFrame, seriesUnit, unitsDiffer, type Codecs, type Frame } from '../pixels/index.ts';
import type { StoredFrame } from '../pixels/index.ts';
import type { ImageSpace, PatientSpace } from '../plan/index.ts';
import { ok, refuse, type Outcome } from '../quantity/index.ts';
import { openVolume, sentence, withFrames, type VolumeReader } from './volumeReader.ts';

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

/** The whole volume of a series in modality values. @throws (rejects) as `openVolume` and its `read`. */
export async function loadVolume(series: Series, codecs: Codecs, signal?: AbortSignal): Promise<Volume> {
  return openVolume(series, codecs).read(undefined, signal);
}

/**
 * Headers and pixels for `evaluate`, read from the files when asked for: of a volume only the slices that will be looked
 * at. The last volumes stay in memory, since items of one plan mostly lie on one series.
 */
export function hostPixelSource(all: readonly Series[], codecs: Codecs, keepVolumes = 2): PixelSource {
  const volumes = new Map<string, VolumeReader>();
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
    volume: (on: PatientSpace, signal, slices) => {
      const series = seriesFor(all, on);
      if (series === undefined) return Promise.resolve(missing);
      if (seriesUnit(series) === null) {
        const { code, say } = unitsDiffer(series);
        return Promise.resolve(refuse(code, say));
      }
      return answered(async () => {
        // A reader keeps what it has read, and of a failure or a cancel nothing: so it stays.
        const reader = volumes.get(series.key) ?? openVolume(series, codecs);
        volumes.delete(series.key);
        volumes.set(series.key, reader);
        for (const key of volumes.keys()) if (volumes.size > keepVolumes) volumes.delete(key);
        return reader.read(slices, signal);
      });
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
