import { distance, isLps, isPixel } from '../../geometry/index.ts';
import type { Point } from '../../geometry/index.ts';
import { ok, refuse } from '../../quantity/index.ts';
import { PlanFault } from '../../plan/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { imageScale, lengthInImage, scaleNotes } from '../imageScale.ts';
import { parseItem } from '../itemSchema.ts';
import { rowOf } from '../rowOf.ts';
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
    if (handle === 'start') return { ...item, points: [copy(to), item.points[1]] };
    if (handle === 'end') return { ...item, points: [item.points[0], copy(to)] };
    throw new PlanFault('points', `a length has no handle "${handle}"`);
  },
  uses: () => [],
  needs: () => [],
  async compute({ points: [p, q] }, { image }) {
    if (isLps(p) && isLps(q))
      return ok({
        results: { length: { value: distance(p, q), unit: 'mm', uncertainty: null, basis: 'patient' } },
        notes: [],
      });
    if (image === undefined || !isPixel(p) || !isPixel(q))
      return refuse('image-missing', 'The image this length was drawn on is not among the open data.');
    const scale = imageScale(image);
    return ok({ results: { length: lengthInImage(scale, p, q) }, notes: scaleNotes(image, scale) });
  },
  shapes: ({ points }) => [{ type: 'polyline', points, role: 'main' }],
  rows: (_item, computed) =>
    rowOf(computed, 'length', 'Length', { value: '410668003', scheme: 'SCT', meaning: 'Length' }, true),
};

/** A plain array of its own, so that a caller's later change cannot reach the item. */
function copy(point: Point): [number, number, number] | [number, number] {
  return isLps(point) ? [point[0], point[1], point[2]] : [point[0], point[1]];
}
