import { nativeFrameBits, type Instance } from '../dicom/index.ts';
import { groupFragments, type Fragment } from './fragments.ts';
import type { FrameLocation, ReadBytes } from './types.ts';

/** How much is read at once while walking from fragment to fragment. */
const WALK_BYTES = 4096;

/**
 * Where each frame lies: computed for native pixels; for compressed ones by walking the fragments' headers and grouping
 * them by the offset tables, or by the codestreams' own marks where the tables are missing or wrong.
 * Deflated files have no such places: see `openFrames`.
 *
 * @returns one entry a frame; null for frames that the file ends before.
 * @throws (rejects) Error with a sentence where the fragments cannot be told apart.
 */
export async function locateFrames(read: ReadBytes, instance: Instance): Promise<(FrameLocation | null)[]> {
  const { pixelData, frames, pixel } = instance;
  if (!pixelData.encapsulated) {
    const bits = nativeFrameBits(pixel);
    return Array.from({ length: frames }, (_, i) => {
      const first = i * bits;
      const offset = Math.floor(first / 8);
      const length = Math.ceil((first + bits) / 8) - offset;
      const place = { pieces: [{ offset: pixelData.offset + offset, length }] };
      return first % 8 === 0 ? place : { ...place, skipBits: first % 8 };
    });
  }
  const { table, fragments } = await walk(read, instance);
  const groups = await groupFragments(read, fragments, table, instance);
  return Array.from({ length: frames }, (_, i) => {
    const group = groups[i];
    return group === undefined || group.length === 0
      ? null
      : { pieces: group.map(({ offset, length }) => ({ offset, length })) };
  });
}

/** All fragments' places, from their item headers; stops where the file does. */
async function walk(read: ReadBytes, instance: Instance): Promise<{ table: number[]; fragments: Fragment[] }> {
  const { offset: start, fileSize, length } = instance.pixelData;
  const end = Math.min(fileSize ?? Infinity, length === null ? Infinity : start + length);
  let window = new Uint8Array(0);
  let windowAt = 0;
  const header = async (at: number) => {
    if (at < windowAt || at + 8 > windowAt + window.length) {
      window = new Uint8Array(await read(at, Math.min(WALK_BYTES, end - at)));
      windowAt = at;
    }
    if (at + 8 > windowAt + window.length) return undefined;
    const view = new DataView(window.buffer, at - windowAt, 8);
    return { tag: view.getUint32(0, true), length: view.getUint32(4, true) };
  };
  const first = await header(start);
  if (first?.tag !== 0xe000fffe) throw new Error('The compressed pixel data do not begin with an item.');
  const tableBytes = first.length > 0 ? await read(start + 8, first.length) : new Uint8Array(0);
  const view = new DataView(tableBytes.buffer, tableBytes.byteOffset, tableBytes.byteLength);
  const table = Array.from({ length: Math.floor(tableBytes.length / 4) }, (_, i) => view.getUint32(4 * i, true));
  const fragments: Fragment[] = [];
  const base = start + 8 + first.length;
  for (let at = base; at + 8 <= end;) {
    const item = await header(at);
    if (item?.tag !== 0xe000fffe || at + 8 + item.length > end) break;
    fragments.push({ itemOffset: at - base, offset: at + 8, length: item.length });
    at += 8 + item.length;
  }
  return { table, fragments };
}
