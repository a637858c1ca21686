import { realpath, stat } from 'node:fs/promises';
import { parsePlan, PlanFault, type Plan } from '../plan/index.ts';
import { writeAtomically } from './atomicFile.ts';
import { fault, readingTrouble, systemCode } from './fault.ts';
import { realFileUnder, type Grant } from './grants.ts';
import { openBytes } from './openBytes.ts';
import type { Unpacked } from './unpacked.ts';

const largestPlanBytes = 256 * 1024 * 1024;

/** The one file of a plan source. */
function planFile(grant: Grant): { readonly path: string; readonly name: string } {
  if (grant.source.kind !== 'plan') fault('bad-request', `“${grant.source.label}” is no plan.`);
  const chosen = 'paths' in grant.read ? grant.read.paths[0] : grant.read.files[0]?.path;
  return { path: chosen ?? fault('bad-request', 'This source has no file.'), name: grant.source.label };
}

/** @throws HostFault 'unreadable', 'unsupported' (no plan, or of a newer version), 'too-large', 'outside-root'. */
export async function loadPlan(grant: Grant, unpacked: Unpacked): Promise<Plan> {
  const { path, name } = planFile(grant);
  const text = await readText(realFileUnder(path, grant.roots), name, unpacked);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    fault('unsupported', `“${name}” is no plan: it is not JSON.`, { file: name });
  }
  try {
    return parsePlan(json);
  } catch (error) {
    if (error instanceof PlanFault)
      fault('unsupported', `“${name}” cannot be opened: ${error.path === '' ? '' : `${error.path} `}${error.say}.`, {
        file: name,
      });
    throw error;
  }
}

async function readText(source: string, name: string, unpacked: Unpacked): Promise<string> {
  const file = await openBytes(source, unpacked);
  try {
    if (file.size > largestPlanBytes) fault('too-large', `“${name}” is larger than any plan.`, { file: name });
    const bytes = Buffer.alloc(file.size);
    return bytes.toString('utf8', 0, await file.read(bytes, 0, bytes.length, 0));
  } finally {
    await file.close();
  }
}

/**
 * Writes a plan where the person chose: whole or not at all.
 * @throws HostFault 'unreadable' with the system's reason.
 */
export async function savePlan(grant: Grant, plan: Plan): Promise<void> {
  const { name } = planFile(grant);
  const [target] = grant.roots;
  if (target === undefined || !grant.lasting) fault('bad-request', 'An uploaded plan is saved by the browser itself.');
  try {
    const { file, ...access } = await placeOf(target);
    await writeAtomically(file, `${JSON.stringify(plan, null, 1)}\n`, access);
  } catch (error) {
    const why =
      systemCode(error) === 'ENOSPC'
        ? 'The disk is full.'
        : systemCode(error) === 'EACCES' || systemCode(error) === 'EROFS'
          ? 'The system does not allow writing there.'
          : readingTrouble(error);
    fault('unreadable', `“${name}” could not be saved: ${why}`, { file: name, remedy: 'Save it in another place.' });
  }
}

/** A link is written through, and a file keeps who may read it: others may share it. */
async function placeOf(
  target: string,
): Promise<{ readonly file: string; readonly mode: number; readonly exact?: boolean }> {
  try {
    const file = await realpath(target);
    return { file, mode: (await stat(file)).mode & 0o777, exact: true };
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { file: target, mode: 0o666 };
  }
}
