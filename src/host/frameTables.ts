import { locateFrames, type FrameLocation, type ReadBytes } from '../pixels/index.ts';
import type { Instance } from '../dicom/index.ts';
import type { OpenBytes } from './byteWindow.ts';
import { HostFault, systemCode } from './fault.ts';

/** For each frame, from the first, where it lies in the file; null where the file ends before it. */
export type FrameTable = readonly (FrameLocation | null)[];

/** Pieces kept in all; one costs some tens of bytes. */
const usualMostPieces = 200_000;

/** Where the frames of files lie. Finding out costs a walk over the fragments of compressed data, so it is remembered. */
export class FrameTables {
  readonly #tables = new Map<string, { readonly table: Promise<FrameTable>; pieces: number }>();
  readonly #most: number;
  #pieces = 0;

  constructor(mostPieces = usualMostPieces) {
    this.#most = mostPieces;
  }

  /** @throws HostFault 'unreadable' where the file does not hold what its header says. */
  of(path: string, instance: Instance, bytes: OpenBytes): Promise<FrameTable> {
    const known = this.#tables.get(path);
    if (known !== undefined) {
      // Put last again: a Map is in the order of insertion, and the first goes first.
      this.#tables.delete(path);
      this.#tables.set(path, known);
      return known.table;
    }
    const entry = { table: located(readFrom(bytes), instance), pieces: 0 };
    this.#tables.set(path, entry);
    entry.table.then(
      (table) => {
        if (this.#tables.get(path) !== entry) return;
        entry.pieces = table.reduce((sum, place) => sum + (place?.pieces.length ?? 0), 0);
        this.#pieces += entry.pieces;
        this.#trim();
      },
      () => {
        if (this.#tables.get(path) === entry) this.#tables.delete(path);
      },
    );
    return entry.table;
  }

  #trim(): void {
    for (const [path, entry] of this.#tables) {
      if (this.#pieces <= this.#most || this.#tables.size <= 1) return;
      this.#tables.delete(path);
      this.#pieces -= entry.pieces;
    }
  }
}

/** Reads of a file by position, as `src/pixels` wants them. */
export function readFrom(file: OpenBytes): ReadBytes {
  return async (offset, length) => {
    const there = Math.max(0, Math.min(length, file.size - offset));
    const bytes = Buffer.allocUnsafeSlow(there);
    return bytes.subarray(0, await file.read(bytes, 0, there, offset));
  };
}

/** What `src/pixels` throws is a sentence about the file; it becomes data. */
export function pixelFault(error: unknown): unknown {
  if (error instanceof HostFault || !(error instanceof Error) || systemCode(error) !== undefined) return error;
  return new HostFault({ code: 'unreadable', say: error.message });
}

async function located(read: ReadBytes, instance: Instance): Promise<FrameTable> {
  try {
    return await locateFrames(read, instance);
  } catch (error) {
    throw pixelFault(error);
  }
}
