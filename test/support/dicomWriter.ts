import { deflateRawSync } from 'node:zlib';

/**
 * Writes small DICOM files for tests: true bytes, made by hand, so that wrong ones can be made as well.
 * A key is the tag and the value representation, `'0028,0010 US'`; a value is text, a number, a list of either,
 * raw bytes, a list of items (SQ), or for encapsulated pixel data its fragments. Elements are written in order of their tags.
 */
export type DicomElements = { readonly [tagAndVr: string]: DicomValue | undefined };
export type DicomValue =
  | string
  | number
  | readonly (string | number)[]
  | Uint8Array
  | readonly DicomElements[]
  | { readonly fragments: readonly Uint8Array[]; readonly offsetTable?: readonly number[] };

export interface WriteOptions {
  /** Explicit little endian where not given; 1.2.840.10008.1.2 (implicit), .1.2.2 (big endian), .1.2.1.99 (deflated) are written as such. */
  readonly transferSyntaxUID?: string;
  /** false leaves out the 128 bytes and DICM. */
  readonly preamble?: boolean;
  /** false leaves out group 2 as well. */
  readonly meta?: boolean;
  /** Sequences and items of undefined length (with delimiters). */
  readonly undefinedLengths?: boolean;
}

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const LONG_HEADER = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);

interface Form {
  readonly little: boolean;
  readonly explicit: boolean;
  readonly undefinedLengths: boolean;
}

/** @returns the whole file. Text is written as UTF-8 (pass bytes for another character set) and padded to even length. */
export function writeDicom(elements: DicomElements, options: WriteOptions = {}): Uint8Array<ArrayBuffer> {
  const syntax = options.transferSyntaxUID ?? EXPLICIT;
  const form: Form = {
    little: syntax !== BIG_ENDIAN,
    explicit: syntax !== IMPLICIT,
    undefinedLengths: options.undefinedLengths ?? false,
  };
  const metaForm: Form = { little: true, explicit: true, undefinedLengths: false };
  const own = (group2: boolean) =>
    Object.fromEntries(Object.entries(elements).filter(([key]) => key.startsWith('0002,') === group2));
  const metaBody = dataset(
    {
      '0002,0001 OB': Uint8Array.of(0, 1),
      '0002,0002 UI': text(elements['0008,0016 UI']),
      '0002,0003 UI': text(elements['0008,0018 UI']),
      '0002,0010 UI': syntax,
      '0002,0012 UI': '1.2.3.4',
      ...own(true),
    },
    metaForm,
  );
  const parts: Uint8Array[] = [];
  if (options.preamble !== false) parts.push(new Uint8Array(128), new TextEncoder().encode('DICM'));
  if (options.meta !== false) parts.push(element('0002,0000 UL', metaBody.length, metaForm), metaBody);
  const body = dataset(own(false), form);
  parts.push(syntax === DEFLATED ? new Uint8Array(deflateRawSync(body)) : body);
  return join(parts);
}

/** 16-bit values as little-endian bytes, for pixel data. */
export function words(values: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) view.setUint16(i * 2, (values[i] ?? 0) & 0xffff, true);
  return bytes;
}

function text(value: DicomValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function dataset(elements: DicomElements, form: Form): Uint8Array<ArrayBuffer> {
  // A tag given twice, with two value representations: the later one replaces the earlier.
  const keys = [...new Map(Object.keys(elements).map((key) => [key.slice(0, 9), key])).values()].sort();
  return join(
    keys.flatMap((key) => {
      const value = elements[key];
      return value === undefined ? [] : [element(key, value, form)];
    }),
  );
}

function element(key: string, value: DicomValue, form: Form): Uint8Array<ArrayBuffer> {
  const [tag = '', vr = ''] = key.split(' ');
  const group = parseInt(tag.slice(0, 4), 16);
  const number = parseInt(tag.slice(5, 9), 16);
  const isSequence = vr === 'SQ';
  const isFragments = typeof value === 'object' && 'fragments' in value;
  const bytes = isFragments
    ? fragments(value.fragments, value.offsetTable ?? [], form)
    : isSequence
      ? sequence(value, form)
      : encode(vr, value, form);
  const undefinedLength = isFragments || (isSequence && form.undefinedLengths);
  const closing = undefinedLength ? header(0xfffe, 0xe0dd, '', 0, form) : new Uint8Array(0);
  return join([header(group, number, vr, undefinedLength ? 0xffffffff : bytes.length, form), bytes, closing]);
}

function header(group: number, number: number, vr: string, length: number, form: Form): Uint8Array<ArrayBuffer> {
  const isDelimiter = group === 0xfffe;
  const long = form.explicit && !isDelimiter && LONG_HEADER.has(vr);
  const bytes = new Uint8Array(long ? 12 : 8);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, group, form.little);
  view.setUint16(2, number, form.little);
  if (!form.explicit || isDelimiter) {
    view.setUint32(4, length, form.little);
  } else {
    view.setUint8(4, vr.charCodeAt(0));
    view.setUint8(5, vr.charCodeAt(1));
    if (long) view.setUint32(8, length, form.little);
    else view.setUint16(6, length, form.little);
  }
  return bytes;
}

function sequence(value: DicomValue, form: Form): Uint8Array<ArrayBuffer> {
  if (!Array.isArray(value)) throw new TypeError('a sequence is a list of items');
  const items = value.filter((item): item is DicomElements => typeof item === 'object');
  return join(
    items.flatMap((item) => {
      const body = dataset(item, form);
      return form.undefinedLengths
        ? [header(0xfffe, 0xe000, '', 0xffffffff, form), body, header(0xfffe, 0xe00d, '', 0, form)]
        : [header(0xfffe, 0xe000, '', body.length, form), body];
    }),
  );
}

function fragments(list: readonly Uint8Array[], offsetTable: readonly number[], form: Form): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(offsetTable.length * 4);
  offsetTable.forEach((offset, i) => new DataView(table.buffer).setUint32(i * 4, offset, true));
  return join([table, ...list].flatMap((bytes) => [header(0xfffe, 0xe000, '', bytes.length, form), bytes]));
}

function encode(vr: string, value: DicomValue, form: Form): Uint8Array {
  if (value instanceof Uint8Array) return even(value, 0);
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  const size = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, OF: 4, OD: 8, AT: 4, OW: 2, OB: 1, UV: 8, OV: 8 }[vr];
  if (size === undefined) return even(new TextEncoder().encode(list.map(String).join('\\')), vr === 'UI' ? 0 : 0x20);
  const bytes = new Uint8Array(list.length * size);
  const view = new DataView(bytes.buffer);
  list.forEach((entry, i) => {
    const n = Number(entry);
    const at = i * size;
    if (vr === 'US' || vr === 'OW') view.setUint16(at, n, form.little);
    else if (vr === 'SS') view.setInt16(at, n, form.little);
    else if (vr === 'UL') view.setUint32(at, n, form.little);
    else if (vr === 'SL') view.setInt32(at, n, form.little);
    else if (vr === 'FL' || vr === 'OF') view.setFloat32(at, n, form.little);
    else if (vr === 'FD' || vr === 'OD') view.setFloat64(at, n, form.little);
    else if (vr === 'OB') view.setUint8(at, n);
    else if (vr === 'AT') {
      view.setUint16(at, n >>> 16, form.little);
      view.setUint16(at + 2, n & 0xffff, form.little);
    } else view.setBigUint64(at, BigInt(n), form.little);
  });
  return even(bytes, 0);
}

function even(bytes: Uint8Array, pad: number): Uint8Array {
  return bytes.length % 2 === 0 ? bytes : join([bytes, Uint8Array.of(pad)]);
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
