// The parts of the built application: what each is made of and where it goes. Node built-ins only.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/**
 * @typedef {object} Part
 * @property {string} name        also its folder below dist/
 * @property {'page' | 'node' | 'preload' | 'codecs'} kind
 * @property {Record<string, string>} entries   output name without ending -> source file
 * @property {string[]} sources   folders and files whose change makes the part stale
 */

const tools = ['package-lock.json', 'scripts/build.mjs', 'scripts/parts.mjs'];
const pure = ['geometry', 'quantity', 'dicom', 'pixels', 'imaging', 'plan', 'measurements', 'export', 'contract'].map(
  (room) => `src/${room}`,
);

/** `NAME.ts` of a folder as an entry, and every `*Worker.ts` beside it: a worker is started by the URL of its own file. */
function withWorkers(/** @type {string} */ folder, /** @type {string} */ main) {
  const workers = existsSync(join(root, folder))
    ? readdirSync(join(root, folder)).filter((file) => file.endsWith('Worker.ts'))
    : [];
  const files = [main, ...workers];
  return Object.fromEntries(files.map((file) => [file.replace(/\.ts$/, ''), `${folder}/${file}`]));
}

/** @returns {Part[]} */
export function parts() {
  return [
    {
      name: 'host',
      kind: 'node',
      entries: { scanWorker: 'src/host/scanWorker.ts', ...withWorkers('src/host', 'main.ts') },
      sources: [...pure, 'src/host', 'sample-data', ...tools],
    },
    {
      name: 'cli',
      kind: 'node',
      entries: withWorkers('src/cli', 'main.ts'),
      sources: [...pure, 'src/host', 'src/cli', 'sample-data', ...tools],
    },
    {
      name: 'electron',
      kind: 'node',
      entries: { main: 'electron/main.ts' },
      sources: [...pure, 'src/host', 'sample-data', 'electron', ...tools],
    },
    {
      name: 'preload',
      kind: 'preload',
      entries: { preload: 'electron/preload.cts' },
      sources: ['electron', 'src/contract', ...tools],
    },
    { name: 'codecs', kind: 'codecs', entries: {}, sources: tools },
    {
      name: 'renderer',
      kind: 'page',
      entries: { index: 'renderer/index.html' },
      sources: [...pure, 'renderer', 'scripts/vite.shared.mjs', ...tools],
    },
  ];
}
