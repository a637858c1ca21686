import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { HostClient } from '../host/client.ts';

const width = z.number().min(120).max(1600);

/** What a person chose and finds again. Each key by itself: a value that does not fit falls back to its default alone. */
const known = {
  theme: z.enum(['dark', 'light', 'system']).catch('dark'),
  /** Which button does what, by name; `buttons` says where a person differs from it. */
  mouseProfile: z.string().max(40).catch('standard'),
  buttons: z.record(z.string().max(40), z.string().max(40)).catch({}),
  /** Keys of actions by the action's id, in the place of the table's own; an empty list: none. */
  keys: z.record(z.string().max(80), z.array(z.string().max(40)).max(8)).catch({}),
  /** Whether keys without Ctrl or Command act. */
  letterKeys: z.boolean().catch(true),
  /** Whether a dragged handle is shown larger beside the hand. */
  loupe: z.boolean().catch(true),
  /** Widths of the side panels in CSS px; null: as the window has them. */
  panels: z
    .object({ left: width.nullable().catch(null), right: width.nullable().catch(null) })
    .catch({ left: null, right: null }),
  /** Name of the job in the job bar; null: none chosen. */
  job: z.string().max(40).nullable().catch(null),
};
const schema = z.object(known);
export type Settings = Readonly<z.infer<typeof schema>>;

/** The person's choices: read once at the start, written as they change. */
export interface SettingsStore extends Pick<StoreApi<Settings>, 'getState' | 'subscribe'> {
  /** At once on screen, soon on the disk; changes within a moment are written together. */
  change(changes: Partial<Settings>): void;
  /** Resolves when all changes are on the disk (or could not be). */
  written(): Promise<void>;
}

/** The settings as the defaults have them, with what of `stored` fits. */
export function settingsFrom(stored: unknown): Settings {
  return schema.parse(typeof stored === 'object' && stored !== null && !Array.isArray(stored) ? stored : {});
}

/** How long changes are gathered before they are written, ms. */
const gatherMs = 250;

/** @param host  null in tests: nothing is kept. A disk that cannot keep settings stops nothing. */
export function createSettings(host: Pick<HostClient, 'call'> | null, stored: unknown): SettingsStore {
  const store = createStore<Settings>(() => settingsFrom(stored));
  let waiting: Partial<Settings> = {};
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<unknown> = Promise.resolve();

  const write = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const changes = waiting;
    waiting = {};
    if (host === null || Object.keys(changes).length === 0) return;
    writing = writing.then(() => host.call('settingsWrite', { changes })).catch(() => undefined);
  };
  return {
    getState: store.getState,
    subscribe: store.subscribe,
    change(changes) {
      store.setState(changes);
      waiting = { ...waiting, ...changes };
      timer ??= setTimeout(write, gatherMs);
    },
    async written() {
      write();
      await writing;
    },
  };
}
