import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { shared, sharedPath } from '../support/shared.ts';
import { madeTrouble, type TroubleName } from '../support/troubleCases.ts';
import { untar } from '../host/untar.ts';

/** Where the inputs of a trouble case come from: made by the tests, and the shared data where they are. */
export const troubleOrigins: readonly ('made' | 'shared')[] = shared ? ['made', 'shared'] : ['made'];

/** The folder of a trouble case, laid out below `temporary` where it is not read in place. */
export async function troubleFolder(name: TroubleName, origin: 'made' | 'shared', temporary: string): Promise<string> {
  const folder = path.join(temporary, origin, name);
  if (origin === 'shared') {
    if (name !== 'G15_messy_folder') return sharedPath(`data/trouble/${name}`);
    mkdirSync(path.dirname(folder), { recursive: true });
    untar(sharedPath('data/trouble/G15_messy_folder.tar'), path.dirname(folder));
    return folder;
  }
  for (const [file, bytes] of await madeTrouble(name)) {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, bytes);
  }
  if (name === 'G15_messy_folder' && process.platform !== 'win32') {
    mkdirSync(path.join(folder, 'loop'));
    symlinkSync('..', path.join(folder, 'loop', 'up'));
    symlinkSync('nowhere', path.join(folder, 'loop', 'broken'));
  }
  return folder;
}
