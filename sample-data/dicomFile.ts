/** One data element: tag as eight hex digits, value representation, value. */
export type Element =
  | readonly [tag: string, vr: 'US', value: number | readonly number[]]
  /** Of a tag, as eight hex digits. */
  | readonly [tag: string, vr: 'AT', value: string]
  | readonly [tag: string, vr: 'DS' | 'IS', value: number | readonly number[] | '']
  | readonly [tag: string, vr: 'AE' | 'AS' | 'CS' | 'DA' | 'LO' | 'PN' | 'SH' | 'TM' | 'UI' | 'LT', value: string]
  | readonly [tag: string, vr: 'OW' | 'OB', value: Uint8Array]
  | readonly [tag: string, vr: 'SQ', items: readonly (readonly Element[])[]];

const longForms = new Set(['OW', 'OB', 'SQ']);

/**
 * A DICOM file in explicit VR little endian, with preamble and file meta group.
 * `elements`: the data set, without group 2, in any order; text in UTF-8 (the data set must say so).
 */
export function dicomFile(sopClassUid: string, sopInstanceUid: string, elements: readonly Element[]): Uint8Array {
  const meta = encodeAll([
    ['00020001', 'OB', new Uint8Array([0, 1])],
    ['00020002', 'UI', sopClassUid],
    ['00020003', 'UI', sopInstanceUid],
    ['00020010', 'UI', '1.2.840.10008.1.2.1'],
    // Of no vendor: 2.25 with a fixed number made for this program.
    ['00020012', 'UI', '2.25.238841071904733127418223317904812034775'],
    ['00020013', 'SH', 'SELDINGER_SAMPLE'],
  ]);
  const length = new Uint8Array(12);
  const view = new DataView(length.buffer);
  view.setUint16(0, 2, true);
  view.setUint16(2, 0, true);
  length[4] = 0x55;
  length[5] = 0x4c;
  view.setUint16(6, 4, true);
  view.setUint32(8, meta.length, true);
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  return join([preamble, length, meta, encodeAll(elements)]);
}

function encodeAll(elements: readonly Element[]): Uint8Array {
  return join([...elements].sort(([a], [b]) => (a < b ? -1 : 1)).map(encode));
}

function encode(element: Element): Uint8Array {
  const [tag, vr] = element;
  const value = encodeValue(element);
  const long = longForms.has(vr);
  const bytes = new Uint8Array((long ? 12 : 8) + value.length);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, parseInt(tag.slice(0, 4), 16), true);
  view.setUint16(2, parseInt(tag.slice(4), 16), true);
  bytes[4] = vr.charCodeAt(0);
  bytes[5] = vr.charCodeAt(1);
  if (long) view.setUint32(8, value.length, true);
  else view.setUint16(6, value.length, true);
  bytes.set(value, long ? 12 : 8);
  return bytes;
}

function encodeValue(element: Element): Uint8Array {
  switch (element[1]) {
    case 'US': {
      const values = typeof element[2] === 'number' ? [element[2]] : element[2];
      return littleEndian16(values);
    }
    case 'AT':
      return littleEndian16([parseInt(element[2].slice(0, 4), 16), parseInt(element[2].slice(4), 16)]);
    case 'OW':
    case 'OB':
      return element[2].length % 2 === 0 ? element[2] : join([element[2], new Uint8Array(1)]);
    case 'SQ':
      return join(
        element[2].map((item) => {
          const content = encodeAll(item);
          const head = new Uint8Array(8);
          const view = new DataView(head.buffer);
          view.setUint16(0, 0xfffe, true);
          view.setUint16(2, 0xe000, true);
          view.setUint32(4, content.length, true);
          return join([head, content]);
        }),
      );
    case 'DS':
    case 'IS': {
      const value = element[2];
      const numbers = typeof value === 'number' ? [value] : value === '' ? [] : value;
      return text(numbers.map(decimal).join('\\'), 0x20);
    }
    default:
      return text(element[2], element[1] === 'UI' ? 0 : 0x20);
  }
}

function littleEndian16(values: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  for (const [i, value] of values.entries()) view.setUint16(2 * i, value, true);
  return bytes;
}

/** At most 16 characters, as DS demands. */
function decimal(value: number): string {
  let written = String(value);
  for (let digits = 14; written.length > 16; digits--) written = String(Number(value.toPrecision(digits)));
  return written;
}

function text(value: string, pad: number): Uint8Array {
  const bytes: number[] = [];
  for (const character of value) {
    const code = character.codePointAt(0) ?? 0;
    if (code > 0x7f) throw new RangeError('sample data keeps to ASCII');
    bytes.push(code);
  }
  if (bytes.length % 2 === 1) bytes.push(pad);
  return new Uint8Array(bytes);
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
