import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { systemCode } from './fault.ts';
import { opaqueToken } from './grants.ts';
import { privateFolder } from './home.ts';

/** A private folder of this launch, below `home/<name>`: made when first used, gone with the launch. */
export class LaunchFolder {
  readonly #path: string;

  /** Removes what launches left that were killed before they could clean up. */
  constructor(home: string, name: string) {
    const all = privateFolder(path.join(home, name));
    removeLeftovers(all);
    // The process id in the name tells a later launch whether this one still lives.
    this.#path = path.join(all, `${process.pid}-${opaqueToken()}`);
  }

  /** The folder, which is there from now on. */
  made(): string {
    privateFolder(this.#path);
    const owner = path.join(this.#path, ownerFile);
    if (!existsSync(owner)) writeFileSync(owner, `${process.pid} ${startOf(process.pid) ?? ''}`, { mode: 0o600 });
    return this.#path;
  }

  /** Not synchronously: the end of the program waits for it only so long, and the next start removes what is left. */
  async remove(): Promise<void> {
    await rm(this.#path, { recursive: true, force: true, maxRetries: 2 });
  }

  /** For the very end of a process, when nothing is waited for any more. */
  removeNow(): void {
    rmSync(this.#path, { recursive: true, force: true });
  }
}

const ownerFile = 'owner';

/** When a process began, in the system's own ticks, where that can be had: a process id alone is soon used again. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

function removeLeftovers(all: string): void {
  for (const name of readdirSync(all)) {
    const folder = path.join(all, name);
    let owner = '';
    try {
      owner = readFileSync(path.join(folder, ownerFile), 'latin1');
    } catch {
      // Killed before it was written, or just about to be: the process id in the name decides.
    }
    const [pidText = '', began = ''] = owner === '' ? [name.split('-')[0] ?? ''] : owner.split(' ');
    const pid = Number(pidText);
    const same = () => began === '' || startOf(pid) === undefined || startOf(pid) === began;
    if (Number.isInteger(pid) && pid > 0 && lives(pid) && same()) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
