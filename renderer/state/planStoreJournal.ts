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

const firstWaitMs = 250;
const longestWaitMs = 10_000;

/**
 * Sends edits to the journal one after another, in the order they were made. An edit that could not be written stays
 * at the head and is tried again, with growing pauses, until it is written: nothing is lost and nothing overtakes.
 * `append`: resolves when the edit is on the disk. `changed` is told whenever `waiting` or the trouble changes;
 * `locked`: another window holds the journal now, no retry helps.
 */
export function createJournalQueue(port: {
  append(sequence: number, edit: Edit): Promise<unknown>;
  changed(trouble: Refusal | null): void;
  locked(trouble: Refusal): void;
  wait(milliseconds: number): Promise<void>;
}): JournalQueue {
  const queue: Edit[] = [];
  let sequence = 1;
  let running = false;
  let stopped = false;
  let failing = false;
  let waiters: ((all: boolean) => void)[] = [];

  function tellWaiters(all: boolean): void {
    const told = waiters;
    waiters = [];
    for (const tell of told) tell(all);
  }

  async function run(): Promise<void> {
    running = true;
    let pauseMs = firstWaitMs;
    for (let edit = queue[0]; edit && !stopped; edit = queue[0]) {
      try {
        await port.append(sequence, edit);
      } catch (thrown) {
        if (stopped) break;
        failing = true;
        tellWaiters(false);
        if (thrown instanceof HostFault && thrown.fault.code === 'locked') {
          stopped = true;
          port.locked({ code: 'journal-locked', ...sentenceOf(thrown) });
          break;
        }
        port.changed(unwritten(queue.length, sentenceOf(thrown).say));
        await port.wait(pauseMs);
        pauseMs = Math.min(2 * pauseMs, longestWaitMs);
        continue;
      }
      queue.shift();
      sequence += 1;
      failing = false;
      pauseMs = firstWaitMs;
      if (!stopped) port.changed(null);
    }
    running = false;
    if (queue.length === 0) tellWaiters(true);
  }

  return {
    push(edit) {
      if (stopped) return;
      queue.push(edit);
      if (!running) void run();
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
