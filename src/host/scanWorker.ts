// The host's scanning thread: its reads are synchronous and must not hold up the thread that answers the window.
import { readlinkSync } from 'node:fs';
import os from 'node:os';
import { parentPort } from 'node:worker_threads';
import { packSeries } from '../contract/index.ts';
import { runScan } from './runScan.ts';
import type { FromScanThread, ToScanThread } from './scanEvents.ts';

giveWay();
const port = parentPort;
if (port !== null) {
  const running = new Map<number, AbortController>();
  const tell = (message: FromScanThread) => port.postMessage(message);
  port.on('message', (message: ToScanThread) => {
    if (message.type === 'cancel') {
      running.get(message.job)?.abort();
      return;
    }
    const { job, target } = message;
    const controller = new AbortController();
    running.set(job, controller);
    runScan(target, controller.signal, (event) => {
      if (event.type === 'series')
        tell({ type: 'series', job, series: packSeries(event.series), retired: event.retired });
      else tell({ type: 'event', job, event });
    })
      .catch(() => tell({ type: 'failed', job, cancelled: controller.signal.aborted }))
      .finally(() => running.delete(job));
  });
}

/** On few cores the window's pictures go before the reading of headers. Threads have a priority of their own in Linux only. */
function giveWay(): void {
  if (process.platform !== 'linux') return;
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread) && thread !== process.pid) os.setPriority(thread, 10);
  } catch {
    // Only smoothness is lost.
  }
}
