import dicomParser from 'dicom-parser';

/** The storage class of DICOMDIR, by which it is known whatever it is called. */
export const DICOMDIR_CLASS = '1.2.840.10008.1.3.10';

/** A file that a DICOMDIR lists: parts of its name, from the folder that the DICOMDIR lies in; not to be trusted. */
export interface ListedFile {
  readonly parts: readonly string[];
  /** Of the instance that should be in it; '' where the record does not say. */
  readonly sopInstanceUID: string;
}

/** dicom-parser reads all of a file and recurses; a table of more than this is no disc's (50,000 images take some 25 MB). */
const largestBytes = 48 * 2 ** 20;

/**
 * The files that a table of contents (DICOMDIR, PS3.3 F.3) lists, in its order; records out of use are left out.
 *
 * @param bytes  the whole file.
 * @returns undefined where it cannot be read as one. Never throws.
 */
export function readDirectory(bytes: Uint8Array): readonly ListedFile[] | undefined {
  if (bytes.length > largestBytes) return undefined;
  try {
    const records = dicomParser.parseDicom(bytes).elements['x00041220']?.items ?? [];
    return records.flatMap(({ dataSet }) => {
      if (dataSet === undefined) return [];
      const parts = (dataSet.string('x00041500') ?? '').split('\\').map((part) => part.trim());
      const inUse = dataSet.uint16('x00041410') !== 0;
      // Keys of image records mostly hold the UID too; some writers leave out the one that is meant for this.
      const sopInstanceUID = dataSet.string('x00041511') || dataSet.string('x00080018') || '';
      return inUse && parts.some((part) => part !== '') ? [{ parts, sopInstanceUID }] : [];
    });
  } catch {
    return undefined;
  }
}
