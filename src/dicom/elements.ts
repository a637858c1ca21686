/** One data element; its value lies at `offset` of the bytes that were parsed. */
export interface Element {
  readonly tag: number;
  /** As written in the file; '' in implicit form. */
  readonly vr: string;
  readonly offset: number;
  /** Bytes of the value; for sequences of undefined length those before their delimiter. */
  length: number;
  readonly items?: readonly ElementSet[];
}
export type ElementSet = ReadonlyMap<number, Element>;

export interface ParsedElements {
  readonly elements: ElementSet;
  /** The element at which parsing stopped, length null where undefined; its value was not looked at. */
  readonly stopped:
    { readonly tag: number; readonly vr: string; readonly offset: number; readonly length: number | null } | undefined;
  /** false where the bytes end, or make no sense, in the middle. */
  readonly whole: boolean;
}

export interface ElementForm {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
  /** Tags of the outermost data set at which to stop. */
  readonly stopAt?: ReadonlySet<number>;
}

const UNDEFINED = 0xffffffff;
const ITEM = 0xfffee000;
const ITEM_END = 0xfffee00d;
const SEQUENCE_END = 0xfffee0dd;
const LONG = new Set(['OB', 'OD', 'OF', 'OL', 'OV', 'OW', 'SQ', 'SV', 'UC', 'UN', 'UR', 'UT', 'UV']);
/** Elements of one header; more would be an attack on memory. */
const MOST_ELEMENTS = 2_000_000;
/** Elements of one data set; real ones hold some hundreds. */
const MOST_IN_ONE_SET = 50_000;

type Level =
  | {
      readonly kind: 'set';
      readonly end: number;
      readonly set: Map<number, Element>;
      readonly explicit: boolean;
      readonly little: boolean;
      readonly open: boolean;
    }
  | {
      readonly kind: 'sequence';
      readonly end: number;
      readonly items: Map<number, Element>[];
      readonly of: Element;
      readonly explicit: boolean;
      readonly little: boolean;
      readonly open: boolean;
    };

/**
 * Reads the elements of a data set, sequences included, in one pass without recursion: nesting costs no stack, no byte is
 * looked at twice, and what is allocated is bounded by the bytes given. Never throws.
 *
 * Tolerated, as they occur: sequences in UN or with wrong lengths, elements in implicit form amid explicit ones, items
 * that lack their delimiter.
 */
