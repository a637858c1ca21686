// npm run bench [-- NAME…] [--json]: runs bench/NAME.bench.ts one after the other. Progress on stderr, figures on stdout.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';

/** @typedef {{ what: string, who: string, value: number, unit: string }} Row */
/** @typedef {{ name: string, run: () => Promise<Row[]> }} Bench */

/** @param {string} text */
function tell(text) {
  process.stderr.write(`${text}\n`);
}

/** A benchmark made into one file of JavaScript; packages stay outside it. @param {string} name  @returns {Promise<Bench>} */
async function load(name) {
  const { build } = await import('vite');
  const outDir = join(root, 'bench-output/.built', name);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input: { [name]: join(root, `bench/${name}.bench.ts`) },
        output: { entryFileNames: '[name].mjs' },
      },
    },
  });
  return import(pathToFileURL(join(outDir, `${name}.mjs`)).href);
}

/** @param {Row} row */
function line({ what, who, value, unit }) {
  const shown = unit === 'ratio' ? value.toFixed(2) : value.toFixed(unit === 'ms' ? 0 : 1);
  return `${what.padEnd(52)} ${who.padEnd(18)} ${shown.padStart(8)} ${unit}`;
}

const words = process.argv.slice(2);
const json = words.includes('--json');
const wanted = words.filter((word) => word !== '--json');
const there = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length));
const unknown = wanted.filter((name) => !there.includes(name));
if (unknown.length > 0) {
  tell(`There is no benchmark ${unknown.join(', ')}; there are ${there.join(', ')}.`);
  process.exitCode = 2;
} else {
  const failed = await makeReady(['host', 'cli', 'codecs', 'renderer']);
  if (failed !== undefined) tell(failed);
  process.chdir(root);
  /** @type {{ bench: string, rows: Row[] }[]} */
  const results = [];
  for (const name of wanted.length > 0 ? wanted : there) {
    tell(`bench ${name} …`);
    try {
      const bench = await load(name);
      const rows = await bench.run();
      results.push({ bench: name, rows });
      if (!json) process.stdout.write(`${rows.map(line).join('\n')}\n`);
    } catch (error) {
      tell(`bench ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      process.exitCode = 1;
    }
  }
  rmSync(join(root, 'bench-output/.built'), { recursive: true, force: true });
  if (json) process.stdout.write(`${JSON.stringify({ results }, null, 2)}\n`);
}
