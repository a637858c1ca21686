import { ok } from '../../quantity/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { lengthBetween } from '../lengthBetween.ts';
import { copyPoint, noHandle } from '../points.ts';
import { privateCode, rowOf, type Code } from '../rowOf.ts';
import { lengthSchema } from './item.ts';
import type { LengthItem } from './item.ts';

/** Length: the model to copy for a new kind. */
export const length: MeasurementKind<LengthItem> = {
  name: 'length',
  title: 'Length',
  tool: { name: 'Length', key: 'L', spaces: ['patient', 'image'] },
  version: 1,
  schema: lengthSchema,
  parse: (json) => parseItem(lengthSchema, json),
  migrations: [],
  steps: [
    { handle: 'start', asks: 'Click the start of the length' },
    { handle: 'end', asks: 'Click the end of the length' },
  ],
  finish(draft) {
    const [start, end] = draft.points;
    if (start === undefined || end === undefined) return undefined;
    return parseItem(lengthSchema, {
      type: 'item',
      kind: 'length',
      label: draft.label,
      order: draft.order,
      side: draft.side,
      on: draft.on,
      points: [start, end],
    });
  },
  handles: ({ points }) => [
    { name: 'start', at: points[0], title: 'Start' },
    { name: 'end', at: points[1], title: 'End' },
  ],
  moveHandle(item, handle, to) {
    if (handle === 'start') return { ...item, points: [copyPoint(to), item.points[1]] };
    if (handle === 'end') return { ...item, points: [item.points[0], copyPoint(to)] };
    return noHandle('length', handle);
  },
  uses: () => [],
  needs: () => [],
  async compute({ points: [p, q] }, given) {
    const measured = lengthBetween(p, q, given, 'length');
    if (!measured.ok) return measured;
    const { quantity, notes, along = [] } = measured.value;
    const parts = Object.fromEntries(along.map((part) => [part.name, part.quantity]));
    return ok({ results: { length: quantity, ...parts }, notes });
  },
  shapes: ({ points }) => [{ type: 'polyline', points, role: 'main' }],
  titleOf({ results }) {
    const [first, second] = axes.flatMap(([key, title]) => (key in results ? [title] : []));
    if (first === undefined) return 'Length';
    return second === undefined ? first : `${first} and ${second.toLowerCase()}`;
  },
  rows(_item, computed) {
    const [first, second] = axes.flatMap(([key, title, code]) => rowOf(computed, key, title, code));
    if (first === undefined) return rowOf(computed, 'length', 'Length', lengthCode, true);
    return [{ ...first, main: true }, ...(second === undefined ? [] : [{ ...second, beside: ', ' }])];
  },
};

const lengthCode: Code = { value: '410668003', scheme: 'SCT', meaning: 'Length' };
/** What a line in a spectral or M-mode region of ultrasound measures, in the order told: time first. */
const axes: readonly (readonly [string, string, Code])[] = [
  ['time', 'Time', privateCode('TIME', 'Time')],
  ['velocity', 'Velocity', privateCode('VELOCITY', 'Velocity')],
  ['frequency', 'Frequency', privateCode('FREQUENCY', 'Frequency')],
  ['depth', 'Depth', privateCode('DEPTH', 'Depth in an M-mode trace')],
  [
    'across',
    'Along the horizontal axis',
    privateCode('ALONG_HORIZONTAL_AXIS', 'Along the horizontal axis of a region'),
  ],
  ['down', 'Along the vertical axis', privateCode('ALONG_VERTICAL_AXIS', 'Along the vertical axis of a region')],
];
