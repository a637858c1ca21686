import type { FileHandle } from 'node:fs/promises';
import type { Instance } from '../dicom/index.ts';
import { fault } from './fault.ts';

/** A piece of a file, in bytes from its beginning. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}
/** For each frame, from the first, the pieces of the file that hold it, in order. */
export type FrameTable = readonly (readonly ByteRange[])[];

/** Entries (pieces) kept in all; a piece costs some tens of bytes. */
const mostPieces = 200_000;

/** Where the frames of files lie. Finding out costs a walk over the fragments of compressed data, so it is remembered. */
export class FrameTables {
  readonly #tables = new Map<string, { readonly table: Promise<FrameTable>; pieces: number }>();
  #pieces = 0;

  /** @throws HostFault 'unreadable' where the file does not hold what its header says. */
  of(path: string, instance: Instance, handle: FileHandle): Promise<FrameTable> {
    const known = this.#tables.get(path);
    if (known !== undefined) {
      // Put last again: a Map is in the order of insertion, and the first goes first.
      this.#tables.delete(path);
      this.#tables.set(path, known);
      return known.table;
    }
    const entry = { table: find(instance, handle), pieces: 0 };
    this.#tables.set(path, entry);
    entry.table.then(
      (table) => {
        if (this.#tables.get(path) !== entry) return;
        entry.pieces = table.reduce((sum, parts) => sum + parts.length, 0);
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
      if (this.#pieces <= mostPieces || this.#tables.size <= 1) return;
      this.#tables.delete(path);
      this.#pieces -= entry.pieces;
    }
  }
}

async function find(instance: Instance, handle: FileHandle): Promise<FrameTable> {
  const { pixel, pixelData, frames } = instance;
  if (pixelData.encapsulated) return fault('unsupported', 'Compressed frames cannot be read yet.');
  const { size } = await handle.stat();
  const length = (pixel.rows * pixel.columns * pixel.samplesPerPixel * pixel.bitsAllocated) / 8;
  if (pixelData.offset + length > size) return fault('unreadable', 'The file ends before its pixels do.');
  return Array.from({ length: frames }, (_, index) => [{ offset: pixelData.offset + index * length, length }]);
}
