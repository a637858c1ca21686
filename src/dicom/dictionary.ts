import { DICTIONARY_LINES } from './dictionaryData.ts';

export interface DictionaryEntry {
  /** As in PS3.6; `xs` is US or SS, `ox` OB or OW. */
  readonly vr: string;
  /** `PatientName`. */
  readonly keyword: string;
}

let known: ReadonlyMap<number, DictionaryEntry> | undefined;

/** What the standard calls an element; undefined for private and unknown ones. */
export function dictionaryEntry(tag: number): DictionaryEntry | undefined {
  known ??= new Map(
    DICTIONARY_LINES.trim()
      .split('\n')
      .map((line) => [parseInt(line.slice(0, 8), 16), { vr: line.slice(8, 10), keyword: line.slice(10) }]),
  );
  const group = tag >>> 16;
  if (group % 2 === 1) return undefined;
  // Overlays and curves repeat in even groups: 6002 is named as 6000 is.
  const repeats = (group > 0x6000 && group <= 0x60fe) || (group > 0x5000 && group <= 0x50fe);
  const found = known.get(repeats ? (((group & 0xff00) << 16) >>> 0) + (tag & 0xffff) : tag);
  return found ?? ((tag & 0xffff) === 0 ? { vr: 'UL', keyword: 'GroupLength' } : undefined);
}
