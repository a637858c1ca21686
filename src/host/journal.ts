import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { applyEdit, emptyPlan, parseEdit, parsePlan, PlanFault, sameContent } from '../plan/index.ts';
import type { Plan } from '../plan/index.ts';
import { fault } from './fault.ts';
import { openWriter, replay } from './journalFile.ts';
import type { JournalWriter } from './journalFile.ts';
import { releaseLock, takeLock, thisProcess } from './journalLock.ts';

/** What is known of the plan while it is worked on: every committed edit, on the disk before it is answered. */
export interface Journals {
  /**
   * The journal of this plan (where one is given), else of this set of studies. The plan comes back as last committed;
   * a new, empty one where there is none yet. Nothing is written before the first edit.
   * `readOnly`: another window, of this or another process, holds it.
   * @throws HostFault bad-request for a plan that is none.
   */
  open(request: { readonly session: string; readonly studies: readonly string[]; readonly plan: unknown }): Promise<{
    readonly journal: string;
    readonly plan: Plan;
    readonly unsaved: boolean;
    readonly readOnly: boolean;
  }>;
  /**
   * Resolves when the edit is on the disk. `sequence` counts from 1 since `open`; the same one again is answered, not repeated.
   * @throws HostFault locked, bad-request (a hole in the count, an edit that is none), not-found.
   */
  append(request: {
    readonly journal: string;
    readonly session: string;
    readonly sequence: number;
    readonly edit: unknown;
  }): Promise<{ readonly sequence: number }>;
  /** The plan is saved where the person chose. Of no effect when the journal knows of other edits than `plan`, or is not this window's to write. */
  markSaved(request: { readonly journal: string; readonly plan: Plan }): Promise<void>;
  close(request: { readonly journal: string; readonly session: string }): Promise<void>;
  /**
   * A page says that it is still there. Once it has said so it must go on: when it is silent for longer than
   * `silentAfterMs`, another window that asks for its journal gets it. False: the journal is not this page's to write.
   */
  alive(request: { readonly session: string; readonly journal: string | null }): boolean;
  /** A page's connections are closed: as long as it says nothing more, another window that asks for its journal gets it. */
  lost(session: string): void;
  /** A page goes, or has gone: what it held is free again. */
  closeSession(session: string): Promise<void>;
  closeAll(): Promise<void>;
}

interface Opening {
  readonly session: string;
  readonly store: Store;
  readonly readOnly: boolean;
  sequence: number;
  /** Told of every edit written: those that overtook it wait for that. */
  readonly written: Set<() => void>;
}
/** One journal held by this process. */
interface Store {
  readonly key: string;
  readonly writer: JournalWriter;
  plan: Plan;
  n: number;
  saved: boolean;
  exists: boolean;
  editsSinceSnapshot: number;
  /** The opening that may write. */
  holder: Opening | null;
  /** Work on the file, one after another. */
  queue: Promise<unknown>;
}

const bytesPerSnapshot = 4_000_000;
/** A page sends its edits on several connections: one that overtakes another does so by moments. */
const overtakingMs = 500;

/** Resolves when the edit before this one is written, or after a moment: then it is missing. */
function forerunnerOf(sequence: number, opened: Opening): Promise<void> {
  const isThere = (): boolean => sequence <= opened.sequence + 1;
  if (isThere()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(limit);
      opened.written.delete(look);
      resolve();
    };
    const look = (): void => {
      if (isThere()) done();
    };
    const limit = setTimeout(done, overtakingMs);
    opened.written.add(look);
  });
}

/**
 * @param folder  Made when needed; holds one file and one lock a journal.
 * @param now     The present time, ISO 8601.
 * @param newId   A new unguessable id.
 * @param editsPerSnapshot  After so many edits the file is rewritten as one snapshot.
 * @param clockMs        Any steady clock; one that stands still while the machine sleeps is best.
 * @param silentAfterMs  Browsers let hidden pages speak once a minute only.
 */
