// The host's scanning thread: its reads are synchronous and must not hold up the thread that answers the window.
import { parentPort } from 'node:worker_threads';
import { packSeries } from '../contract/index.ts';
import { runScan } from './runScan.ts';
import type { FromScanThread, ToScanThread } from './scanEvents.ts';

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
