import type { Series } from '../../src/dicom/index.ts';
import type { EvaluatedItem, Evaluation } from '../../src/measurements/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { Outcome } from '../../src/quantity/index.ts';
import { refuse } from '../../src/quantity/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import type { Frame } from '../../src/pixels/index.ts';
import type { LoadedSeries } from '../cornerstone/types.ts';
import type { FromCompute, PixelRequest, ToCompute } from './computeMessages.ts';
import { frameOf, volumeOf } from './computePixels.ts';

/** The worker's end of the wire: a Worker, or in tests one end of a MessageChannel. */
export interface ComputeWire {
  post(message: ToCompute, transfer?: Transferable[]): void;
  /** `lost`: the worker has ended without being asked to. */
  listen(hear: (message: FromCompute) => void, lost: (say: string) => void): void;
  end(): void;
}

export interface ComputePort {
  /** The program's version, told in every result. */
  readonly program: string;
  /** Every series that is known now (also those that are not loaded). */
  series(): readonly Series[];
  readonly pixels: {
    /** The series in memory; loads it when it is not. Rejects with a sentence. */
    loaded(seriesInstanceUID: string, part: string | null): Promise<LoadedSeries>;
  };
  /** Starts the worker; left out: the real one. Called again after the worker was lost. */
  readonly start?: () => ComputeWire;
}

export interface ComputeRun {
  readonly signal: AbortSignal;
  readonly progress?: (fraction: number) => void;
  /** All numbers, where the values along items take longer. */
  readonly numbers?: (evaluation: Evaluation) => void;
  /** What of an item can be shown before its numbers are there. */
  readonly partial?: (item: EvaluatedItem) => void;
}
export interface ComputeClient {
  /** `evaluate` of src/measurements, in the worker. Rejects with an AbortError when aborted, with a sentence when the worker fails. */
  evaluate(plan: Plan, run: ComputeRun): Promise<Evaluation>;
  /** Lets the worker's hold on the pixels of a closed series go; they are asked for anew when needed. */
  release(key: string): void;
  end(): void;
}

interface Call {
  readonly resolve: (evaluation: Evaluation) => void;
  readonly reject: (reason: unknown) => void;
  readonly progress: ComputeRun['progress'];
  readonly numbers: ComputeRun['numbers'];
  readonly partial: ComputeRun['partial'];
}

export function startComputeWorker(): ComputeWire {
  const worker = new Worker(new URL('./compute.worker.ts', import.meta.url), { type: 'module' });
  return {
    post: (message, transfer = []) => worker.postMessage(message, transfer),
    listen(hear, lost) {
      worker.addEventListener('message', ({ data }: MessageEvent<FromCompute>) => hear(data));
      worker.addEventListener('error', ({ message }) => lost(message || 'The computing has stopped.'));
      worker.addEventListener('messageerror', () => lost('An answer of the computing could not be read.'));
    },
    end: () => worker.terminate(),
  };
}

/** The window's side of the compute worker. The worker starts with the first question. */
export function createComputeClient(port: ComputePort): ComputeClient {
  const calls = new Map<number, Call>();
  const told = new Map<string, Series>();
  let wire: ComputeWire | undefined;
  let count = 0;

  function open(): ComputeWire {
    const opened = (port.start ?? startComputeWorker)();
    opened.listen(
      (message) => hear(opened, message),
      (say) => wire === opened && lose(say),
    );
    opened.post({ type: 'begin', program: port.program });
    wire = opened;
    return opened;
  }
  function lose(say: string): void {
    wire?.end();
    wire = undefined;
    told.clear();
    const lost = [...calls.values()];
    calls.clear();
    for (const { reject } of lost) reject(new Error(say));
  }

  /** Tells the worker the headers of the series on which the plan lies, where it does not have them yet. */
  function tellSeries(to: ComputeWire, plan: Plan): void {
    const all = port.series();
    const present = new Set(all.map(({ key }) => key));
    for (const key of [...told.keys()]) {
      if (present.has(key)) continue;
      told.delete(key);
      to.post({ type: 'forget', key, headers: true });
    }
    const named = new Set(Object.values(plan.records).flatMap(({ on }) => seriesNamed(on)));
    for (const series of all) {
      if (!named.has(series.seriesInstanceUID) || told.get(series.key) === series) continue;
      told.set(series.key, series);
      to.post({ type: 'series', series });
    }
  }

  async function pixels({ key, frame }: PixelRequest): Promise<Outcome<Volume | Frame>> {
    const series = told.get(key);
    if (!series) return refuse('series-missing', 'The series is no longer open.');
    try {
      const loaded = await port.pixels.loaded(series.seriesInstanceUID, series.part);
      return await (frame === null ? volumeOf(loaded) : frameOf(loaded, frame));
    } catch (thrown) {
      return refuse('pixels-unreadable', thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  function hear(from: ComputeWire, message: FromCompute): void {
    if (wire !== from) return;
    if (message.type === 'pixels') {
      const { request, asked } = message;
      void pixels(asked).then((outcome) => wire === from && from.post({ type: 'pixels', request, outcome }));
      return;
    }
    const call = calls.get(message.call);
    if (!call) return;
    if (message.type === 'progress') return call.progress?.(message.fraction);
    if (message.type === 'partial') return call.partial?.(message.item);
    if (message.type === 'numbers') return call.numbers?.(message.evaluation);
    calls.delete(message.call);
    if (message.type === 'done') call.resolve(message.evaluation);
    else if (message.type === 'failed') call.reject(new Error(message.say));
    else call.reject(new DOMException('aborted', 'AbortError'));
  }

  return {
    evaluate(plan, { signal, progress, numbers, partial }) {
      if (signal.aborted) return Promise.reject(signal.reason);
      const to = wire ?? open();
      tellSeries(to, plan);
      count += 1;
      const call = count;
      const stop = globalThis.crossOriginIsolated ? new Int32Array(new SharedArrayBuffer(4)) : null;
      return new Promise((resolve, reject) => {
        calls.set(call, { resolve, reject, progress, numbers, partial });
        signal.addEventListener(
          'abort',
          () => {
            if (!calls.delete(call)) return;
            if (stop) Atomics.store(stop, 0, 1);
            if (wire === to) to.post({ type: 'abort', call });
            reject(signal.reason);
          },
          { once: true },
        );
        to.post({ type: 'evaluate', call, plan, stop });
      });
    },
    release(key) {
      if (told.has(key)) wire?.post({ type: 'forget', key, headers: false });
    },
    end: () => lose('The computing was ended.'),
  };
}

function seriesNamed(on: unknown): string[] {
  if (typeof on !== 'object' || on === null || !('seriesInstanceUID' in on)) return [];
  return typeof on.seriesInstanceUID === 'string' ? [on.seriesInstanceUID] : [];
}
