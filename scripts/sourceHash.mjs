// Which parts of dist/ are out of date, by the content of their sources: times of files lie after a clone.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @typedef {import('./parts.mjs').Part} Part */

const hashFile = join(root, 'dist/.source-hash');

/** @param {string} path  @returns {string[]} files below it, sorted, relative to the root */
function filesBelow(path) {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (!statSync(absolute).isDirectory()) return [path];
  return readdirSync(absolute, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/^tsconfig.*\.json$|\.md$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => file.slice(root.length + 1));
}

/** @type {Map<string, string>} */
const hashed = new Map();

/** @param {string} source */
function hashOf(source) {
  const known = hashed.get(source);
  if (known !== undefined) return known;
  const hash = createHash('sha256');
  for (const file of filesBelow(source)) {
    hash
      .update(file.replaceAll('\\', '/'))
      .update('\0')
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  const digest = hash.digest('hex');
  hashed.set(source, digest);
  return digest;
}

/** @param {Part} part  @returns {string} changes when a source of the part does */
export function sourceHash(part) {
  const hash = createHash('sha256').update(JSON.stringify(part.entries));
  for (const source of part.sources) hash.update(hashOf(source));
  return hash.digest('hex').slice(0, 32);
}

/** Forgets what was read: sources may have changed while another build was waited for. */
export function readAgain() {
  hashed.clear();
}

/** @returns {Record<string, string>} what was built, by the name of its part */
export function builtHashes() {
  try {
    const value = JSON.parse(readFileSync(hashFile, 'utf8'));
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

/** Where a part stands. The preload is a file beside Electron's main. @param {Part} part */
export function outputOf(part) {
  return part.kind === 'preload' ? join(root, 'dist/electron/preload.cjs') : join(root, 'dist', part.name);
}

/** @param {Part[]} list  @returns {Part[]} those that must be built */
export function staleParts(list) {
  const built = builtHashes();
  return list.filter((part) => built[part.name] !== sourceHash(part) || !existsSync(outputOf(part)));
}

export { hashFile };
