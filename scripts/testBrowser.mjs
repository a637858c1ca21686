// A browser for the tests: the one that is there, or one that is installed for them. Never skipped in silence.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser.mjs';
import { root } from './root.mjs';

const limitMs = 300_000;

/** @param {string} program  @param {string[]} words  @returns {Promise<boolean>} whether it ended well within the limit */
function run(program, words) {
  return new Promise((resolve) => {
    const child = spawn(program, words, { cwd: root, stdio: ['ignore', 2, 2] });
    const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
    const finish = (/** @type {boolean} */ good) => {
      clearTimeout(limit);
      resolve(good);
    };
    child.on('error', () => finish(false));
    child.on('exit', (code) => finish(code === 0));
  });
}

/** On Ubuntu the package is a stub of a snap, which containers cannot run: Playwright's is better there. */
function isDebian() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/**
 * @param {(text: string) => void} tell  progress
 * @returns {Promise<{ path: string } | { fault: string }>}
 */
export async function browserForTests(tell) {
  const found = findBrowser();
  if (found !== undefined) return { path: found };
  const asked = process.env.SELDINGER_BROWSER;
  if (asked) return { fault: `SELDINGER_BROWSER names ${asked}, which is no program.` };
  if (isDebian()) {
    tell('No browser here: installing Chromium by apt-get …');
    const update = await run('apt-get', ['update', '-q']);
    if (update) await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium']);
  }
  const second = findBrowser();
  if (second !== undefined) return { path: second };
  tell("No browser here: installing Playwright's Chromium …");
  await run(process.execPath, [join(root, 'node_modules/playwright/cli.js'), 'install', 'chromium']);
  const third = findBrowser();
  if (third !== undefined) return { path: third };
  return {
    fault:
      'The tests need Chrome, Edge or Chromium, and none could be found or installed: install one, or name it in SELDINGER_BROWSER.',
  };
}
