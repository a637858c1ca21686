import type { Series } from '../../src/dicom/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { factsOfSeries, imageFactsOf, seriesFor } from '../../src/measurements/index.ts';
import type { PixelSource } from '../../src/measurements/index.ts';
import type { Frame } from '../../src/pixels/index.ts';
import type { Space } from '../../src/plan/index.ts';
import { refuse } from '../../src/quantity/index.ts';
import type { Outcome } from '../../src/quantity/index.ts';
import type { PixelRequest } from './computeMessages.ts';

/** Frames kept in the worker, newest last: a handle that is dragged asks for the same one again and again. */
const framesKept = 16;

export interface ComputeSource extends PixelSource {
  know(series: Series): void;
  forget(key: string, headers: boolean): void;
}

/**
 * Headers and pixels as the worker sees them. Headers are told beforehand; pixels are asked of the window when first
 * needed and kept: a volume is a view of the window's shared memory. A refusal is not kept, so it can be mended.
 */
export function createComputeSource(ask: (asked: PixelRequest) => Promise<Outcome<Volume | Frame>>): ComputeSource {
  const all = new Map<string, Series>();
  const volumes = new Map<string, Promise<Outcome<Volume>>>();
  const frames = new Map<string, Promise<Outcome<Frame>>>();
  const find = (on: Space): Series | undefined => seriesFor([...all.values()], on);
  const missing = (on: Space): Promise<Outcome<never>> =>
    Promise.resolve(refuse('series-missing', `The series ${on.seriesInstanceUID} is not among the open data.`));

  function kept<T>(
    store: Map<string, Promise<Outcome<T>>>,
    key: string,
    limit: number,
    make: () => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> {
    const known = store.get(key);
    if (known) return known;
    const made = make();
    store.set(key, made);
    const drop = (): void => void (store.get(key) === made && store.delete(key));
    made.then((outcome) => outcome.ok || drop(), drop);
    for (const oldest of store.keys()) {
      if (store.size <= limit) break;
      store.delete(oldest);
    }
    return made;
  }
  function forgetPixels(key: string): void {
    volumes.delete(key);
    for (const name of [...frames.keys()]) if (name.startsWith(`${key}\n`)) frames.delete(name);
  }

  return {
    know(series) {
      forgetPixels(series.key);
      all.set(series.key, series);
    },
    forget(key, headers) {
      forgetPixels(key);
      if (headers) all.delete(key);
    },
    series(on) {
      const series = find(on);
      return series && factsOfSeries(series);
    },
    image(on) {
      const series = find(on);
      return series && imageFactsOf(series, on);
    },
    async volume(on) {
      const series = find(on);
      if (!series) return missing(on);
      return kept(volumes, series.key, Infinity, async () => {
        const outcome = await ask({ key: series.key, frame: null });
        if (!outcome.ok) return outcome;
        if ('geometry' in outcome.value) return { ok: true, value: outcome.value };
        return refuse('internal', 'The window answered a request for a volume with one frame.');
      });
    },
    async frame(on) {
      const series = find(on);
      if (!series) return missing(on);
      const asked = { sopInstanceUID: on.sopInstanceUID, frame: on.frame };
      return kept(frames, [series.key, on.sopInstanceUID, on.frame].join('\n'), framesKept, async () => {
        const outcome = await ask({ key: series.key, frame: asked });
        if (!outcome.ok) return outcome;
        if ('rows' in outcome.value) return { ok: true, value: outcome.value };
        return refuse('internal', 'The window answered a request for one frame with a volume.');
      });
    },
  };
}