export function openJournals(
  folder: string,
  {
    now,
    newId,
    editsPerSnapshot = 200,
    clockMs = () => performance.now(),
    silentAfterMs = 150_000,
  }: {
    readonly now: () => string;
    readonly newId: () => string;
    readonly editsPerSnapshot?: number;
    readonly clockMs?: () => number;
    readonly silentAfterMs?: number;
  },
): Journals {
  const me = thisProcess(newId());
  const openings = new Map<string, Opening>();
  const stores = new Map<string, Store>();
  const file = (key: string): string => path.join(folder, `${key}.jsonl`);
  const lock = (key: string): string => path.join(folder, `${key}.lock`);
  /** When sessions were last heard of that say that they are alive. */
  const heard = new Map<string, number>();
  /** Sessions whose connections are closed. */
  const gone = new Set<string>();
  let order: Promise<unknown> = Promise.resolve();

  const isSilent = (session: string): boolean => {
    if (gone.has(session)) return true;
    const last = heard.get(session);
    return last !== undefined && clockMs() - last > silentAfterMs;
  };
  const hear = (session: string): void => {
    gone.delete(session);
    if (heard.has(session)) heard.set(session, clockMs());
  };

  /** The store of this process, or undefined where another process holds it. */
  async function hold(key: string, fresh: () => Plan): Promise<Store | undefined> {
    const known = stores.get(key);
    if (known) return known;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!takeLock(lock(key), me, newId)) return undefined;
    removeLeftovers(folder, key);
    const replayed = await replay(file(key));
    const store: Store = {
      key,
      writer: await openWriter(file(key), replayed),
      plan: replayed?.state?.plan ?? fresh(),
      n: replayed?.state?.n ?? 0,
      saved: replayed?.state?.saved ?? true,
      exists: replayed !== null && replayed.state !== null,
      editsSinceSnapshot: 0,
      holder: null,
      queue: Promise.resolve(),
    };
    stores.set(key, store);
    return store;
  }

  async function letGo(journal: string, opened: Opening): Promise<void> {
    openings.delete(journal);
    const { store } = opened;
    if (store.holder === opened) store.holder = null;
    if ([...openings.values()].some((other) => other.store === store) || stores.get(store.key) !== store) return;
    stores.delete(store.key);
    await store.queue.catch(() => undefined);
    await store.writer.close();
    releaseLock(lock(store.key), me);
  }

  /** One opening or closing at a time: two windows that open at once must not both find the journal free. */
  function inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = order.then(work, work);
    order = result.catch(() => undefined);
    return result;
  }

  function inTurn<T>(store: Store, work: () => Promise<T>): Promise<T> {
    const result = store.queue.then(work, work);
    store.queue = result.catch(() => undefined);
    return result;
  }

  async function open({ session, studies, plan }: Parameters<Journals['open']>[0]): ReturnType<Journals['open']> {
    const asked = plan === null || plan === undefined ? null : readAsked(plan);
    const key = journalKey(studies, asked);
    hear(session);
    const fresh = (): Plan => asked ?? emptyPlan({ id: newId(), title: '', now });
    const store = await hold(key, fresh);
    const journal = newId();
    if (!store) {
      // Only read: the other process may be writing at this moment, so nothing is cut.
      const other = (await replay(file(key)))?.state;
      const seen = other?.plan ?? fresh();
      openings.set(journal, { session, store: foreign(key, seen), readOnly: true, sequence: 0, written: new Set() });
      return { journal, plan: seen, unsaved: other?.saved === false, readOnly: true };
    }
    const { holder } = store;
    const readOnly = holder !== null && holder.session !== session && !isSilent(holder.session);
    const opened: Opening = { session, store, readOnly, sequence: 0, written: new Set() };
    if (!readOnly) {
      // A reload of the same page, or one that has gone: what it was before must not write any more.
      for (const [id, before] of openings) if (before === store.holder) openings.delete(id);
      store.holder = opened;
      // The file that the person opened is newer than a journal without unsaved edits.
      if (asked && store.saved && !sameContent(asked, store.plan)) {
        await inTurn(store, async () => {
          if (store.exists) await store.writer.compact(store.n, asked, true);
          store.plan = asked;
        });
      }
    }
    openings.set(journal, opened);
    return { journal, plan: store.plan, unsaved: !store.saved, readOnly };
  }

  function writable(journal: string, session: string): Opening {
    const opened = openings.get(journal);
    if (!opened)
      fault('locked', 'This plan was opened again since, in this window or another.', { remedy: 'Reload the page.' });
    if (opened.session !== session) fault('forbidden', 'This journal belongs to another window.');
    if (opened.readOnly) fault('locked', 'Another window works on this plan; this one may only read it.');
    return opened;
  }

  return {
    open: (request) => inOrder(() => open(request)),
    async append({ journal, session, sequence, edit }) {
      hear(session);
      const opened = writable(journal, session);
      const { store } = opened;
      await forerunnerOf(sequence, opened);
      return inTurn(store, async () => {
        writable(journal, session);
        // Asked again because the answer was lost on the way.
        if (sequence >= 1 && sequence <= opened.sequence) return { sequence };
        if (sequence !== opened.sequence + 1) {
          fault('bad-request', `Edit ${opened.sequence + 1} is missing before edit ${sequence}.`);
        }
        const parsed = readEdit(edit);
        const at = now();
        if (!store.exists) {
          await store.writer.compact(store.n, store.plan, store.saved);
          store.exists = true;
        }
        await store.writer.edit(store.n + 1, at, parsed);
        store.n += 1;
        store.plan = applyEdit(store.plan, parsed, at);
        store.saved = false;
        opened.sequence = sequence;
        for (const tell of opened.written) tell();
        store.editsSinceSnapshot += 1;
        if (store.editsSinceSnapshot >= editsPerSnapshot || store.writer.bytes > bytesPerSnapshot) {
          // The edit is safe already: a snapshot that fails now is made at the next one.
          await store.writer.compact(store.n, store.plan, false).then(
            () => (store.editsSinceSnapshot = 0),
            () => undefined,
          );
        }
        return { sequence };
      });
    },
    async markSaved({ journal, plan }) {
      const opened = openings.get(journal);
      if (!opened || opened.readOnly) return;
      const { store } = opened;
      await inTurn(store, async () => {
        if (!sameContent(plan.records, store.plan.records) || !sameContent(plan.keyImages, store.plan.keyImages))
          return;
        store.plan = plan;
        store.saved = true;
        store.editsSinceSnapshot = 0;
        if (store.exists) await store.writer.compact(store.n, plan, true);
      });
    },
    close: ({ journal, session }) => letGoAll((id, opened) => id === journal && opened.session === session),
    alive({ session, journal }) {
      gone.delete(session);
      heard.set(session, clockMs());
      const opened = journal === null ? undefined : openings.get(journal);
      return opened !== undefined && opened.session === session && !opened.readOnly;
    },
    lost(session) {
      if ([...openings.values()].some((opened) => opened.session === session)) gone.add(session);
    },
    closeSession(session) {
      heard.delete(session);
      gone.delete(session);
      return letGoAll((_id, opened) => opened.session === session);
    },
    closeAll: () => letGoAll(() => true),
  };

  function letGoAll(which: (id: string, opened: Opening) => boolean): Promise<void> {
    return inOrder(async () => {
      for (const [id, opened] of [...openings]) if (which(id, opened)) await letGo(id, opened);
    });
  }
}

