import type { Attributes } from './attributes.ts';
import type { Overlay } from './types.ts';

/** An overlay of more runs than this is no drawing but noise, and is not kept. */
const MOST_RUNS = 50_000;
const LARGEST_PIXELS = 64 * 1024 * 1024;

/** The overlay planes of a header, groups 6000 to 601E (PS3.3 C.9.2); those whose bits are missing are left out. */
export function readOverlays(data: Attributes, frames: number): Overlay[] {
  const found: Overlay[] = [];
  for (let group = 0x6000; group <= 0x601e; group += 2) {
    const tag = (element: string) => `x${group.toString(16)}${element}`;
    const rows = data.uint16(tag('0010')) ?? 0;
    const columns = data.uint16(tag('0011')) ?? 0;
    if (rows === 0 || columns === 0) continue;
    const count = Math.max(1, Math.min(frames, Math.floor(data.decimal(tag('0015')) ?? 1)));
    const bits = data.bytes(tag('3000'));
    const position = data.uint16(tag('0102')) ?? 0;
    const inPixels = bits === undefined && (data.uint16(tag('0100')) ?? 1) > 1;
    const pixels = rows * columns * count;
    const runs = bits && pixels <= LARGEST_PIXELS && bits.length * 8 >= pixels ? runsOf(bits, pixels) : null;
    if (runs === null && !inPixels) continue;
    found.push({
      group,
      rows,
      columns,
      // Counted from 1 in the file, where the picture's first pixel is 1\1.
      origin: [(data.int16(tag('0050'), 0) ?? 1) - 1, (data.int16(tag('0050'), 1) ?? 1) - 1],
      type: data.text(tag('0040')).trim() === 'R' ? 'R' : 'G',
      label: data.words(tag('1500')),
      description: data.words(tag('0022')),
      firstFrame: Math.max(1, data.uint16(tag('0051')) ?? 1),
      frames: count,
      runs,
      bit: inPixels ? position : null,
    });
  }
  return found;
}

/** Bits least significant first to lengths of runs: off, on, off, ... */
function runsOf(bits: Uint8Array, count: number): number[] | null {
  const runs: number[] = [];
  let state = 0;
  let run = 0;
  for (let i = 0; i < count;) {
    const byte = bits[i >> 3] ?? 0;
    if ((i & 7) === 0 && i + 8 <= count && byte === (state === 0 ? 0 : 255)) {
      run += 8;
      i += 8;
      continue;
    }
    const bit = (byte >> (i & 7)) & 1;
    if (bit !== state) {
      runs.push(run);
      if (runs.length > MOST_RUNS) return null;
      state = bit;
      run = 0;
    }
    run += 1;
    i += 1;
  }
  runs.push(run);
  return runs;
}
