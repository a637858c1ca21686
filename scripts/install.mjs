// Sees to it that Node is new enough and node_modules is what package-lock.json says. Node built-ins only.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { root } from './root.mjs';

const marker = join(root, 'node_modules/.seldinger-lock');

/** @param {string} text */
function tell(text) {
  process.stderr.write(`${text}\n`);
}

/**
 * @param {string} [version] of Node
 * @returns {string | undefined} the sentence for a person whose Node is too old
 */
export function tooOld(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return undefined;
  return `Seldinger needs Node 20.19 or newer; this is Node ${version}. Get one at https://nodejs.org and try again.`;
}

/** What the installed packages depend on: the lock, Node's major version (native parts), the platform. */
function fingerprint() {
  return createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(`${process.versions.node.split('.')[0]} ${process.platform} ${process.arch}`)
    .digest('hex');
}

/** @param {unknown} lock  @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
function packagesOf(lock) {
  return typeof lock === 'object' && lock !== null && 'packages' in lock && typeof lock.packages === 'object'
    ? Object(lock.packages)
    : {};
}

/**
 * npm keeps its own account of what it installed. Where it agrees with the lock (someone ran npm themselves), nothing
 * is installed again. What is optional may be missing: it is for other platforms.
 *
 * @param {unknown} lock  the content of package-lock.json
 * @param {unknown} installed  the content of node_modules/.package-lock.json
 */
export function agrees(lock, installed) {
  const there = packagesOf(installed);
  return Object.entries(packagesOf(lock))
    .filter(([path]) => path !== '')
    .every(([path, wanted]) => {
      const found = there[path];
      return found === undefined ? wanted.optional === true : found.version === wanted.version;
    });
}

function npmAgrees() {
  try {
    const [lock, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) =>
      JSON.parse(readFileSync(join(root, file), 'utf8')),
    );
    return agrees(lock, installed);
  } catch {
    return false;
  }
}

/** Where npm's own program is: it tells its children; without it the one beside node or on the PATH. */
function npmProgram() {
  const told = process.env.npm_execpath;
  if (told && existsSync(told) && /npm-cli\.c?js$/.test(told)) return told;
  const folders = [dirname(process.execPath), ...(process.env.PATH ?? '').split(delimiter)];
  const places = folders.flatMap((folder) => [
    join(folder, 'node_modules/npm/bin/npm-cli.js'),
    join(folder, '../lib/node_modules/npm/bin/npm-cli.js'),
  ]);
  return places.find((place) => existsSync(place));
}

/**
 * Installs when needed, with progress on stderr. No shell, no install scripts.
 *
 * @returns {Promise<string | undefined>} a sentence when it could not be done
 */
export async function install() {
  const old = tooOld();
  if (old !== undefined) return old;
  if (existsSync(marker) && readFileSync(marker, 'utf8') === fingerprint()) return undefined;
  if (!npmAgrees()) {
    const npm = npmProgram();
    if (npm === undefined) return 'npm was not found beside Node; run `npm ci --ignore-scripts` here once.';
    tell('Installing what Seldinger is built with (once; about a minute) …');
    const started = Date.now();
    const clock = setInterval(() => tell(`  … ${Math.round((Date.now() - started) / 1000)} s`), 15_000);
    const code = await new Promise((resolve) => {
      const child = spawn(
        process.execPath,
        [npm, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
        { cwd: root, stdio: ['ignore', 2, 2] },
      );
      child.on('error', () => resolve(1));
      child.on('exit', (exitCode) => resolve(exitCode ?? 1));
    });
    clearInterval(clock);
    if (code !== 0) return 'The packages could not be installed (npm says why above); is the network reachable?';
    tell(`Installed in ${Math.round((Date.now() - started) / 1000)} s`);
  }
  writeFileSync(marker, fingerprint());
  return undefined;
}
