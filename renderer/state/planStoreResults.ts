import { calibrationIds } from '../../src/measurements/index.ts';
import type { EvaluatedItem, Evaluation, MeasurementKind } from '../../src/measurements/index.ts';
import type { Plan, RecordId, Space } from '../../src/plan/index.ts';
import type { EvaluateInWorker } from './planStore.types.ts';

export interface ResultsLoop {
  /**
   * The plan has changed. `moving`: a hand still moves it: what runs may end, so that numbers follow the hand however slow
   * they are, and only the newest plan waits behind it. Otherwise what runs for an older plan is aborted.
   */
  plan(plan: Plan, moving: boolean): void;
  /** Computes this plan even if its answer is shown already: the pixels may be others now. */
  again(plan: Plan): void;
  settled(): Promise<void>;
  stop(): void;
}

/** Keeps results up to date with the plan: the last answer wins, answers to aborted questions are dropped. */
export function createResultsLoop(port: {
  readonly evaluate: EvaluateInWorker;
  answered(evaluation: Evaluation, of: Plan): void;
  /** Something of an item can be shown; its numbers are still those of before. */
  partial?(item: EvaluatedItem): void;
  failed(thrown: unknown, of: Plan): void;
  progress(fraction: number | null): void;
}): ResultsLoop {
  let wanted: Plan | undefined;
  let running: { readonly of: Plan; readonly abort: AbortController; told: boolean } | undefined;
  let answered: Plan | undefined;
  let waiters: (() => void)[] = [];

  function start(): void {
    if (running) return;
    const of = wanted;
    if (of === undefined) {
      const told = waiters;
      waiters = [];
      for (const tell of told) tell();
      return;
    }
    wanted = undefined;
    const run = { of, abort: new AbortController(), told: false };
    running = run;
    const mine = (): boolean => running === run;
    port.progress(0);
    port
      .evaluate(of, {
        signal: run.abort.signal,
        progress: (fraction) => mine() && port.progress(fraction),
        partial(item) {
          if (!mine()) return;
          // Enough for the eye: a hand that moves on need not wait for the numbers.
          run.told = true;
          port.partial?.(item);
        },
        numbers(evaluation) {
          if (!mine()) return;
          run.told = true;
          port.answered(evaluation, of);
        },
      })
      .then(
        (evaluation) => {
          if (!mine()) return;
          answered = of;
          port.answered(evaluation, of);
        },
        (thrown: unknown) => mine() && port.failed(thrown, of),
      )
      .finally(() => {
        if (!mine()) return;
        running = undefined;
        port.progress(null);
        start();
      });
  }
  function abortRunning(): void {
    const old = running;
    running = undefined;
    if (!old) return;
    old.abort.abort();
    port.progress(null);
  }

  return {
    plan(plan, moving) {
      // The end of a gesture makes a new plan of the same records: what was asked or answered for them stands.
      if (running && sameRecords(running.of, plan)) {
        wanted = undefined;
        return;
      }
      wanted = answered && sameRecords(answered, plan) ? undefined : plan;
      // Once its numbers are told, what runs only waits for pixels: the hand's next numbers must not wait with it.
      if (!moving || !wanted || running?.told === true) abortRunning();
      start();
    },
    again(plan) {
      wanted = plan;
      abortRunning();
      start();
    },
    settled: () => (running || wanted ? new Promise((resolve) => waiters.push(resolve)) : Promise.resolve()),
    stop() {
      wanted = undefined;
      answered = undefined;
      abortRunning();
      start();
    },
  };
}

function sameRecords({ records: a }: Plan, { records: b }: Plan): boolean {
  const ids = Object.keys(a);
  return ids.length === Object.keys(b).length && ids.every((id) => a[id] === b[id]);
}

/**
 * Records whose results belong to an older plan than `now`: their record, or one they use (through any number of others),
 * differs from what was computed; or a calibration of its images does.
 */
export function staleRecords(
  computed: Plan['records'],
  now: Plan['records'],
  kinds: ReadonlyMap<string, MeasurementKind>,
): ReadonlySet<RecordId> {
  const known = new Map<RecordId, boolean>();
  /** Whether another calibration may hold on these images than when they were computed. */
  function rescaled(on: Space): boolean {
    if (on.in !== 'image') return false;
    const before = calibrationIds(computed, kinds, on);
    const after = calibrationIds(now, kinds, on);
    return before.length !== after.length || after.some((id, i) => id !== before[i] || computed[id] !== now[id]);
  }
  function isStale(id: RecordId): boolean {
    const before = known.get(id);
    if (before !== undefined) return before;
    known.set(id, false); // a circle ends here
    const record = now[id];
    let stale = record !== computed[id];
    if (!stale && record?.type === 'item') {
      const kind = kinds.get(record.kind);
      stale = (kind?.uses(record).some(isStale) ?? false) || (kind?.scale === undefined && rescaled(record.on));
    }
    known.set(id, stale);
    return stale;
  }
  return new Set(Object.keys(now).filter(isStale));
}
