import type { Decoded } from './decoded.ts';

/**
 * JPEG extended, sequential, Huffman, one component, 8 or 12 bit (ISO 10918-1, process 2 and 4): what the 8-bit build of
 * libjpeg-turbo cannot do. The inverse transform is done in double precision, so it may differ from an integer one by a
 * grey level.
 *
 * @throws Error with a sentence where the codestream is damaged or of another kind (progressive, arithmetic, colour).
 */
export function decodeJpegExtended(encoded: Uint8Array): Decoded {
  const picture = readSegments(encoded);
  const { rows, columns, bits } = picture.frame;
  const blocksAcross = Math.ceil(columns / 8);
  const blocksDown = Math.ceil(rows / 8);
  const out = new Uint16Array(rows * columns);
  const reader = bitReader(encoded, picture.scanAt);
  const middle = 2 ** (bits - 1);
  const most = 2 ** bits - 1;
  const coefficients = new Float64Array(64);
  let predictor = 0;
  for (let block = 0; block < blocksAcross * blocksDown; block++) {
    if (picture.restartInterval > 0 && block > 0 && block % picture.restartInterval === 0) {
      reader.restart();
      predictor = 0;
    }
    coefficients.fill(0);
    predictor += extend(reader, symbol(reader, picture.dc));
    coefficients[0] = predictor * (picture.quantization[0] ?? 1);
    for (let k = 1; k < 64; k++) {
      const runAndSize = symbol(reader, picture.ac);
      const size = runAndSize & 15;
      const run = runAndSize >> 4;
      if (size === 0) {
        if (run < 15) break;
        k += 15;
        continue;
      }
      k += run;
      if (k > 63) throw damaged('a block has too many coefficients');
      coefficients[ZIGZAG[k] ?? 0] = extend(reader, size) * (picture.quantization[k] ?? 1);
    }
    const samples = inverseTransform(coefficients);
    const left = (block % blocksAcross) * 8;
    const top = Math.floor(block / blocksAcross) * 8;
    const width = Math.min(8, columns - left);
    for (let y = 0; y < 8 && top + y < rows; y++)
      for (let x = 0; x < width; x++) {
        const value = Math.round((samples[8 * y + x] ?? 0) + middle);
        out[(top + y) * columns + left + x] = value < 0 ? 0 : value > most ? most : value;
      }
  }
  return { rows, columns, samplesPerPixel: 1, bits, signed: false, data: out, planar: false };
}

function damaged(why: string): Error {
  return new Error(`The compressed picture is damaged (jpeg: ${why}).`);
}

/** Place in the block, row by row, of the kth coefficient. */
const ZIGZAG = zigzag();
function zigzag(): Uint8Array {
  const order = new Uint8Array(64);
  let k = 0;
  for (let sum = 0; sum < 15; sum++)
    for (let i = 0; i <= sum; i++) {
      const [row, column] = sum % 2 === 0 ? [sum - i, i] : [i, sum - i];
      if (row < 8 && column < 8) order[k++] = 8 * row + column;
    }
  return order;
}

/** A Huffman table as the standard's decoder wants it: by code length, least code, greatest code, first value. */
interface Huffman {
  readonly least: readonly number[];
  readonly greatest: readonly number[];
  readonly first: readonly number[];
  readonly values: Uint8Array;
}

interface Picture {
  readonly frame: { rows: number; columns: number; bits: number; quantization: number };
  readonly quantization: readonly number[];
  readonly dc: Huffman;
  readonly ac: Huffman;
  readonly restartInterval: number;
  /** First byte of the entropy-coded data. */
  readonly scanAt: number;
}

