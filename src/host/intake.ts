import type { Skipped } from '../contract/index.ts';
import type { DoseReport, Instance } from '../dicom/index.ts';
import type { Copies } from './copies.ts';
import type { NamedFile } from './grants.ts';
import { HeadReader } from './headReader.ts';
import { SeriesAssembly } from './seriesAssembly.ts';

/** What taking a file leaves to do: nothing, walking an archive, or reading a table of contents. */
export type Taken = 'file' | 'archive' | 'index';

interface Found {
  readonly file: NamedFile;
  readonly instance: Instance;
  readonly identity: string | undefined;
}

/** Everything that a scan has read: images by series, what was passed over, and copies of one image. */
export class Intake {
  readonly assembly = new SeriesAssembly();
  readonly skipped: Skipped[] = [];
  readonly copies: Copies[] = [];
  /** By their SOP Instance UIDs. */
  readonly doses = new Map<string, DoseReport>();
  filesFound = 0;
  filesRead = 0;
  readonly #reader = new HeadReader();
  readonly #firstOf = new Map<string, Found>();

  /** Reads a file's head. Of two files that are one image the first stays. */
  take(file: NamedFile): Taken {
    this.filesRead += 1;
    const answer = this.#reader.read(file);
    if ('archive' in answer) return 'archive';
    if ('skipped' in answer) {
      this.skipped.push(answer.skipped);
      if (answer.dose !== undefined) this.doses.set(answer.dose.sopInstanceUID, answer.dose);
      return answer.index === true ? 'index' : 'file';
    }
    this.#keep({ file, ...answer });
    return 'file';
  }

  /** Reads a file only if it is this very image. False: it is not, and nothing is kept of it. */
  takeImage(file: NamedFile, sopInstanceUID: string): boolean {
    const answer = this.#reader.read(file);
    if (!('instance' in answer) || answer.instance.sopInstanceUID !== sopInstanceUID) return false;
    this.filesRead += 1;
    this.#keep({ file, ...answer });
    return true;
  }

  has(sopInstanceUID: string): boolean {
    return this.#firstOf.has(sopInstanceUID);
  }

  #keep(found: Found): void {
    const { file, instance } = found;
    const first = this.#firstOf.get(instance.sopInstanceUID);
    if (first === undefined) {
      this.#firstOf.set(instance.sopInstanceUID, found);
      this.assembly.add(instance, file.shown);
      return;
    }
    // One file under two names is not compared with itself.
    if (found.identity === undefined || found.identity !== first.identity)
      this.copies.push({ first: first.file, firstInstance: first.instance, second: file, secondInstance: instance });
    this.skipped.push({
      path: file.shown,
      reason: 'duplicate',
      message: `The same image as “${first.file.shown}”, which is used.`,
    });
  }
}
