import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { inflateRawSync, constants as zlib } from 'node:zlib';
import { fault } from './fault.ts';
import { diskPath, packedPlace, type PackedPlace } from './fileSource.ts';

/** A file or an archive's entry, read by position and synchronously; what is packed is unpacked only as far as asked for. */
export interface HeadBytes {
  readonly size: number;
  /** Tells whether two names are one file (hard links); undefined where that is not known. */
  readonly identity: string | undefined;
  /** Returns how many bytes there were; fewer than `length` at the end. */
  read(into: Uint8Array, at: number, length: number, position: number): number;
  close(): void;
}

/** Of a packed entry no more than this is unpacked to look at it. */
const mostUnpacked = 64 * 1024 * 1024;
const localHeaderBytes = 30;

/**
 * Opens what a source names. Never waits: a pipe or device that has taken a file's place is refused.
 * @throws HostFault 'unreadable', or the system's error.
 */
export function openHead(source: string): HeadBytes {
  const descriptor = openSync(diskPath(source), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stat = fstatSync(descriptor);
    if (!stat.isFile()) fault('unreadable', 'It is no ordinary file.');
    const fill = (into: Uint8Array, at: number, length: number, position: number) => {
      let held = 0;
      while (held < length) {
        const got = readSync(descriptor, into, at + held, length - held, position + held);
        if (got === 0) break;
        held += got;
      }
      return held;
    };
    const close = () => closeSync(descriptor);
    const place = packedPlace(source);
    if (place === undefined)
      return { size: stat.size, identity: stat.ino === 0 ? undefined : `${stat.dev}:${stat.ino}`, read: fill, close };
    const header = new Uint8Array(localHeaderBytes);
    fill(header, 0, localHeaderBytes, place.headerOffset);
    const start = dataStart(header, place, stat.size);
    const read = place.deflated ? inflating(place, start, fill) : within(place.bytes, start, fill);
    return { size: place.bytes, identity: undefined, read, close };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/**
 * Where an entry's data begin, from its local header of 30 bytes.
 * @throws HostFault 'unreadable' where there is none, or the data would end beyond the archive.
 */
export function dataStart(header: Uint8Array, place: PackedPlace, archiveBytes: number): number {
  const view = new DataView(header.buffer, header.byteOffset, localHeaderBytes);
  const start = place.headerOffset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (view.getUint32(0, true) !== 0x04034b50 || start + place.packedBytes > archiveBytes)
    fault('unreadable', 'The archive is damaged where this file should lie.');
  return start;
}

type Read = HeadBytes['read'];

function within(size: number, start: number, fill: Read): Read {
  return (into, at, length, position) =>
    position >= size ? 0 : fill(into, at, Math.min(length, size - position), start + position);
}

/** Unpacks from the beginning as far as is asked for: mostly one piece of 16 kB, four times as much when that is too little. */
function inflating({ packedBytes, bytes }: PackedPlace, start: number, fill: Read): Read {
  let unpacked: Uint8Array = new Uint8Array(0);
  let fed = 0;
  const more = () => {
    const feed = Math.min(packedBytes, Math.max(16 * 1024, fed * 4));
    const packed = Buffer.allocUnsafe(feed);
    const got = fill(packed, 0, feed, start);
    fed = feed;
    unpacked = inflateRawSync(packed.subarray(0, got), {
      finishFlush: zlib.Z_SYNC_FLUSH,
      maxOutputLength: mostUnpacked,
    });
  };
  return (into, at, length, position) => {
    const end = Math.min(bytes, position + length);
    if (end > mostUnpacked) fault('too-large', 'It is too large to be unpacked at once.');
    while (unpacked.length < end && fed < packedBytes) {
      try {
        more();
      } catch {
        fault('unreadable', 'It is damaged: it cannot be unpacked.');
      }
    }
    const there = unpacked.subarray(position, Math.max(position, Math.min(end, unpacked.length)));
    into.set(there, at);
    return there.length;
  };
}
