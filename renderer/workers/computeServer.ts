import { evaluate } from '../../src/measurements/index.ts';
import type { Computed, EvaluatedItem, Evaluation } from '../../src/measurements/index.ts';
import type { Outcome } from '../../src/quantity/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import type { Frame } from '../../src/pixels/index.ts';
import type { FromCompute, PixelRequest, ToCompute } from './computeMessages.ts';
import { createComputeSource } from './computeSource.ts';

/** Finished results kept; a long drag makes many that nobody asks for again. */
const resultsKept = 2000;
/** Numbers are told before the values along items where these take longer than this, ms: else both come at once. */
const numbersAloneAfter = 100;

/**
 * The compute worker without its thread: answers messages of the window with `say`. One source, one cache, and
 * `evaluate` of src/measurements is all that happens here. A call that fails says why; it takes no other with it.
 */
export function serveCompute(say: (message: FromCompute) => void): (message: ToCompute) => void {
  const calls = new Map<number, AbortController>();
  const asking = new Map<number, (outcome: Outcome<Volume | Frame>) => void>();
  let requests = 0;
  let program = '';
  const source = createComputeSource((asked: PixelRequest) => {
    requests += 1;
    const request = requests;
    say({ type: 'pixels', request, asked });
    return new Promise((resolve) => asking.set(request, resolve));
  });
  let cache = boundedCache(resultsKept);

  async function answer({ call, plan, stop }: Extract<ToCompute, { type: 'evaluate' }>): Promise<void> {
    const controller = new AbortController();
    calls.set(call, controller);
    const { signal } = stop ? stoppable(controller, stop) : controller;
    const progress = (fraction: number): void => say({ type: 'progress', call, fraction });
    const partial = (item: EvaluatedItem): void => say({ type: 'partial', call, item });
    let alone: ReturnType<typeof setTimeout> | undefined;
    const numbers = (evaluation: Evaluation): void => {
      alone = setTimeout(() => say({ type: 'numbers', call, evaluation }), numbersAloneAfter);
    };
    try {
      const evaluation = await evaluate(plan, source, { program, signal, progress, partial, cache, numbers });
      say({ type: 'done', call, evaluation });
    } catch (thrown) {
      if (signal.aborted) say({ type: 'aborted', call });
      else say({ type: 'failed', call, say: thrown instanceof Error ? thrown.message : String(thrown) });
    } finally {
      clearTimeout(alone);
      calls.delete(call);
    }
  }

  return (message) => {
    switch (message.type) {
      case 'begin':
        program = message.program;
        return;
      case 'series':
        // Results are named by their series, not by its pixels: other pixels, other cache.
        cache = boundedCache(resultsKept);
        source.know(message.series);
        return;
      case 'forget':
        source.forget(message.key, message.headers);
        return;
      case 'evaluate':
        void answer(message);
        return;
      case 'abort':
        calls.get(message.call)?.abort();
        return;
      case 'pixels':
        asking.get(message.request)?.(message.outcome);
        asking.delete(message.request);
    }
  };
}

/**
 * The controller, with a signal that also looks at the shared number: a message "abort" is not heard while a
 * computation runs without a pause, the number is.
 */
function stoppable(controller: AbortController, stop: Int32Array): AbortController {
  const { signal } = controller;
  let stopped = false;
  signal.addEventListener('abort', () => (stopped = true));
  const look = (): boolean => {
    if (!stopped && Atomics.load(stop, 0) !== 0) controller.abort();
    return stopped;
  };
  Object.defineProperty(signal, 'aborted', { get: look });
  Object.defineProperty(signal, 'throwIfAborted', {
    value() {
      if (look()) throw signal.reason;
    },
  });
  return controller;
}

function boundedCache(limit: number): {
  get(key: string): Computed | undefined;
  set(key: string, computed: Computed): void;
} {
  const known = new Map<string, Computed>();
  return {
    get: (key) => known.get(key),
    set(key, computed) {
      known.set(key, computed);
      for (const oldest of known.keys()) {
        if (known.size <= limit) break;
        known.delete(oldest);
      }
    },
  };
}
