import { readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Skipped } from '../contract/index.ts';
import { readDirectory, type ListedFile } from '../dicom/index.ts';
import { leadsOutside } from './archive.ts';
import { diskPath } from './fileSource.ts';
import { isUnder, type NamedFile } from './grants.ts';
import { openHead } from './headBytes.ts';

/** A table of contents met in a scan. */
export interface FoundIndex {
  readonly file: NamedFile;
  /**
   * 'chosen': the person named it, so what it lists is to be opened. Else what it lists is met by itself or is missing:
   * in the 'folder' that is walked, or by its name where files are not known by the disk's ('named': archives, uploads).
   */
  readonly kind: 'chosen' | 'folder' | 'named';
}

/** What a scan does with the files that an index lists. */
export interface IndexTaker {
  /** Whether this image was read already. */
  has(sopInstanceUID: string): boolean;
  /** Reads a file, once, whoever asks for it. */
  take(file: NamedFile): void;
  /** Reads a file only if it is this very image; false where it is not. */
  takeImage(file: NamedFile, sopInstanceUID: string): boolean;
  skip(skipped: Skipped): void;
  /** Whether a file of this name was handed over or packed along. */
  isNamed(shown: string): boolean;
}

const largestIndexBytes = 64 * 1024 * 1024;
/** So many missing files are named one by one. */
const mostNamed = 1000;

/**
 * Goes through what a DICOMDIR lists. What lies outside its folder is told ('outside-root') and never opened, what is not
 * there is told. A file that lies in the folder itself under its last name, and is the image that the index means, counts
 * as found: copied discs are often flattened.
 *
 * @yields after each file, so that others get their turn.
 */
export function* followIndex({ file, kind }: FoundIndex, taker: IndexTaker): Generator<void> {
  const listed = readIndex(file);
  if (listed === undefined) {
    taker.skip({ path: file.shown, reason: 'unreadable', message: 'The table of contents is damaged.' });
    return;
  }
  const finder = kind === 'named' ? undefined : new Finder(path.dirname(diskPath(file.path).toString()));
  const place = path.posix.dirname(file.shown);
  let missing = 0;
  const inOrder = [...listed].sort((a, b) => compare(a.parts.join('/'), b.parts.join('/')));
  for (const { parts, sopInstanceUID } of inOrder) {
    yield;
    const name = parts.join('/');
    const found = leadsOutside(name) ? 'outside' : where(name, parts);
    if (found === 'outside') {
      const message = `“${file.shown}” names it, but it lies outside its folder; it was not opened.`;
      taker.skip({ path: name, reason: 'outside-root', message });
    } else if (found !== 'missing') {
      if (kind === 'chosen') taker.take({ path: found, shown: name });
    } else if (!isElsewhere({ parts, sopInstanceUID })) {
      missing += 1;
      if (missing <= mostNamed)
        taker.skip({
          path: shownIn(place, name),
          reason: 'unreadable',
          message: `“${file.shown}” lists it, but it is not there.`,
        });
    }
  }
  if (missing > mostNamed) {
    const message = `It lists ${(missing - mostNamed).toLocaleString('en')} more files that are not there.`;
    taker.skip({ path: file.shown, reason: 'unreadable', message });
  }

  function where(name: string, parts: readonly string[]): string {
    if (finder !== undefined) return finder.find(parts) ?? 'missing';
    return taker.isNamed(shownIn(place, name)) ? 'named' : 'missing';
  }
  function isElsewhere({ parts, sopInstanceUID }: ListedFile): boolean {
    if (sopInstanceUID === '') return false;
    if (taker.has(sopInstanceUID)) return true;
    const last = parts.at(-1) ?? '';
    const flat = kind === 'chosen' ? finder?.find([last]) : undefined;
    if (flat === undefined || flat === 'outside') return false;
    return taker.takeImage({ path: flat, shown: last }, sopInstanceUID);
  }
}

function readIndex(file: NamedFile): readonly ListedFile[] | undefined {
  try {
    const head = openHead(file.path);
    try {
      if (head.size > largestIndexBytes) return undefined;
      const bytes = new Uint8Array(head.size);
      return readDirectory(bytes.subarray(0, head.read(bytes, 0, bytes.length, 0)));
    } finally {
      head.close();
    }
  } catch {
    return undefined;
  }
}

function shownIn(place: string, name: string): string {
  return place === '.' ? name : `${place}/${name}`;
}

/** Finds listed files below a folder: discs are written in capitals, and often read in small letters, or with ';1' behind. */
class Finder {
  readonly #folder: string;
  readonly #listings = new Map<string, Listing>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The real path; 'outside' where links lead out; undefined where there is no such ordinary file. */
  find(parts: readonly string[]): string | undefined {
    let at = this.#folder;
    for (const part of parts) {
      const listing = this.#listing(at);
      if (listing === 'outside') return 'outside';
      const name = listing.get(part) ?? listing.get(plainName(part));
      if (name === undefined) return undefined;
      at = path.join(at, name);
    }
    try {
      const real = realpathSync.native(at);
      if (!isUnder(realpathSync.native(this.#folder), real)) return 'outside';
      return statSync(real).isFile() ? real : undefined;
    } catch {
      return undefined;
    }
  }

  #listing(folder: string): Listing {
    const known = this.#listings.get(folder);
    if (known !== undefined) return known;
    const listing = this.#isInside(folder) ? listingOf(folder) : 'outside';
    this.#listings.set(folder, listing);
    return listing;
  }

  #isInside(folder: string): boolean {
    try {
      return isUnder(realpathSync.native(this.#folder), realpathSync.native(folder));
    } catch {
      // Not there: its listing is empty.
      return true;
    }
  }
}

/** Names as they are, and as they would be on the disc. */
type Listing = ReadonlyMap<string, string> | 'outside';

function listingOf(folder: string): Listing {
  try {
    const names = readdirSync(folder);
    return new Map([
      ...names.map((name) => [plainName(name), name] as const),
      ...names.map((name) => [name, name] as const),
    ]);
  } catch {
    return new Map();
  }
}

/** A name as discs have it. */
export function plainName(name: string): string {
  return name.toUpperCase().replace(/\.?(?:;\d+)?$/, '');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
