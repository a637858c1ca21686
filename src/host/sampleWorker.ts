// Makes one sample case on a thread of its own: it computes for seconds. Cancelled by ending the thread.
import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { writeSampleFolder, type FromSampleThread } from './sampleFolder.ts';

const tell = (message: FromSampleThread) => parentPort?.postMessage(message);
const job = z.object({ name: z.string(), seed: z.number(), folder: z.string() }).parse(workerData);
writeSampleFolder(job, (fraction) => tell({ type: 'progress', fraction })).then(
  () => tell({ type: 'done' }),
  () => tell({ type: 'failed' }),
);
