import type { Note, Outcome } from '../../quantity/index.ts';
import { ok } from '../../quantity/index.ts';
import { pixelAspect } from '../imageScale.ts';
import type { Computed, Given, MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { lengthBetween } from '../lengthBetween.ts';
import { rowOf } from '../rowOf.ts';
import { across, moveBidirectionalHandle, offRightAngleDeg } from './axes.ts';
import { bidirectionalSchema } from './item.ts';
import type { BidirectionalItem } from './item.ts';

export const bidirectional: MeasurementKind<BidirectionalItem> = {
  name: 'bidirectional',
  title: 'Bidirectional',
  tool: {
    name: 'Bidirectional',
    key: 'D',
    spaces: ['patient', 'image'],
    hint: 'Bidirectional: longest diameter and the one across it',
  },
  version: 1,
  schema: bidirectionalSchema,
  parse: (json) => parseItem(bidirectionalSchema, json),
  migrations: [],
  steps: [
    { handle: 'long-start', asks: 'Click one end of the longest diameter' },
    { handle: 'long-end', asks: 'Click the other end of the longest diameter' },
    { handle: 'short-start', asks: 'Click one edge where it is widest across' },
    { handle: 'short-end', asks: 'Click the opposite edge' },
  ],
  finish({ points: [p, q, s, t], label, order, side, on }) {
    if (p === undefined || q === undefined || s === undefined || t === undefined) return undefined;
    const axes = { long: [p, q], short: [s, across([p, q], s, t)] };
    return parseItem(bidirectionalSchema, { type: 'item', kind: 'bidirectional', label, order, side, on, ...axes });
  },
  handles: ({ long, short }) => [
    { name: 'long-start', at: long[0], title: 'Long axis, start' },
    { name: 'long-end', at: long[1], title: 'Long axis, end' },
    { name: 'short-start', at: short[0], title: 'Short axis, start' },
    { name: 'short-end', at: short[1], title: 'Short axis, end' },
  ],
  moveHandle: moveBidirectionalHandle,
  uses: () => [],
  needs: () => [],
  compute: async (item, given) => computed(item, given),
  shapes: ({ long, short }) => [
    { type: 'polyline', points: long, role: 'main' },
    { type: 'polyline', points: short, role: 'main' },
  ],
  rows: (_item, found) => [
    ...rowOf(found, 'longAxis', 'Long axis', { value: '103339001', scheme: 'SCT', meaning: 'Long Axis' }, true),
    ...rowOf(found, 'shortAxis', 'Short axis', { value: '103340004', scheme: 'SCT', meaning: 'Short Axis' }).map(
      (row) => ({ ...row, beside: ' × ' }),
    ),
  ],
};

/** Beyond this the two are no longer said to stand at right angles. */
const squareDeg = 5;

function computed({ long, short }: BidirectionalItem, given: Given): Outcome<Computed> {
  const longAxis = lengthBetween(long[0], long[1], given, 'longAxis');
  if (!longAxis.ok) return longAxis;
  const shortAxis = lengthBetween(short[0], short[1], given, 'shortAxis');
  if (!shortAxis.ok) return shortAxis;
  const notes: Note[] = [
    ...longAxis.value.notes,
    // What holds for the image is said once.
    ...shortAxis.value.notes.filter(({ key }) => key !== undefined),
  ];
  const off = offRightAngleDeg(long, short, given.image === undefined ? 1 : pixelAspect(given.image));
  if (off !== null && off > squareDeg)
    notes.push({
      code: 'not-perpendicular',
      key: 'shortAxis',
      message: `The short axis stands ${Math.round(off)}° off the right angle to the long one.`,
    });
  const [a, b] = [longAxis.value.quantity, shortAxis.value.quantity];
  if (a.value !== null && b.value !== null && a.unit === b.unit && b.value > a.value)
    notes.push({ code: 'short-is-longer', key: 'shortAxis', message: 'The short axis is longer than the long one.' });
  return ok({ results: { longAxis: a, shortAxis: b }, notes });
}
