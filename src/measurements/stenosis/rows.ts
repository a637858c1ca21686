import type { Computed, Row } from '../kind.ts';
import { rowOf } from '../rowOf.ts';
import type { StenosisItem } from './item.ts';

const lumen = { value: '397413000', scheme: 'SCT', meaning: 'Vessel lumen diameter' };

/** What is graded comes first: the diameter in arteries, the area in collapsible veins, the lumen in dialysis access. */
export function stenosisRows({ options }: StenosisItem, computed: Computed): readonly Row[] {
  const main =
    options?.territory === 'vein'
      ? 'areaStenosis'
      : options?.territory === 'dialysis'
        ? 'minimumLumenDiameter'
        : 'diameterStenosis';
  const row = (key: string, label: string, code: Row['code']) => rowOf(computed, key, label, code, key === main);
  return [
    ...row('diameterStenosis', 'Diameter stenosis', {
      value: '408715008',
      scheme: 'SCT',
      meaning: 'Lumen Diameter Stenosis',
    }),
    ...row('areaStenosis', 'Area stenosis', { value: '408714007', scheme: 'SCT', meaning: 'Lumen Area Stenosis' }),
    ...row('minimumLumenDiameter', 'Minimum lumen diameter', lumen),
    ...row('referenceDiameter', 'Reference diameter', lumen),
  ];
}
