// npm run build: makes dist/ by Vite. Everything is bundled; only Node's own modules and electron stay outside.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parts } from './parts.mjs';
import { root } from './root.mjs';
import { quietly } from './vite.shared.mjs';
import { builtHashes, hashFile, outputOf, readAgain, sourceHash, staleParts } from './sourceHash.mjs';

/** @typedef {import('./parts.mjs').Part} Part */

const lock = join(root, 'dist/.building.pid');
const workshop = join(root, 'dist/.building');

/** @param {string} text */
function tell(text) {
  process.stderr.write(`${text}\n`);
}

/** One build at a time; a lock whose owner is gone counts for nothing. */
async function takeLock() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (let told = false; ;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      if (owner > 0 && !isAlive(owner)) {
        rmSync(lock, { force: true });
        continue;
      }
      if (!told) tell('Waiting for another build …');
      told = true;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** @param {Part} part  @param {string} outDir  @returns {import('vite').InlineConfig} */
function nodeConfig(part, outDir) {
  const preload = part.kind === 'preload';
  return {
    root,
    configFile: false,
    logLevel: 'warn',
    // The codecs' glue (CommonJS) asks for __dirname, which ES modules lack.
    define: preload ? {} : { __dirname: 'import.meta.dirname', __filename: 'import.meta.filename' },
    ssr: { noExternal: true, external: ['electron'], target: 'node' },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(part.entries).map(([name, file]) => [name, join(root, file)])),
        external: ['electron', /^node:/],
        output: {
          format: preload ? 'cjs' : 'es',
          // Flat on purpose: code finds workers and codecs as '../host/scanWorker.js' and '../codecs' from its own file.
          entryFileNames: preload ? '[name].cjs' : '[name].js',
          chunkFileNames: 'chunk-[name]-[hash].js',
        },
      },
    },
  };
}

/** @param {string} outDir  @returns {Promise<import('vite').InlineConfig>} */
async function pageConfig(outDir) {
  const { default: react } = await import('@vitejs/plugin-react');
  return {
    root: join(root, 'renderer'),
    configFile: false,
    logLevel: 'warn',
    base: './',
    cacheDir: join(root, 'node_modules/.vite'),
    plugins: [react()],
    worker: { format: 'es', rolldownOptions: quietly },
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2023',
      // Nothing inline: the page's content security policy lets scripts and wasm come from its own origin only.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      chunkSizeWarningLimit: 8000,
      rolldownOptions: quietly,
    },
  };
}

/** The decoders' wasm for the host and the command line, which hand the bytes to src/pixels. @param {string} outDir */
function copyCodecs(outDir) {
  const scope = join(root, 'node_modules/@cornerstonejs');
  mkdirSync(outDir, { recursive: true });
  for (const codec of readdirSync(scope).filter((name) => name.startsWith('codec-'))) {
    const folder = join(scope, codec, 'dist');
    for (const file of readdirSync(folder)) {
      if (file.endsWith('.wasm') && !file.endsWith('_encode.wasm')) cpSync(join(folder, file), join(outDir, file));
    }
  }
}

/** @param {Part} part */
async function buildPart(part) {
  const outDir = join(workshop, part.name);
  rmSync(outDir, { recursive: true, force: true });
  if (part.kind === 'codecs') copyCodecs(outDir);
  else {
    const { build } = await import('vite');
    await build(part.kind === 'page' ? await pageConfig(outDir) : nodeConfig(part, outDir));
  }
  const target = outputOf(part);
  mkdirSync(dirname(target), { recursive: true });
  // Electron's main and its preload share a folder but are built apart (one is a module, the other is not).
  if (part.kind === 'preload') renameSync(join(outDir, 'preload.cjs'), target);
  else {
    const preload = join(target, 'preload.cjs');
    if (part.name === 'electron' && existsSync(preload)) renameSync(preload, join(outDir, 'preload.cjs'));
    rmSync(target, { recursive: true, force: true });
    renameSync(outDir, target);
  }
}

/**
 * Builds what is out of date. Parts with a source file that does not exist are left out and named in the answer.
 *
 * @param {string[]} [only]  names of parts; all without it
 * @returns {Promise<{ built: string[], faults: string[] }>}  faults: source files that are not there or are wrong
 */
export async function build(only) {
  if (!process.stderr.isTTY) process.env.NO_COLOR ??= '1';
  await takeLock();
  try {
    readAgain();
    const wanted = parts().filter((part) => only === undefined || only.includes(part.name));
    const absent = (/** @type {Part} */ part) =>
      Object.values(part.entries).filter((file) => !existsSync(join(root, file)));
    const faults = wanted.flatMap(absent).map((file) => `${file} is not there`);
    const built = [];
    for (const part of staleParts(wanted.filter((candidate) => absent(candidate).length === 0))) {
      const hash = sourceHash(part);
      const started = performance.now();
      try {
        await buildPart(part);
      } catch (error) {
        // One part that is wrong keeps nobody from the others.
        faults.push(`${part.name}: ${error instanceof Error ? error.message : String(error)}`);
        continue;
      }
      writeFileSync(hashFile, JSON.stringify({ ...builtHashes(), [part.name]: hash }));
      tell(`Built ${part.name} in ${((performance.now() - started) / 1000).toFixed(1)} s`);
      built.push(part.name);
    }
    return { built, faults };
  } finally {
    rmSync(workshop, { recursive: true, force: true });
    rmSync(lock, { force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !parts().some((part) => part.name === name));
  if (unknown.length > 0) {
    tell(
      `There is no part ${unknown.join(', ')}; the parts are ${parts()
        .map((part) => part.name)
        .join(', ')}.`,
    );
    process.exitCode = 2;
  } else {
    const { built, faults } = await build(names.length > 0 ? names : undefined);
    if (built.length === 0 && faults.length === 0) tell('Everything is up to date.');
    for (const fault of faults) tell(`Not built: ${fault}`);
    if (faults.length > 0) process.exitCode = 1;
  }
}
