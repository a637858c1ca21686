// Folders of some 5,000 distinct images, made from the shared data: real headers, pixels that are holes in the disk.
import { closeSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readInstance } from '../src/dicom/index.ts';

export const sharedData = resolve(process.env['SELDINGER_SHARED'] ?? '../shared', 'data');
export const sets = ['ct-head-141', 'mr-t1-192'] as const;
export const copies = 15;

/**
 * Writes `copies` of each set below `folder`, every image with a SOP Instance UID of its own.
 *
 * @param slices how many slices make a series; Infinity: the set's own
 * @returns how many files were written
 */
export function writeManyFiles(folder: string, slices = Infinity): number {
  let count = 0;
  for (const set of sets) {
    const images = readdirSync(join(sharedData, set)).flatMap((file) => {
      const bytes = readFileSync(join(sharedData, set, file));
      const read = readInstance(bytes, bytes.length, file);
      return read.kind === 'image' ? [{ file, bytes, instance: read.instance }] : [];
    });
    images.sort((a, b) => (a.instance.instanceNumber ?? 0) - (b.instance.instanceNumber ?? 0));
    for (let copy = 0; copy < copies; copy += 1) {
      const below = join(folder, String(copy), set);
      mkdirSync(below, { recursive: true });
      for (const [at, { file, bytes, instance }] of images.entries()) {
        const header = Buffer.from(bytes.subarray(0, instance.pixelData.offset));
        const series = 1000 * copy + (Number.isFinite(slices) ? Math.floor(at / slices) : 0);
        rename(header, instance.sopInstanceUID, String(10_000 * (copy + 10) + at));
        rename(header, instance.seriesInstanceUID, String(100_000 + series));
        const out = openSync(join(below, file), 'w');
        writeSync(out, header);
        ftruncateSync(out, bytes.length);
        closeSync(out);
        count += 1;
      }
    }
  }
  return count;
}

/** Changes the last six digits of the UID wherever it stands. */
function rename(header: Buffer, uid: string, digits: string): void {
  const other = uid.slice(0, -digits.length) + digits;
  for (let at = header.indexOf(uid); at >= 0; at = header.indexOf(uid, at + 1)) header.write(other, at, 'latin1');
}
