import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Skipped } from '../contract/index.ts';
import { readingTrouble } from './fault.ts';
import { diskPath, sourceOfBytes } from './fileSource.ts';
import { isUnder, type NamedFile } from './grants.ts';

/** What a walk meets: an ordinary file (`chosen`: named by the person, not found in a folder), how many more files a folder just listed holds, or what cannot be read. */
export type WalkStep =
  | { readonly type: 'file'; readonly file: NamedFile; readonly chosen?: true }
  | { readonly type: 'found'; readonly files: number }
  | { readonly type: 'skipped'; readonly skipped: Skipped };

/**
 * Walks files and folders, depth first, ordered by path ('first by path' decides between two copies of one image).
 * Links that lead elsewhere inside what is walked are passed over, since their target is met by itself: so a
 * circle of links ends, and nothing is met twice. Links that lead outside are named and never opened.
 *
 * @param chosen  Files and folders as the person named them. Names in the steps are relative to these, with '/'.
 */
export function* walk(chosen: readonly string[]): Generator<WalkStep> {
  const roots: { readonly real: string; readonly folder: boolean; readonly name: string }[] = [];
  for (const one of chosen) {
    const name = path.basename(path.resolve(one));
    try {
      const real = realpathSync.native(one);
      const stat = statSync(real);
      if (stat.isDirectory() || stat.isFile()) roots.push({ real, folder: stat.isDirectory(), name });
      else yield skip(name, 'unreadable', 'It is no ordinary file.');
    } catch (error) {
      yield skip(name, 'unreadable', readingTrouble(error));
    }
  }
  const reals = roots.map((root) => root.real);
  for (const [index, root] of roots.entries()) {
    // A root inside another root (or named twice) is met there.
    if (reals.some((other, at) => at !== index && isUnder(other, root.real) && (other !== root.real || at < index)))
      continue;
    if (root.folder) {
      yield* walkFolder(root.real, '', reals);
    } else {
      yield { type: 'found', files: 1 };
      yield { type: 'file', file: { path: root.real, shown: root.name }, chosen: true };
    }
  }
}

function* walkFolder(folder: string, shown: string, roots: readonly string[]): Generator<WalkStep> {
  let named;
  try {
    named = entriesOf(folder);
  } catch (error) {
    yield skip(shown === '' ? '.' : shown, 'unreadable', readingTrouble(error));
    return;
  }
  yield { type: 'found', files: named.reduce((count, { entry }) => count + (entry.isFile() ? 1 : 0), 0) };
  for (const { entry, source: full, name: own } of named) {
    const name = shown === '' ? own : `${shown}/${own}`;
    if (entry.isDirectory()) {
      yield* walkFolder(full, name, roots);
    } else if (entry.isFile()) {
      yield { type: 'file', file: { path: full, shown: name } };
    } else if (entry.isSymbolicLink()) {
      const step = link(full, name, roots);
      if (step !== undefined) yield step;
    } else if (isUntyped(full)) {
      // Some network file systems list entries without their type.
      yield { type: 'found', files: 1 };
      yield { type: 'file', file: { path: full, shown: name } };
    } else {
      yield skip(name, 'not-dicom', 'It is no ordinary file.');
    }
  }
}

interface FolderEntry {
  readonly entry: { isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean };
  readonly source: string;
  readonly name: string;
}

/** A folder's entries. A folder sorts as its name with '/', so that the whole walk is in the order of the paths as text. */
function entriesOf(folder: string): FolderEntry[] {
  const at = diskPath(folder);
  const entries = readdirSync(at, { withFileTypes: true });
  const found: FolderEntry[] =
    typeof at === 'string' && !entries.some(({ name }) => name.includes('\uFFFD'))
      ? entries.map((entry) => ({ entry, source: path.join(at, entry.name), name: entry.name }))
      : entriesOfBytes(Buffer.from(at));
  return found
    .map((one) => ({ one, key: one.entry.isDirectory() ? `${one.name}/` : one.name }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ one }) => one);
}

/** Names that are no UTF-8 (from discs of the last century) are kept as bytes, and shown as Latin-1. */
function entriesOfBytes(folder: Buffer): FolderEntry[] {
  return readdirSync(folder, { withFileTypes: true, encoding: 'buffer' }).map((entry) => {
    const source = sourceOfBytes(Buffer.concat([folder, Buffer.from(path.sep), entry.name]));
    const text = entry.name.toString('utf8');
    return { entry, source, name: text.includes('\uFFFD') ? entry.name.toString('latin1') : text };
  });
}

function link(full: string, shown: string, roots: readonly string[]): WalkStep | undefined {
  let real: string;
  try {
    real = realpathSync.native(diskPath(full), 'utf8');
  } catch {
    return skip(shown, 'not-dicom', 'The link points nowhere.');
  }
  if (roots.some((root) => isUnder(root, real))) return undefined;
  return skip(shown, 'outside-root', 'The link leads outside the folder that was opened, and was not followed.');
}

function isUntyped(full: string): boolean {
  try {
    return lstatSync(diskPath(full)).isFile();
  } catch {
    return false;
  }
}

function skip(shown: string, reason: Skipped['reason'], message: string): WalkStep {
  return { type: 'skipped', skipped: { path: shown, reason, message } };
}
