import type { Series } from '../../src/dicom/index.ts';
import type { Extent, PixelArray } from '../../src/pixels/index.ts';
import { allocate, emptyValue, isColourSeries } from './seriesBuffer.ts';
import { decodeInto } from './frameDecoding.ts';
import { isFilm, nextFrames, openingFrame } from './frameOrder.ts';
import { frameAt } from './slicePlane.ts';
import { OverlayBits } from './overlayBits.ts';
import type { FrameSource, LoadedSeries } from './types.ts';

/** Two requests of this many bytes of pixels are under way at a time: large enough to stream, small enough to follow the eyes. */
const batchBytes = 8 * 1024 * 1024;

/** A series on its way into its one buffer. Made by `loadSeries`, shared by all its views. */
export interface LoadingSeries extends LoadedSeries {
  /** The values of one frame, a window into the buffer. */
  frame(index: number): PixelArray;
  /** Where overlays lie on a frame that has come: rows x columns bytes, 1 where one lies; null where there is none. */
  overlays(index: number): Uint8Array | null;
  /** Frames near this one come next. */
  focus(index: number): void;
  /** Called once for every frame that is decoded. */
  onFrame(listener: (index: number, extent: Extent) => void): () => void;
  abort(): void;
}

/** Starts to load at once: the middle slice (of a film the frame it opens with) first, then outward. Faults of single frames are told, the rest goes on. */
export function loadSeries(series: Series, source: FrameSource, isolated: boolean): LoadingSeries {
  const colour = isColourSeries(series);
  const samples = colour ? 3 : 1;
  const length = series.rows * series.columns * samples;
  const count = series.frames.length;
  const data = allocate(series, isolated);

  const control = new AbortController();
  const landed = new Set<number>();
  const faults = new Map<number, string>();
  const overlayBits = new OverlayBits();
  const wanted = new Set(series.frames.keys());
  const film = isFilm(series);
  let focus = openingFrame(series);
  const progress = new Set<() => void>();
  const onFrame = new Set<(index: number, extent: Extent) => void>();
  const waits = new Map<number, { resolve: () => void; reject: (why: Error) => void }[]>();
  let finish: () => void = () => {};
  const finished = new Promise<void>((resolve) => (finish = resolve));

  const frame = (index: number): PixelArray => data.subarray(index * length, (index + 1) * length);

  const settle = (index: number, outcome: Extent | string): void => {
    if (control.signal.aborted || landed.has(index) || faults.has(index)) return;
    if (typeof outcome === 'string') faults.set(index, outcome);
    else landed.add(index);
    for (const wait of waits.get(index) ?? []) {
      if (typeof outcome === 'string') wait.reject(new Error(outcome));
      else wait.resolve();
    }
    waits.delete(index);
    if (typeof outcome !== 'string') for (const listener of onFrame) listener(index, outcome);
    for (const listener of progress) listener();
    if (landed.size + faults.size === count) finish();
  };

  const loadBatch = async (indices: readonly number[]): Promise<void> => {
    const asked = indices.map((index) => {
      const { ref, instance } = frameAt(series, index);
      return { token: instance.source, frame: ref.frame };
    });
    const decoding: Promise<void>[] = [];
    const onBytes = (at: number, bytes: Uint8Array<ArrayBuffer>): void => {
      const index = indices[at];
      if (index === undefined || control.signal.aborted) return;
      overlayBits.keep(series, index, bytes);
      decoding.push(
        Promise.resolve()
          .then(() => decodeInto(frame(index), bytes, series, index))
          .then(
            (extent) => settle(index, extent),
            (why: unknown) => settle(index, sentence(why)),
          ),
      );
    };
    const onFault = (at: number, say: string): void => {
      const index = indices[at];
      if (index !== undefined) settle(index, say);
    };
    try {
      await source.frames(asked, onBytes, onFault, control.signal);
      await Promise.all(decoding);
      for (const index of indices) settle(index, 'The file ended before this image.');
    } catch (why) {
      await Promise.all(decoding);
      for (const index of indices) settle(index, sentence(why));
    }
  };

  const run = async (): Promise<void> => {
    // One frame alone first, so that the first picture waits for nothing else.
    const size = Math.max(4, Math.ceil(batchBytes / (length * data.BYTES_PER_ELEMENT)));
    const take = (most: number): number[] => {
      const indices = nextFrames(wanted, focus, film, count, most);
      for (const index of indices) wanted.delete(index);
      return indices;
    };
    const lane = async (): Promise<void> => {
      for (let indices = take(size); indices.length > 0 && !control.signal.aborted; indices = take(size))
        await loadBatch(indices);
    };
    await loadBatch(take(1));
    await Promise.all([lane(), lane()]);
  };
  if (count === 0) finish();
  void run();
  // While the first request is on its way (30 ms for 74 MB); nothing is decoded before this returns.
  const blank = emptyValue(series);
  if (blank !== 0) data.fill(blank);

  return {
    series,
    data,
    samplesPerPixel: samples,
    unit: colour ? '1' : (frameAt(series, 0).facts.rescale.unit ?? '1'),
    get landed() {
      return landed.size;
    },
    get loadingFraction() {
      return count === 0 ? 1 : (landed.size + faults.size) / count;
    },
    has: (index) => landed.has(index),
    whenFrame: (index) => {
      if (landed.has(index)) return Promise.resolve();
      const fault = faults.get(index) ?? (control.signal.aborted ? 'The series was closed.' : undefined);
      if (fault !== undefined) return Promise.reject(new Error(fault));
      return new Promise((resolve, reject) => waits.set(index, [...(waits.get(index) ?? []), { resolve, reject }]));
    },
    whenAll: async () => {
      await finished;
      if (control.signal.aborted) throw new Error('The series was closed.');
      const [first] = faults;
      if (first) throw new Error(`${faults.size} of ${count} images could not be read: ${first[1]}`);
    },
    faults: () => faults,
    onProgress: (listener) => {
      progress.add(listener);
      return () => progress.delete(listener);
    },
    onFrame: (listener) => {
      onFrame.add(listener);
      return () => onFrame.delete(listener);
    },
    frame,
    overlays: (index) => overlayBits.mask(series, index),
    focus: (index) => {
      focus = index;
    },
    abort: () => {
      if (control.signal.aborted) return;
      control.abort();
      for (const list of waits.values()) for (const wait of list) wait.reject(new Error('The series was closed.'));
      waits.clear();
      progress.clear();
      onFrame.clear();
      finish();
    },
  };
}

/** Codecs throw strings, numbers and errors; people get a sentence. */
export function sentence(why: unknown): string {
  if (why instanceof Error) return why.message;
  if (typeof why === 'object' && why !== null && 'say' in why && typeof why.say === 'string') return why.say;
  return typeof why === 'string' && why !== '' ? why : 'This image could not be decoded.';
}
