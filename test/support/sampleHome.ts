import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { writeSampleCase } from '../../sample-data/index.ts';
import { programVersion } from '../../src/host/index.ts';

/** For pictures to look at: the window makes the cases itself, in full size. */
export const wholeSamples = process.env['SELDINGER_SAMPLES'] === 'whole';

/**
 * A SELDINGER_HOME in which these sample cases are already made, small, so that the welcome page opens them at once.
 * @returns the folder, where a case lies below it, and each case's truth (small or whole, the scene is the same)
 */
export async function sampleHome(names: readonly string[]): Promise<{
  readonly home: string;
  readonly folder: (name: string) => string;
  readonly truths: ReadonlyMap<string, unknown>;
}> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-samples-'));
  const folder = (name: string): string => join(home, 'samples', `${programVersion()}-1`, name);
  const truths = new Map<string, unknown>();
  for (const name of names)
    await writeSampleCase(
      name,
      { seed: 1 },
      async (path, bytes) => {
        if (path === 'truth.json') truths.set(name, JSON.parse(new TextDecoder().decode(bytes)));
        if (wholeSamples) return;
        const file = join(folder(name), path);
        await mkdir(dirname(file), { recursive: true, mode: 0o700 });
        await writeFile(file, bytes);
      },
      { size: 'small' },
    );
  return { home, folder, truths };
}
