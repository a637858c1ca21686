import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createInflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import { within, type OpenBytes } from './byteWindow.ts';
import { fault, systemCode } from './fault.ts';
import type { PackedPlace } from './fileSource.ts';
import { homeFolder } from './home.ts';
import { LaunchFolder } from './launchFolder.ts';

export interface UnpackedLimits {
  /** Entries up to this size are kept in memory, in all so many bytes. */
  readonly inMemoryEntryBytes: number;
  readonly inMemoryBytes: number;
  /** Of all entries that went to the disk in this launch. */
  readonly onDiskBytes: number;
}
const usualLimits: UnpackedLimits = {
  inMemoryEntryBytes: 32 * 1024 ** 2,
  inMemoryBytes: 128 * 1024 ** 2,
  onDiskBytes: 16 * 1024 ** 3,
};

interface InMemory {
  readonly bytes: Promise<Uint8Array>;
  readonly size: number;
}

/**
 * Deflated entries of archives, unpacked when they are read: the last ones in memory, large ones in this launch's private
 * folder below SELDINGER_HOME, which goes with it. Never more than the archive's table says is unpacked.
 */
export class Unpacked {
  readonly #home: string;
  readonly #limits: UnpackedLimits;
  /** In the order of use: the first goes first. */
  readonly #memory = new Map<string, InMemory>();
  readonly #disk = new Map<string, Promise<string>>();
  #folder: LaunchFolder | undefined;
  #inMemory = 0;
  #onDisk = 0;

  constructor(home: string, limits: UnpackedLimits = usualLimits) {
    this.#home = home;
    this.#limits = limits;
  }

  /**
   * @param key     Tells entries and versions of archives apart.
   * @param handle  The archive; it may be closed after this. `start`: where the entry's data begin in it.
   * @throws HostFault 'unreadable' where it is damaged, 'too-large' where there is no room.
   */
  async open(key: string, place: PackedPlace, handle: FileHandle, start: number): Promise<OpenBytes> {
    if (place.bytes > this.#limits.inMemoryEntryBytes) {
      const file = this.#disk.get(key) ?? keep(this.#disk, key, this.#toDisk(place, handle, start));
      return within(await open(await file, 'r'), 0, place.bytes);
    }
    const known = this.#memory.get(key);
    this.#memory.delete(key);
    const entry = known ?? { bytes: inflateWhole(place, handle, start), size: place.bytes };
    this.#memory.set(key, entry);
    if (known === undefined) this.#inMemory += entry.size;
    for (const [oldest, { size }] of this.#memory) {
      if (this.#inMemory <= this.#limits.inMemoryBytes || oldest === key) break;
      this.#memory.delete(oldest);
      this.#inMemory -= size;
    }
    try {
      return inMemory(await entry.bytes);
    } catch (error) {
      if (this.#memory.get(key) === entry) {
        this.#memory.delete(key);
        this.#inMemory -= entry.size;
      }
      throw error;
    }
  }

  async close(): Promise<void> {
    this.#memory.clear();
    this.#disk.clear();
    await this.#folder?.remove();
  }

  /** For the end of a process without a close. */
  closeNow(): void {
    this.#folder?.removeNow();
  }

  async #toDisk(place: PackedPlace, handle: FileHandle, start: number): Promise<string> {
    if (this.#onDisk + place.bytes > this.#limits.onDiskBytes)
      fault('too-large', 'Too much would have to be unpacked.', { remedy: 'Unpack the archive and open its folder.' });
    this.#onDisk += place.bytes;
    this.#folder ??= new LaunchFolder(this.#home, 'unpacked');
    const file = path.join(this.#folder.made(), randomBytes(8).toString('hex'));
    try {
      const out = await open(file, 'wx', 0o600);
      try {
        await inflateTo(out, place, handle, start);
      } finally {
        await out.close();
      }
    } catch (error) {
      this.#onDisk -= place.bytes;
      await rm(file, { force: true });
      if (systemCode(error) === 'ENOSPC') fault('too-large', 'The disk is full.', { remedy: 'Free some space.' });
      throw error;
    }
    return file;
  }
}

/** Keeps a promise until it fails. */
function keep<T>(kept: Map<string, Promise<T>>, key: string, promise: Promise<T>): Promise<T> {
  kept.set(key, promise);
  promise.catch(() => kept.delete(key));
  return promise;
}

function inMemory(bytes: Uint8Array): OpenBytes {
  return {
    size: bytes.length,
    read: (into, at, length, position) => {
      const piece = bytes.subarray(position, position + length);
      into.set(piece, at);
      return Promise.resolve(piece.length);
    },
    close: () => Promise.resolve(),
  };
}

const inflateAtOnce = promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw);

async function inflateWhole(
  { bytes, packedBytes }: PackedPlace,
  handle: FileHandle,
  start: number,
): Promise<Uint8Array> {
  // Deflate never adds more than a few bytes in a thousand.
  if (packedBytes > bytes + bytes / 100 + 4096) damaged();
  const packed = Buffer.allocUnsafe(packedBytes);
  const got = await within(handle, start, packedBytes).read(packed, 0, packedBytes, 0);
  const unpacked = await inflateAtOnce(packed.subarray(0, got), { maxOutputLength: Math.max(1, bytes) }).catch(damaged);
  return unpacked.length === bytes ? unpacked : damaged();
}

/** Unpacks into a file, in pieces. @throws HostFault 'unreadable' for more, fewer or rubbish; the system's error. */
async function inflateTo(
  out: FileHandle,
  { bytes, packedBytes }: PackedPlace,
  handle: FileHandle,
  start: number,
): Promise<void> {
  let done = 0;
  const packed = handle.createReadStream({ start, end: start + packedBytes - 1, autoClose: false });
  const inflating = createInflateRaw({ chunkSize: 256 * 1024 });
  packed.on('error', (error) => inflating.destroy(error));
  try {
    for await (const piece of packed.pipe(inflating)) {
      if (!(piece instanceof Uint8Array) || done + piece.length > bytes) damaged();
      await out.write(piece, 0, piece.length, done);
      done += piece.length;
    }
  } catch (error) {
    if ((systemCode(error) ?? '').startsWith('Z_')) damaged();
    throw error;
  } finally {
    packed.destroy();
    inflating.destroy();
  }
  if (done !== bytes) damaged();
}

function damaged(): never {
  return fault('unreadable', 'It is damaged in its archive: it cannot be unpacked.');
}

let ofProcess: Unpacked | undefined;
/** The unpacked entries of a process without a host (the command line); what went to the disk goes at its end. */
export function processUnpacked(): Unpacked {
  if (ofProcess === undefined) {
    const unpacked = new Unpacked(homeFolder());
    ofProcess = unpacked;
    process.once('exit', () => unpacked.closeNow());
  }
  return ofProcess;
}