export function parseElements(bytes: Uint8Array, form: ElementForm): ParsedElements {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = bytes.length;
  const root = new Map<number, Element>();
  const levels: Level[] = [
    { kind: 'set', end: Infinity, set: root, explicit: form.explicit, little: form.littleEndian, open: false },
  ];
  let at = 0;
  let count = 0;
  const tagAt = (offset: number, little: boolean) =>
    view.getUint16(offset, little) * 0x10000 + view.getUint16(offset + 2, little);
  const answer = (whole: boolean, stopped?: ParsedElements['stopped']): ParsedElements => ({
    elements: root,
    stopped,
    whole,
  });
  const close = (delimiter = 0) => {
    const closed = levels.pop();
    if (closed?.kind === 'sequence' && closed.open) closed.of.length = at - delimiter - closed.of.offset;
  };
  for (;;) {
    const level = levels.at(-1);
    if (level === undefined) return answer(true);
    if (at >= level.end) {
      at = level.end;
      close();
      continue;
    }
    if (at >= size) return answer(levels.length === 1 && at === size);
    if (at + 8 > size) return answer(false);
    const { little, explicit } = level;
    const tag = tagAt(at, little);
    if (level.kind === 'sequence') {
      const length = view.getUint32(at + 4, little);
      at += 8;
      if (tag === ITEM) {
        const set = new Map<number, Element>();
        level.items.push(set);
        if (++count > MOST_ELEMENTS) return answer(false);
        const open = length === UNDEFINED;
        levels.push({
          kind: 'set',
          end: open ? level.end : Math.min(level.end, at + length),
          set,
          explicit,
          little,
          open,
        });
      } else if (tag === SEQUENCE_END) close(8);
      else if (Number.isFinite(level.end))
        at = level.end; // no item where one should be: the rest is passed over
      else return answer(false);
      continue;
    }
    if (tag === ITEM_END || tag === SEQUENCE_END || tag === ITEM) {
      if (levels.length === 1) return answer(false);
      if (tag === ITEM_END) at += 8;
      close();
      continue;
    }
    const head = headOf(bytes, view, at, explicit, little);
    if (head === undefined) return answer(false);
    const { vr, length, offset } = head;
    if (levels.length === 1 && form.stopAt?.has(tag) === true)
      return answer(true, { tag, vr, offset, length: length === UNDEFINED ? null : length });
    if (++count > MOST_ELEMENTS || level.set.size > MOST_IN_ONE_SET) return answer(false);
    const nested = nesting(vr, length, offset + 4 <= size ? tagAt(offset, vr === 'UN' ? true : little) : 0);
    at = offset;
    if (nested === 'none') {
      level.set.set(tag, { tag, vr, offset, length });
      at += length;
      if (at > size && length > 0) return answer(false);
    } else if (nested === 'fragments') {
      const end = pastFragments(view, offset, little);
      if (end === undefined) return answer(false);
      level.set.set(tag, { tag, vr, offset, length: end - offset });
      at = end;
    } else {
      const items: Map<number, Element>[] = [];
      const open = length === UNDEFINED;
      const element = { tag, vr, offset, length: open ? 0 : length, items };
      level.set.set(tag, element);
      levels.push({
        kind: 'sequence',
        end: open ? level.end : Math.min(level.end, offset + length),
        items,
        of: element,
        // What is in UN is implicit little endian, whatever is around it (PS3.5 6.2.2).
        explicit: vr === 'UN' ? false : explicit,
        little: vr === 'UN' ? true : little,
        open,
      });
    }
  }
}

/** What an element's value holds. */
function nesting(vr: string, length: number, firstTag: number): 'none' | 'items' | 'fragments' {
  if (vr === 'SQ') return 'items';
  if (length === UNDEFINED) return vr === '' || vr === 'UN' ? 'items' : 'fragments';
  if ((vr === '' || vr === 'UN') && length >= 8 && firstTag === ITEM) return 'items';
  return 'none';
}

/** Every pair of capital letters: one string each, not one an element. */
const vrs = Array.from({ length: 26 * 26 }, (_, i) => String.fromCharCode(0x41 + Math.floor(i / 26), 0x41 + (i % 26)));

function headOf(
  bytes: Uint8Array,
  view: DataView,
  at: number,
  explicit: boolean,
  little: boolean,
): { vr: string; length: number; offset: number } | undefined {
  const first = bytes[at + 4] ?? 0;
  const second = bytes[at + 5] ?? 0;
  const named = first >= 0x41 && first <= 0x5a && second >= 0x41 && second <= 0x5a;
  if (!explicit || !named) return { vr: '', length: view.getUint32(at + 4, little), offset: at + 8 };
  const vr = vrs[(first - 0x41) * 26 + second - 0x41] ?? '';
  if (!LONG.has(vr)) return { vr, length: view.getUint16(at + 6, little), offset: at + 8 };
  return at + 12 > bytes.length ? undefined : { vr, length: view.getUint32(at + 8, little), offset: at + 12 };
}

/** Encapsulated bytes that are not the image's own (an icon's): from item to item up to the delimiter. */
function pastFragments(view: DataView, from: number, little: boolean): number | undefined {
  for (let at = from; at + 8 <= view.byteLength;) {
    const tag = view.getUint16(at, little) * 0x10000 + view.getUint16(at + 2, little);
    const length = view.getUint32(at + 4, little);
    if (tag === SEQUENCE_END) return at + 8;
    if (tag !== ITEM || length === UNDEFINED) return undefined;
    at += 8 + length;
  }
  return undefined;
}
