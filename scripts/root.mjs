// Where the project is. Node built-ins only: this runs before anything is installed.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder, wherever the command was given. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
