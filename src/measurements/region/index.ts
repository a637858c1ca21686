import { isLps } from '../../geometry/index.ts';
import type { Computed, MeasurementKind, Row } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { rowOf } from '../rowOf.ts';
import { computeRegion } from './compute.ts';
import { moveRegionHandle, regionHandles, sphereOnDiameter } from './handles.ts';
import { regionSchema } from './item.ts';
import type { RegionItem } from './item.ts';

export const region: MeasurementKind<RegionItem> = {
  name: 'region',
  title: 'Region',
  tool: {
    name: 'Region of interest',
    key: 'E',
    spaces: ['patient'],
    hint: 'Region of interest: a ball in 3D, its volume and values (on single images: an ellipse)',
    otherwise: 'area',
  },
  version: 1,
  schema: regionSchema,
  parse: (json) => parseItem(regionSchema, json),
  migrations: [],
  steps: [
    { handle: 'a', asks: 'Click one end of the longest diameter' },
    { handle: 'b', asks: 'Click the other end of the longest diameter' },
  ],
  finish({ points, view, label, order, side, on }) {
    const [p, q] = points;
    if (p === undefined || q === undefined || !isLps(p) || !isLps(q)) return undefined;
    const ellipsoid = sphereOnDiameter(p, q, view?.normal);
    if (ellipsoid === undefined) return undefined;
    return parseItem(regionSchema, { type: 'item', kind: 'region', label, order, side, on, ellipsoid });
  },
  handles: regionHandles,
  moveHandle: moveRegionHandle,
  uses: ({ mask }) => (mask === undefined ? [] : [mask]),
  needs: ({ on, mask }) => (mask === undefined ? [{ pixels: 'volume', on }] : []),
  compute: async (item, given, run) => computeRegion(item, given, run),
  shapes: ({ ellipsoid }) => (ellipsoid === undefined ? [] : [{ type: 'ellipsoid', ...ellipsoid, role: 'target' }]),
  rows: (_item, computed) => regionRows(computed),
};

function regionRows(computed: Computed): readonly Row[] {
  const sct = (value: string, meaning: string) => ({ value, scheme: 'SCT', meaning });
  return [
    ...rowOf(computed, 'volume', 'Volume', sct('118565006', 'Volume'), true),
    ...rowOf(computed, 'longestDiameter3d', 'Longest diameter, 3D', sct('103339001', 'Long Axis')),
    ...rowOf(computed, 'shortAxis3d', 'Largest extent across it, 3D', sct('103340004', 'Short Axis')),
    ...rowOf(computed, 'axialLongest', 'Longest diameter, axial', sct('103339001', 'Long Axis')),
    ...rowOf(computed, 'axialShort', 'Diameter across it, axial', sct('103340004', 'Short Axis')),
    ...rowOf(computed, 'mean', 'Mean inside', sct('373098007', 'Mean')).map((row) => ({ ...row, beside: ', mean ' })),
    ...rowOf(computed, 'standardDeviation', 'Standard deviation inside', sct('386136009', 'Standard Deviation')),
  ];
}
