// npm run test:electron: the shell's tests with the real Electron, fetched where its server answers.
// --packed runs them on what `npm run pack` made. Exit code 2: there is no binary to run.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hasDisplay } from './doors.mjs';
import { electronBinary } from './electronBinary.mjs';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';

/** @param {string} text */
function tell(text) {
  process.stdout.write(`${text}\n`);
}

/** @returns {string} where electron-builder puts the unpacked program of this system */
function packedProgram() {
  const release = join(root, 'test-output/release');
  if (process.platform === 'win32') return join(release, 'win-unpacked/Seldinger.exe');
  if (process.platform === 'darwin') {
    const folder = process.arch === 'arm64' ? 'mac-arm64' : 'mac';
    return join(release, folder, 'Seldinger.app/Contents/MacOS/Seldinger');
  }
  return join(release, 'linux-unpacked/seldinger');
}

/** @returns {Promise<number>} exit code */
async function run() {
  const packed = process.argv.includes('--packed');
  /** @type {{ path: string } | { why: string }} */
  let binary;
  if (packed) {
    const path = packedProgram();
    binary = existsSync(path) ? { path } : { why: 'nothing was packed: run npm run pack first' };
  } else binary = await electronBinary(tell);
  if ('why' in binary) {
    tell(`The tests with the real Electron did not run: ${binary.why}.`);
    return 2;
  }
  const notReady = await makeReady(['host', 'codecs', 'electron', 'preload', 'renderer']);
  if (notReady !== undefined) {
    tell(notReady);
    return 1;
  }
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--config', 'scripts/vitest.config.ts'];
  const words = [process.execPath, ...vitest, '--project', 'electron'];
  // A machine without a screen gets one in memory.
  const virtual = !hasDisplay() && spawnSync('xvfb-run', ['--help']).status === 0;
  const [program = '', ...rest] = virtual ? ['xvfb-run', '-a', ...words] : words;
  return new Promise((resolve) => {
    const child = spawn(program, rest, {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, SELDINGER_ELECTRON: binary.path, SELDINGER_PACKED: packed ? '1' : '' },
    });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

process.exitCode = await run();
