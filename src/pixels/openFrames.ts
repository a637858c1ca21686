import { inflate, nativeFrameBits, type Instance } from '../dicom/index.ts';
import { locateFrames } from './locateFrames.ts';
import type { FrameLocation, ReadBytes } from './types.ts';

/** The frames of one file, as stored, read when asked for. */
export interface Frames {
  /** The nth frame's own bytes (from 1): native, or its fragments joined. Rejects with an Error that is a sentence. */
  frame(number: number): Promise<Uint8Array>;
}

/** A deflated file that inflates to more is refused. */
const LARGEST_INFLATED = 2 ** 31 - 1;

/** Opens the frames of any file that `readInstance` gave an instance for; places are found at the first question. */
export function openFrames(read: ReadBytes, instance: Instance): Frames {
  let opened: Promise<{ read: ReadBytes; places: (FrameLocation | null)[] }> | undefined;
  const open = async () => {
    const source = instance.pixelData.deflated ? await inflated(read, instance) : read;
    return { read: source, places: await locateFrames(source, instance) };
  };
  return {
    async frame(number) {
      opened ??= open();
      const { read: from, places } = await opened;
      const place = places[number - 1];
      if (place === undefined) throw new Error(`The file has no frame ${number}; it has ${instance.frames}.`);
      if (place === null) throw new Error(`The file ends before frame ${number}.`);
      const bytes = await readPieces(from, place);
      return place.skipBits === undefined ? bytes : shifted(bytes, place.skipBits, nativeFrameBits(instance.pixel));
    },
  };
}

async function inflated(read: ReadBytes, instance: Instance): Promise<ReadBytes> {
  const { deflated } = instance.pixelData;
  if (deflated === undefined) return read;
  const { bytes } = inflate(await read(deflated.from, deflated.bytes), true, LARGEST_INFLATED);
  return (offset, length) => Promise.resolve(bytes.subarray(offset - deflated.from, offset - deflated.from + length));
}

/** One frame's bytes from its pieces. */
async function readPieces(read: ReadBytes, { pieces }: FrameLocation): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (const { offset, length } of pieces) {
    const part = await read(offset, length);
    if (part.length < length) throw new Error('The file ends inside this picture.');
    parts.push(part);
  }
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Moves a frame that begins inside a byte to the byte's beginning. */
function shifted(bytes: Uint8Array, skipBits: number, bits: number): Uint8Array {
  const out = new Uint8Array(Math.ceil(bits / 8));
  for (let i = 0; i < out.length; i++) out[i] = ((bytes[i] ?? 0) >> skipBits) | ((bytes[i + 1] ?? 0) << (8 - skipBits));
  return out;
}
