import { closeSync, openSync, readdirSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { buildSeries, readInstance, type Instance, type ReadInstance, type Series } from '../../src/dicom/index.ts';
import { decodeFrame, openFrames, type ReadBytes, type StoredFrame } from '../../src/pixels/index.ts';
import { nodeCodecs } from '../../src/host/codecs.ts';

/** Reads the head of some bytes as the host does: a piece, then longer pieces where they are asked for. */
export function readHead(bytes: Uint8Array, source = 'test', first = 4096): ReadInstance {
  for (let length = Math.min(first, bytes.length); ;) {
    const got = readInstance(bytes.subarray(0, length), bytes.length, source);
    if (got.kind !== 'more') return got;
    if (got.bytes <= length || got.bytes > bytes.length)
      throw new Error(`asked for ${got.bytes} bytes after ${length}`);
    length = got.bytes;
  }
}

/** The instance in these bytes, or the reason why not as an error. */
export function instanceIn(bytes: Uint8Array, source = 'test'): Instance {
  const got = readHead(bytes, source);
  if (got.kind !== 'image') throw new Error(got.kind === 'other' ? `${got.reason}: ${got.message}` : got.kind);
  return got.instance;
}

/** All files below a path, in order of their names. */
export function filesBelow(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** Every image below a path, and the series they make. */
export function seriesBelow(path: string): readonly Series[] {
  const found = filesBelow(path).flatMap((file) => {
    const got = readHead(new Uint8Array(readFileSync(file)), file);
    return got.kind === 'image' ? [got.instance] : [];
  });
  return buildSeries(found, ({ source }) => source.slice(path.length + 1)).series;
}

/** Hands out Node's Buffers, as the program's own readers do: their slice() copies nothing, which a Uint8Array's does. */
export function readerOf(bytes: Uint8Array): ReadBytes {
  return (offset, length) =>
    Promise.resolve(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(offset, offset + length));
}

/** One frame of an instance whose source is a file's path, decoded. */
export async function decodeOf(instance: Instance, frame = 1): Promise<StoredFrame> {
  const file = openSync(instance.source, 'r');
  try {
    const read: ReadBytes = (offset, length) => {
      const bytes = Buffer.alloc(length);
      return Promise.resolve(bytes.subarray(0, readSync(file, bytes, 0, length, offset)));
    };
    const encoded = await openFrames(read, instance).frame(frame);
    return await decodeFrame(encoded, instance.pixel, instance.transferSyntaxUID, nodeCodecs());
  } finally {
    closeSync(file);
  }
}

/** One frame of bytes made by the test. */
export async function decodeIn(bytes: Uint8Array, frame = 1): Promise<StoredFrame> {
  const instance = instanceIn(bytes);
  const encoded = await openFrames(readerOf(bytes), instance).frame(frame);
  return decodeFrame(encoded, instance.pixel, instance.transferSyntaxUID, nodeCodecs());
}
