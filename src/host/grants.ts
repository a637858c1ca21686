import { randomBytes } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Instance } from '../dicom/index.ts';
import type { Source } from '../contract/index.ts';
import { fault, HostFault, readingTrouble, systemCode } from './fault.ts';
import { diskPath, fileOnDisk, packedPlace, sourceOfBytes } from './fileSource.ts';

/** One file to be read, as a source (fileSource.ts), and the name under which a person knows it. */
export interface NamedFile {
  readonly path: string;
  readonly shown: string;
}

/** What stands behind a source's token. */
export interface Grant {
  readonly source: Source;
  /** Real paths that the person chose; files are read only at or below them. */
  readonly roots: readonly string[];
  /** The same as chosen, to be walked; or the files of an upload with their names. */
  readonly read: { readonly paths: readonly string[] } | { readonly files: readonly NamedFile[] };
  /** Whether it may be offered again after this launch. */
  readonly lasting: boolean;
}

interface GrantedFile {
  readonly path: string;
  readonly root: string;
  readonly instance: Instance;
}

/** A random name that says nothing and cannot be guessed: 128 bits, URL-safe. */
export function opaqueToken(): string {
  return randomBytes(16).toString('base64url');
}

/** Whether `inner` is `root` or lies below it; both must be real paths. */
export function isUnder(root: string, inner: string): boolean {
  if (inner === root) return true;
  const relative = path.relative(root, inner);
  return relative !== '' && relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

export function isPlanName(name: string): boolean {
  return name.toLowerCase().endsWith('.plan.json');
}

/**
 * The table of what the person has chosen in this launch. Tokens are random and known to this launch alone;
 * a path never leaves it, and a token never leads outside what was chosen.
 */
export class Grants {
  readonly #sources = new Map<string, Grant>();
  readonly #files = new Map<string, GrantedFile>();
  readonly #tokens = new Map<string, string>();

  /**
   * Grants a file or folder that the person chose.
   * @throws HostFault 'not-found' or 'unreadable'.
   */
  grantPath(chosen: string, lasting = true): Source {
    const { real, kind } = examine(chosen);
    for (const { source, roots, read } of this.#sources.values()) {
      if (roots.length === 1 && roots[0] === real && source.kind === kind && 'paths' in read) return source;
    }
    return this.#add({ label: labelOf(chosen), kind, roots: [real], read: { paths: [chosen] }, lasting });
  }

  /** Grants several files and folders as one source. */
  grantPaths(chosen: readonly string[], lasting = true): Source {
    const [first] = chosen;
    if (first === undefined) fault('bad-request', 'Nothing was chosen.');
    if (chosen.length === 1) return this.grantPath(first, lasting);
    const roots = chosen.map((one) => examine(one).real);
    return this.#add({
      label: `${labelOf(first)} and ${chosen.length - 1} more`,
      kind: 'files',
      roots,
      read: { paths: chosen },
      lasting,
    });
  }

  /** Grants uploaded files: their place on the disk, and their names as the person knows them. */
  grantUpload(label: string, kind: 'folder' | 'files', folder: string, files: readonly NamedFile[]): Source {
    return this.#add({ label, kind, roots: [realpathSync(folder)], read: { files }, lasting: false });
  }

  /** Grants a plan met in a scan of `from`: in place, or, of an upload or an archive, to be read only. */
  grantPlanFound(file: NamedFile, from: readonly Grant[]): Source {
    const uploaded = from.some(({ read }) => 'files' in read && read.files.some((one) => one.path === file.path));
    if (!uploaded && fileOnDisk(file.path) === file.path) return this.grantPath(file.path);
    return this.#add({
      label: path.posix.basename(file.shown),
      kind: 'plan',
      roots: [realpathSync(fileOnDisk(file.path))],
      read: { files: [file] },
      lasting: false,
    });
  }

  /** Grants a place where a plan is to be written; it need not exist yet. */
  grantPlanTarget(chosen: string): Source {
    const folder = realpathSync(path.dirname(path.resolve(chosen)));
    return this.#add({
      label: labelOf(chosen),
      kind: 'plan',
      roots: [path.join(folder, path.basename(chosen))],
      read: { paths: [chosen] },
      lasting: true,
    });
  }

  #add(grant: { label: string; kind: Source['kind'] } & Omit<Grant, 'source'>): Source {
    const { label, kind, roots, read, lasting } = grant;
    const source = { id: opaqueToken(), label, kind };
    this.#sources.set(source.id, { source, roots, read, lasting });
    return source;
  }

  /** @throws HostFault 'not-found' for a token that this launch did not give. */
  source(id: string): Grant {
    return (
      this.#sources.get(id) ??
      fault('not-found', 'This source is not known in this launch.', { remedy: 'Open the folder again.' })
    );
  }

  /** The token by which the window asks for the frames of a file found in one of `roots`. The same file keeps its token. */
  tokenOf(instance: Instance, roots: readonly string[]): string {
    const known = this.#tokens.get(instance.source);
    const token = known ?? opaqueToken();
    // Not checked here: what is read is checked when it is read, since a link may be changed in between.
    this.#files.set(token, { path: instance.source, root: rootOf(instance.source, roots), instance });
    if (known === undefined) this.#tokens.set(instance.source, token);
    return token;
  }

  /** What the scan found behind a token, without a look at the disk. */
  instance(token: string): Instance | undefined {
    return this.#files.get(token)?.instance;
  }

  /**
   * The file behind a token, as found by the scan, with the real path to read.
   * @throws HostFault 'not-found', or 'outside-root' when a link now leads out of what was chosen.
   */
  file(token: string): { readonly path: string; readonly instance: Instance } {
    const file =
      this.#files.get(token) ??
      fault('not-found', 'This image is not known in this launch.', { remedy: 'Open the folder again.' });
    return { path: realFileUnder(file.path, [file.root]), instance: file.instance };
  }
}

