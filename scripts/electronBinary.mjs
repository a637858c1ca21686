// Where Electron's binary is, or why it cannot be had here and now. Node built-ins only.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.mjs';

const answerLimitMs = 4000;
const dayMs = 86_400_000;
const stallMs = Number(process.env.SELDINGER_STALL_MS) || 30_000;

/** @typedef {{ path: string } | { why: string }} Binary */

/** @param {string} folder */
function installedIn(folder) {
  // Electron's own way to name a build that is somewhere else.
  const elsewhere = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (elsewhere) {
    const path = join(elsewhere, process.platform === 'win32' ? 'electron.exe' : 'electron');
    if (existsSync(path)) return path;
  }
  try {
    const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

function proxyIsSet() {
  return ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'npm_config_https_proxy'].some(
    (name) => process.env[name],
  );
}

/** @param {string} version of Electron */
function archive(version) {
  const mirror =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases/download/';
  return `${mirror.replace(/\/?$/, '/')}v${version}/electron-v${version}-${process.platform}-${process.arch}.zip`;
}

/** @param {string} url  @returns {Promise<string | undefined>} why it does not answer */
async function whyNot(url) {
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(answerLimitMs) });
    return answer.ok ? undefined : `its server answers ${answer.status}`;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError'
      ? `its server does not answer within ${answerLimitMs / 1000} s`
      : 'its server cannot be reached';
  }
}

/** @param {string} folder  @returns {number} bytes below it */
function bytesBelow(folder) {
  if (!existsSync(folder)) return 0;
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    try {
      if (entry.isFile()) sum += statSync(join(entry.parentPath, entry.name)).size;
    } catch {
      // Taken away while we looked.
    }
  }
  return sum;
}

/**
 * Electron's own checksummed installer; stopped when nothing has grown for some time, which by itself it would
 * wait on for five minutes.
 *
 * @param {string} folder  @param {(text: string) => void} tell  @returns {Promise<string | undefined>} why it failed
 */
async function runInstaller(folder, tell) {
  const temporary = mkdtempSync(join(tmpdir(), 'seldinger-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      TMPDIR: temporary,
      TEMP: temporary,
      TMP: temporary,
      ...(proxyIsSet() ? { ELECTRON_GET_USE_PROXY: '1' } : {}),
    },
  });
  let said = '';
  child.stderr.on('data', (data) => (said += data));
  let bytes = 0;
  let grewAt = Date.now();
  let toldAt = Date.now();
  let stalled = false;
  const watchdog = setInterval(() => {
    const now = bytesBelow(temporary) + bytesBelow(join(folder, 'dist'));
    if (now !== bytes) grewAt = Date.now();
    bytes = now;
    if (Date.now() - toldAt > 5000) {
      toldAt = Date.now();
      tell(`  … ${Math.round(bytes / 1e6)} MB`);
    }
    if (Date.now() - grewAt > stallMs) {
      stalled = true;
      child.kill('SIGKILL');
    }
  }, 500);
  const code = await new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  clearInterval(watchdog);
  rmSync(temporary, { recursive: true, force: true });
  if (stalled) return 'its download stopped halfway';
  if (code === 0) return undefined;
  return /checksum/i.test(said) ? 'its download has a wrong checksum' : 'its download failed';
}

/**
 * Finds Electron's binary, or fetches it where its server answers. What could not be reached is not asked again for a
 * day (unless another mirror is named).
 *
 * @param {(text: string) => void} tell  progress
 * @param {string} [folder]  the electron package
 * @returns {Promise<Binary>}
 */
export async function electronBinary(tell, folder = join(root, 'node_modules/electron')) {
  const present = installedIn(folder);
  if (present !== undefined) return { path: present };
  if (!existsSync(join(folder, 'install.js'))) return { why: 'its package is not installed' };
  const url = archive(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version);
  const memory = join(folder, '.seldinger-unreachable');
  try {
    const remembered = JSON.parse(readFileSync(memory, 'utf8'));
    if (remembered.url === url && Date.now() - remembered.at < dayMs) return { why: `${remembered.why} (asked today)` };
  } catch {
    // Never asked.
  }
  let why = proxyIsSet() ? undefined : await whyNot(url);
  if (why === undefined) {
    tell('Fetching Electron (once; about 120 MB) …');
    why = await runInstaller(folder, tell);
    const path = installedIn(folder);
    if (why === undefined && path !== undefined) return { path };
    why ??= 'its archive holds no program for this machine';
  }
  writeFileSync(memory, JSON.stringify({ url, at: Date.now(), why }));
  return { why };
}
