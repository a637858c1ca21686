import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { madeTrouble, type TroubleName } from '../support/troubleCases.ts';

/** Writes the tests' own inputs of trouble cases, each into a folder of its name. @returns the folder above them. */
export async function writtenTrouble(...names: readonly TroubleName[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'seldinger-reading-'));
  for (const name of names)
    for (const [path, bytes] of await madeTrouble(name)) {
      const place = join(root, name, path);
      await mkdir(dirname(place), { recursive: true });
      await writeFile(place, bytes);
    }
  return root;
}
