import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Recent, Source } from '../contract/index.ts';
import { writeAtomically } from './atomicFile.ts';
import { fault } from './fault.ts';
import { opaqueToken, type Grant, type Grants } from './grants.ts';

const most = 12;
const storedSchema = z.object({
  id: z.string(),
  label: z.string(),
  kind: z.enum(['folder', 'files', 'plan']),
  openedAt: z.string(),
  paths: z.array(z.string()).min(1),
});
const fileSchema = z.object({ version: z.literal(1), recents: z.array(storedSchema) });
type Stored = z.infer<typeof storedSchema>;

/** What was opened before: places on the disk and their own names, never what is in them. */
export class Recents {
  readonly #file: string;
  readonly #now: () => Date;
  #stored: Stored[];
  #writing: Promise<void> = Promise.resolve();

  constructor(home: string, now: () => Date) {
    this.#file = path.join(home, 'recents.json');
    this.#now = now;
    this.#stored = read(this.#file);
  }

  list(): Recent[] {
    return this.#stored.map(({ id, label, kind, openedAt }) => ({ id, label, kind, openedAt }));
  }

  /** Puts a source that was opened with success at the top. Sources that end with the launch are not kept. */
  async remember(grant: Grant): Promise<void> {
    if (!grant.lasting || !('paths' in grant.read)) return;
    const paths = grant.read.paths.map((one) => path.resolve(one));
    const same = (stored: Stored) =>
      stored.paths.length === paths.length && stored.paths.every((one, index) => one === paths[index]);
    const id = this.#stored.find(same)?.id ?? opaqueToken();
    const { label, kind } = grant.source;
    this.#stored = [
      { id, label, kind, openedAt: this.#now().toISOString(), paths },
      ...this.#stored.filter((one) => !same(one)),
    ].slice(0, most);
    await this.#write();
  }

  /** @throws HostFault 'not-found' when it is not known or no longer there (it is then forgotten). */
  async reopen(id: string, grants: Grants): Promise<Source> {
    const stored = this.#stored.find((one) => one.id === id) ?? fault('not-found', 'This entry is no longer known.');
    try {
      return grants.grantPaths(stored.paths);
    } catch (error) {
      this.#stored = this.#stored.filter((one) => one.id !== id);
      await this.#write();
      throw error;
    }
  }

  async forget(): Promise<void> {
    this.#stored = [];
    await this.#write();
  }

  #write(): Promise<void> {
    // One after the other: two atomic writes at once could land in either order.
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => writeAtomically(this.#file, `${JSON.stringify({ version: 1, recents: this.#stored }, null, 1)}\n`));
    return this.#writing;
  }
}

function read(file: string): Stored[] {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.recents : [];
  } catch {
    // Not there yet, or damaged: the list is a convenience and begins anew.
    return [];
  }
}
