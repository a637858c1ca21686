import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { fault } from './fault.ts';
import { within, type OpenBytes } from './byteWindow.ts';
import { diskPath, packedPlace } from './fileSource.ts';
import { dataStart } from './headBytes.ts';
import type { Unpacked } from './unpacked.ts';

/**
 * Opens what a source names: a file as it lies on the disk, a stored entry at its place in the archive, a deflated one
 * through `unpacked`. Never waits: a pipe or device that has taken a file's place is refused.
 * @throws HostFault 'unreadable', 'too-large', or the system's error.
 */
export async function openBytes(source: string, unpacked: Unpacked): Promise<OpenBytes> {
  const handle = await open(diskPath(source), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = await handle.stat();
    if (!stat.isFile()) fault('unreadable', 'It is no ordinary file.');
    const place = packedPlace(source);
    if (place === undefined) return within(handle, 0, stat.size);
    const header = Buffer.alloc(30);
    await within(handle, place.headerOffset, header.length).read(header, 0, header.length, 0);
    const start = dataStart(header, place, stat.size);
    if (!place.deflated) return within(handle, start, place.bytes);
    const version = `${stat.ino}:${stat.mtimeMs}:${stat.size}`;
    const bytes = await unpacked.open(`${source}\0${version}`, place, handle, start);
    await handle.close();
    return bytes;
  } catch (error) {
    await handle.close().catch(() => undefined);
    throw error;
  }
}
