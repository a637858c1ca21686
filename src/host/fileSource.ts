/**
 * How the host names the bytes of a file: `Instance.source` and `NamedFile.path`. Mostly an absolute path. A NUL, which no
 * path holds, marks the two other forms: a path whose bytes are no UTF-8, and an entry of an archive with its place in it,
 * so that whoever is handed the name can read the entry without reading the archive's table again.
 */

/** A file within a ZIP. */
export interface PackedPlace {
  /** Path of the archive, as a source. */
  readonly archive: string;
  /** Its name in the archive. */
  readonly name: string;
  /** Of its local header in the archive. */
  readonly headerOffset: number;
  /** Bytes in the archive, and when unpacked, as the archive's table has them. */
  readonly packedBytes: number;
  readonly bytes: number;
  readonly deflated: boolean;
}

const separator = '\0';
const rawMark = '\0raw:';

export function packedSource({ archive, name, headerOffset, packedBytes, bytes, deflated }: PackedPlace): string {
  return [archive, name, headerOffset, packedBytes, bytes, deflated ? 8 : 0].join(separator);
}

/** The place in an archive, or undefined for a file of its own. */
export function packedPlace(source: string): PackedPlace | undefined {
  const [name, headerOffset, packedBytes, bytes, method] = source.slice(archiveLength(source) + 1).split(separator);
  if (name === undefined || method === undefined) return undefined;
  return {
    archive: source.slice(0, archiveLength(source)),
    name,
    headerOffset: Number(headerOffset),
    packedBytes: Number(packedBytes),
    bytes: Number(bytes),
    deflated: method === '8',
  };
}

/** The source of the file on the disk: of the archive itself for what lies in one. */
export function fileOnDisk(source: string): string {
  return source.slice(0, archiveLength(source));
}

/** What the system's calls take for the file on the disk. */
export function diskPath(source: string): string | Buffer {
  const file = fileOnDisk(source);
  return file.startsWith(rawMark) ? Buffer.from(file.slice(rawMark.length), 'hex') : file;
}

/** The source of a path given as bytes: the path itself where it is UTF-8. */
export function sourceOfBytes(path: Buffer): string {
  const text = path.toString('utf8');
  return Buffer.from(text, 'utf8').equals(path) ? text : rawMark + path.toString('hex');
}

function archiveLength(source: string): number {
  const end = source.indexOf(separator, source.startsWith(rawMark) ? rawMark.length : 0);
  return end < 0 ? source.length : end;
}
