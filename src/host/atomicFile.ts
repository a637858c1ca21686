import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Writes a file whole or not at all, whatever moment the program dies at: a new file beside it, on the disk, then
 * renamed over it. A kill may leave `FILE.<12 hex digits>.new` behind.
 * (Not write-file-atomic: it does not sync the folder, so a power cut could bring the old file back.)
 *
 * @param mode   Of the new file, under the person's mask; by default for its owner alone.
 * @param exact  The mode whatever the mask is: of a file that was there.
 */
export async function writeAtomically(
  file: string,
  data: Uint8Array | string,
  { mode = 0o600, exact = false }: { readonly mode?: number; readonly exact?: boolean } = {},
): Promise<void> {
  const beside = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      if (exact) await handle.chmod(mode);
      await handle.writeFile(data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(path.dirname(file));
}

/** The rename itself must reach the disk too; where folders cannot be opened (Windows) the system sees to it. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch {
    // Nothing to do: the file itself was synced before the rename.
  }
}
