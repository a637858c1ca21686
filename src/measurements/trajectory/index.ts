import { distance } from '../../geometry/index.ts';
import type { Shape } from '../../geometry/index.ts';
import type { Computed, MeasurementKind, Row } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { copyPoint, inPatient, noHandle, triple } from '../points.ts';
import { privateCode, rowOf } from '../rowOf.ts';
import { computeTrajectory, reachOf } from './compute.ts';
import { trajectorySchema } from './item.ts';
import type { TrajectoryItem } from './item.ts';
import { trajectoryCharts, trajectoryProfile } from './profile.ts';

export const trajectory: MeasurementKind<TrajectoryItem> = {
  name: 'trajectory',
  title: 'Needle path',
  tool: { name: 'Needle', key: 'N', spaces: ['patient'] },
  version: 1,
  schema: trajectorySchema,
  parse: (json) => parseItem(trajectorySchema, json),
  migrations: [],
  steps: [
    { handle: 'entry', asks: 'Click the skin entry point' },
    { handle: 'target', asks: 'Click the target' },
  ],
  finish({ points, label, order, side, on }) {
    const [entry, target] = points;
    if (entry === undefined || target === undefined) return undefined;
    const fields = { entry: copyPoint(entry), target: copyPoint(target), options: { obstacles: [] } };
    return parseItem(trajectorySchema, { type: 'item', kind: 'trajectory', label, order, side, on, ...fields });
  },
  handles: ({ entry, target }) => [
    { name: 'entry', at: entry, title: 'Skin entry' },
    { name: 'target', at: target, title: 'Target' },
  ],
  moveHandle(item, handle, to) {
    if (handle === 'entry') return { ...item, entry: triple(inPatient(to)) };
    if (handle === 'target') return { ...item, target: triple(inPatient(to)) };
    return noHandle('needle path', handle);
  },
  uses: ({ options }) => options?.obstacles ?? [],
  needs: () => [],
  compute: async (item, given) => computeTrajectory(item, given),
  shapes: (item) => trajectoryShapes(item),
  rows: (_item, computed) => trajectoryRows(computed),
  profile: trajectoryProfile,
  charts: trajectoryCharts,
};

function trajectoryShapes(item: TrajectoryItem): readonly Shape[] {
  const { entry, target } = item;
  const path: Shape = { type: 'arrow', from: entry, to: target, role: 'path' };
  const ends: readonly Shape[] = [
    { type: 'point', at: entry, role: 'main' },
    { type: 'point', at: target, role: 'target' },
  ];
  const reach = reachOf(item);
  const beyond: readonly Shape[] =
    distance(reach, target) > 0 ? [{ type: 'polyline', points: [target, reach], role: 'extension' }] : [];
  return [path, ...ends, ...beyond];
}

function trajectoryRows(computed: Computed): readonly Row[] {
  return [
    ...rowOf(computed, 'depth', 'Depth', privateCode('NEEDLE_PATH_DEPTH', 'Distance from skin entry to target'), true),
    // People are shown the table angle first: the axial angle reads 180 for a needle straight down in a prone patient.
    ...rowOf(
      computed,
      'tableAngle',
      'Angle from vertical on the table',
      privateCode('TABLE_ANGLE', 'Needle angle from vertical'),
    ),
    ...rowOf(
      computed,
      'craniocaudalAngle',
      'Craniocaudal angle',
      privateCode('CRANIOCAUDAL_ANGLE', 'Needle craniocaudal angle'),
    ),
    ...rowOf(computed, 'axialAngle', 'Axial angle, patient-based', privateCode('AXIAL_ANGLE', 'Needle axial angle')),
    ...rowOf(
      computed,
      'remaining',
      'Needle left outside the skin',
      privateCode('NEEDLE_REMAINING', 'Needle length beyond depth'),
    ),
    ...rowOf(
      computed,
      'clearance',
      'Clearance',
      privateCode('NEEDLE_CLEARANCE', 'Least distance of the needle to an obstacle'),
    ),
  ];
}
