// npm start: installs and builds what is missing, then opens the application in Electron or in a browser.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { browserDoor, electronDoor, hasDisplay } from './doors.mjs';
import { electronBinary } from './electronBinary.mjs';
import { endWithParent } from './orphan.mjs';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';
import { parseStart, usage } from './startOptions.mjs';

/** @param {string} text */
function tell(text) {
  process.stderr.write(`${text}\n`);
}

/** The host in this very process: nothing to forward, nothing that can be left behind. @param {string[]} words */
async function serve(words) {
  const main = join(root, 'dist/host/main.js');
  process.argv = [process.execPath, main, ...words];
  // The host closes its sockets and journals on these; should something hold it, it ends all the same.
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => setTimeout(() => process.exit(1), 1800).unref());
  await import(pathToFileURL(main).href);
}

/** @param {string[]} paths  @param {boolean} wantsBrowser  @returns {Promise<number>} exit code */
async function openWindow(paths, wantsBrowser) {
  if (!wantsBrowser && hasDisplay()) {
    const binary = await electronBinary(tell);
    const answer = 'path' in binary ? await electronDoor(binary.path, paths) : binary;
    if ('code' in answer) return answer.code;
    tell(`Electron cannot be used here: ${answer.why}. Seldinger opens in a browser instead.`);
  } else if (!wantsBrowser) tell('There is no display here: Seldinger is served to a browser instead of Electron.');
  return browserDoor(paths);
}

endWithParent();
// npm runs scripts in the project's root: paths are meant from where the person stands.
const stands = process.cwd() === root && existsSync(process.env.INIT_CWD ?? '') ? process.env.INIT_CWD : undefined;
const words = process.argv.slice(2);
const options = parseStart(words, stands ?? process.cwd());
if ('fault' in options) {
  tell(options.fault);
  process.exitCode = 2;
} else if (options.help) process.stdout.write(`${usage}\n`);
else {
  const needed = ['host', 'codecs', 'renderer'];
  const failed = await makeReady(options.serve ? needed : [...needed, 'electron', 'preload']);
  if (failed !== undefined) {
    tell(failed);
    process.exitCode = 2;
  } else if (options.serve) {
    await serve([
      '--serve',
      ...(options.port === undefined ? [] : ['--port', String(options.port)]),
      ...(options.automation ? ['--automation'] : []),
      ...options.paths,
    ]);
  } else process.exitCode = await openWindow(options.paths, options.browser);
}
