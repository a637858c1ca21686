import type { Chart, Computed } from '../kind.ts';
import { isQuantity } from '../rowOf.ts';
import type { VesselItem } from './item.ts';
import { referenceOf } from './item.ts';
import { positionOfMark } from './lineMarks.ts';

/** Diameters along the vessel with the narrowest place and the lesion's borders. */
export function vesselCharts(item: VesselItem, computed: Computed): readonly Chart[] {
  const { results } = computed;
  const { profile, centreline } = results;
  if (profile === undefined || !('columns' in profile)) return [];
  const column = (name: string) => profile.columns[name] ?? [];
  const marker = (key: string, label: string, handle?: string): NonNullable<Chart['markers']> => {
    const quantity = results[key];
    if (!isQuantity(quantity) || quantity.value === null) return [];
    return [{ label, at: quantity.value, ...(handle === undefined ? {} : { handle }) }];
  };
  const { referencePoints } = item.options ?? {};
  const placed = referenceOf(item) === 'placed' && referencePoints !== undefined ? referencePoints : [];
  const places =
    centreline !== undefined && 'value' in centreline && Array.isArray(centreline.value) ? centreline.value : [];
  return [
    {
      title: 'Diameter along the vessel',
      x: { label: 'Distance along the vessel', unit: 'mm', values: column('position').map((value) => value ?? 0) },
      lines: [
        { label: 'Mean diameter', unit: 'mm', values: column('meanDiameter') },
        { label: 'Minimum diameter', unit: 'mm', values: column('minimumDiameter') },
        { label: 'Reference', unit: 'mm', values: column('reference') },
      ],
      markers: [
        ...marker('lesionStart', 'Lesion', 'lesion-start'),
        ...marker('minimumPosition', 'Narrowest'),
        ...marker('lesionEnd', 'Lesion end', 'lesion-end'),
        ...placed.flatMap((point, n) => {
          const at = positionOfMark(item, point, computed);
          if (at === null) return [];
          return [
            {
              label: n === 0 ? 'Reference' : 'Reference end',
              at,
              ...(placed.length === 1 ? { handle: 'reference' } : {}),
            },
          ];
        }),
      ],
      places,
    },
  ];
}
