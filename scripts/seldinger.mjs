// npm run seldinger: the command line, from dist/, made first where it is missing or out of date.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeReady } from './ready.mjs';
import { root } from './root.mjs';

const failed = await makeReady(['cli', 'host', 'codecs']);
const main = join(root, 'dist/cli/main.js');
if (failed !== undefined && !existsSync(main)) {
  process.stderr.write(`${failed}\n`);
  process.exitCode = 2;
} else {
  if (failed !== undefined) process.stderr.write(`${failed} The last build is used.\n`);
  // npm runs scripts in the project's root: paths are meant from where the person stands.
  if (process.cwd() === root && process.env.INIT_CWD && existsSync(process.env.INIT_CWD)) {
    process.chdir(process.env.INIT_CWD);
  }
  process.argv[1] = main;
  await import(pathToFileURL(main).href);
}
