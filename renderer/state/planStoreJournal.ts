import type { Refusal } from '../../src/quantity/index.ts';
import type { Edit } from '../../src/plan/index.ts';
import { HostFault, sentenceOf } from '../host/client.ts';

export interface JournalQueue {
  push(edit: Edit): void;
  /** Edits that are not on the disk yet. */
  readonly waiting: number;
  /** Resolves when all edits are on the disk, or as soon as one cannot be written at present: true when all are. */
  flushed(): Promise<boolean>;
  /** Writes no more; what still waits is dropped. */
  stop(): void;
}

interface Fault {
  readonly sequence: number;
  readonly thrown: unknown;
  /** Others before it were still without an answer. */
  readonly overtook: boolean;
}

const firstWaitMs = 250;
const longestWaitMs = 10_000;

/**
 * Sends edits to the journal in the order they were made. Each goes out in the moment it is made: an answer to the one
 * before may wait long behind a busy page (drawing in 3D without a graphics card), and a kill in that time would lose an
 * edit that the person has seen. What could not be written stays, and once everything under way has been answered it is
 * sent again one by one, with growing pauses, until it is written: nothing is lost and nothing overtakes.
 * `append`: resolves when the edit is on the disk; refuses one whose forerunner is missing. `changed` is told whenever
 * `waiting` or the trouble changes; `locked`: another window holds the journal now, no retry helps.
 */
export function createJournalQueue(port: {
  append(sequence: number, edit: Edit): Promise<unknown>;
  changed(trouble: Refusal | null): void;
  locked(trouble: Refusal): void;
  wait(milliseconds: number): Promise<void>;
}): JournalQueue {
  /** Not known to be on the disk, by sequence from `first` without a hole. */
  const queue: Edit[] = [];
  let first = 1;
  /** Written although an earlier one has not been answered yet. */
  const ahead = new Set<number>();
  let underWay = 0;
  let fault: Fault | null = null;
  let repairing = false;
  let stopped = false;
  let failing = false;
  let waiters: ((all: boolean) => void)[] = [];

  function tellWaiters(all: boolean): void {
    const told = waiters;
    waiters = [];
    for (const tell of told) tell(all);
  }
  function written(sequence: number): void {
    ahead.add(sequence);
    while (ahead.delete(first)) {
      queue.shift();
      first += 1;
    }
    if (!stopped && fault === null) port.changed(null);
    if (queue.length === 0) tellWaiters(true);
  }

  function send(sequence: number, edit: Edit): void {
    underWay += 1;
    port
      .append(sequence, edit)
      .then(
        () => written(sequence),
        (thrown: unknown) => {
          // The earliest fault is the cause; those behind it only miss their forerunner.
          if (fault === null || sequence < fault.sequence) fault = { sequence, thrown, overtook: sequence !== first };
        },
      )
      .finally(() => {
        underWay -= 1;
        if (underWay === 0 && fault !== null && !stopped && !repairing) void repair(fault);
      });
  }

  async function repair(cause: Fault): Promise<void> {
    repairing = true;
    let pauseMs = firstWaitMs;
    // What only overtook its forerunner is no trouble: the first attempt below mends it.
    let trouble: { readonly thrown: unknown } | null = cause.overtook ? null : cause;
    for (let edit = queue[0]; edit && !stopped; edit = queue[0]) {
      if (trouble !== null) {
        failing = true;
        tellWaiters(false);
        const { thrown } = trouble;
        trouble = null;
        if (thrown instanceof HostFault && thrown.fault.code === 'locked') {
          stopped = true;
          port.locked({ code: 'journal-locked', ...sentenceOf(thrown) });
          break;
        }
        port.changed(unwritten(queue.length, sentenceOf(thrown).say));
        await port.wait(pauseMs);
        pauseMs = Math.min(2 * pauseMs, longestWaitMs);
        if (stopped) break;
      }
      const sequence = first;
      try {
        await port.append(sequence, edit);
      } catch (thrown) {
        if (stopped) break;
        trouble = { thrown };
        continue;
      }
      failing = false;
      pauseMs = firstWaitMs;
      fault = null;
      written(sequence);
    }
    fault = null;
    repairing = false;
  }

  return {
    push(edit) {
      if (stopped) return;
      queue.push(edit);
      if (fault === null && !repairing) send(first + queue.length - 1, edit);
    },
    get waiting() {
      return queue.length;
    },
    flushed() {
      if (queue.length === 0) return Promise.resolve(true);
      if (failing || stopped) return Promise.resolve(false);
      return new Promise((resolve) => waiters.push(resolve));
    },
    stop() {
      stopped = true;
      queue.length = 0;
      tellWaiters(true);
    },
  };
}

function unwritten(edits: number, reason: string): Refusal {
  const what = edits === 1 ? 'The last change is' : `The last ${edits} changes are`;
  return {
    code: 'journal-failed',
    say: `${what} not on the disk yet: ${reason}`,
    remedy: 'It is kept in this window and tried again; save the plan elsewhere before closing the window.',
  };
}
