import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFrames } from '../../../renderer/host/frameStream.ts';
import { readLines } from '../../../renderer/host/lines.ts';

/** The bytes as a body, cut at the given places. */
function body(bytes: Uint8Array, cuts: readonly number[]): ReadableStream<Uint8Array> {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return new ReadableStream({
    start(controller) {
      for (let i = 0; i + 1 < places.length; i++) controller.enqueue(bytes.slice(places[i], places[i + 1]));
      controller.close();
    },
  });
}
function word(value: number): Uint8Array {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
}
function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]));
}
const cuts = fc.array(fc.nat(), { maxLength: 12 });

describe('the answer of frames', () => {
  it('gives every frame whole and in order, wherever the network cuts the stream', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }), cuts, async (frames, places) => {
        const bytes = joined(frames.flatMap((frame, index) => [word(index), word(frame.length), frame]));
        const got: [number, number[]][] = [];
        await readFrames(
          body(bytes, places),
          (index, frame) => got.push([index, [...frame]]),
          (_, say) => expect.fail(say),
        );
        expect(got).toEqual(frames.map((frame, index) => [index, [...frame]]));
      }),
    );
  });

  it('tells a frame that cannot be read by its sentence and goes on with the next', async () => {
    const error = new TextEncoder().encode(JSON.stringify({ code: 'unreadable', say: 'IM7 is cut short.' }));
    const bytes = joined([
      word(0),
      word(0xffffffff),
      word(error.length),
      error,
      word(1),
      word(2),
      new Uint8Array([7, 8]),
    ]);
    const told: unknown[] = [];
    await readFrames(
      body(bytes, [3, 9, 20]),
      (index, frame) => told.push([index, [...frame]]),
      (index, say) => told.push([index, say]),
    );
    expect(told).toEqual([
      [0, 'IM7 is cut short.'],
      [1, [7, 8]],
    ]);
  });

  it('says so when the stream ends inside a frame', async () => {
    const bytes = joined([word(0), word(10), new Uint8Array(4)]);
    await expect(readFrames(body(bytes, []), () => undefined, () => undefined)).rejects.toThrow(/ended inside a frame/); // prettier-ignore
  });
});

describe('lines of JSON', () => {
  it('come one by one, wherever the stream is cut, umlauts and all', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ text: fc.string({ unit: 'binary' }) }), { maxLength: 6 }),
        cuts,
        async (documents, places) => {
          const bytes = new TextEncoder().encode(documents.map((document) => `${JSON.stringify(document)}\n`).join(''));
          const got: unknown[] = [];
          await readLines(body(bytes, places), (document) => got.push(document));
          expect(got).toEqual(documents);
        },
      ),
    );
  });
});
