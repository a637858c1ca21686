// What was asked of npm start. Pure but for looking whether a path is there.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const usage = `npm start [-- PATH…]                     open the application on files, folders, ZIPs or plans
npm start -- --browser [PATH…]           the same in a browser, even where Electron is there
npm start -- --serve [--port N] [--automation] [PATH…]
                                         serve it on this machine without opening a window
npm start -- --help                      this text`;

/**
 * @typedef {object} StartOptions
 * @property {boolean} help
 * @property {boolean} serve
 * @property {boolean} browser
 * @property {boolean} automation
 * @property {number | undefined} port
 * @property {string[]} paths  absolute
 */

/**
 * @param {string[]} words  what stood on the command line
 * @param {string} folder   what relative paths are meant from
 * @returns {StartOptions | { fault: string }}
 */
export function parseStart(words, folder) {
  /** @type {StartOptions} */
  const options = { help: false, serve: false, browser: false, automation: false, port: undefined, paths: [] };
  let onlyPaths = false;
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (onlyPaths || !word.startsWith('-') || word === '-') options.paths.push(resolve(folder, word));
    else if (word === '--') onlyPaths = true;
    else if (word === '--help' || word === '-h') options.help = true;
    else if (word === '--serve') options.serve = true;
    else if (word === '--browser') options.browser = true;
    else if (word === '--automation') options.automation = true;
    else if (word === '--port' || word.startsWith('--port=')) {
      const value = word === '--port' ? words[(index += 1)] : word.slice('--port='.length);
      const port = /^\d+$/.test(value ?? '') ? Number(value) : -1;
      if (port < 0 || port > 65_535) return { fault: '--port needs a number from 0 to 65535.' };
      options.port = port;
    } else return { fault: `There is no option ${word}; npm start -- --help lists them.` };
  }
  if (options.port !== undefined && !options.serve) return { fault: '--port goes with --serve.' };
  if (options.automation && !options.serve) return { fault: '--automation goes with --serve.' };
  const absent = options.paths.find((path) => !existsSync(path));
  if (absent !== undefined && !options.help) return { fault: `There is no file or folder ${absent}` };
  return options;
}