/** Name of the journal's file: of the plan where one was opened, else of the studies in whatever order. */
function journalKey(studies: readonly string[], plan: Plan | null): string {
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 40);
  if (plan) return `plan-${hash(plan.id)}`;
  if (studies.length === 0) fault('bad-request', 'There is neither a study nor a plan to keep a journal of.');
  return `studies-${hash([...new Set(studies)].sort().join('\n'))}`;
}

function readAsked(json: unknown): Plan {
  try {
    return parsePlan(json);
  } catch (error) {
    if (error instanceof PlanFault) fault('bad-request', `The plan cannot be read: ${error.message}.`);
    throw error;
  }
}

function readEdit(json: unknown): ReturnType<typeof parseEdit> {
  try {
    return parseEdit(json);
  } catch (error) {
    if (error instanceof PlanFault) fault('bad-request', `The edit cannot be kept: ${error.message}.`);
    throw error;
  }
}

/** What a killed `writeAtomically` left beside the file. Only the lock's holder may look. */
function removeLeftovers(folder: string, key: string): void {
  for (const name of readdirSync(folder)) {
    if (name.startsWith(`${key}.jsonl.`)) rmSync(path.join(folder, name), { force: true });
  }
}

/** Stands for a journal that another process holds: read once, never written. */
function foreign(key: string, plan: Plan): Store {
  const refused = (): Promise<never> =>
    fault('locked', 'Another window works on this plan; this one may only read it.');
  return {
    key,
    writer: { edit: refused, compact: refused, bytes: 0, close: () => Promise.resolve() },
    plan,
    n: 0,
    saved: true,
    exists: true,
    editsSinceSnapshot: 0,
    holder: null,
    queue: Promise.resolve(),
  };
}
