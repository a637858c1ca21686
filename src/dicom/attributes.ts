import type { DataSet } from 'dicom-parser';
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
  uint16(tag: string): number | undefined;
  int16(tag: string): number | undefined;
  uint32(tag: string): number | undefined;
  /** FL and FD. */
  float(tag: string, index?: number): number | undefined;
  double(tag: string, index?: number): number | undefined;
  /** Items of a sequence; [] where absent. */
  items(tag: string): Attributes[];
  /** A tag as value (AT), `x00181063`. */
  tagValue(tag: string): string | undefined;
  readonly reader: TextReader;
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A DS or IS value, strictly: '0,143', 'NaN' and '' are undefined. */
export function parseDecimal(text: string): number | undefined {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

/** @param bytes what the data set was parsed from. */
export function attributes(dataSet: DataSet, bytes: Uint8Array, inherited?: TextReader): Attributes {
  const find = (tag: string) => {
    const element = dataSet.elements[tag];
    if (element === undefined || element.length === 0xffffffff) return undefined;
    return element.dataOffset + element.length <= bytes.length ? element : undefined;
  };
  const raw = (tag: string): Uint8Array | undefined => {
    const element = find(tag);
    return element && bytes.subarray(element.dataOffset, element.dataOffset + element.length);
  };
  const text = (tag: string) => asciiText(raw(tag));
  const own = raw('x00080005');
  const reader = own === undefined && inherited !== undefined ? inherited : textReader(splitValues(asciiText(own)));
  const values = (tag: string) => splitValues(text(tag));
  const decimals = (tag: string) => {
    const numbers = values(tag).map(parseDecimal);
    return numbers.length > 0 && numbers.every((n) => n !== undefined) ? numbers : undefined;
  };
  const atLeast = (tag: string, size: number, index = 0) => (find(tag)?.length ?? 0) >= size * (index + 1);
  return {
    reader,
    has: (tag) => dataSet.elements[tag] !== undefined,
    bytes: raw,
    text,
    words: (tag) => reader.read(raw(tag) ?? new Uint8Array(0)).trim(),
    personName: (tag) => reader.read(raw(tag) ?? new Uint8Array(0), true).trim(),
    values,
    decimals,
    decimal: (tag) => decimals(tag)?.[0],
    uint16: (tag) => (atLeast(tag, 2) ? dataSet.uint16(tag) : undefined),
    int16: (tag) => (atLeast(tag, 2) ? dataSet.int16(tag) : undefined),
    uint32: (tag) => (atLeast(tag, 4) ? dataSet.uint32(tag) : undefined),
    float: (tag, index = 0) => (atLeast(tag, 4, index) ? dataSet.float(tag, index) : undefined),
    double: (tag, index = 0) => (atLeast(tag, 8, index) ? dataSet.double(tag, index) : undefined),
    items: (tag) =>
      (dataSet.elements[tag]?.items ?? []).flatMap((item) =>
        item.dataSet === undefined ? [] : [attributes(item.dataSet, bytes, reader)],
      ),
    tagValue: (tag) => (atLeast(tag, 4) ? dataSet.attributeTag(tag) : undefined),
  };
}

function asciiText(bytes: Uint8Array | undefined): string {
  if (bytes === undefined) return '';
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text.replace(/[\0 ]+$/, '');
}

function splitValues(text: string): string[] {
  if (text === '') return [];
  return text.split('\\').map((part) => part.replace(/\0/g, '').trim());
}
