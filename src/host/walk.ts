import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Skipped } from '../contract/index.ts';
import { readingTrouble } from './fault.ts';
import { isUnder, type NamedFile } from './grants.ts';

/** What a walk meets: an ordinary file, how many more files a folder just listed holds, or what cannot be read. */
export type WalkStep =
  | { readonly type: 'file'; readonly file: NamedFile }
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
      roots.push({ real, folder: statSync(real).isDirectory(), name });
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
      yield { type: 'file', file: { path: root.real, shown: root.name } };
    }
  }
}

function* walkFolder(folder: string, shown: string, roots: readonly string[]): Generator<WalkStep> {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield skip(shown === '' ? '.' : shown, 'unreadable', readingTrouble(error));
    return;
  }
  // A folder sorts as its name with '/', so that the whole walk is in the order of the paths as text.
  const named = entries
    .map((entry) => ({ entry, key: entry.isDirectory() ? `${entry.name}/` : entry.name }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  yield { type: 'found', files: named.reduce((count, { entry }) => count + (entry.isFile() ? 1 : 0), 0) };
  for (const { entry } of named) {
    const full = path.join(folder, entry.name);
    const name = shown === '' ? entry.name : `${shown}/${entry.name}`;
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

function link(full: string, shown: string, roots: readonly string[]): WalkStep | undefined {
  let real: string;
  try {
    real = realpathSync.native(full);
  } catch {
    return skip(shown, 'not-dicom', 'The link points nowhere.');
  }
  if (roots.some((root) => isUnder(root, real))) return undefined;
  return skip(shown, 'outside-root', 'The link leads outside the folder that was opened, and was not followed.');
}

function isUntyped(full: string): boolean {
  try {
    return lstatSync(full).isFile();
  } catch {
    return false;
  }
}

function skip(shown: string, reason: Skipped['reason'], message: string): WalkStep {
  return { type: 'skipped', skipped: { path: shown, reason, message } };
}
