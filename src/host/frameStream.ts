import { nativeFrameBits, type Instance } from '../dicom/index.ts';
import { openFrames } from '../pixels/index.ts';
import type { HostError } from '../contract/index.ts';
import type { OpenBytes } from './byteWindow.ts';
import { fault, toHostError } from './fault.ts';
import { pixelFault, readFrom, type FrameTable, type FrameTables } from './frameTables.ts';

/** Marks a frame that cannot be read, where its length would stand (contract: `frames`). */
const unreadableLength = 0xffffffff;
/** Frames of one file that follow each other are read together up to this size. */
const runBytes = 2 * 1024 * 1024;
const runFrames = 256;
/** Runs being read ahead of the one being sent; bounds memory to a few runs whatever is asked for. */
const runsAhead = 4;

export interface FrameAsk {
  readonly token: string;
  /** From 1. */
  readonly frame: number;
}
export interface FrameSources {
  /** The source of the token's file, checked to lie in what was chosen. @throws HostFault. */
  file(token: string): { readonly path: string; readonly instance: Instance };
  open(path: string): Promise<OpenBytes>;
  /** Without a look at the disk. */
  instance(token: string): Instance | undefined;
  readonly tables: FrameTables;
}
interface Run {
  readonly token: string;
  /** Index of the first ask in the request. */
  readonly from: number;
  readonly frames: readonly number[];
}

/**
 * The bytes of many frames as one stream, in the order asked for, each read by position: never a whole file, and never
 * more than a few megabytes ahead of the reader. Format: contract, `frames`.
 * It ends when the reader cancels the stream (an abort in the window cancels the body, not the request's signal).
 */
export function frameStream(
  asks: readonly FrameAsk[],
  sources: FrameSources,
  signal?: AbortSignal,
): ReadableStream<Uint8Array> {
  const runs = runsOf(asks, sources);
  const ahead: Promise<readonly Uint8Array[]>[] = [];
  let stopped = false;
  const isStopped = () => stopped || signal?.aborted === true;

  const readAhead = () => {
    while (ahead.length < runsAhead && !isStopped()) {
      const next = runs.next();
      if (next.done === true) return;
      ahead.push(readRun(next.value, sources, isStopped));
    }
  };
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        readAhead();
        const chunks = await ahead.shift();
        if (isStopped()) {
          if (!stopped) controller.error(signal?.reason);
          stopped = true;
          return;
        }
        if (chunks === undefined) {
          controller.close();
          return;
        }
        for (const chunk of chunks) controller.enqueue(chunk);
        readAhead();
      },
      cancel() {
        stopped = true;
      },
    },
    new ByteLengthQueuingStrategy({ highWaterMark: runBytes }),
  );
}

function* runsOf(asks: readonly FrameAsk[], sources: FrameSources): Generator<Run> {
  let at = 0;
  while (at < asks.length) {
    const first = asks[at];
    if (first === undefined) return;
    const most = Math.max(
      1,
      Math.min(runFrames, Math.floor(runBytes / nativeFrameBytes(sources.instance(first.token)))),
    );
    const frames: number[] = [];
    const from = at;
    while (at < asks.length && frames.length < most) {
      const ask = asks[at];
      if (ask === undefined || ask.token !== first.token) break;
      frames.push(ask.frame);
      at += 1;
    }
    yield { token: first.token, from, frames };
  }
}

function nativeFrameBytes(instance: Instance | undefined): number {
  if (instance === undefined) return 1;
  const { rows, columns, samplesPerPixel, bitsAllocated } = instance.pixel;
  return Math.max(1, (rows * columns * samplesPerPixel * bitsAllocated) / 8);
}

/** Reads a run; every frame gets its answer, be it why not. Never rejects. */
async function readRun(run: Run, sources: FrameSources, isStopped: () => boolean): Promise<readonly Uint8Array[]> {
  const chunks: Uint8Array[] = [];
  let handle: OpenBytes | undefined;
  try {
    const file = sources.file(run.token);
    handle = await sources.open(file.path);
    const { instance } = file;
    if (instance.pixelData.deflated !== undefined || nativeFrameBits(instance.pixel) % 8 !== 0) {
      await unalignedFrames(run, instance, handle, chunks, isStopped);
      return chunks;
    }
    const table = await sources.tables.of(file.path, instance, handle);
    let index = 0;
    while (index < run.frames.length && !isStopped()) {
      const adjacent = adjacentFrames(run.frames, index, table);
      if (adjacent === undefined) {
        chunks.push(await oneFrame(run.from + index, run.frames[index] ?? 0, table, handle));
        index += 1;
      } else {
        chunks.push(...(await framesInOneRead(run.from + index, adjacent, handle)));
        index += adjacent.frames.length;
      }
    }
  } catch (error) {
    const why = toHostError(error);
    for (let index = chunks.length; index < run.frames.length; index += 1) chunks.push(refusal(run.from + index, why));
  } finally {
    await handle?.close().catch(() => undefined);
  }
  return chunks;
}

