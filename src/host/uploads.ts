import { mkdirSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { Source } from '../contract/index.ts';
import { fault, systemCode } from './fault.ts';
import { opaqueToken, type Grants, type NamedFile } from './grants.ts';
import { LaunchFolder } from './launchFolder.ts';
import { sizeText } from './sizeText.ts';

/** What a person may hand over in one launch through the browser. */
export interface UploadLimits {
  readonly files: number;
  readonly bytes: number;
}
export const usualUploadLimits: UploadLimits = { files: 50_000, bytes: 32 * 1024 ** 3 };

interface Upload {
  readonly label: string;
  readonly kind: 'folder' | 'files';
  readonly folder: string;
  readonly files: Map<string, { readonly path: string; received: number; busy: boolean }>;
}

/**
 * Files handed over by the browser, kept in a private folder of this launch until it ends. On the disk they bear
 * numbers; their names are only remembered. So no name, however odd, can lead anywhere or clash with another.
 */
export class Uploads {
  readonly #folder: LaunchFolder;
  readonly #limits: UploadLimits;
  readonly #grants: Grants;
  readonly #open = new Map<string, Upload>();
  #bytes = 0;
  #files = 0;

  constructor(home: string, limits: UploadLimits, grants: Grants) {
    this.#folder = new LaunchFolder(home, 'uploads');
    this.#limits = limits;
    this.#grants = grants;
  }

  get limits(): UploadLimits {
    return this.#limits;
  }

  begin(input: {
    readonly label: string;
    readonly kind: 'folder' | 'files';
    readonly files: number;
    readonly bytes: number;
  }): string {
    this.#check(input.files, input.bytes);
    const id = opaqueToken();
    const folder = path.join(this.#folder.made(), String(this.#open.size + 1) + `-${id}`);
    mkdirSync(folder, { mode: 0o700 });
    this.#open.set(id, { label: cleanLabel(input.label), kind: input.kind, folder, files: new Map() });
    return id;
  }

  /**
   * Takes one piece of a file; pieces of one file come in order, `offset` 0 makes it.
   * @returns the bytes of that file received so far.
   * @throws HostFault 'too-large' when the limits are exceeded, whatever was announced.
   */
  async piece(
    input: { readonly upload: string; readonly path: string; readonly offset: number },
    body: AsyncIterable<Uint8Array>,
  ): Promise<number> {
    const upload = this.#known(input.upload);
    const name = shownName(input.path);
    let file = upload.files.get(name);
    if (input.offset === 0) {
      if (file !== undefined) fault('bad-request', `“${name}” was already sent.`);
      this.#check(1, 0);
      this.#files += 1;
      file = {
        path: path.join(upload.folder, String(upload.files.size + 1).padStart(6, '0')),
        received: 0,
        busy: false,
      };
      upload.files.set(name, file);
    }
    if (file === undefined || file.received !== input.offset || file.busy) {
      return fault('bad-request', `The pieces of “${name}” came out of order.`, { remedy: 'Open it again.' });
    }
    file.busy = true;
    let handle: FileHandle | undefined;
    try {
      handle = await open(file.path, input.offset === 0 ? 'wx' : 'r+', 0o600);
      for await (const bytes of body) {
        this.#check(0, bytes.length);
        this.#bytes += bytes.length;
        let written = 0;
        while (written < bytes.length) {
          const step = await handle.write(bytes, written, bytes.length - written, file.received);
          written += step.bytesWritten;
          file.received += step.bytesWritten;
        }
      }
    } catch (error) {
      if (systemCode(error) === 'ENOSPC')
        fault('too-large', 'The disk is full.', { remedy: 'Free some space, or open a smaller folder.' });
      throw error;
    } finally {
      file.busy = false;
      await handle?.close();
    }
    return file.received;
  }

  /** Ends an upload: what came becomes a source to scan; or, cancelled, is removed at once. */
  async end(id: string, cancel: boolean): Promise<Source | null> {
    const upload = this.#known(id);
    this.#open.delete(id);
    if (cancel) {
      for (const file of upload.files.values()) this.#bytes -= file.received;
      this.#files -= upload.files.size;
      await rm(upload.folder, { recursive: true, force: true });
      return null;
    }
    // A folder's own name stands before each of its files' names; messages name them relative to it.
    const top = `${upload.label}/`;
    const inTop = upload.kind === 'folder' && [...upload.files.keys()].every((name) => name.startsWith(top));
    const files: NamedFile[] = [...upload.files].map(([name, file]) => ({
      path: file.path,
      shown: inTop ? name.slice(top.length) : name,
    }));
    return this.#grants.grantUpload(upload.label, upload.kind, upload.folder, files);
  }

  /** Removes everything that was handed over in this launch. */
  async close(): Promise<void> {
    this.#open.clear();
    await this.#folder.remove();
  }

  #known(id: string): Upload {
    return this.#open.get(id) ?? fault('not-found', 'This upload is not known.', { remedy: 'Open it again.' });
  }

  #check(moreFiles: number, moreBytes: number): void {
    const remedy = 'Open a smaller folder, or start Seldinger with the folder’s path: then nothing is copied.';
    if (this.#files + moreFiles > this.#limits.files) {
      fault('too-large', `A browser may hand over ${this.#limits.files.toLocaleString('en')} files at most.`, {
        remedy,
      });
    }
    if (this.#bytes + moreBytes > this.#limits.bytes) {
      fault('too-large', `A browser may hand over ${sizeText(this.#limits.bytes)} at most.`, { remedy });
    }
  }
}

/**
 * The name under which a file is listed. It never becomes a path: '..' and the like are only refused because no
 * browser sends them, so that whoever does is up to something.
 * @throws HostFault 'bad-request'.
 */
export function shownName(sent: string): string {
  if (sent === '' || sent.length > 32_768 || sent.includes('\0'))
    fault('bad-request', 'The file’s name cannot be used.');
  const parts = sent.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.includes('..') || sent.startsWith('/'))
    fault('outside-root', 'The file’s name leads outside its folder.');
  return parts.join('/');
}

function cleanLabel(label: string): string {
  const name =
    label
      .split('/')
      .filter((part) => part !== '')
      .at(-1) ?? '';
  return (
    name
      .replaceAll(/\p{Cc}/gu, ' ')
      .trim()
      .slice(0, 200) || 'Files'
  );
}
