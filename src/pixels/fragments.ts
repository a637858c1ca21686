import type { Instance } from '../dicom/index.ts';
import type { ReadBytes } from './types.ts';

export interface Fragment {
  /** Of its item tag, from the first fragment's item tag, as offset tables count. */
  readonly itemOffset: number;
  /** Of its first byte, and bytes, in the file. */
  readonly offset: number;
  readonly length: number;
}

const RLE = '1.2.840.10008.1.2.5';

/**
 * Which fragments make which frame. As many fragments as frames: one each, whatever a table says. Else the extended
 * table, the basic table, each only where it agrees with the fragments; else the marks by which codestreams begin and end.
 *
 * @throws (rejects) Error with a sentence where none of them gives as many frames as the header says.
 */
export async function groupFragments(
  read: ReadBytes,
  fragments: readonly Fragment[],
  basicTable: readonly number[],
  instance: Instance,
): Promise<Fragment[][]> {
  const { frames, pixelData } = instance;
  if (fragments.length === 0) throw new Error('The file ends before its first picture.');
  const tables = [pixelData.extendedOffsets, basicTable].filter(
    (table): table is readonly number[] => table?.length === frames && frames > 1,
  );
  if (fragments.length === frames) return fragments.map((fragment) => [fragment]);
  if (frames === 1) return [[...fragments]];
  for (const table of tables) {
    const groups = byTable(fragments, table);
    if (groups !== undefined) return groups;
  }
  const starts = await Promise.all(
    fragments.map((fragment) => beginsFrame(read, fragment, instance.transferSyntaxUID)),
  );
  const byStarts = groupAt(fragments, starts);
  if (byStarts.length === frames) return byStarts;
  const ends = await Promise.all(fragments.map((fragment) => endsFrame(read, fragment)));
  const byEnds = groupAt(fragments, [true, ...ends.slice(0, -1)]);
  if (byEnds.length === frames) return byEnds;
  if (fragments.length < frames) return fragments.map((fragment) => [fragment]);
  throw new Error(
    `The ${fragments.length} pieces of the pixel data cannot be told apart into ${frames} pictures: ` +
      'the offset table is missing or wrong.',
  );
}

/** undefined where an offset does not meet a fragment, or the offsets do not ascend. Frames past the file's end stay empty. */
function byTable(fragments: readonly Fragment[], table: readonly number[]): Fragment[][] | undefined {
  const index = new Map(fragments.map(({ itemOffset }, i) => [itemOffset, i]));
  const last = fragments.at(-1);
  const end = last === undefined ? 0 : last.itemOffset + 8 + last.length;
  let before = -1;
  const firsts: number[] = [];
  for (const offset of table) {
    if (offset <= before) return undefined;
    before = offset;
    const at = index.get(offset) ?? (offset >= end ? fragments.length : undefined);
    if (at === undefined) return undefined;
    firsts.push(at);
  }
  if (firsts[0] !== 0) return undefined;
  return firsts.map((at, i) => fragments.slice(at, firsts[i + 1] ?? fragments.length));
}

function groupAt(fragments: readonly Fragment[], starts: readonly boolean[]): Fragment[][] {
  const groups: Fragment[][] = [];
  fragments.forEach((fragment, i) => {
    if (starts[i] === true || groups.length === 0) groups.push([fragment]);
    else groups.at(-1)?.push(fragment);
  });
  return groups;
}

/** JPEG and JPEG-LS begin with SOI and a marker, JPEG 2000 with SOC SIZ, RLE with its count of segments and offset 64. */
async function beginsFrame(read: ReadBytes, { offset, length }: Fragment, syntax: string): Promise<boolean> {
  const b = await read(offset, Math.min(8, length));
  if (syntax === RLE)
    return (b[0] ?? 0) >= 1 && (b[0] ?? 0) <= 15 && b[1] === 0 && b[2] === 0 && b[3] === 0 && b[4] === 64;
  if (b[0] === 0xff && b[1] === 0xd8 && b[2] === 0xff) return true;
  return b[0] === 0xff && b[1] === 0x4f && b[2] === 0xff && b[3] === 0x51;
}

/** EOI of JPEG and JPEG-LS, EOC of JPEG 2000: FF D9, perhaps padded. */
async function endsFrame(read: ReadBytes, { offset, length }: Fragment): Promise<boolean> {
  const size = Math.min(4, length);
  const b = await read(offset + length - size, size);
  let i = b.length - 1;
  while (i > 1 && b[i] === 0) i -= 1;
  return b[i - 1] === 0xff && b[i] === 0xd9;
}
