import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeSampleCase } from '../../sample-data/index.ts';
import { programVersion } from '../../src/host/index.ts';
import { smallSample, type SampleFiles } from './sampleCache.ts';

/** For pictures to look at: the window makes the cases itself, in full size. */
export const wholeSamples = process.env['SELDINGER_SAMPLES'] === 'whole';

/** A case of another seed, so other studies, series and plans, in a folder as a person has them: images alone. */
export async function patientFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'seldinger-patient-'));
  const seed = 2;
  const files = wholeSamples ? await wholeFiles(name, seed) : await smallSample({ name, seed });
  for (const [path, bytes] of files) if (path !== 'truth.json') await writeFile(join(folder, path), bytes);
  return folder;
}

async function wholeFiles(name: string, seed: number): Promise<SampleFiles> {
  const files = new Map<string, Uint8Array>();
  await writeSampleCase(name, { seed }, (path, bytes) => void files.set(path, bytes));
  return files;
}

/**
 * A SELDINGER_HOME in which these sample cases are already made, small, so that the welcome page opens them at once.
 * @returns the folder, and each case's truth (small or whole, the scene is the same)
 */
export async function sampleHome(names: readonly string[]): Promise<{
  readonly home: string;
  readonly truths: ReadonlyMap<string, unknown>;
}> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-samples-'));
  const truths = new Map<string, unknown>();
  for (const name of names) {
    const files = await smallSample({ name });
    truths.set(name, JSON.parse(new TextDecoder().decode(files.get('truth.json'))));
    if (wholeSamples) continue;
    for (const [path, bytes] of files) {
      const file = join(home, 'samples', `${programVersion()}-1`, name, path);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      await writeFile(file, bytes);
    }
  }
  return { home, truths };
}
