import { DICOMDIR_CLASS, readDoseReport, readInstance, type DoseReport, type Instance } from '../dicom/index.ts';
import type { Skipped } from '../contract/index.ts';
import { HostFault, readingTrouble } from './fault.ts';
import { packedPlace } from './fileSource.ts';
import type { NamedFile } from './grants.ts';
import { openHead, type HeadBytes } from './headBytes.ts';

/** Most headers end well before this; one read of it costs 5 microseconds from the cache. */
const firstReadBytes = 16 * 1024;
/** A header longer than this is no header, and would take seconds and hundreds of megabytes. */
const mostHeadBytes = 128 * 1024 * 1024;
/** What one file needed beyond this is not kept for the next. */
const keptBytes = 4 * 1024 * 1024;

/** What a file turned out to be; passed over as an image it may still be an index or a dose report. `identity`: as HeadBytes has it. `index`: a table of contents (DICOMDIR), which is passed over as an image. */
export type HeadAnswer =
  | { readonly instance: Instance; readonly identity: string | undefined }
  | { readonly skipped: Skipped; readonly index?: true; readonly dose?: DoseReport }
  | { readonly archive: true };

/** Structured reports; those of radiation dose are read. */
const REPORTS = '1.2.840.10008.5.1.4.1.1.88.';
const mostReportBytes = 16 * 1024 * 1024;

/**
 * Reads one file's header with synchronous reads of its head (faster than four other ways: speed.md), never the pixels.
 * The buffer is used again for the next file: `readInstance` keeps no view of it.
 */
export class HeadReader {
  #buffer = new Uint8Array(firstReadBytes);

  read(file: NamedFile): HeadAnswer {
    let bytes: HeadBytes | undefined;
    try {
      bytes = openHead(file.path);
      return this.#answer(file, bytes);
    } catch (error) {
      return error instanceof HostFault
        ? skip(file, error.error.code === 'too-large' ? 'too-large' : 'unreadable', error.error.say)
        : skip(file, 'unreadable', readingTrouble(error));
    } finally {
      bytes?.close();
      if (this.#buffer.length > keptBytes) this.#buffer = new Uint8Array(firstReadBytes);
    }
  }

  #answer(file: NamedFile, bytes: HeadBytes): HeadAnswer {
    const { size } = bytes;
    if (size === 0) return skip(file, 'not-dicom', 'The file is empty.');
    let have = this.#fill(bytes, 0, Math.min(firstReadBytes, size));
    if (isArchive(this.#buffer.subarray(0, have))) {
      if (packedPlace(file.path) === undefined) return { archive: true };
      return skip(file, 'unreadable', 'It is an archive within an archive, which is not opened.');
    }
    for (;;) {
      const answer = readInstance(this.#buffer.subarray(0, have), size, file.path);
      if (answer.kind === 'image') return { instance: answer.instance, identity: bytes.identity };
      if (answer.kind === 'other') {
        const skipped = skip(file, answer.reason, answer.message);
        if (answer.sopClassUID === DICOMDIR_CLASS) return { ...skipped, index: true };
        const dose = answer.sopClassUID?.startsWith(REPORTS) === true ? this.#dose(bytes, have) : undefined;
        return dose === undefined ? skipped : { ...skipped, dose };
      }
      const wanted = Math.min(size, Math.max(answer.bytes, have + 1));
      if (wanted > mostHeadBytes) return skip(file, 'too-large', 'The header is too long to be read.');
      const next = have >= size ? have : this.#fill(bytes, have, wanted);
      if (next === have) return skip(file, 'truncated', 'The file ends inside its header.');
      have = next;
    }
  }

  #dose(bytes: HeadBytes, have: number): DoseReport | undefined {
    for (let held = have; ;) {
      const answer = readDoseReport(this.#buffer.subarray(0, held), bytes.size);
      if (answer.kind === 'report') return answer.report;
      if (answer.kind === 'none' || answer.bytes <= held || answer.bytes > mostReportBytes) return undefined;
      const next = this.#fill(bytes, held, Math.min(bytes.size, answer.bytes));
      if (next === held) return undefined;
      held = next;
    }
  }

  /** Makes the buffer hold the file's first `wanted` bytes, of which it has `have`. Returns how many it holds. */
  #fill(bytes: HeadBytes, have: number, wanted: number): number {
    if (this.#buffer.length < wanted) {
      const larger = new Uint8Array(Math.max(wanted, Math.min(this.#buffer.length * 2, mostHeadBytes)));
      larger.set(this.#buffer.subarray(0, have));
      this.#buffer = larger;
    }
    return have + bytes.read(this.#buffer, have, wanted - have, have);
  }
}

function skip(file: NamedFile, reason: Skipped['reason'], message: string): { readonly skipped: Skipped } {
  return { skipped: { path: file.shown, reason, message } };
}

/** A ZIP begins with an entry, or with its end where it is empty; a DICOM file may begin with anything, but says DICM. */
function isArchive(head: Uint8Array): boolean {
  const [p, k, a, b] = head;
  if (p !== 0x50 || k !== 0x4b || !((a === 3 && b === 4) || (a === 5 && b === 6))) return false;
  return !(head[128] === 0x44 && head[129] === 0x49 && head[130] === 0x43 && head[131] === 0x4d);
}
