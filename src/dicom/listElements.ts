import { attributes, type Attributes } from './attributes.ts';
import { dictionaryEntry } from './dictionary.ts';
import { parseElements, type Element, type ElementSet } from './elements.ts';
import { growth, openHeader, type FileHeader } from './fileHeader.ts';

/** One line of the header view. */
export interface ListedElement {
  /** 0 for the data set, 1 inside a sequence's item, ... */
  readonly depth: number;
  /** `(0010,0010)`; of an item `(FFFE,E000)`. */
  readonly tag: string;
  /** `PatientName`; '' for private and unknown elements; `Item 1`. */
  readonly keyword: string;
  readonly vr: string;
  /** The value as text, cut at the limit; of long binary its first bytes; of a sequence the count of its items. */
  readonly value: string;
  readonly cut: boolean;
  /** Of the value in the file; null where undefined (compressed pixels). */
  readonly bytes: number | null;
  /** The private creator of a private element, where the file names one. */
  readonly creator?: string;
}

export type ElementList =
  | {
      readonly kind: 'elements';
      readonly transferSyntaxUID: string;
      readonly elements: readonly ListedElement[];
      /** Elements beyond the limits. */
      readonly leftOut: number;
      /** false where the header is damaged or cut short: what follows the fault is missing. */
      readonly whole: boolean;
    }
  | { readonly kind: 'more'; readonly bytes: number }
  | { readonly kind: 'none'; readonly message: string };

export interface ListLimits {
  readonly elements: number;
  readonly characters: number;
  readonly depth: number;
}
const USUAL: ListLimits = { elements: 20_000, characters: 512, depth: 24 };
const LONGEST_HEADER = 64 * 1024 * 1024;

/**
 * All elements of a file up to its pixels, in their order, nested ones after their sequence: public and private, group 2
 * first. What it returns is bounded by the limits, whatever the file holds. Never throws.
 *
 * @param head  the first bytes of the file; where they end inside the header, `more` asks for a longer head.
 */
export function listElements(head: Uint8Array, fileSize: number, limits: Partial<ListLimits> = {}): ElementList {
  const opened = openHeader(head, fileSize);
  if (opened.kind === 'more') return opened;
  if (opened.kind !== 'header') return { kind: 'none', message: opened.message };
  const { header } = opened;
  const cut = header.pixelData === undefined && head.length < fileSize;
  if (cut && head.length < LONGEST_HEADER) return { kind: 'more', bytes: growth(head.length * 4, fileSize) };
  const bounds = { ...USUAL, ...limits };
  const lines: ListedElement[] = [];
  let leftOut = 0;
  const add = (line: ListedElement) => {
    if (lines.length < bounds.elements) lines.push(line);
    else leftOut += 1;
  };
  const meta = head.subarray(header.metaStart, header.start);
  const metaElements = parseElements(meta, { explicit: meta[4] !== undefined && meta[4] >= 0x41, littleEndian: true });
  walk(metaElements.elements, attributes(metaElements.elements, meta, true), 0, bounds, add);
  walk(header.elements, header.data, 0, bounds, add);
  if (header.pixelData) add(pixelLine(header.pixelData));
  return {
    kind: 'elements',
    transferSyntaxUID: header.transferSyntaxUID,
    elements: lines,
    leftOut,
    whole: header.whole,
  };
}

function pixelLine(pixels: NonNullable<FileHeader['pixelData']>): ListedElement {
  return {
    depth: 0,
    tag: tagText(pixels.tag),
    keyword: dictionaryEntry(pixels.tag)?.keyword ?? '',
    vr: pixels.vr || 'OW',
    value: pixels.length === null ? 'compressed' : `${pixels.length} bytes`,
    cut: false,
    bytes: pixels.length,
  };
}

function walk(
  set: ElementSet,
  data: Attributes,
  depth: number,
  bounds: ListLimits,
  add: (line: ListedElement) => void,
): void {
  for (const element of [...set.values()].sort((a, b) => a.tag - b.tag)) {
    const entry = dictionaryEntry(element.tag);
    const creator = creatorOf(element.tag, data);
    const key = `x${element.tag.toString(16).padStart(8, '0')}`;
    const { text, cut } = valueText(element, key, data, bounds.characters);
    add({
      depth,
      tag: tagText(element.tag),
      keyword: entry?.keyword ?? (isCreator(element.tag) ? 'PrivateCreator' : ''),
      vr: kindOf(element, data),
      value: text,
      cut,
      bytes: element.length,
      ...(creator === undefined ? {} : { creator }),
    });
    if (element.items === undefined || depth + 1 > bounds.depth) continue;
    const items = data.items(key);
    element.items.forEach((item, i) => {
      add({
        depth: depth + 1,
        tag: '(FFFE,E000)',
        keyword: `Item ${i + 1}`,
        vr: '',
        value: '',
        cut: false,
        bytes: null,
      });
      const inner = items[i];
      if (inner) walk(item, inner, depth + 1, bounds, add);
    });
  }
}

