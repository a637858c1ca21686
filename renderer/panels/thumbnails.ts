import { useEffect, useRef, type RefObject } from 'react';
import { useDesk, useSession, type Desk } from '../actions/index.ts';
import type { Series } from '../../src/dicom/index.ts';

const atOnce = 2;

interface Shelf {
  readonly made: Map<string, ImageData | null>;
  readonly waiting: (() => Promise<void>)[];
  running: number;
}
const shelves = new WeakMap<Desk, Shelf>();

/** Draws a small picture of the series into a canvas: one frame is read for it, once, when the reading of folders has ended. */
export function useThumbnail(series: Series): RefObject<HTMLCanvasElement | null> {
  const desk = useDesk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const scanning = useSession((state) => state.scans.some(({ running }) => running));
  useEffect(() => {
    if (scanning) return undefined;
    const abort = new AbortController();
    void thumbnail(desk, series, abort.signal).then((image) => {
      const at = canvas.current;
      if (image === null || at === null || abort.signal.aborted) return;
      at.width = image.width;
      at.height = image.height;
      at.getContext('2d')?.putImageData(image, 0, 0);
    });
    return () => abort.abort();
  }, [desk, series, scanning]);
  return canvas;
}

function thumbnail(desk: Desk, series: Series, signal: AbortSignal): Promise<ImageData | null> {
  const shelf = shelves.get(desk) ?? { made: new Map<string, ImageData | null>(), waiting: [], running: 0 };
  shelves.set(desk, shelf);
  const known = shelf.made.get(series.key);
  if (known !== undefined) return Promise.resolve(known);
  return new Promise((resolve) => {
    shelf.waiting.push(async () => {
      if (signal.aborted) return resolve(null);
      const again = shelf.made.get(series.key);
      if (again !== undefined) return resolve(again);
      // One that cannot be read stays an empty square; opening the series will say why.
      const image = await desk.engine.thumbnail(series, signal).catch(() => null);
      if (!signal.aborted) shelf.made.set(series.key, image);
      resolve(image);
    });
    next(shelf);
  });
}

function next(shelf: Shelf): void {
  while (shelf.running < atOnce) {
    const work = shelf.waiting.shift();
    if (work === undefined) return;
    shelf.running += 1;
    void work().finally(() => {
      shelf.running -= 1;
      next(shelf);
    });
  }
}
