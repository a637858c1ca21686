import { Worker } from 'node:worker_threads';
import { unpackSeries } from '../contract/index.ts';
import { HostFault } from './fault.ts';
import { runScan } from './runScan.ts';
import type { FromScanThread, PathScanEvent, ScanTarget, ToScanThread } from './scanEvents.ts';
import { threadFile } from './threadFile.ts';

/** Scans in the background: one thread for the whole launch, several scans at a time take turns in it. */
export interface Scanner {
  /** Resolves after 'done' was told. @throws the signal's reason when aborted; HostFault when the thread is lost. */
  scan(target: ScanTarget, signal: AbortSignal, onEvent: (event: PathScanEvent) => void): Promise<void>;
  close(): Promise<void>;
}

export function createScanner(built: string | undefined = threadFile('scanWorker')): Scanner {
  if (built === undefined) return { scan: runScan, close: () => Promise.resolve() };
  const file = built;
  interface Job {
    readonly onEvent: (event: PathScanEvent) => void;
    readonly finish: () => void;
    readonly fail: (reason: unknown) => void;
  }
  const jobs = new Map<number, Job>();
  let lastJob = 0;
  let thread: Worker | undefined;

  const lost = () => {
    thread = undefined;
    const waiting = [...jobs.values()];
    jobs.clear();
    for (const job of waiting) {
      job.fail(
        new HostFault({ code: 'internal', say: 'Reading the folder stopped unexpectedly.', remedy: 'Open it again.' }),
      );
    }
  };
  const start = (): Worker => {
    const worker = new Worker(file);
    worker.unref();
    worker.on('error', lost);
    worker.on('exit', lost);
    worker.on('message', (message: FromScanThread) => {
      const job = jobs.get(message.job);
      if (job === undefined) return;
      if (message.type === 'failed') {
        jobs.delete(message.job);
        job.fail(new HostFault({ code: 'internal', say: 'Reading the folder failed inside the program.' }));
        return;
      }
      if (message.type === 'series') {
        job.onEvent({ type: 'series', series: unpackSeries(message.series), retired: message.retired });
        return;
      }
      job.onEvent(message.event);
      if (message.event.type === 'done') {
        jobs.delete(message.job);
        job.finish();
      }
    });
    return worker;
  };
  // Started before it is needed: a thread takes 50 ms to come up.
  thread = start();

  return {
    scan: (target, signal, onEvent) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const worker = (thread ??= start());
        const job = (lastJob += 1);
        const tell = (message: ToScanThread) => worker.postMessage(message);
        const onAbort = () => {
          jobs.delete(job);
          tell({ type: 'cancel', job });
          settle();
          reject(signal.reason);
        };
        const settle = () => {
          signal.removeEventListener('abort', onAbort);
          // The thread keeps the process alive only while it works.
          if (jobs.size === 0) worker.unref();
        };
        jobs.set(job, {
          onEvent,
          finish: () => {
            settle();
            resolve();
          },
          fail: (reason) => {
            settle();
            reject(reason);
          },
        });
        worker.ref();
        signal.addEventListener('abort', onAbort, { once: true });
        tell({ type: 'start', job, target });
      }),
    close: async () => {
      const worker = thread;
      if (worker === undefined) return;
      worker.removeAllListeners('exit');
      lost();
      await worker.terminate();
    },
  };
}
