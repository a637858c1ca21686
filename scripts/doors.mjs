// The two ways to a window: Electron, or a browser on the loopback server of the host. Node built-ins only.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser, sandboxFlags } from './browser.mjs';
import { root } from './root.mjs';

const readyLimitMs = Number(process.env.SELDINGER_READY_MS) || 15_000;
const endLimitMs = 1800;

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */
/** @typedef {import('./startOptions.mjs').StartOptions} StartOptions */

/** Hands our signals on to a child and makes sure that it ends. @param {ChildProcess} child  @returns {() => void} stops */
function passSignals(child) {
  /** @type {NodeJS.Timeout | undefined} */
  let limit;
  const hand = (/** @type {NodeJS.Signals} */ signal) => {
    child.kill(signal);
    limit ??= setTimeout(() => child.kill('SIGKILL'), endLimitMs);
  };
  const signals = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);
  for (const signal of signals) process.on(signal, hand);
  return () => {
    clearTimeout(limit);
    for (const signal of signals) process.removeListener(signal, hand);
  };
}

/** @param {ChildProcess} child  @returns {Promise<number>} its exit code; 1 when it could not start or was killed */
function ended(child) {
  return new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/**
 * Opens the application in Electron.
 *
 * @param {string} binary  @param {string[]} paths
 * @returns {Promise<{ code: number } | { why: string }>} its exit code once it was closed, or why no window came up
 */
export async function electronDoor(binary, paths) {
  const child = spawn(binary, [root, ...paths], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const stopPassing = passSignals(child);
  let said = '';
  let ready = false;
  const limit = setTimeout(() => child.kill('SIGKILL'), readyLimitMs);
  child.stdout.on('data', (data) => {
    if (ready) process.stdout.write(data);
    else if ((said += data).includes('seldinger-ready')) {
      ready = true;
      clearTimeout(limit);
    }
  });
  child.stderr.on('data', (data) => (ready ? process.stderr.write(data) : (said += data)));
  const code = await ended(child);
  clearTimeout(limit);
  stopPassing();
  if (ready || code === 0) return { code };
  return { why: reasonOf(said) };
}

/** @param {string} said  what Electron wrote before it ended  @returns {string} the reason in a few words */
export function reasonOf(said) {
  if (/sandbox/i.test(said)) {
    return process.getuid?.() === 0
      ? 'it does not run as root'
      : 'this system does not let its sandbox start (AppArmor or missing user namespaces)';
  }
  if (/error while loading shared libraries: ([^:\s]+)/.test(said)) {
    return `the system lacks ${/error while loading shared libraries: ([^:\s]+)/.exec(said)?.[1]}`;
  }
  if (/display/i.test(said)) return 'it finds no display';
  return 'it ended before its window came up';
}

/** @returns {boolean} whether a window can be shown */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/**
 * Starts the host and opens its page in the first browser there is, as a window of its own; without a browser or a
 * display the address is printed. Ends when the window is closed, or by a signal.
 *
 * @param {string[]} paths  @returns {Promise<number>} exit code
 */
export async function browserDoor(paths) {
  const host = spawn(process.execPath, [join(root, 'dist/host/main.js'), ...paths], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stopPassing = passSignals(host);
  const browser = hasDisplay() ? findBrowser() : undefined;
  let profile = '';
  /** @type {ChildProcess | undefined} */
  let window;
  let said = '';
  host.stdout.on('data', (data) => {
    said += data;
    const url = /^listening: (\S+)$/m.exec(said)?.[1];
    if (url === undefined) return;
    said = '';
    if (browser === undefined) {
      process.stdout.write(`Open this address in Chrome, Edge or Chromium (Ctrl+C ends it): ${url}\n`);
      return;
    }
    profile = mkdtempSync(join(tmpdir(), 'seldinger-window-'));
    const flags = ['--no-first-run', '--no-default-browser-check', '--disable-sync', ...sandboxFlags()];
    window = spawn(browser, [`--app=${url}`, `--user-data-dir=${profile}`, ...flags], { stdio: 'ignore' });
    window.on('error', () => {
      process.stdout.write(`The browser did not start; open this address in another one: ${url}\n`);
    });
    window.on('exit', () => {
      host.kill('SIGTERM');
      setTimeout(() => host.kill('SIGKILL'), endLimitMs).unref();
    });
  });
  const code = await ended(host);
  stopPassing();
  if (window !== undefined && window.exitCode === null && window.signalCode === null) {
    const gone = ended(window);
    window.kill('SIGTERM');
    await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 1000))]);
    window.kill('SIGKILL');
  }
  if (profile !== '') rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  return code;
}
