import type { Series } from '../../src/dicom/index.ts';
import type { HostError, Input, ScanEvent } from '../../src/contract/index.ts';
import type { Host } from '../../src/host/index.ts';

/** Everything that a scan of these sources tells. */
export async function scanned(
  host: Host,
  sources: readonly string[],
  signal = new AbortController().signal,
): Promise<ScanEvent[]> {
  const events: ScanEvent[] = [];
  for await (const event of host.methods.scan({ sources: [...sources] }, { signal })) events.push(event);
  return events;
}

/** The series at the end of a scan. */
export function seriesOf(events: readonly ScanEvent[]): Series[] {
  const found = new Map<string, Series>();
  for (const event of events) {
    if (event.type !== 'series') continue;
    for (const key of event.retired) found.delete(key);
    found.set(event.series.key, event.series);
  }
  return [...found.values()];
}

export interface Answered {
  readonly index: number;
  readonly bytes?: Uint8Array;
  readonly error?: HostError;
}

/** Reads a `frames` answer by the words of the contract alone. */
export async function answeredFrames(stream: ReadableStream<Uint8Array>): Promise<Answered[]> {
  const chunks: Uint8Array[] = [];
  const reader = stream.getReader();
  for (;;) {
    const step = await reader.read();
    if (step.done) break;
    chunks.push(step.value);
  }
  const all = Buffer.concat(chunks);
  const answers: Answered[] = [];
  let at = 0;
  while (at < all.length) {
    const index = all.readUInt32LE(at);
    const length = all.readUInt32LE(at + 4);
    at += 8;
    if (length === 0xffffffff) {
      const size = all.readUInt32LE(at);
      at += 4;
      answers.push({ index, error: JSON.parse(all.subarray(at, at + size).toString('utf8')) as HostError });
      at += size;
    } else {
      answers.push({ index, bytes: new Uint8Array(all.subarray(at, at + length)) });
      at += length;
    }
  }
  return answers;
}

/** Asks for frames and reads the whole answer. */
export function framesOf(host: Host, frames: Input<'frames'>['frames']): Promise<Answered[]> {
  return answeredFrames(host.methods.frames({ frames }, { signal: new AbortController().signal }));
}