function tagText(tag: number): string {
  const digits = tag.toString(16).toUpperCase().padStart(8, '0');
  return `(${digits.slice(0, 4)},${digits.slice(4)})`;
}

function isCreator(tag: number): boolean {
  return (tag >>> 16) % 2 === 1 && (tag & 0xffff) >= 0x10 && (tag & 0xffff) <= 0xff;
}

/** (gggg,xxee) belongs to whom (gggg,00xx) names. */
function creatorOf(tag: number, data: Attributes): string | undefined {
  const group = tag >>> 16;
  const block = (tag & 0xffff) >>> 8;
  if (group % 2 === 0 || block < 0x10) return undefined;
  return data.words(`x${group.toString(16).padStart(4, '0')}00${block.toString(16)}`) || undefined;
}

/** The kind written in the file, else that of the dictionary. */
function kindOf(element: Element, data: Attributes): string {
  if (element.items !== undefined) return 'SQ';
  if (element.vr !== '' && element.vr !== 'UN') return element.vr;
  if (isCreator(element.tag)) return 'LO';
  const { vr } = dictionaryEntry(element.tag) ?? { vr: element.vr || 'UN' };
  if (vr === 'xs') return data.uint16('x00280103') === 1 ? 'SS' : 'US';
  return vr === 'ox' ? 'OW' : vr === 'lt' || vr === 'up' || vr === 'na' ? 'UN' : vr;
}

const SIZES: Readonly<Record<string, number>> = { US: 2, SS: 2, UL: 4, SL: 4, FL: 4, FD: 8, AT: 4, UV: 8, SV: 8 };
const TEXT = new Set(['AE', 'AS', 'CS', 'DA', 'DS', 'DT', 'IS', 'LO', 'LT', 'SH', 'ST', 'TM', 'UC', 'UI', 'UR', 'UT']);

function valueText(element: Element, key: string, data: Attributes, limit: number): { text: string; cut: boolean } {
  if (element.items !== undefined) {
    const count = element.items.length;
    return { text: count === 1 ? '1 item' : `${count} items`, cut: false };
  }
  const vr = kindOf(element, data);
  const bytes = data.bytes(key);
  if (bytes === undefined) return { text: '', cut: element.length > 0 };
  const size = SIZES[vr];
  if (size !== undefined) return numbers(vr, size, bytes.length, key, data, limit);
  // A byte is at most a character: no more of a long text is decoded than is shown.
  if (vr === 'PN' || TEXT.has(vr)) {
    const shown = bytes.length > 4 * limit ? bytes.subarray(0, 4 * limit) : bytes;
    const text = data.reader
      .read(shown, vr === 'PN')
      .replace(/\0/g, '')
      .trim();
    return text.length > limit ? { text: text.slice(0, limit), cut: true } : { text, cut: shown !== bytes };
  }
  const shown = bytes.subarray(0, Math.min(16, limit));
  const text = [...shown].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return { text, cut: bytes.length > shown.length };
}

function numbers(
  vr: string,
  size: number,
  length: number,
  key: string,
  data: Attributes,
  limit: number,
): { text: string; cut: boolean } {
  const count = Math.floor(length / size);
  const texts: string[] = [];
  let characters = 0;
  for (let i = 0; i < count && characters < limit; i++) {
    const text = numberText(vr, key, i, data);
    texts.push(text);
    characters += text.length + 1;
  }
  return { text: texts.join('\\'), cut: texts.length < count };
}

function numberText(vr: string, key: string, i: number, data: Attributes): string {
  switch (vr) {
    case 'US':
      return String(data.uint16(key, i) ?? '');
    case 'SS':
      return String(data.int16(key, i) ?? '');
    case 'UL':
      return String(data.uint32(key, i) ?? '');
    case 'SL':
      return String((data.uint32(key, i) ?? 0) | 0);
    case 'FL':
      return String(Number((data.float(key, i) ?? Number.NaN).toPrecision(8)));
    case 'FD':
      return String(data.double(key, i) ?? '');
    case 'AT':
      return tagText((data.uint16(key, 2 * i) ?? 0) * 0x10000 + (data.uint16(key, 2 * i + 1) ?? 0));
    default:
      return String(data.integer64(key, vr === 'SV', i) ?? '');
  }
}
