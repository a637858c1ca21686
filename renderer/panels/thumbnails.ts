import { useEffect, useRef, useState, type RefObject } from 'react';
import { useDesk, useSession, type Desk } from '../actions/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import type { Preview } from '../cornerstone/types.ts';

const atOnce = 2;

interface Shelf {
  readonly made: Map<string, Preview | null>;
  readonly waiting: (() => Promise<void>)[];
  running: number;
}
const shelves = new WeakMap<Desk, Shelf>();

/** Whether small pictures of several frames stand for it: an angiography run. */
export function isRun(series: Series): boolean {
  return (series.modality === 'XA' || series.modality === 'RF') && series.frames.length > 1;
}

/**
 * Small pictures of a series, drawn into a canvas: of a run a few frames, of all else one, read once, when the reading
 * of folders has ended and the line of the list has come into sight.
 */
export function useThumbnail(series: Series): {
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly preview: Preview | null;
} {
  const desk = useDesk();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [preview, setPreview] = useState<Preview | null>(null);
  const scanning = useSession((state) => state.scans.some(({ running }) => running));
  useEffect(() => {
    const at = canvas.current;
    if (scanning || at === null) return undefined;
    const abort = new AbortController();
    const watch = new IntersectionObserver((entries) => {
      if (entries.every(({ isIntersecting }) => !isIntersecting)) return;
      watch.disconnect();
      void small(desk, series, abort.signal).then((made) => {
        if (made === null || abort.signal.aborted) return;
        draw(at, made, made.densest);
        setPreview(made);
      });
    });
    watch.observe(at);
    return () => {
      watch.disconnect();
      abort.abort();
    };
  }, [desk, series, scanning]);
  return { canvas, preview };
}

/** One of the small pictures, in its own size. */
export function draw(canvas: HTMLCanvasElement, { pictures }: Preview, at: number): void {
  const picture = pictures[at];
  if (picture === undefined) return;
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext('2d')?.putImageData(picture, 0, 0);
}

function small(desk: Desk, series: Series, signal: AbortSignal): Promise<Preview | null> {
  const shelf = shelves.get(desk) ?? { made: new Map<string, Preview | null>(), waiting: [], running: 0 };
  shelves.set(desk, shelf);
  const known = shelf.made.get(series.key);
  if (known !== undefined) return Promise.resolve(known);
  return new Promise((resolve) => {
    shelf.waiting.push(async () => {
      if (signal.aborted) return resolve(null);
      const again = shelf.made.get(series.key);
      if (again !== undefined) return resolve(again);
      // One that cannot be read stays an empty square; opening the series will say why.
      const made = await read(desk, series, signal).catch(() => null);
      if (!signal.aborted) shelf.made.set(series.key, made);
      resolve(made);
    });
    next(shelf);
  });
}

async function read(desk: Desk, series: Series, signal: AbortSignal): Promise<Preview> {
  if (isRun(series)) return desk.engine.preview(series, signal);
  return { pictures: [await desk.engine.thumbnail(series, signal)], densest: 0 };
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
