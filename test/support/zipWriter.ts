import { crc32, deflateRawSync } from 'node:zlib';

/** One entry of a ZIP made by hand, so that wrong ones can be made as well. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array | string;
  /** 8: deflated (default), 0: stored; another number is only claimed. */
  readonly method?: number;
  /** What the table says of the unpacked size, where it lies. */
  readonly claimedBytes?: number;
  /** Bit 0: encrypted, bit 11: name in UTF-8 (set where not given). */
  readonly flags?: number;
  /** How often the table lists it: its files then overlap. */
  readonly lines?: number;
  /** Unix mode, as of a symbolic link (0o120777). */
  readonly mode?: number;
}

/** @returns the archive's bytes. */
export function writeZip(entries: readonly ZipEntry[]): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = [];
  const table: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const plain = Buffer.from(entry.bytes);
    const method = entry.method ?? 8;
    const packed = method === 8 ? deflateRawSync(plain) : plain;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    fields(local, 4);
    local.writeUInt16LE(name.length, 26);
    const line = Buffer.alloc(46);
    line.writeUInt32LE(0x02014b50, 0);
    line.writeUInt16LE((3 << 8) | 20, 4);
    fields(line, 6);
    line.writeUInt16LE(name.length, 28);
    line.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 38);
    line.writeUInt32LE(at, 42);
    parts.push(local, name, packed);
    for (let again = 0; again < (entry.lines ?? 1); again += 1) table.push(line, name);
    at += 30 + name.length + packed.length;

    function fields(into: Buffer, from: number): void {
      into.writeUInt16LE(20, from);
      into.writeUInt16LE(entry.flags ?? 0x800, from + 2);
      into.writeUInt16LE(method, from + 4);
      into.writeUInt32LE(crc32(plain), from + 10);
      into.writeUInt32LE(packed.length, from + 14);
      into.writeUInt32LE(entry.claimedBytes ?? plain.length, from + 18);
    }
  }
  const tableBytes = Buffer.concat(table);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(table.length / 2, 8);
  end.writeUInt16LE(table.length / 2, 10);
  end.writeUInt32LE(tableBytes.length, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...parts, tableBytes, end]));
}
