import { shown } from './attributes.ts';
import type { Entry } from './entry.ts';
import type { FrameMarks } from './types.ts';

/** One thing by which pictures of the same place may differ, and how it is told to a person. */
export interface Mark {
  of(entry: Entry): string;
  /** What a value is called; `index` counts the groups from 0. */
  label(value: string, index: number): string;
  /** Pictures that differ in it never belong to one stack, even where their places would fit together. */
  readonly otherPicture: boolean;
  /** Stacks that differ in it may stand beside each other unevenly: another breath, another slab. */
  readonly ownPlaces: boolean;
  /** A stack by the file's own word: a gap to the next is no missing slice. */
  readonly isStack: boolean;
  /** Of time: the label gains a clock time, or the name that the files give the phase. */
  readonly ofTime: boolean;
}

type Key = Exclude<keyof FrameMarks, 'inStack'>;

function mark(
  key: Key,
  label: Mark['label'],
  given: { readonly otherPicture?: true; readonly ofTime?: true } = {},
): Mark {
  const otherPicture = given.otherPicture === true;
  const ofTime = given.ofTime === true;
  const isStack = key === 'stack';
  const ownPlaces = otherPicture || ofTime || isStack;
  return { of: ({ facts }) => facts.marks?.[key] ?? '', label, otherPicture, ofTime, ownPlaces, isStack };
}

/** In the order in which they are tried. */
export const MARKS: readonly Mark[] = [
  mark('temporalPosition', (value) => `time ${value}`, { otherPicture: true, ofTime: true }),
  mark('cardiacPhase', (value) => `cardiac phase ${round(value)} %`, { otherPicture: true }),
  mark('acquisition', (value) => `acquisition ${value}`, { ofTime: true }),
  mark('echo', (value) => `echo ${round(value)} ms`, { otherPicture: true }),
  mark('inversion', (value) => `inversion ${round(value)} ms`, { otherPicture: true }),
  mark('bValue', (value) => `b ${round(value)} s/mm2`, { otherPicture: true }),
  mark('gradient', (_, index) => `direction ${index + 1}`),
  mark('segment', (value) => `segment ${value}`, { otherPicture: true }),
  mark('imageType', (value) => value.split('\\').slice(2).join('/') || value),
  mark('energy', (value) => `${round(value)} kV`, { otherPicture: true }),
  mark('kernel', (value) => `kernel ${value}`),
  mark('flip', (value) => `flip angle ${round(value)}°`),
  mark('stack', (value) => `stack ${value}`),
  mark('trigger', (value) => `trigger ${round(value)} ms`),
  mark('dimensions', (value) => `index ${value}`),
  mark('time', (value, index) => clock(value) ?? `time ${index + 1}`, { ofTime: true }),
];

/**
 * What the groups are called, in their order. A phase is called as the files call it (Image Comments, Protocol Name,
 * Series Description) only where that text is one within each group and another in each; else by number and clock time.
 */
export function labelsOf(by: Mark, groups: ReadonlyMap<string, readonly Entry[]>): string[] {
  const values = [...groups.keys()];
  const plain = values.map((value, i) => (value === '' ? 'unmarked' : shown(by.label(value, i))));
  if (!by.ofTime) return plain;
  const lists = [...groups.values()];
  for (const name of [
    ({ facts }: Entry) => facts.marks?.comment ?? '',
    ({ facts }: Entry) => facts.marks?.protocol ?? '',
    ({ instance }: Entry) => instance.series.description,
  ]) {
    const names = lists.map((list) => onlyOne(list.map(name)));
    if (names.every((found) => found !== undefined && found !== '') && new Set(names).size === names.length)
      return names.map((found) => shown(found ?? ''));
  }
  const clocks = lists.map((list) => clock(list.map(({ facts }) => facts.marks?.time ?? '').sort()[0] ?? ''));
  const useful = clocks.every((time) => time !== undefined) && new Set(clocks).size === clocks.length;
  return plain.map((label, i) => (useful && label !== clocks[i] ? `${label}, ${clocks[i]}` : label));
}

function onlyOne(list: readonly string[]): string | undefined {
  const [first] = list;
  return list.every((text) => text === first) ? first : undefined;
}

/** `20240102080035.12` or `080035` as `08:00:35`; undefined where there is no time in it. */
function clock(text: string): string | undefined {
  const digits = /^(?:\d{8})?(\d{2})(\d{2})(\d{2})(?:\.|[+-]|$)/.exec(text);
  return digits ? `${digits[1]}:${digits[2]}:${digits[3]}` : undefined;
}

function round(value: string): string {
  const number = Number(value);
  return Number.isFinite(number) ? String(Number(number.toFixed(2))) : value;
}
