// What every command does first: packages and the parts of dist/ that it needs. Node built-ins only until a part is stale.
import { install } from './install.mjs';
import { parts } from './parts.mjs';
import { staleParts } from './sourceHash.mjs';

/**
 * @param {string[]} names  parts of dist/ that are needed
 * @returns {Promise<string | undefined>} a sentence when it could not be done
 */
export async function makeReady(names) {
  const failed = await install();
  if (failed !== undefined) return failed;
  if (staleParts(parts().filter((part) => names.includes(part.name))).length === 0) return undefined;
  const { build } = await import('./build.mjs');
  const { faults } = await build(names);
  return faults.length > 0 ? `The build failed: ${faults.join('; ')}.` : undefined;
}
