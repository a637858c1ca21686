import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fault } from './fault.ts';
import { diskPath, packedPlace } from './fileSource.ts';
import { dataStart } from './headBytes.ts';
import type { Unpacked } from './unpacked.ts';

/** A file or an archive's entry, read by position. */
export interface OpenBytes {
  readonly size: number;
  /** Reads until `length` bytes are there or the end is reached. Returns how many there were. */
  read(into: Uint8Array, at: number, length: number, position: number): Promise<number>;
  close(): Promise<void>;
}

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
    await readFully(handle, header, 0, header.length, place.headerOffset);
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

/** So many bytes of a file from `start` on; closes the file when it is closed. */
export function within(handle: FileHandle, start: number, size: number): OpenBytes {
  return {
    size,
    read: (into, at, length, position) =>
      readFully(handle, into, at, Math.max(0, Math.min(length, size - position)), start + position),
    close: () => handle.close(),
  };
}

async function readFully(
  handle: FileHandle,
  into: Uint8Array,
  at: number,
  length: number,
  position: number,
): Promise<number> {
  let got = 0;
  while (got < length) {
    const { bytesRead } = await handle.read(into, at + got, length - got, position + got);
    if (bytesRead === 0) break;
    got += bytesRead;
  }
  return got;
}
