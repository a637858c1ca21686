import { ok } from '../../quantity/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { lengthBetween } from '../lengthBetween.ts';
import { copyPoint, noHandle } from '../points.ts';
import { isQuantity, privateCode, rowOf, type Code } from '../rowOf.ts';
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
    return ok({ results: { length: measured.value.quantity }, notes: measured.value.notes });
  },
  shapes: ({ points }) => [{ type: 'polyline', points, role: 'main' }],
  rows(_item, computed) {
    const found = computed.results['length'];
    const [title, code] = (isQuantity(found) ? spectral[found.unit] : undefined) ?? ['Length', lengthCode];
    return rowOf(computed, 'length', title, code, true);
  },
};

const lengthCode: Code = { value: '410668003', scheme: 'SCT', meaning: 'Length' };
/** What a line in a spectral or M-mode region of ultrasound measures. */
const spectral: Readonly<Record<string, readonly [string, Code]>> = {
  s: ['Time', privateCode('TIME', 'Time')],
  'cm/s': ['Velocity', privateCode('VELOCITY', 'Velocity')],
  Hz: ['Frequency', privateCode('FREQUENCY', 'Frequency')],
};
