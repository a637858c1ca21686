import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import {
  getFileNameLowLevel,
  fromRandomAccessReaderPromise,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import { readingTrouble, systemCode } from './fault.ts';
import { diskPath } from './fileSource.ts';

/** One line of a ZIP's table of contents; nothing of it is to be trusted. */
export interface ArchiveEntry {
  /** With '/' between folders, at its end for a folder. */
  readonly name: string;
  readonly headerOffset: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  /** A symbolic link; its content is where it leads. */
  readonly link: boolean;
}

export interface ArchiveTable {
  /** Of the archive's file. */
  readonly archiveBytes: number;
  /** As many as the table says; more than `entries` holds where it was cut short. */
  readonly count: number;
  readonly entries: readonly ArchiveEntry[];
  /** Why the table could not be read to its end. */
  readonly trouble: string | undefined;
}

/** Reads a ZIP's table of contents, up to `mostEntries` (none at all beyond). Never throws. */
export async function readArchiveTable(source: string, mostEntries: number): Promise<ArchiveTable> {
  const entries: ArchiveEntry[] = [];
  let reader: TableReader | undefined;
  let zip: ZipFile | undefined;
  let trouble: string | undefined;
  try {
    reader = new TableReader(source);
    zip = await fromRandomAccessReaderPromise(reader, reader.size, {
      autoClose: false,
      decodeStrings: false,
      validateEntrySizes: false,
    });
    if (zip.entryCount <= mostEntries) for await (const entry of zip.eachEntry()) entries.push(lineOf(entry));
  } catch (error) {
    trouble = troubleText(error);
  } finally {
    reader?.end();
  }
  return { archiveBytes: reader?.size ?? 0, count: zip?.entryCount ?? 0, entries, trouble };
}

function lineOf(entry: Entry): ArchiveEntry {
  return {
    name: getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false),
    headerOffset: entry.relativeOffsetOfLocalHeader,
    packedBytes: entry.compressedSize,
    bytes: entry.uncompressedSize,
    method: entry.compressionMethod,
    encrypted: entry.isEncrypted(),
    link: entry.versionMadeBy >> 8 === 3 && ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000,
  };
}

function troubleText(error: unknown): string {
  if (systemCode(error) !== undefined) return readingTrouble(error);
  const text = error instanceof Error ? error.message : '';
  if (text.includes('encryption')) return 'The archive is encrypted. Unpack it with its password first.';
  if (text.includes('multi-disk')) return 'The archive is one of several parts, which are not read. Join them first.';
  return 'The archive is damaged: its table of contents cannot be read to its end.';
}

const windowBytes = 64 * 1024;

/** Reads of the table, which lies in one piece: synchronous and from a window, since each entry takes two tiny ones. */
class TableReader extends RandomAccessReader {
  readonly size: number;
  readonly #descriptor: number;
  readonly #window = Buffer.alloc(windowBytes);
  #from = 0;
  #held = 0;

  constructor(source: string) {
    super();
    this.#descriptor = openSync(diskPath(source), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    this.size = fstatSync(this.#descriptor).size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    try {
      this.#copy(buffer, offset, length, position);
    } catch (error) {
      callback(error instanceof Error ? error : new Error('unreadable'));
      return;
    }
    callback(null);
  }

  /** Closes the file. (Not by the library's count of users, which a failed opening leaves wrong.) */
  end(): void {
    closeSync(this.#descriptor);
  }

  #copy(buffer: Buffer, offset: number, length: number, position: number): void {
    let done = 0;
    while (done < length) {
      const at = position + done;
      if (at < this.#from || at >= this.#from + this.#held) {
        this.#held = readSync(this.#descriptor, this.#window, 0, windowBytes, at);
        this.#from = at;
        if (this.#held === 0) throw new Error('unexpected end');
      }
      const from = at - this.#from;
      done += this.#window.copy(buffer, offset + done, from, Math.min(this.#held, from + length - done));
    }
  }
}
