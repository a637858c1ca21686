import type { Attributes } from './attributes.ts';
import type { Palette } from './types.ts';

/** Palette tables of PALETTE COLOR, plain or segmented (PS3.3 C.7.9.2), reduced to 8 bit; undefined where they are missing. */
export function readPalette(data: Attributes, bigEndian: boolean): Palette | undefined {
  const descriptor = words(data.bytes('x00281101'), bigEndian);
  const [entries, first, bits] = descriptor;
  if (entries === undefined || first === undefined || bits === undefined) return undefined;
  const count = entries === 0 ? 65536 : entries;
  const channels = [1, 2, 3].map((colour) => channel(data, colour, count, bits, bigEndian));
  const [red, green, blue] = channels;
  if (!red || !green || !blue) return undefined;
  const signed = data.uint16('x00280103') === 1;
  return { first: signed ? (first << 16) >> 16 : first, red, green, blue };
}

function channel(
  data: Attributes,
  colour: number,
  count: number,
  bits: number,
  bigEndian: boolean,
): number[] | undefined {
  const segmented = data.bytes(`x0028122${colour}`);
  if (segmented !== undefined) {
    const values = expandSegments(bits <= 8 ? [...segmented] : words(segmented, bigEndian), count);
    return values?.map((value) => (bits <= 8 ? value : value >> 8));
  }
  const bytes = data.bytes(`x0028120${colour}`);
  if (bytes === undefined) return undefined;
  if (bytes.length < count * 2) return bytes.length >= count ? [...bytes.subarray(0, count)] : undefined;
  const values = words(bytes, bigEndian).slice(0, count);
  // Tables of 16 bits hold 8-bit colours often enough: then no value is above 255.
  const wide = values.some((value) => value > 255);
  return values.map((value) => (wide ? value >> 8 : value));
}

/** More than a table can have entries: segments that lead nowhere. */
const MOST_SEGMENTS = 200_000;

/** Discrete (0), linear (1) and indirect (2) segments; undefined where they make no sense. */
function expandSegments(list: readonly number[], count: number): number[] | undefined {
  const out: number[] = [];
  let steps = 0;
  const run = (from: number, segments: number, depth: number): number | undefined => {
    let at = from;
    for (let done = 0; done < segments && at + 1 < list.length && out.length < count; done++) {
      if (++steps > MOST_SEGMENTS) return undefined;
      const kind = list[at] ?? 3;
      const length = list[at + 1] ?? 0;
      if (kind === 0) {
        out.push(...list.slice(at + 2, at + 2 + length));
        at += 2 + length;
      } else if (kind === 1) {
        const start = out.at(-1) ?? 0;
        const end = list[at + 2] ?? 0;
        for (let i = 1; i <= length; i++) out.push(Math.round(start + ((end - start) * i) / length));
        at += 3;
      } else if (kind === 2 && depth === 0) {
        const offset = (list[at + 2] ?? 0) + (list[at + 3] ?? 0) * 65536;
        if (run(offset, length, 1) === undefined) return undefined;
        at += 4;
      } else return undefined;
    }
    return at;
  };
  if (run(0, Infinity, 0) === undefined || out.length < count) return undefined;
  return out.slice(0, count);
}

function words(bytes: Uint8Array | undefined, bigEndian: boolean): number[] {
  if (bytes === undefined) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 2) }, (_, i) => view.getUint16(2 * i, !bigEndian));
}