/**
 * The source of a file that must really lie at or below one of the roots (real paths): its real path, or its place in an
 * archive that does.
 * @throws HostFault 'outside-root' or 'unreadable'.
 */
export function realFileUnder(source: string, roots: readonly string[]): string {
  const file = packedPlace(source)?.name ?? path.basename(diskPath(source).toString());
  let real: Buffer;
  try {
    real = realpathSync.native(diskPath(source), 'buffer');
  } catch (error) {
    return fault('unreadable', readingTrouble(error), { file });
  }
  if (!roots.some((root) => isUnder(root, real.toString('utf8'))))
    fault('outside-root', 'The file leads outside the folder that was opened.', { file });
  return sourceOfBytes(real) + source.slice(fileOnDisk(source).length);
}

function rootOf(source: string, roots: readonly string[]): string {
  if (roots.length === 1 && roots[0] !== undefined) return roots[0];
  try {
    const real = realpathSync.native(diskPath(source), 'buffer').toString('utf8');
    return roots.find((root) => isUnder(root, real)) ?? fileOnDisk(source);
  } catch {
    return fileOnDisk(source);
  }
}

function labelOf(chosen: string): string {
  return path.basename(path.resolve(chosen)) || 'Disk';
}

function examine(chosen: string): { real: string; kind: Source['kind'] } {
  if (chosen.includes('\0')) fault('bad-request', 'A file name cannot hold a NUL character.');
  try {
    const real = realpathSync.native(chosen);
    const stat = statSync(real);
    // Opening a pipe would wait for someone to write into it.
    if (!stat.isDirectory() && !stat.isFile()) fault('unreadable', `“${labelOf(chosen)}” is no ordinary file.`);
    const kind = stat.isDirectory() ? 'folder' : isPlanName(chosen) ? 'plan' : 'files';
    return { real, kind };
  } catch (error) {
    if (error instanceof HostFault) throw error;
    const code = systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR' ? 'not-found' : 'unreadable';
    const say =
      code === 'not-found'
        ? `“${labelOf(chosen)}” is not there.`
        : `“${labelOf(chosen)}” cannot be read: ${readingTrouble(error)}`;
    return fault(code, say, { file: labelOf(chosen) });
  }
}
