import { PlanFault } from '../../plan/index.ts';
import { ok } from '../../quantity/index.ts';
import type { Answers, FormField, MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, noHandle } from '../points.ts';
import { noteSchema } from './item.ts';
import type { NoteItem } from './item.ts';

const fields = ({ text = '' }: Answers): readonly FormField[] => [
  { name: 'text', label: 'Text', type: 'text', value: text },
];
function textIn({ text = '' }: Answers): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new PlanFault('text', 'Type the words of the note');
  return trimmed;
}

const textHandle = { name: 'text', title: 'Text', at: ({ textAt }: NoteItem) => textAt } as const;

export const note: MeasurementKind<NoteItem> = {
  name: 'note',
  title: 'Note',
  tool: { name: 'Note', key: 'W', spaces: ['patient', 'image'], hint: 'Note: an arrow with words' },
  version: 1,
  schema: noteSchema,
  parse: (json) => parseItem(noteSchema, json),
  migrations: [],
  steps: [{ handle: 'point', asks: 'Click the place that the note is about' }],
  finish({ points: [point], answers, label, order, side, on }) {
    if (point === undefined || answers === undefined) return undefined;
    const text = textIn(answers);
    return parseItem(noteSchema, { type: 'item', kind: 'note', label, order, side, on, point, text });
  },
  form: {
    title: 'Note',
    fields,
    answersOf: ({ text }) => ({ text }),
    change: (item, answers) => ({ ...item, text: textIn(answers) }),
  },
  handles: ({ point }) => [{ name: 'point', at: point, title: 'Place' }],
  moveHandle(item, handle, to) {
    if (handle === textHandle.name) return { ...item, textAt: copyPoint(to) };
    if (handle !== 'point') return noHandle('note', handle);
    return { ...item, point: copyPoint(to) };
  },
  uses: () => [],
  needs: () => [],
  compute: async () => ok({ results: {}, notes: [] }),
  shapes: ({ point }) => [{ type: 'point', at: point, role: 'reading' }],
  rows: () => [],
  words: ({ text }) => text,
  wordsHandle: textHandle,
};
