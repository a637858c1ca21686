import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeSampleCase } from '../../sample-data/index.ts';
import { fault } from './fault.ts';
import { isUnder } from './grants.ts';

/** One sample case to be written into a folder that is there and empty. */
export interface SampleJob {
  readonly name: string;
  readonly seed: number;
  readonly folder: string;
}

/** Between the host and the thread that makes a sample. */
export type FromSampleThread =
  { readonly type: 'progress'; readonly fraction: number } | { readonly type: 'done' } | { readonly type: 'failed' };

/** Writes the case's files. @throws the signal's reason when cancelled. */
export async function writeSampleFolder(
  { name, seed, folder }: SampleJob,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<void> {
  await writeSampleCase(
    name,
    { seed },
    async (relative, bytes) => {
      const file = path.resolve(folder, relative);
      if (!isUnder(folder, file)) fault('internal', 'A sample file would be written outside its folder.');
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, bytes, { flag: 'wx' });
      // Slices are computed without a pause: here others get their turn.
      await new Promise<void>((resolve) => setImmediate(resolve));
    },
    { ...(signal === undefined ? {} : { signal }), progress: onProgress },
  );
}
