import type { Point } from '../../geometry/index.ts';
import { distance } from '../../geometry/index.ts';
import type { Computed, Draft, MeasurementKind, PixelNeed, PlacementStep, Row, SeriesFacts } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { privateCode, rowOf } from '../rowOf.ts';
import { computeArea } from './compute.ts';
import { areaHandles, ellipseInBox, moveAreaHandle } from './handles.ts';
import { sliceHolding } from './inSlice.ts';
import { areaSchema, inSpace } from './item.ts';
import type { AreaItem } from './item.ts';
import { cornersOf } from './outlineOf.ts';

const made = ({ label, order, side, on }: Draft, fields: Readonly<Record<string, unknown>>): AreaItem =>
  parseItem(areaSchema, { type: 'item', kind: 'area', label, order, side, on, ...fields });

const corners: readonly PlacementStep[] = [
  { handle: 'corner-1', asks: 'Click the first corner of the outline' },
  { handle: 'corner-2', asks: 'Click the next corner' },
  { handle: 'corner-3', asks: 'Click the next corner' },
  { handle: 'corner-4', asks: 'Click the next corner; the first corner or Enter closes the outline', optional: true },
];

/** Nearer to the first corner than this part of the outline's reach, a click closes it. */
const closing = 0.04;

export const area: MeasurementKind<AreaItem> = {
  name: 'area',
  title: 'Area',
  tool: {
    name: 'Area',
    key: 'O',
    spaces: ['patient', 'image'],
    hint: 'Area: ellipse in 2D with mean, SD, least and greatest value',
  },
  version: 1,
  schema: areaSchema,
  parse: (json) => parseItem(areaSchema, json),
  migrations: [],
  steps: [
    { handle: 'corner-1', asks: 'Click one corner of the box around the ellipse' },
    { handle: 'corner-2', asks: 'Click the opposite corner' },
  ],
  finish(draft) {
    const [p, q] = draft.points;
    if (p === undefined || q === undefined) return undefined;
    const ellipse = ellipseInBox(p, q, draft.view);
    return ellipse && made(draft, { ellipse });
  },
  otherTools: [
    {
      tool: { name: 'Area by corners', key: 'P', spaces: ['patient', 'image'] },
      steps: corners,
      finish(draft, confirmed = false) {
        const polygon = closed(draft.points);
        if (polygon.length < 3 || (!confirmed && polygon.length === draft.points.length)) return undefined;
        return made(draft, { polygon });
      },
    },
  ],
  handles: areaHandles,
  moveHandle: moveAreaHandle,
  uses: () => [],
  needs,
  compute: async (item, given, run) => computeArea(item, given, run),
  shapes: (item) => [{ type: 'polyline', points: cornersOf(item), closed: true, role: 'main' }],
  rows: (_item, computed) => areaRows(computed),
};

/** The image; the volume; or, of a series that is no volume, the one picture in whose plane the outline lies. */
function needs(item: AreaItem, series?: SeriesFacts): readonly PixelNeed[] {
  const { on } = item;
  if (on.in === 'image') return [{ pixels: 'frame', on }];
  if (series?.volume !== null) return [{ pixels: 'volume', on }];
  const slice = sliceHolding(item, series);
  if (slice === undefined) return [];
  const { seriesInstanceUID } = on;
  const { sopInstanceUID, frame } = slice;
  return [{ pixels: 'frame', on: { in: 'image', seriesInstanceUID, sopInstanceUID, frame } }];
}

/** The corners clicked, without a last one that comes back to the first. */
function closed(points: readonly Point[]): readonly Point[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 4) return points;
  const reach = Math.max(...points.map((p) => distance(inSpace(p), inSpace(first))));
  return distance(inSpace(last), inSpace(first)) <= closing * reach ? points.slice(0, -1) : points;
}

function areaRows(computed: Computed): readonly Row[] {
  const sct = (value: string, meaning: string) => ({ value, scheme: 'SCT', meaning });
  return [
    ...rowOf(computed, 'area', 'Area', sct('42798000', 'Area'), true),
    ...rowOf(computed, 'mean', 'Mean inside', sct('373098007', 'Mean')).map((row) => ({ ...row, beside: ', mean ' })),
    ...rowOf(computed, 'standardDeviation', 'Standard deviation inside', sct('386136009', 'Standard Deviation')),
    ...rowOf(computed, 'minimum', 'Least inside', sct('255605001', 'Minimum')),
    ...rowOf(computed, 'maximum', 'Greatest inside', sct('56851009', 'Maximum')),
    ...rowOf(computed, 'count', 'Pixels inside', privateCode('PIXEL_COUNT', 'Number of pixels inside')),
  ];
}
