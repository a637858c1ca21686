import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * The lock of one journal between processes: a file that names its process. One whose process is dead is broken.
 * Within a process the journals know themselves who holds what.
 */
const lockSchema = z.object({ pid: z.int().positive(), started: z.string(), launch: z.string() });
export type LockHolder = z.infer<typeof lockSchema>;

/** This process as a lock names it. `launch`: unique to this run, since process numbers come again. */
export function thisProcess(launch: string): LockHolder {
  return { pid: process.pid, started: startOf(process.pid) ?? '', launch };
}

/** Takes the lock if nobody alive holds it. False: another process does. */
export function takeLock(file: string, holder: LockHolder, newId: () => string): boolean {
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(holder), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const seen = readText(file);
    if (seen === undefined) continue;
    if (isHeld(seen, holder)) return false;
    breakLock(file, seen, newId);
  }
  return false;
}

export function releaseLock(file: string, holder: LockHolder): void {
  const seen = readText(file);
  if (seen !== undefined && parseLock(seen)?.launch === holder.launch) rmSync(file, { force: true });
}

/**
 * Moves the dead lock aside before removing it: another process may have broken it and taken the lock since we looked,
 * and then its lock is put back.
 */
function breakLock(file: string, seen: string, newId: () => string): void {
  const aside = `${file}.${newId()}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (readText(aside) !== seen) linkSync(aside, file);
  } catch {
    // A third process was quicker still; it holds the lock now.
  } finally {
    rmSync(aside, { force: true });
  }
}

function isHeld(text: string, me: LockHolder): boolean {
  const lock = parseLock(text);
  if (!lock) return false;
  if (lock.launch === me.launch) return false;
  // Our own number: of an earlier process, unless it began when we did (two journals opened by one process).
  if (lock.pid === me.pid) return lock.started !== '' && lock.started === me.started;
  try {
    process.kill(lock.pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  const started = startOf(lock.pid);
  return started === undefined || lock.started === '' || started === lock.started;
}

function parseLock(text: string): LockHolder | undefined {
  try {
    return lockSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** When the process began, where the system tells (Linux): a number that came again is not the same process. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  // The name in brackets may hold spaces; the 20th field behind it is the start in clock ticks.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
}
