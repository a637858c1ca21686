import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const projectRoot = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const sharedRoot = resolve(process.env['SELDINGER_SHARED'] ?? join(projectRoot, '..', 'shared'));

/** True where the real DICOM data that is not part of the project can be read; tests of it are left out elsewhere. */
export const shared = existsSync(join(sharedRoot, 'data'));

/** The absolute path of a shared file or folder, such as `sharedPath('data/ct-head-141')`. It need not exist. */
export function sharedPath(path: string): string {
  return join(sharedRoot, path);
}
