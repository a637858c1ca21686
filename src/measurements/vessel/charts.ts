import type { Chart, Computed } from '../kind.ts';
import { isQuantity } from '../rowOf.ts';
import type { VesselItem } from './item.ts';

/** Diameters along the vessel with the narrowest place and the lesion's borders. */
export function vesselCharts(_item: VesselItem, { results }: Computed): readonly Chart[] {
  const { profile, centreline } = results;
  if (profile === undefined || !('columns' in profile)) return [];
  const column = (name: string) => profile.columns[name] ?? [];
  const marker = (key: string, label: string) => {
    const quantity = results[key];
    return isQuantity(quantity) && quantity.value !== null ? [{ label, at: quantity.value }] : [];
  };
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
        ...marker('lesionStart', 'Lesion'),
        ...marker('minimumPosition', 'Narrowest'),
        ...marker('lesionEnd', 'Lesion end'),
      ],
      places,
    },
  ];
}
