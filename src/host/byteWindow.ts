import type { FileHandle } from 'node:fs/promises';

/** A file or an archive's entry, read by position. */
export interface OpenBytes {
  readonly size: number;
  /** Reads until `length` bytes are there or the end is reached. Returns how many there were. */
  read(into: Uint8Array, at: number, length: number, position: number): Promise<number>;
  close(): Promise<void>;
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
