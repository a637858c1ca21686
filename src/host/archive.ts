import path from 'node:path';
import type { Skipped } from '../contract/index.ts';
import { readArchiveTable, type ArchiveEntry } from './archiveTable.ts';
import { packedSource } from './fileSource.ts';
import type { NamedFile } from './grants.ts';
import { openHead } from './headBytes.ts';
import { sizeText } from './sizeText.ts';
import type { WalkStep } from './walk.ts';

/** What a ZIP may hold at most: a few bytes can claim to unpack to any size. */
export interface ArchiveLimits {
  readonly entries: number;
  /** Unpacked, of all entries together, and of one packed entry. */
  readonly bytes: number;
  readonly entryBytes: number;
  /** Unpacked over packed size, minded only above `ratioFromBytes`: blank pixels pack a thousandfold. */
  readonly ratio: number;
  readonly ratioFromBytes: number;
}
export const usualArchiveLimits: ArchiveLimits = {
  entries: 100_000,
  bytes: 64 * 1024 ** 3,
  entryBytes: 4 * 1024 ** 3,
  ratio: 100,
  ratioFromBytes: 100_000_000,
};

/** First entries of office documents, Java programs and the like. */
const foreignMarks = new Set(['[Content_Types].xml', 'mimetype', 'META-INF/MANIFEST.MF', 'AndroidManifest.xml']);

type Refusal = Pick<Skipped, 'reason' | 'message'>;

/**
 * Walks a ZIP like a folder, in the order of the names. Nothing is unpacked: names become sources, never paths, so no
 * name can lead anywhere. Names that would lead outside are listed ('outside-root'); entries that are encrypted, packed
 * in another way or beyond the limits are listed with their reason. A damaged table costs the archive, not the scan.
 */
export async function* walkArchive(
  file: NamedFile,
  limits: ArchiveLimits = usualArchiveLimits,
): AsyncGenerator<WalkStep> {
  const table = await readArchiveTable(file.path, limits.entries);
  const refused = refusalOfAll(table.entries, table.count, table.archiveBytes, limits);
  if (refused !== undefined) {
    yield skip(file.shown, refused);
    return;
  }
  if (table.trouble !== undefined) yield skip(file.shown, { reason: 'unreadable', message: table.trouble });
  const files = table.entries
    .filter(({ name }) => !name.endsWith('/'))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  yield { type: 'found', files: files.length };
  for (const entry of files) {
    const step = stepOf(file, entry, limits);
    if (step !== undefined) yield step;
  }
}

function refusalOfAll(
  entries: readonly ArchiveEntry[],
  count: number,
  archiveBytes: number,
  limits: ArchiveLimits,
): Refusal | undefined {
  if (count > limits.entries)
    return {
      reason: 'too-large',
      message: `The archive lists ${count.toLocaleString('en')} files; at most ${limits.entries.toLocaleString('en')} are read.`,
    };
  if (entries.some(({ name }) => foreignMarks.has(name)))
    return { reason: 'not-dicom', message: 'It is a document or a program in the form of an archive.' };
  // What is refused by itself costs itself alone.
  const wanted = entries.filter((entry) => refusalOf(entry, limits) === undefined);
  const bytes = wanted.reduce((sum, entry) => sum + entry.bytes, 0);
  const packed = entries.reduce((sum, entry) => sum + entry.packedBytes, 0);
  if (bytes > limits.bytes)
    return {
      reason: 'too-large',
      message: `The archive would unpack to ${sizeText(bytes)}; at most ${sizeText(limits.bytes)} are read.`,
    };
  if (packed > archiveBytes)
    return { reason: 'too-large', message: 'The archive claims to hold more than its own size: its files overlap.' };
  if (bytes > 10 * limits.ratioFromBytes && bytes > limits.ratio * archiveBytes)
    return {
      reason: 'too-large',
      message: `The archive would unpack to ${sizeText(bytes)}, ${times(bytes, archiveBytes)} its size; it was not opened.`,
    };
  return undefined;
}

function stepOf(file: NamedFile, entry: ArchiveEntry, limits: ArchiveLimits): WalkStep | undefined {
  const { name } = entry;
  if (leadsOutside(name))
    return skip(name.replaceAll('\0', ' '), {
      reason: 'outside-root',
      message: `“${file.shown}” names it, but it would lie outside the archive; it was not opened.`,
    });
  const shown = `${file.shown}!/${name}`;
  const refused = refusalOf(entry, limits);
  if (refused !== undefined) return skip(shown, refused);
  const source = packedSource({ archive: file.path, ...entry, deflated: entry.method === 8 });
  if (!entry.link) return { type: 'file', file: { path: source, shown } };
  // As in a folder: a link to something inside is passed over, since its target is met by itself.
  const target = linkTarget(source);
  if (target === undefined || !leadsOutside(target.startsWith('/') ? target : `${path.posix.dirname(name)}/${target}`))
    return undefined;
  return skip(shown, { reason: 'outside-root', message: 'The link leads outside the archive, and was not followed.' });
}

function refusalOf(
  { encrypted, method, bytes, packedBytes }: ArchiveEntry,
  limits: ArchiveLimits,
): Refusal | undefined {
  if (encrypted)
    return { reason: 'unreadable', message: 'It is encrypted. Unpack the archive with its password first.' };
  if (method !== 0 && method !== 8)
    return {
      reason: 'unreadable',
      message: `It is packed by a method (number ${method}) that is not read. Unpack the archive first.`,
    };
  if (method === 0 && packedBytes !== bytes)
    return { reason: 'unreadable', message: 'The archive gives two sizes for it: it is damaged.' };
  if (bytes > limits.ratioFromBytes && bytes > limits.ratio * packedBytes)
    return {
      reason: 'too-large',
      message: `It would unpack to ${sizeText(bytes)}, ${times(bytes, packedBytes)} its size; it was not opened.`,
    };
  if (method === 8 && bytes > limits.entryBytes)
    return {
      reason: 'too-large',
      message: `It would unpack to ${sizeText(bytes)}; at most ${sizeText(limits.entryBytes)} are read. Unpack the archive first.`,
    };
  return undefined;
}

/** Whether a name, with '/' between its parts, leads out of the place that it is named in, or could be meant to. */
export function leadsOutside(name: string): boolean {
  const normal = path.posix.normalize(name);
  return name.includes('\0') || normal === '..' || /^(?:\.\.\/|\/|[a-z]:)/i.test(normal);
}

function linkTarget(source: string): string | undefined {
  try {
    const bytes = openHead(source);
    try {
      const text = new Uint8Array(4096);
      return new TextDecoder().decode(text.subarray(0, bytes.read(text, 0, text.length, 0)));
    } finally {
      bytes.close();
    }
  } catch {
    return undefined;
  }
}

function times(bytes: number, of: number): string {
  return `${Math.round(bytes / Math.max(1, of)).toLocaleString('en')} times`;
}

function skip(shown: string, why: Refusal): WalkStep {
  return { type: 'skipped', skipped: { path: shown, ...why } };
}
