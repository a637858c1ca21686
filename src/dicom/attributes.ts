import type { ElementSet } from './elements.ts';
import { textReader, type TextReader } from './characterSets.ts';

/** One data set, read by tag (`x00280010`). Nothing here throws: what is absent, cut short or badly written is undefined. */
export interface Attributes {
  has(tag: string): boolean;
  /** The value's bytes; undefined where absent or running past what was read. */
  bytes(tag: string): Uint8Array | undefined;
  /** Coded or plain text without padding; '' where absent. */
  text(tag: string): string;
  /** Text in the data set's character set; '' where absent. */
  words(tag: string): string;
  personName(tag: string): string;
  /** The values parted by backslashes, each trimmed; [] where absent or empty. */
  values(tag: string): string[];
  /** DS or IS, each strictly a number; undefined where absent, empty or one of them is no number. */
  decimals(tag: string): number[] | undefined;
  decimal(tag: string): number | undefined;
  uint16(tag: string, index?: number): number | undefined;
  int16(tag: string, index?: number): number | undefined;
  uint32(tag: string, index?: number): number | undefined;
  /** UV and SV. */
  integer64(tag: string, signed: boolean, index?: number): bigint | undefined;
  /** FL and FD. */
  float(tag: string, index?: number): number | undefined;
  double(tag: string, index?: number): number | undefined;
  /** Items of a sequence; [] where absent. */
  items(tag: string): Attributes[];
  /** A tag as value (AT), `x00181063`. */
  tagValue(tag: string): string | undefined;
  /** The value representation written in the file; '' where implicit or absent. */
  vr(tag: string): string;
  readonly reader: TextReader;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A value out of a file as part of a sentence: without control characters, and not too long. */
export function shown(value: string): string {
  const plain = value.replace(/\p{C}/gu, '?');
  return plain.length > 40 ? `${Array.from(plain).slice(0, 40).join('')}...` : plain;
}

/** A DS or IS value, strictly: '0,143', 'NaN' and '' are undefined. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

const numbers = new Map<string, number>();

/** The number of a tag written as `x00280010`. The few hundred that are ever asked for are remembered. */
export function tagNumber(tag: string): number {
  const known = numbers.get(tag);
  if (known !== undefined) return known;
  const number = Number(`0${tag}`);
  numbers.set(tag, number);
  return number;
}

/** @param bytes what the elements were parsed from. */
export function attributes(
  elements: ElementSet,
  bytes: Uint8Array,
  littleEndian: boolean,
  inherited?: TextReader,
): Attributes {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const find = (tag: string) => {
    const element = elements.get(tagNumber(tag));
    return element !== undefined && element.offset + element.length <= bytes.length ? element : undefined;
  };
  const raw = (tag: string): Uint8Array | undefined => {
    const element = find(tag);
    return element && bytes.subarray(element.offset, element.offset + element.length);
  };
  const text = (tag: string) => asciiText(raw(tag));
  const own = raw('x00080005');
  const reader = own === undefined && inherited !== undefined ? inherited : textReader(splitValues(asciiText(own)));
  const values = (tag: string) => splitValues(text(tag));
  const decimals = (tag: string) => {
    const numbers = values(tag).map(parseDecimal);
    return numbers.length > 0 && numbers.every((n) => n !== undefined) ? numbers : undefined;
  };
  const number = <T>(tag: string, size: number, index: number, read: (at: number) => T): T | undefined => {
    const element = find(tag);
    return element !== undefined && element.length >= size * (index + 1)
      ? read(element.offset + size * index)
      : undefined;
  };
  return {
    reader,
    has: (tag) => elements.has(tagNumber(tag)),
    bytes: raw,
    text,
    words: (tag) => reader.read(raw(tag) ?? new Uint8Array(0)).trim(),
    personName: (tag) => reader.read(raw(tag) ?? new Uint8Array(0), true).trim(),
    values,
    decimals,
    decimal: (tag) => decimals(tag)?.[0],
    uint16: (tag, index = 0) => number(tag, 2, index, (at) => view.getUint16(at, littleEndian)),
    int16: (tag, index = 0) => number(tag, 2, index, (at) => view.getInt16(at, littleEndian)),
    uint32: (tag, index = 0) => number(tag, 4, index, (at) => view.getUint32(at, littleEndian)),
    integer64: (tag, signed, index = 0) => {
      const read = (at: number) => (signed ? view.getBigInt64(at, littleEndian) : view.getBigUint64(at, littleEndian));
      return number(tag, 8, index, read);
    },
    float: (tag, index = 0) => number(tag, 4, index, (at) => view.getFloat32(at, littleEndian)),
    double: (tag, index = 0) => number(tag, 8, index, (at) => view.getFloat64(at, littleEndian)),
    items: (tag) => {
      const element = elements.get(tagNumber(tag));
      const little = element?.vr === 'UN' ? true : littleEndian;
      return (element?.items ?? []).map((item) => attributes(item, bytes, little, reader));
    },
    tagValue: (tag) => {
      const group = number(tag, 2, 0, (at) => view.getUint16(at, littleEndian));
      const element = number(tag, 2, 1, (at) => view.getUint16(at, littleEndian));
      if (group === undefined || element === undefined) return undefined;
      return `x${group.toString(16).padStart(4, '0')}${element.toString(16).padStart(4, '0')}`;
    },
    vr: (tag) => elements.get(tagNumber(tag))?.vr ?? '',
  };
}

/** Several data sets as one: what the first does not have is asked of the next. */
export function layered(sets: readonly (Attributes | undefined)[]): Attributes {
  const there = sets.filter((set) => set !== undefined);
  const [only] = there;
  if (only === undefined) throw new RangeError('no data set to read');
  if (there.length === 1) return only;
  const from = (tag: string) => there.find((set) => set.has(tag)) ?? only;
  return {
    reader: only.reader,
    has: (tag) => there.some((set) => set.has(tag)),
    bytes: (tag) => from(tag).bytes(tag),
    text: (tag) => from(tag).text(tag),
    words: (tag) => from(tag).words(tag),
    personName: (tag) => from(tag).personName(tag),
    values: (tag) => from(tag).values(tag),
    decimals: (tag) => from(tag).decimals(tag),
    decimal: (tag) => from(tag).decimal(tag),
    uint16: (tag, index) => from(tag).uint16(tag, index),
    int16: (tag, index) => from(tag).int16(tag, index),
    uint32: (tag, index) => from(tag).uint32(tag, index),
    integer64: (tag, signed, index) => from(tag).integer64(tag, signed, index),
    float: (tag, index) => from(tag).float(tag, index),
    double: (tag, index) => from(tag).double(tag, index),
    items: (tag) => from(tag).items(tag),
    tagValue: (tag) => from(tag).tagValue(tag),
    vr: (tag) => from(tag).vr(tag),
  };
}

function asciiText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0 || bytes[end - 1] === 0x20)) end -= 1;
  // Eight at a time: a string grown letter by letter costs twice as much, a spread four times.
  const byte = (at: number) => bytes[at] ?? 0;
  let text = '';
  let i = 0;
  for (; i + 8 <= end; i += 8)
    text += String.fromCharCode(
      byte(i),
      byte(i + 1),
      byte(i + 2),
      byte(i + 3),
      byte(i + 4),
      byte(i + 5),
      byte(i + 6),
      byte(i + 7),
    );
  for (; i < end; i += 1) text += String.fromCharCode(byte(i));
  return text;
}

function splitValues(text: string): string[] {
  if (text === '') return [];
  return text.split('\\').map((part) => part.replace(/\0/g, '').trim());
}
