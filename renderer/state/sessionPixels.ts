import type { Series } from '../../src/dicom/index.ts';
import type { Engine, LoadedSeries } from '../cornerstone/types.ts';

/** Series in memory besides or on screen; a layout that shows more keeps what it shows. */
const mostHeld = 2;

/** Which series are in memory. Asking `get` loads nothing. */
export interface SessionPixels {
  /** @throws Error with a sentence where there is no room, also after letting go of what is not on screen. */
  load(series: Series): LoadedSeries;
  get(key: string): LoadedSeries | undefined;
  /** Tells what is on screen now: beyond two series in all, those least recently asked for are let go. */
  show(keys: ReadonlySet<string>): void;
  /** Bytes of pixels held. */
  readonly bytes: number;
}

/** @param onRelease  told of every series let go, so that others free theirs too */
export function createSessionPixels(engine: Engine, onRelease: (key: string) => void): SessionPixels {
  /** In the order they were asked for, the latest last. */
  const held = new Map<string, LoadedSeries>();
  const shown = new Set<string>();
  let onScreen: ReadonlySet<string> = new Set();

  const release = (key: string): void => {
    held.delete(key);
    shown.delete(key);
    onRelease(key);
    engine.release(key);
  };
  const idle = (): string[] => [...held.keys()].filter((key) => !onScreen.has(key));
  /** Loaded for a measurement alone and still coming: who asked waits for it. */
  const isAwaited = (key: string): boolean => !shown.has(key) && (held.get(key)?.loadingFraction ?? 1) < 1;

  return {
    load(series) {
      let loaded: LoadedSeries;
      try {
        loaded = engine.load(series);
      } catch (noRoom) {
        const freed = idle().filter((key) => key !== series.key);
        if (freed.length === 0) throw noRoom;
        for (const key of freed) release(key);
        loaded = engine.load(series);
      }
      held.delete(series.key);
      held.set(series.key, loaded);
      return loaded;
    },
    get: (key) => held.get(key),
    show(keys) {
      onScreen = new Set(keys);
      for (const key of keys) shown.add(key);
      const free = idle().filter((key) => !isAwaited(key));
      const room = Math.max(0, mostHeld - onScreen.size);
      for (const key of free.slice(0, Math.max(0, free.length - room))) release(key);
    },
    get bytes() {
      let sum = 0;
      for (const { data } of held.values()) sum += data.byteLength;
      return sum;
    },
  };
}
