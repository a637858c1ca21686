import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The built file of one of the host's threads: beside this code in dist/host, or in the folder beside where another
 * entry bundles the host (dist/electron). Undefined when run from source: then the same code runs on this thread.
 *
 * @param name  'scanWorker' of src/host/scanWorker.ts
 */
export function threadFile(name: string): string | undefined {
  const here = path.dirname(fileURLToPath(import.meta.url));
  const places = [`${name}.js`, `../host/${name}.js`].map((place) => path.resolve(here, place));
  return places.find((place) => existsSync(place));
}
