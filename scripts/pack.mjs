// npm run pack: builds, then packs the application for this system into test-output/release, unpacked.
// npm run pack -- --installers makes the installers of electron-builder.yml as well.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { electronBinary } from './electronBinary.mjs';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';

/** @param {string} text */
function tell(text) {
  process.stdout.write(`${text}\n`);
}

/** @returns {Promise<number>} exit code */
async function run() {
  const notReady = await makeReady(['host', 'cli', 'codecs', 'electron', 'preload', 'renderer']);
  if (notReady !== undefined) {
    tell(notReady);
    return 1;
  }
  const binary = await electronBinary(tell);
  if ('why' in binary) {
    tell(`Nothing was packed: ${binary.why}.`);
    return 2;
  }
  const builder = join(root, 'node_modules/electron-builder/cli.js');
  const words = process.argv.includes('--installers') ? [] : ['--dir'];
  return (
    spawnSync(process.execPath, [builder, ...words, '--publish', 'never'], { cwd: root, stdio: 'inherit' }).status ?? 1
  );
}

process.exitCode = await run();
