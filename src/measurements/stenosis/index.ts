import type { Point } from '../../geometry/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, noHandle } from '../points.ts';
import { computeStenosis } from './compute.ts';
import { stenosisSchema } from './item.ts';
import type { StenosisItem } from './item.ts';
import { stenosisRows } from './rows.ts';

export const stenosis: MeasurementKind<StenosisItem> = {
  name: 'stenosis',
  title: 'Stenosis',
  tool: { name: 'Stenosis', key: 'S', spaces: ['patient', 'image'] },
  version: 1,
  schema: stenosisSchema,
  parse: (json) => parseItem(stenosisSchema, json),
  migrations: [],
  steps: [
    { handle: 'lesion-start', asks: 'Click one wall of the narrowest place' },
    { handle: 'lesion-end', asks: 'Click the opposite wall of the narrowest place' },
    { handle: 'reference-1-start', asks: 'Click one wall of the normal vessel (carotid: beyond the bulb)' },
    { handle: 'reference-1-end', asks: 'Click the opposite wall of the normal vessel' },
    { handle: 'reference-2-start', asks: 'Click one wall of a second normal place, or press Enter', optional: true },
    { handle: 'reference-2-end', asks: 'Click the opposite wall of the second normal place', optional: true },
  ],
  finish({ points, label, order, side, on }, confirmed = false) {
    const [a, b, c, d, e, f] = points;
    if (a === undefined || b === undefined || c === undefined || d === undefined) return undefined;
    const second = e !== undefined && f !== undefined ? [[e, f]] : [];
    if (second.length === 0 && !confirmed) return undefined;
    const fields = { lesion: [a, b], references: [[c, d], ...second], options: { territory: null } };
    return parseItem(stenosisSchema, { type: 'item', kind: 'stenosis', label, order, side, on, ...fields });
  },
  handles({ lesion, references }) {
    const pair = (name: string, title: string, [p, q]: readonly [Point, Point]) => [
      { name: `${name}-start`, at: p, title: `${title}, one wall` },
      { name: `${name}-end`, at: q, title: `${title}, opposite wall` },
    ];
    return [
      ...pair('lesion', 'Narrowest place', lesion),
      ...references.flatMap((points, i) => pair(`reference-${i + 1}`, `Reference ${i + 1}`, points)),
    ];
  },
  moveHandle(item, handle, to) {
    const moved = (name: string, pair: StenosisItem['lesion']): StenosisItem['lesion'] =>
      handle === `${name}-start`
        ? [copyPoint(to), pair[1]]
        : handle === `${name}-end`
          ? [pair[0], copyPoint(to)]
          : pair;
    if (!stenosis.handles(item).some(({ name }) => name === handle)) return noHandle('stenosis', handle);
    return {
      ...item,
      lesion: moved('lesion', item.lesion),
      references: item.references.map((pair, i) => moved(`reference-${i + 1}`, pair)),
    };
  },
  uses: () => [],
  needs: () => [],
  compute: async (item, given) => computeStenosis(item, given),
  shapes: ({ lesion, references }) => [
    { type: 'polyline', points: lesion, role: 'main' },
    ...references.map((points) => ({ type: 'polyline', points, role: 'reference' }) as const),
  ],
  rows: stenosisRows,
};
