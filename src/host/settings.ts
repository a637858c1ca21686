import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { settingsSchema, type StoredSettings } from '../contract/index.ts';
import { writeAtomically } from './atomicFile.ts';
import { fault } from './fault.ts';

/** Bytes of the whole file; what a person can choose takes a few thousand. */
const mostBytes = 256 * 1024;

/** What the person chose, in `settings.json` below the home folder: read anew each time, since another window may have written. */
export class Settings {
  readonly #file: string;
  #working: Promise<unknown> = Promise.resolve();

  constructor(home: string) {
    this.#file = path.join(home, 'settings.json');
  }

  /** `{}` where there are none. A damaged file is put aside as `settings.damaged.json`: it stops nothing. */
  read(): Promise<StoredSettings> {
    return this.#after(() => this.#load());
  }

  /** @throws HostFault 'too-large'. @returns all settings. */
  write(changes: StoredSettings): Promise<StoredSettings> {
    return this.#after(async () => {
      const merged = { ...(await this.#load()), ...changes };
      const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
      const text = `${JSON.stringify(kept, null, 1)}\n`;
      if (Buffer.byteLength(text) > mostBytes) fault('too-large', 'These settings are too large to be kept.');
      await writeAtomically(this.#file, text);
      return kept;
    });
  }

  async #load(): Promise<StoredSettings> {
    let text: string;
    try {
      text = await readFile(this.#file, 'utf8');
    } catch {
      // Not there yet, or not to be read: the defaults hold.
      return {};
    }
    const parsed = settingsSchema.safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    await rename(this.#file, path.join(path.dirname(this.#file), 'settings.damaged.json')).catch(() => undefined);
    return {};
  }

  /** One after the other: two merges at once would lose one. */
  #after<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#working.catch(() => undefined).then(work);
    this.#working = next;
    return next;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
