import type { Series } from '../../src/dicom/index.ts';
import type { Engine, LoadedSeries } from '../cornerstone/types.ts';

/** Which series are in memory. Asking `get` loads nothing. */
export interface SessionPixels {
  load(series: Series): LoadedSeries;
  get(key: string): LoadedSeries | undefined;
  release(key: string): void;
}

/** @param onRelease  told of every series let go, so that others free theirs too */
export function createSessionPixels(engine: Engine, onRelease: (key: string) => void): SessionPixels {
  const held = new Map<string, LoadedSeries>();
  return {
    load(series) {
      const loaded = engine.load(series);
      held.set(series.key, loaded);
      return loaded;
    },
    get: (key) => held.get(key),
    release(key) {
      held.delete(key);
      onRelease(key);
      engine.release(key);
    },
  };
}
