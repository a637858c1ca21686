import * as electron from 'electron';
import { start } from './shell.ts';

// Not awaited: Electron is not ready before this module has been evaluated, and `start` waits for that.
start(electron).catch(() => {
  process.stderr.write('Seldinger could not start.\n');
  electron.app.exit(1);
});
