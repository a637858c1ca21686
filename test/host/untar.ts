import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Unpacks a tar of files, folders and symbolic links (ustar, with pax names) below a folder. */
export function untar(archive: string, folder: string): void {
  const bytes = readFileSync(archive);
  let longName: string | undefined;
  for (let at = 0; at + 512 <= bytes.length;) {
    const header = bytes.subarray(at, at + 512);
    if (header.every((byte) => byte === 0)) return;
    const size = parseInt(text(header, 124, 12), 8) || 0;
    const body = bytes.subarray(at + 512, at + 512 + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    at += 512 + Math.ceil(size / 512) * 512;
    if (kind === 'x') {
      longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(body.toString('utf8'))?.[1];
      continue;
    }
    if (kind === 'L') {
      longName = text(body, 0, body.length);
      continue;
    }
    const target = path.join(folder, longName ?? text(header, 0, 100));
    longName = undefined;
    if (kind === '5') mkdirSync(target, { recursive: true });
    else {
      mkdirSync(path.dirname(target), { recursive: true });
      if (kind === '2') symlinkSync(text(header, 157, 100), target);
      else writeFileSync(target, body);
    }
  }
}

function text(bytes: Uint8Array, from: number, length: number): string {
  const field = Buffer.from(bytes.subarray(from, from + length));
  const end = field.indexOf(0);
  return field.subarray(0, end < 0 ? length : end).toString('utf8');
}
