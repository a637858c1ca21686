import type { Instance } from '../dicom/index.ts';
import type { Note } from '../quantity/index.ts';
import type { NamedFile } from './grants.ts';
import { openHead, type HeadBytes } from './headBytes.ts';

/** Two files that claim to be the same image; `instance` is the second's, which is not used. */
export interface Copies {
  readonly first: NamedFile;
  readonly second: NamedFile;
  readonly firstInstance: Instance;
  readonly secondInstance: Instance;
}

/** So much is compared byte by byte; of what goes beyond, only the beginning, middle and end. */
const wholeBudgetBytes = 256 * 1024 * 1024;
const pieceBytes = 256 * 1024;

/** Finds copies whose stored pixels differ, and what to say of them. `rest`: called between files; may throw to stop. */
export async function conflictsAmong(
  copies: readonly Copies[],
  rest: () => Promise<void>,
): Promise<{ readonly instance: Instance; readonly note: Note }[]> {
  const conflicts: { instance: Instance; note: Note }[] = [];
  let budget = wholeBudgetBytes;
  for (const [index, copy] of copies.entries()) {
    if (index % 8 === 7) await rest();
    const compared = pixelsDiffer(copy, budget);
    budget -= compared.bytes;
    if (!compared.differ) continue;
    conflicts.push({
      instance: copy.firstInstance,
      note: {
        code: 'conflicting-copy',
        message: `“${copy.second.shown}” claims to be the same image as “${copy.first.shown}” but its pixels differ; the latter is used.`,
      },
    });
  }
  return conflicts;
}

function pixelsDiffer(copy: Copies, budget: number): { readonly differ: boolean; readonly bytes: number } {
  const { firstInstance: a, secondInstance: b } = copy;
  // Different encodings of one image are no conflict that bytes could show.
  if (a.transferSyntaxUID !== b.transferSyntaxUID) return { differ: false, bytes: 0 };
  let first: HeadBytes | undefined;
  let second: HeadBytes | undefined;
  try {
    first = openHead(copy.first.path);
    second = openHead(copy.second.path);
    if (first.identity !== undefined && first.identity === second.identity) return { differ: false, bytes: 0 };
    const lengthA = a.pixelData.length ?? first.size - a.pixelData.offset;
    const lengthB = b.pixelData.length ?? second.size - b.pixelData.offset;
    // Encapsulated data may be followed by padding of another length, so only defined lengths are compared.
    if (lengthA !== lengthB && !a.pixelData.encapsulated) return { differ: true, bytes: 0 };
    const length = Math.min(lengthA, lengthB);
    const starts =
      budget >= length ? everyPiece(length) : [0, Math.floor(length / 2), Math.max(0, length - pieceBytes)];
    const bufferA = Buffer.alloc(pieceBytes);
    const bufferB = Buffer.alloc(pieceBytes);
    let bytes = 0;
    for (const start of starts) {
      const size = Math.min(pieceBytes, length - start);
      const gotA = first.read(bufferA, 0, size, a.pixelData.offset + start);
      const gotB = second.read(bufferB, 0, size, b.pixelData.offset + start);
      bytes += size;
      if (gotA !== gotB || bufferA.compare(bufferB, 0, gotB, 0, gotA) !== 0) return { differ: true, bytes };
    }
    return { differ: false, bytes };
  } catch {
    // What cannot be read now is told when it is asked for.
    return { differ: false, bytes: 0 };
  } finally {
    first?.close();
    second?.close();
  }
}

function everyPiece(length: number): number[] {
  return Array.from({ length: Math.ceil(length / pieceBytes) }, (_, index) => index * pieceBytes);
}