function readSegments(encoded: Uint8Array): Picture {
  const at = (i: number) => encoded[i] ?? 0;
  const word = (i: number) => at(i) * 256 + at(i + 1);
  const quantization = new Map<number, number[]>();
  const huffman = new Map<number, Huffman>();
  let frame: Picture['frame'] | undefined;
  let restartInterval = 0;
  for (let i = 2; i + 4 <= encoded.length;) {
    if (at(i) !== 0xff) throw damaged('a marker is missing');
    const marker = at(i + 1);
    if (marker === 0xff) {
      i += 1; // fill byte
      continue;
    }
    const end = i + 2 + word(i + 2);
    if (marker === 0xdb)
      for (let p = i + 4; p < end;) {
        const wide = at(p) >> 4 > 0;
        const from = p + 1;
        quantization.set(
          at(p) & 15,
          Array.from({ length: 64 }, (_, k) => (wide ? word(from + 2 * k) : at(from + k))),
        );
        p = from + (wide ? 128 : 64);
      }
    else if (marker === 0xc4)
      for (let p = i + 4; p < end;) {
        const counts = encoded.subarray(p + 1, p + 17);
        const total = counts.reduce((sum, count) => sum + count, 0);
        huffman.set(at(p), huffmanTable(counts, encoded.subarray(p + 17, p + 17 + total)));
        p += 17 + total;
      }
    else if (marker === 0xdd) restartInterval = word(i + 4);
    else if (marker === 0xc0 || marker === 0xc1) {
      if (at(i + 9) !== 1) throw new Error('The picture is a 12-bit JPEG in colour, which is not read.');
      frame = { bits: at(i + 4), rows: word(i + 5), columns: word(i + 7), quantization: at(i + 12) };
    } else if (marker >= 0xc2 && marker <= 0xcf && marker !== 0xc8 && marker !== 0xcc)
      throw new Error('The picture is a 12-bit JPEG that is progressive or arithmetic, which is not read.');
    else if (marker === 0xda) {
      const tables = at(i + 6);
      const dc = huffman.get(tables >> 4);
      const ac = huffman.get(0x10 | (tables & 15));
      const steps = frame && quantization.get(frame.quantization);
      if (!frame || !dc || !ac || !steps || frame.rows * frame.columns === 0) throw damaged('a table is missing');
      return { frame, quantization: steps, dc, ac, restartInterval, scanAt: end };
    }
    i = end;
  }
  throw damaged('there is no scan');
}

function huffmanTable(counts: Uint8Array, values: Uint8Array): Huffman {
  const least = [0];
  const greatest = [-1];
  const first = [0];
  let code = 0;
  let index = 0;
  for (let length = 1; length <= 16; length++) {
    const count = counts[length - 1] ?? 0;
    least.push(code);
    first.push(index);
    greatest.push(count === 0 ? -1 : code + count - 1);
    code = (code + count) << 1;
    index += count;
  }
  return { least, greatest, first, values };
}

interface BitReader {
  bit(): number;
  restart(): void;
}

/** Bits of the entropy-coded data; a stuffed zero after FF is skipped; past the end come zeros, for a while. */
function bitReader(encoded: Uint8Array, from: number): BitReader {
  let at = from;
  let held = 0;
  let left = 0;
  let beyond = 0;
  return {
    bit() {
      if (left === 0) {
        const byte = encoded[at] ?? 0;
        const ended = at >= encoded.length || (byte === 0xff && encoded[at + 1] !== 0);
        if (ended) {
          if (++beyond > 16) throw damaged('it ends too early');
          held = 0;
        } else {
          held = byte;
          at += byte === 0xff ? 2 : 1;
        }
        left = 8;
      }
      left -= 1;
      return (held >> left) & 1;
    },
    restart() {
      left = 0;
      while (at + 1 < encoded.length && !(encoded[at] === 0xff && ((encoded[at + 1] ?? 0) & 0xf8) === 0xd0)) at += 1;
      at += 2;
    },
  };
}

function symbol(reader: BitReader, table: Huffman): number {
  let code = 0;
  for (let length = 1; length <= 16; length++) {
    code = (code << 1) | reader.bit();
    if (code <= (table.greatest[length] ?? -1))
      return table.values[(table.first[length] ?? 0) + code - (table.least[length] ?? 0)] ?? 0;
  }
  throw damaged('a code is unknown');
}

/** `size` more bits as a signed difference (F.2.2.1 of the standard). */
function extend(reader: BitReader, size: number): number {
  if (size === 0) return 0;
  if (size > 16) throw damaged('a coefficient is too large');
  let value = 0;
  for (let i = 0; i < size; i++) value = (value << 1) | reader.bit();
  return value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
}

/** COSINES[8 x + u] = C(u) / 2 cos((2 x + 1) u pi / 16). */
const COSINES = Float64Array.from({ length: 64 }, (_, i) => {
  const u = i % 8;
  return ((u === 0 ? Math.SQRT1_2 : 1) / 2) * Math.cos(((2 * Math.floor(i / 8) + 1) * u * Math.PI) / 16);
});
const half = new Float64Array(64);
const whole = new Float64Array(64);

/** 8 x 8 inverse cosine transform, rows and then columns. The result is used before the next call. */
function inverseTransform(coefficients: Float64Array): Float64Array {
  for (let v = 0; v < 8; v++)
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++) sum += (COSINES[8 * x + u] ?? 0) * (coefficients[8 * v + u] ?? 0);
      half[8 * v + x] = sum;
    }
  for (let x = 0; x < 8; x++)
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += (COSINES[8 * y + v] ?? 0) * (half[8 * v + x] ?? 0);
      whole[8 * y + x] = sum;
    }
  return whole;
}
