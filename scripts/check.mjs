// npm run check: types, lint, format, arrows, dead code. One line each; what is wrong follows it.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './root.mjs';

const require = createRequire(import.meta.url);

/** @typedef {{ name: string, ok: boolean, said: string }} Verdict */

/**
 * A package's own program, run by this Node: no shell, no .cmd files.
 *
 * @param {string} pack  package  @param {string} name  of its program  @param {string[]} words
 * @param {string} [folder]  where it runs
 * @returns {Promise<{ code: number, out: string, said: string }>}
 */
export function runProgram(pack, name, words, folder = root) {
  const place = packageFolder(pack);
  const { bin } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const program = join(place, typeof bin === 'string' ? bin : bin[name]);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...words], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    });
    let out = '';
    let said = '';
    child.stdout.on('data', (data) => (out += data));
    child.stderr.on('data', (data) => (said += data));
    child.on('error', (error) => resolve({ code: 1, out, said: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, out, said }));
  });
}

/** @param {string} pack */
function packageFolder(pack) {
  for (const folder of require.resolve.paths(pack) ?? []) {
    try {
      readFileSync(join(folder, pack, 'package.json'));
      return join(folder, pack);
    } catch {
      // Not in this one.
    }
  }
  return join(dirname(root), pack);
}

/** @param {string} name  @param {string} pack  @param {string} program  @param {string[]} words */
function step(name, pack, program, words) {
  return async () => {
    const { code, out, said } = await runProgram(pack, program, words);
    return { name, ok: code === 0, said: `${out}${said}` };
  };
}

/**
 * The import rules. Having read nothing is a failure: with a TypeScript it does not know, dependency-cruiser says
 * that all is well and means no module at all.
 *
 * @param {string} [folder]  the project or a copy of it
 * @returns {Promise<Verdict>}
 */
export async function checkArrows(folder = root) {
  const rooms = ['src', 'renderer', 'electron', 'sample-data'];
  const words = ['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', ...rooms];
  const { out, said } = await runProgram('dependency-cruiser', 'depcruise', words, folder);
  try {
    const { summary } = JSON.parse(out);
    const faults = summary.violations.map(
      (/** @type {{ rule: { name: string }, from: string, to: string }} */ fault) =>
        `${fault.rule.name}: ${fault.from} -> ${fault.to}`,
    );
    // Types that cross cost nothing at run time, but an arrow is an arrow: they count.
    if (summary.totalCruised < 20) faults.push(`only ${summary.totalCruised} modules were read`);
    return { name: 'arrows', ok: faults.length === 0, said: faults.join('\n') };
  } catch {
    return { name: 'arrows', ok: false, said: `${out}${said}` };
  }
}

const steps = [
  step('types', 'typescript', 'tsc', ['-b', '--pretty', 'false']),
  step('lint', 'oxlint', 'oxlint', ['--type-aware', '--deny-warnings']),
  step('format', 'prettier', 'prettier', ['--check', '.', '--log-level', 'warn']),
  checkArrows,
  step('dead code', 'knip', 'knip', ['--no-progress']),
];

/** Runs every step and reports each in one line on stdout. @returns {Promise<Verdict[]>} */
export async function check() {
  /** @type {Verdict[]} */
  const verdicts = [];
  for (const run of steps) {
    const started = performance.now();
    const verdict = await (run === checkArrows ? checkArrows() : run());
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`${verdict.ok ? 'ok    ' : 'FAILED'} ${verdict.name} (${seconds} s)\n`);
    if (!verdict.ok) process.stdout.write(`${verdict.said.trimEnd().replaceAll(/^/gm, '    ')}\n`);
    verdicts.push(verdict);
  }
  return verdicts;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const verdicts = await check();
  if (verdicts.some((verdict) => !verdict.ok)) process.exitCode = 1;
}
