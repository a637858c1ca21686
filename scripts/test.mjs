// npm test: installs and builds what is missing, finds a browser, checks, then runs every test.
// npm test -- FILTER runs only the tests whose file names match. --deep runs the long ones (x.deep.test.ts).
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';
import { countReport } from './testCount.mjs';

/** @param {string} text */
function tell(text) {
  process.stdout.write(`${text}\n`);
}

/** @param {string[]} words  @param {Record<string, string>} environment */
async function runVitest(words, environment) {
  const folder = mkdtempSync(join(tmpdir(), 'seldinger-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const exitCode = await new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [vitest, 'run', '--config', 'scripts/vitest.config.ts', ...reporters, ...words],
      { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } },
    );
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
  let content;
  try {
    content = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    tell('vitest wrote no report.');
  }
  rmSync(folder, { recursive: true, force: true });
  return countReport(content, exitCode);
}

/** @returns {Promise<{ passed: number, failed: number }>} */
async function run() {
  const deep = process.argv.includes('--deep');
  const words = process.argv.slice(2).filter((word) => word !== '--deep');
  const notReady = await makeReady(['host', 'cli', 'codecs', 'electron', 'preload', 'renderer']);
  const total = { passed: 0, failed: 0 };
  if (notReady !== undefined) {
    tell(`FAILED build: ${notReady}`);
    total.failed += 1;
    if (/Node 20\.19|packages could not|npm was not/.test(notReady)) return total;
  } else total.passed += 1;
  const { browserForTests } = await import('./testBrowser.mjs');
  const browser = await browserForTests(tell);
  if ('fault' in browser) {
    tell(browser.fault);
    total.failed += 1;
    return total;
  }
  if (words.length === 0 && !deep) {
    const { check } = await import('./check.mjs');
    for (const verdict of await check()) total[verdict.ok ? 'passed' : 'failed'] += 1;
  }
  const count = await runVitest(words, { SELDINGER_BROWSER: browser.path, ...(deep ? { SELDINGER_DEEP: '1' } : {}) });
  if (count.skipped > 0) tell(`${count.skipped} tests were left out (they need data that is not part of the project).`);
  return { passed: total.passed + count.passed, failed: total.failed + count.failed };
}

const { passed, failed } = await run();
tell(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
