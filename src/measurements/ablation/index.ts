import { along, distance, isLps, normalize, subtract } from '../../geometry/index.ts';
import type { RecordId } from '../../plan/index.ts';
import type { Computed, Draft, MeasurementKind, Row } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { ellipsoidOf } from '../region/item.ts';
import { triple } from '../points.ts';
import { isQuantity, privateCode, rowOf } from '../rowOf.ts';
import { computeAblation } from './compute.ts';
import { ablationHandles, moveAblationHandle } from './handles.ts';
import { ablationSchema, zoneOf } from './item.ts';
import type { AblationItem } from './item.ts';

/** No maker's figures: a shape to begin with, said to be that. */
const genericZone = { length: 40, width: 30, tipToCentre: 10, source: 'a generic shape, no device' };

export const ablation: MeasurementKind<AblationItem> = {
  name: 'ablation',
  title: 'Ablation',
  tool: { name: 'Ablation zone', key: 'Z', spaces: ['patient'] },
  version: 1,
  schema: ablationSchema,
  parse: (json) => parseItem(ablationSchema, json),
  migrations: [],
  steps: [
    { handle: 'tip-1', asks: "Click the applicator's tip" },
    { handle: 'shaft-1', asks: 'Click a point along the needle toward the skin' },
  ],
  finish(draft) {
    const [tip, skin] = draft.points;
    if (tip === undefined || skin === undefined || !isLps(tip) || !isLps(skin) || !(distance(tip, skin) > 0))
      return undefined;
    const { label, order, side, on } = draft;
    const applicators = [{ tip, direction: triple(normalize(subtract(tip, skin))), zone: genericZone }];
    const fields = { applicators, target: latestRegion(draft), requiredMargin: null, critical: [] };
    return parseItem(ablationSchema, { type: 'item', kind: 'ablation', label, order, side, on, ...fields });
  },
  handles: ablationHandles,
  moveHandle: moveAblationHandle,
  uses: ({ target, critical }) => (target === null ? critical : [target, ...critical]),
  needs: () => [],
  compute: async (item, given, run) => computeAblation(item, given, run),
  shapes: ({ applicators }) =>
    applicators.flatMap((applicator) => {
      const zone = zoneOf(applicator);
      return [
        { type: 'ellipsoid', ...zone, role: 'zone' },
        { type: 'arrow', from: along(applicator.tip, zone.axes[0], -60), to: applicator.tip, role: 'path' },
      ] as const;
    }),
  rows: (_item, computed) => ablationRows(computed),
};

/** The target is most likely what was drawn last. */
function latestRegion({ others, on }: Draft): RecordId | null {
  let latest: { readonly id: RecordId; readonly order: number } | undefined;
  for (const [id, record] of Object.entries(others)) {
    if (record.type !== 'item' || ellipsoidOf(record) === undefined || record.on.in !== 'patient') continue;
    const sameSpace = on.in === 'patient' && record.on.frameOfReferenceUID === on.frameOfReferenceUID;
    if (sameSpace && (latest === undefined || record.order >= latest.order)) latest = { id, order: record.order };
  }
  return latest?.id ?? null;
}

function ablationRows(computed: Computed): readonly Row[] {
  // Without a target there is no margin to show in the list.
  const margin = computed.results['minimalAblativeMargin'];
  const hasMargin = isQuantity(margin) && margin.value !== null;
  const volume = { value: '118565006', scheme: 'SCT', meaning: 'Volume' };
  return [
    ...rowOf(
      computed,
      'minimalAblativeMargin',
      'Minimal ablative margin',
      privateCode('MAM', 'Minimal ablative margin'),
      hasMargin,
    ),
    ...rowOf(computed, 'coverage', 'Target covered', privateCode('COVERAGE', 'Part of the target inside the zone')),
    ...rowOf(
      computed,
      'marginCoverage',
      'Target with margin covered',
      privateCode('MARGIN_COVERAGE', 'Part of the grown target inside the zone'),
    ),
    ...rowOf(computed, 'zoneVolume', 'Zone volume', volume, !hasMargin),
    ...rowOf(computed, 'targetVolume', 'Target volume', volume),
    ...rowOf(
      computed,
      'zoneClearance',
      'Zone to critical structure',
      privateCode('ZONE_CLEARANCE', 'Least distance of the zone to a critical structure'),
    ),
  ];
}
