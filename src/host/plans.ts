import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { parsePlan, PlanFault, type Plan } from '../plan/index.ts';
import { fault, readingTrouble, systemCode } from './fault.ts';
import { realFileUnder, type Grant } from './grants.ts';

const largestPlanBytes = 256 * 1024 * 1024;

/** The one file of a plan source. */
function planFile(grant: Grant): { readonly path: string; readonly name: string } {
  if (grant.source.kind !== 'plan') fault('bad-request', `“${grant.source.label}” is no plan.`);
  const chosen = 'paths' in grant.read ? grant.read.paths[0] : grant.read.files[0]?.path;
  return { path: chosen ?? fault('bad-request', 'This source has no file.'), name: grant.source.label };
}

/** @throws HostFault 'unreadable', 'unsupported' (no plan, or of a newer version), 'too-large', 'outside-root'. */
export async function loadPlan(grant: Grant): Promise<Plan> {
  const { path, name } = planFile(grant);
  const real = realFileUnder(path, grant.roots);
  if ((await stat(real)).size > largestPlanBytes)
    fault('too-large', `“${name}” is larger than any plan.`, { file: name });
  const text = await readFile(real, 'utf8');
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

/**
 * Writes a plan where the person chose: whole or not at all.
 * @throws HostFault 'unreadable' with the system's reason.
 */
export async function savePlan(grant: Grant, plan: Plan): Promise<void> {
  const { name } = planFile(grant);
  const [target] = grant.roots;
  if (target === undefined || !grant.lasting) fault('bad-request', 'An uploaded plan is saved by the browser itself.');
  try {
    await writeFileAtomic(target, `${JSON.stringify(plan, null, 1)}\n`);
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
