import { Inflate } from 'pako';
import { attributes, type Attributes } from './attributes.ts';
import { parseElements, type ElementSet } from './elements.ts';

/** The head of a file, parsed up to its pixel data. */
export interface FileHeader {
  readonly data: Attributes;
  readonly transferSyntaxUID: string;
  readonly mediaStorageSOPClassUID: string;
  readonly mediaStorageSOPInstanceUID: string;
  /** Offset of group 2: 132, or 0 without preamble. */
  readonly metaStart: number;
  /** Offset of the data set in the file (deflated: of the deflated bytes). */
  readonly start: number;
  readonly deflated: boolean;
  /** The data set's bytes; offsets of elements count in these. */
  readonly bytes: Uint8Array;
  readonly bigEndian: boolean;
  readonly explicit: boolean;
  readonly elements: ElementSet;
  /** Pixel Data (7FE0,0010), or Float or Double Float Pixel Data, if the head reached it; offset counts in `bytes`. */
  readonly pixelData:
    | {
        readonly tag: number;
        readonly offset: number;
        readonly length: number | null;
        readonly vr: string;
        readonly floating: boolean;
      }
    | undefined;
  /** false where parsing ended in the middle of an element. */
  readonly whole: boolean;
}

export type OpenedHeader =
  | { readonly kind: 'header'; readonly header: FileHeader }
  | { readonly kind: 'more'; readonly bytes: number }
  | { readonly kind: 'not-dicom' | 'unreadable'; readonly message: string };

const IMPLICIT = '1.2.840.10008.1.2';
const EXPLICIT = '1.2.840.10008.1.2.1';
const DEFLATED = '1.2.840.10008.1.2.1.99';
const BIG_ENDIAN = '1.2.840.10008.1.2.2';
const PIXEL_DATA = 0x7fe00010;
const PIXELS = new Set([PIXEL_DATA, 0x7fe00008, 0x7fe00009]);
const VR = /^(?:A[EST]|C[S]|D[AST]|F[DL]|I[S]|L[OT]|O[BDFLVW]|P[N]|S[HLQSTV]|T[M]|U[CILNRSTV])$/;
/** Within so many bytes a data set has begun, if it is one. */
const LONGEST_BEGINNING = 1024 * 1024;
/** A header that inflates to more than this is no header. */
const INFLATED_LIMIT = 64 * 1024 * 1024;

/**
 * Opens the head of a file: with or without the 128 bytes and DICM, with or without group 2, in any native byte order.
 * What the bytes are is trusted before what group 2 says of them (implicit or explicit).
 */
export function openHeader(head: Uint8Array, fileSize: number): OpenedHeader {
  const marked = head.length >= 132 && ascii(head, 128, 4) === 'DICM';
  const metaStart = marked ? 132 : 0;
  const meta = readMeta(head, metaStart);
  if (!marked && meta.end === metaStart && !startsDataSet(head)) {
    if (head.length < Math.min(132, fileSize)) return { kind: 'more', bytes: Math.min(fileSize, 4096) };
    return { kind: 'not-dicom', message: head.length === 0 ? 'The file is empty.' : 'The file is not a DICOM file.' };
  }
  const start = meta.end;
  if (start + 8 > head.length && head.length < fileSize) return { kind: 'more', bytes: growth(start + 8, fileSize) };
  const deflated = meta.transferSyntaxUID === DEFLATED;
  let bytes = head.subarray(start);
  let whole = true;
  if (deflated) {
    const inflated = inflate(bytes, head.length >= fileSize);
    bytes = inflated.bytes;
    whole = inflated.whole;
  }
  const bigEndian =
    (bytes[0] === 0 && (bytes[1] ?? 0) > 0) || (meta.transferSyntaxUID === BIG_ENDIAN && bytes[1] !== 0);
  const explicit = VR.test(ascii(bytes, 4, 2));
  const {
    elements,
    stopped,
    whole: parsed,
  } = parseElements(bytes, {
    explicit,
    littleEndian: !bigEndian,
    stopAt: PIXELS,
  });
  // Inflated bytes come in pieces: a short head may hold none yet.
  if (elements.size === 0 && stopped === undefined && head.length < fileSize && head.length < LONGEST_BEGINNING)
    return { kind: 'more', bytes: growth(head.length * 4, fileSize) };
  if (elements.size === 0 && stopped === undefined)
    return { kind: 'unreadable', message: 'The header is damaged at its beginning.' };
  const data = attributes(elements, bytes, !bigEndian);
  return {
    kind: 'header',
    header: {
      data,
      transferSyntaxUID: meta.transferSyntaxUID || (bigEndian ? BIG_ENDIAN : explicit ? EXPLICIT : IMPLICIT),
      mediaStorageSOPClassUID: meta.sopClassUID,
      mediaStorageSOPInstanceUID: meta.sopInstanceUID,
      metaStart,
      start,
      deflated,
      bytes,
      bigEndian,
      explicit,
      elements,
      pixelData: stopped && {
        tag: stopped.tag,
        offset: stopped.offset,
        length: stopped.length,
        vr: stopped.vr,
        floating: stopped.tag !== PIXEL_DATA,
      },
      whole: whole && parsed,
    },
  };
}