/** Frames that do not lie in the file as they are: deflated files, and 1-bit frames that begin inside a byte. */
async function unalignedFrames(
  run: Run,
  instance: Instance,
  handle: OpenBytes,
  chunks: Uint8Array[],
  isStopped: () => boolean,
): Promise<void> {
  const opened = openFrames(readFrom(handle), instance);
  for (const [step, frame] of run.frames.entries()) {
    if (isStopped()) return;
    const index = run.from + step;
    try {
      const bytes = await opened.frame(frame);
      const chunk = Buffer.allocUnsafeSlow(8 + bytes.length);
      head(chunk, index, bytes.length);
      chunk.set(bytes, 8);
      chunks.push(chunk);
    } catch (error) {
      chunks.push(refusal(index, toHostError(pixelFault(error))));
    }
  }
}

interface Adjacent {
  readonly offset: number;
  /** Of all of them, with what lies between. */
  readonly length: number;
  readonly frames: readonly { readonly offset: number; readonly length: number }[];
}

/** Compressed frames have item headers of 8 bytes between them: read along, and left out. */
const gapBytes = 64;
const smallFrameBytes = 256 * 1024;

/** Two or more small frames that lie one after the other in the file and in the request: one read for all. */
function adjacentFrames(frames: readonly number[], from: number, table: FrameTable): Adjacent | undefined {
  const found: { offset: number; length: number }[] = [];
  let offset = 0;
  let end = 0;
  for (let index = from; index < frames.length; index += 1) {
    const pieces = table[(frames[index] ?? 0) - 1]?.pieces;
    const piece = pieces?.[0];
    if (piece === undefined || pieces?.length !== 1 || piece.length > smallFrameBytes) break;
    if (found.length === 0) offset = piece.offset;
    else if (piece.offset < end || piece.offset - end > gapBytes || piece.offset + piece.length - offset > runBytes)
      break;
    found.push(piece);
    end = piece.offset + piece.length;
  }
  return found.length >= 2 ? { offset, length: end - offset, frames: found } : undefined;
}

async function framesInOneRead(index: number, adjacent: Adjacent, handle: OpenBytes): Promise<Uint8Array[]> {
  const bytes = Buffer.allocUnsafeSlow(adjacent.length);
  const got = await handle.read(bytes, 0, adjacent.length, adjacent.offset);
  return adjacent.frames.map(({ offset, length }, step) => {
    const at = offset - adjacent.offset;
    if (at + length > got) return refusal(index + step, truncated);
    const chunk = Buffer.allocUnsafeSlow(8 + length);
    head(chunk, index + step, length);
    chunk.set(bytes.subarray(at, at + length), 8);
    return chunk;
  });
}

async function oneFrame(index: number, frame: number, table: FrameTable, handle: OpenBytes): Promise<Uint8Array> {
  try {
    const place = table[frame - 1];
    if (place === undefined) fault('not-found', `The file has no frame ${frame}; it has ${table.length}.`);
    if (place === null) fault('unreadable', `The file ends before frame ${frame}.`);
    const parts = place.pieces;
    const total = parts.reduce((sum, part) => sum + part.length, 0);
    // Not filled with zeros first: every byte is read into it, or it is not sent.
    const chunk = Buffer.allocUnsafeSlow(8 + total);
    head(chunk, index, total);
    let at = 8;
    for (const part of parts) {
      if ((await handle.read(chunk, at, part.length, part.offset)) < part.length) return refusal(index, truncated);
      at += part.length;
    }
    return chunk;
  } catch (error) {
    return refusal(index, toHostError(error));
  }
}

const truncated: HostError = { code: 'unreadable', say: 'The file ends before this frame does.' };

function head(chunk: Uint8Array, index: number, length: number): void {
  const view = new DataView(chunk.buffer, chunk.byteOffset, 8);
  view.setUint32(0, index, true);
  view.setUint32(4, length, true);
}

function refusal(index: number, why: HostError): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(why));
  const chunk = new Uint8Array(12 + json.length);
  head(chunk, index, unreadableLength);
  new DataView(chunk.buffer).setUint32(8, json.length, true);
  chunk.set(json, 12);
  return chunk;
}
