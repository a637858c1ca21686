import type { Output } from '../../src/contract/index.ts';

export type HeaderElement = Output<'header'>['elements'][number];
/** One line of the header view; `id` is its place in the file, the same while the person searches. */
export interface HeaderRow {
  readonly id: number;
  /** How deep it lies: 0, an item of a sequence 1, what is in the item 2, ... */
  readonly level: number;
  readonly element: HeaderElement;
  /** Tag, name, type and value, parted by tabs: as it is copied. */
  readonly text: string;
}

/** @param namesHidden  the values of names and of the patient's own group are left out */
export function headerRows(elements: readonly HeaderElement[], namesHidden: boolean): readonly HeaderRow[] {
  return elements.map((given, id) => {
    const element = namesHidden && tellsWho(given) ? { ...given, value: '(hidden)', cut: false } : given;
    return { id, level: levelOf(element), element, text: rowText(element) };
  });
}

/**
 * Rows that hold all words of the search, in whatever order and case; a tag is found with or without its signs.
 * What a found row is nested in comes with it, so that its place is seen.
 */
export function findRows(rows: readonly HeaderRow[], search: string): readonly HeaderRow[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return rows;
  const found: HeaderRow[] = [];
  /** From the last row to the first: rows before that lie less deep than this are what the found one is nested in. */
  let inside = 0;
  for (const row of rows.toReversed()) {
    if (!matches(row, words) && row.level >= inside) continue;
    found.push(row);
    inside = row.level;
  }
  return found.toReversed();
}

export function rowsText(rows: readonly HeaderRow[]): string {
  return rows.map(({ text }) => text).join('\n');
}

function matches({ text, element }: HeaderRow, words: readonly string[]): boolean {
  const all = `${text}\n${element.tag.replace(/[^0-9a-z]/gi, '')}`.toLowerCase();
  return words.every((word) => all.includes(word));
}

/** The host tells an item and what is in it with one depth. */
function levelOf({ depth, tag }: HeaderElement): number {
  return tag === '(FFFE,E000)' ? 2 * depth - 1 : 2 * depth;
}

function rowText(element: HeaderElement): string {
  const { tag, keyword, vr, value, cut, creator } = element;
  const name = creator === undefined ? keyword : `${keyword} [${creator}]`.trim();
  return ['  '.repeat(levelOf(element)) + tag, name, vr, cut ? `${value} …` : value].join('\t');
}

/** Person names wherever they stand, and the group of the patient. */
function tellsWho({ tag, vr }: HeaderElement): boolean {
  return vr === 'PN' || /^\(?0010/.test(tag);
}
