import { hostErrorSchema } from '../../src/contract/index.ts';

/** The length that says: no bytes, an error follows. */
const faultMark = 0xffffffff;

/**
 * Reads the answer of `frames`: for each frame a uint32 LE index in the request, a uint32 LE byte length, the bytes;
 * length 0xFFFFFFFF means that a uint32 LE length and a JSON error follow instead.
 * Each frame's bytes are gathered straight into an array of their own, so nothing is copied twice.
 * @throws Error when the body ends inside a frame.
 */
export async function readFrames(
  body: ReadableStream<Uint8Array>,
  onFrame: (index: number, bytes: Uint8Array<ArrayBuffer>) => void,
  onFault: (index: number, say: string) => void,
): Promise<void> {
  const reader = body.getReader();
  let piece: Uint8Array = new Uint8Array(0);
  let at = 0;

  /** The next `length` bytes; null when the body ends exactly before them. */
  const take = async (length: number): Promise<Uint8Array<ArrayBuffer> | null> => {
    const out = new Uint8Array(length);
    let filled = 0;
    while (filled < length) {
      if (at === piece.length) {
        const { done, value } = await reader.read();
        if (done) {
          if (filled === 0) return null;
          throw new Error('The answer of the host ended inside a frame.');
        }
        piece = value;
        at = 0;
        continue;
      }
      const count = Math.min(length - filled, piece.length - at);
      out.set(piece.subarray(at, at + count), filled);
      filled += count;
      at += count;
    }
    return out;
  };
  const must = async (length: number): Promise<Uint8Array<ArrayBuffer>> => {
    const bytes = await take(length);
    if (bytes === null) throw new Error('The answer of the host ended inside a frame.');
    return bytes;
  };

  try {
    for (;;) {
      const head = await take(8);
      if (head === null) return;
      const view = new DataView(head.buffer);
      const index = view.getUint32(0, true);
      const length = view.getUint32(4, true);
      if (length !== faultMark) {
        onFrame(index, await must(length));
        continue;
      }
      const size = new DataView((await must(4)).buffer).getUint32(0, true);
      const parsed = hostErrorSchema.safeParse(JSON.parse(new TextDecoder().decode(await must(size))));
      onFault(index, parsed.success ? parsed.data.say : 'This frame cannot be read.');
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
