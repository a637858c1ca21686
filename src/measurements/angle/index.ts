import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, noHandle, samePoint } from '../points.ts';
import { rowOf } from '../rowOf.ts';
import { computeAngle } from './compute.ts';
import { angleSchema } from './item.ts';
import type { AngleItem } from './item.ts';

const names = ['start', 'vertex', 'end'] as const;

export const angle: MeasurementKind<AngleItem> = {
  name: 'angle',
  title: 'Angle',
  tool: { name: 'Angle', key: 'A', spaces: ['patient', 'image'] },
  version: 1,
  schema: angleSchema,
  parse: (json) => parseItem(angleSchema, json),
  migrations: [],
  steps: [
    { handle: 'start', asks: 'Click the end of the first arm' },
    { handle: 'vertex', asks: 'Click the corner of the angle' },
    { handle: 'end', asks: 'Click the end of the second arm' },
  ],
  finish({ points, label, order, side, on }) {
    const [p, vertex, q] = points;
    if (p === undefined || vertex === undefined || q === undefined) return undefined;
    // An arm without length has no direction: another place is asked for.
    if (samePoint(p, vertex) || samePoint(q, vertex)) return undefined;
    return parseItem(angleSchema, { type: 'item', kind: 'angle', label, order, side, on, points: [p, vertex, q] });
  },
  handles: ({ points }) => [
    { name: 'start', at: points[0], title: 'First arm' },
    { name: 'vertex', at: points[1], title: 'Corner' },
    { name: 'end', at: points[2], title: 'Second arm' },
  ],
  moveHandle(item, handle, to) {
    const [p, vertex, q] = item.points;
    switch (names.find((name) => name === handle)) {
      case 'start':
        return { ...item, points: [copyPoint(to), vertex, q] };
      case 'vertex':
        return { ...item, points: [p, copyPoint(to), q] };
      case 'end':
        return { ...item, points: [p, vertex, copyPoint(to)] };
      default:
        return noHandle('angle', handle);
    }
  },
  uses: () => [],
  needs: () => [],
  compute: async (item, given) => computeAngle(item, given),
  shapes: ({ points }) => [{ type: 'polyline', points, role: 'main' }],
  rows: (_item, computed) =>
    rowOf(computed, 'angle', 'Angle', { value: '1483009', scheme: 'SCT', meaning: 'Angle' }, true),
};
