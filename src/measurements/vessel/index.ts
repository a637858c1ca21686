import { isLps } from '../../geometry/index.ts';
import type { LpsMm } from '../../geometry/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, noHandle } from '../points.ts';
import { vesselCharts } from './charts.ts';
import { computeVessel } from './compute.ts';
import { vesselSchema } from './item.ts';
import type { VesselItem } from './item.ts';
import { vesselForm } from './form.ts';
import { vesselLineMarks } from './lineMarks.ts';
import { centrelineOf, pointBeyond, pointWithin } from './points.ts';
import { vesselRows } from './rows.ts';

export const vessel: MeasurementKind<VesselItem> = {
  name: 'vessel',
  title: 'Vessel',
  tool: {
    name: 'Vessel',
    key: 'V',
    spaces: ['patient'],
    hint: 'Vessel: centreline, lumen and stenosis from two clicks',
  },
  version: 1,
  schema: vesselSchema,
  parse: (json) => parseItem(vesselSchema, json),
  migrations: [],
  steps: [
    { handle: 'point-1', asks: 'Click the vessel where it shall begin' },
    { handle: 'point-2', asks: 'Click the vessel where it shall end' },
  ],
  finish({ points, label, order, side, on }) {
    const path = points.filter((point): point is LpsMm => isLps(point));
    if (path.length < 2) return undefined;
    return parseItem(vesselSchema, { type: 'item', kind: 'vessel', label, order, side, on, path });
  },
  handles: ({ path }) =>
    path.map((at, i) => ({
      name: `point-${i + 1}`,
      at,
      title: i === 0 ? 'Start' : i === path.length - 1 ? 'End' : `Point ${i + 1}`,
    })),
  moveHandle(item, handle, to) {
    const moved = copyPoint(to);
    if (!isLps(moved) || !vessel.handles(item).some(({ name }) => name === handle)) return noHandle('vessel', handle);
    return { ...item, path: item.path.map((point, i) => (handle === `point-${i + 1}` ? [...moved] : point)) };
  },
  addPoint(item, at, how, computed) {
    if (!isLps(at)) return undefined;
    return how === 'within' ? pointWithin(item, at, computed) : pointBeyond(item, at);
  },
  uses: ({ options }) =>
    options?.reference === 'contralateral' && options.contralateral !== undefined ? [options.contralateral] : [],
  needs: ({ on }) => (on.in === 'patient' ? [{ pixels: 'volume', on }] : []),
  compute: async (item, given, run) => computeVessel(item, given, run),
  shapes(item, computed) {
    return [
      { type: 'polyline', points: centrelineOf(item, computed), role: 'path' },
      ...item.path.map((at) => ({ type: 'point', at, role: 'reference' }) as const),
    ];
  },
  rows: vesselRows,
  charts: vesselCharts,
  form: vesselForm,
  lineMarks: vesselLineMarks,
};
