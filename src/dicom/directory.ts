import { openHeader } from './fileHeader.ts';

/** The storage class of DICOMDIR, by which it is known whatever it is called. */
export const DICOMDIR_CLASS = '1.2.840.10008.1.3.10';

/** A file that a DICOMDIR lists: parts of its name, from the folder that the DICOMDIR lies in; not to be trusted. */
export interface ListedFile {
  readonly parts: readonly string[];
  /** Of the instance that should be in it; '' where the record does not say. */
  readonly sopInstanceUID: string;
}

/**
 * The files that a table of contents (DICOMDIR, PS3.3 F.3) lists, in its order; records out of use are left out.
 *
 * @param bytes  the whole file.
 * @returns undefined where it cannot be read as one. Never throws.
 */
export function readDirectory(bytes: Uint8Array): readonly ListedFile[] | undefined {
  try {
    const opened = openHeader(bytes, bytes.length);
    if (opened.kind !== 'header') return undefined;
    return opened.header.data.items('x00041220').flatMap((record) => {
      const parts = record.values('x00041500');
      const inUse = record.uint16('x00041410') !== 0;
      // Keys of image records mostly hold the UID too; some writers leave out the one that is meant for this.
      const sopInstanceUID = record.text('x00041511') || record.text('x00080018');
      return inUse && parts.some((part) => part !== '') ? [{ parts, sopInstanceUID }] : [];
    });
  } catch {
    return undefined;
  }
}
