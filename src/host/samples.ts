import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { sampleCases } from '../../sample-data/index.ts';
import type { Source } from '../contract/index.ts';
import { fault } from './fault.ts';
import { opaqueToken, type Grants } from './grants.ts';
import { privateFolder } from './home.ts';
import { writeSampleFolder, type FromSampleThread, type SampleJob } from './sampleFolder.ts';
import { threadFile } from './threadFile.ts';

const usualSeed = 1;

/** The cases that can be made, as the welcome page lists them. */
export function listSamples(): { name: string; title: string; tries: string[] }[] {
  return sampleCases.map(({ name, title, tries }) => ({ name, title, tries: [...tries] }));
}

/** Sample cases below SELDINGER_HOME: made once, found again later. */
export class Samples {
  readonly #folder: string;
  readonly #program: string;
  readonly #grants: Grants;
  readonly #making = new Map<string, Promise<void>>();

  /** @param program  Its version: another version makes its samples anew. */
  constructor(home: string, program: string, grants: Grants) {
    this.#folder = path.join(home, 'samples');
    this.#program = program;
    this.#grants = grants;
  }

  /**
   * The case's folder as a source, made first where it is not there.
   * @throws HostFault 'not-found' for an unknown name; the signal's reason when cancelled (nothing stays behind).
   */
  async make(name: string, signal: AbortSignal, onProgress: (fraction: number) => void): Promise<Source> {
    if (!sampleCases.some((one) => one.name === name)) fault('not-found', `There is no sample case named “${name}”.`);
    const folder = path.join(this.#folder, `${this.#program}-${usualSeed}`, name);
    while (!existsSync(folder)) {
      signal.throwIfAborted();
      // Two windows may ask for the same case: the second waits for the first, and tries itself should that be cancelled.
      const running = this.#making.get(name);
      if (running !== undefined) {
        await running.catch(() => undefined);
        continue;
      }
      const making = this.#write(name, folder, signal, onProgress).finally(() => this.#making.delete(name));
      this.#making.set(name, making);
      await making;
    }
    onProgress(1);
    return this.#grants.grantPath(folder);
  }

  async #write(
    name: string,
    folder: string,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<void> {
    const parent = privateFolder(path.dirname(folder));
    const unfinished = path.join(parent, `.${opaqueToken()}`);
    try {
      await mkdir(unfinished, { mode: 0o700 });
      const job = { name, seed: usualSeed, folder: unfinished };
      const thread = threadFile('sampleWorker');
      if (thread === undefined) await writeSampleFolder(job, onProgress, signal);
      else await inThread(thread, job, onProgress, signal);
      signal.throwIfAborted();
      await rename(unfinished, folder);
    } catch (error) {
      await rm(unfinished, { recursive: true, force: true });
      if (!existsSync(folder)) throw error;
    }
  }
}

async function inThread(
  file: string,
  job: SampleJob,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<void> {
  const thread = new Worker(file, { workerData: job });
  try {
    await new Promise<void>((resolve, reject) => {
      const failed = () => reject(new Error('the thread that makes samples failed'));
      signal.addEventListener('abort', () => reject(abortReason(signal)), { once: true });
      thread.on('error', failed);
      thread.on('exit', failed);
      thread.on('message', (message: FromSampleThread) => {
        if (message.type === 'progress') onProgress(message.fraction);
        else if (message.type === 'done') resolve();
        else failed();
      });
    });
  } finally {
    await thread.terminate();
  }
}

function abortReason(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new DOMException('cancelled', 'AbortError');
}
