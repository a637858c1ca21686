import { copyFile, open, readFile, truncate } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { applyEdit, parseEdit, parsePlan } from '../plan/index.ts';
import type { Edit, Plan } from '../plan/index.ts';
import { writeAtomically } from './atomicFile.ts';

/**
 * One journal file: a line is eight hex digits of CRC-32, a space, JSON. First a snapshot of the plan (with the mark whether
 * it is saved elsewhere), then one line an edit; `n` counts on without a hole. A line counts when it is whole, its
 * sum is right and it follows the one before; what comes after the first line that does not is a torn tail.
 */
export interface Replayed {
  /** null: not one good line. */
  readonly state: State | null;
  /** Bytes of the good lines. */
  readonly goodBytes: number;
  readonly fileBytes: number;
  /** There is more behind the good lines than a torn tail. */
  readonly damaged: boolean;
}
export interface State {
  readonly plan: Plan;
  /** Number of the last edit. */
  readonly n: number;
  readonly saved: boolean;
}

const lineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('snapshot'), n: z.int(), saved: z.boolean(), plan: z.unknown() }),
  z.object({ type: z.literal('edit'), n: z.int(), at: z.string(), edit: z.unknown() }),
]);
type Line = z.input<typeof lineSchema>;

function encode(line: Line): string {
  const json = JSON.stringify(line);
  return `${crc32(json).toString(16).padStart(8, '0')} ${json}\n`;
}

function decode(line: string): z.infer<typeof lineSchema> | undefined {
  const json = line.slice(9);
  if (line[8] !== ' ' || line.slice(0, 8) !== crc32(json).toString(16).padStart(8, '0')) return undefined;
  try {
    return lineSchema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

/** The plan as last committed; null where there is no file. Never fails on what a file holds. */
export async function replay(file: string): Promise<Replayed | null> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
  let state: State | null = null;
  let goodBytes = 0;
  for (;;) {
    const end = bytes.indexOf(10, goodBytes);
    if (end < 0) break;
    const line = decode(bytes.toString('utf8', goodBytes, end));
    const next: State | undefined = line && follow(state, line);
    if (!next) break;
    state = next;
    goodBytes = end + 1;
  }
  // A torn tail is part of one line; more than that is damage, and worth keeping for someone who knows how to read it.
  const damaged = bytes.indexOf(10, goodBytes) >= 0 || (state === null && bytes.length > 0);
  return { state, goodBytes, fileBytes: bytes.length, damaged };
}

function follow(state: State | null, line: z.infer<typeof lineSchema>): State | undefined {
  try {
    if (line.type === 'snapshot') return { plan: parsePlan(line.plan), n: line.n, saved: line.saved };
    if (!state) return undefined;
    if (line.n !== state.n + 1) return undefined;
    return { plan: applyEdit(state.plan, parseEdit(line.edit), line.at), n: line.n, saved: false };
  } catch {
    return undefined;
  }
}

/** Appends to one journal file. Each call resolves when its line is on the disk. */
export interface JournalWriter {
  edit(n: number, at: string, edit: Edit): Promise<void>;
  /** Replaces the whole file by this state, in one step: either the old file is there or the new one. */
  compact(n: number, plan: Plan, saved: boolean): Promise<void>;
  readonly bytes: number;
  close(): Promise<void>;
}

/** Cuts a torn tail off (a damaged file is kept beside, as it was). `replayed`: what `replay` said of the file; null: the file is made by the first `compact`. */
export async function openWriter(file: string, replayed: Replayed | null): Promise<JournalWriter> {
  let bytes = replayed?.goodBytes ?? 0;
  let handle: FileHandle | undefined;
  if (replayed?.damaged) await copyFile(file, `${file.replace(/\.jsonl$/, '')}.damaged`);
  if (replayed && replayed.fileBytes !== replayed.goodBytes) await truncate(file, replayed.goodBytes);

  async function append(line: Line): Promise<void> {
    handle ??= await open(file, 'a', 0o600);
    const data = Buffer.from(encode(line));
    try {
      await handle.appendFile(data);
      await handle.datasync();
    } catch (error) {
      // A half-written line would hide all that follow it.
      await handle.truncate(bytes).catch(() => undefined);
      throw error;
    }
    bytes += data.length;
  }

  return {
    edit: (n, at, edit) => append({ type: 'edit', n, at, edit }),
    async compact(n, plan, saved) {
      const data = Buffer.from(encode({ type: 'snapshot', n, saved, plan }));
      await handle?.close();
      handle = undefined;
      await writeAtomically(file, data);
      bytes = data.length;
    },
    get bytes() {
      return bytes;
    },
    async close() {
      await handle?.close();
      handle = undefined;
    },
  };
}