/** How much of the file to ask for next: at least `needed`, growing fast, so that long headers take few readings. */
export function growth(needed: number, fileSize: number): number {
  return Math.min(fileSize, Math.max(needed, 16 * 1024));
}

interface Meta {
  readonly transferSyntaxUID: string;
  readonly sopClassUID: string;
  readonly sopInstanceUID: string;
  /** Offset of the first byte after group 2; may lie beyond the head. */
  readonly end: number;
}

function readMeta(head: Uint8Array, from: number): Meta {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const found = new Map<number, string>();
  let at = from;
  while (at + 8 <= head.length && view.getUint16(at, true) === 2) {
    const number = view.getUint16(at + 2, true);
    const vr = ascii(head, at + 4, 2);
    let length: number;
    let value: number;
    if (!VR.test(vr)) {
      length = view.getUint32(at + 4, true); // some writers put group 2 in implicit form
      value = at + 8;
    } else if (/^(?:O.|SQ|U[CNRT])$/.test(vr)) {
      if (at + 12 > head.length) return metaOf(found, at + 12);
      length = view.getUint32(at + 8, true);
      value = at + 12;
    } else {
      length = view.getUint16(at + 6, true);
      value = at + 8;
    }
    if (length > 0xffff) break; // no element of group 2 is as long; what follows is something else
    found.set(number, ascii(head, value, Math.min(length, head.length - value)).replace(/[\0 ]+$/, ''));
    at = value + length;
  }
  return metaOf(found, at);
}

function metaOf(found: ReadonlyMap<number, string>, end: number): Meta {
  return {
    transferSyntaxUID: found.get(0x10) ?? '',
    sopClassUID: found.get(2) ?? '',
    sopInstanceUID: found.get(3) ?? '',
    end,
  };
}

/** A data set without preamble and group 2: its first element is of group 8 and of a sensible length. */
function startsDataSet(head: Uint8Array): boolean {
  if (head.length < 16) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (const little of [true, false]) {
    if (view.getUint16(0, little) !== 8 || view.getUint16(2, little) > 0x1200) continue;
    if (VR.test(ascii(head, 4, 2))) return true;
    if (little && view.getUint32(4, true) < 0x1000) return true;
  }
  return false;
}

/** Inflates as far as the bytes go. `whole`: the deflated stream came to its end. */
export function inflate(
  deflated: Uint8Array,
  last: boolean,
  limit = INFLATED_LIMIT,
): { bytes: Uint8Array; whole: boolean } {
  const chunks: Uint8Array[] = [];
  let total = 0;
  let over = false;
  const inflater = new Inflate({ raw: true, chunkSize: 16 * 1024 });
  inflater.onData = (chunk) => {
    total += chunk.length;
    if (total > limit) {
      over = true;
      throw new RangeError('inflates to too much');
    }
    chunks.push(chunk.slice());
  };
  try {
    inflater.push(deflated, last);
  } catch {
    over = true;
  }
  const bytes = new Uint8Array(over ? 0 : total);
  let at = 0;
  if (!over)
    for (const chunk of chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
  return { bytes, whole: !over && inflater.ended && inflater.err === 0 };
}

function ascii(bytes: Uint8Array, from: number, length: number): string {
  let text = '';
  for (let i = from; i < from + length && i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
