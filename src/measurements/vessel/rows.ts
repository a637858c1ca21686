import type { Computed, Row } from '../kind.ts';
import { privateCode, rowOf } from '../rowOf.ts';
import type { VesselItem } from './item.ts';

const sct = (value: string, meaning: string): Row['code'] => ({ value, scheme: 'SCT', meaning });
const lumen = sct('397413000', 'Vessel lumen diameter');

/** Graded first: the diameter in arteries, the area in veins, the lumen in dialysis access; of a path alone its length. */
export function vesselRows({ options }: VesselItem, computed: Computed): readonly Row[] {
  const graded =
    options?.territory === 'vein'
      ? 'areaStenosis'
      : options?.territory === 'dialysis'
        ? 'minimumLumenDiameter'
        : 'diameterStenosis';
  const main = computed.results[graded] === undefined ? 'vesselLength' : graded;
  const row = (key: string, label: string, code: Row['code']) => rowOf(computed, key, label, code, key === main);
  return [
    ...row('diameterStenosis', 'Diameter stenosis', sct('408715008', 'Lumen Diameter Stenosis')),
    ...row('areaStenosis', 'Area stenosis', sct('408714007', 'Lumen Area Stenosis')),
    ...row('minimumLumenDiameter', 'Minimum lumen diameter', lumen),
    ...row('referenceDiameter', 'Reference diameter', lumen),
    ...row('minimumLumenArea', 'Minimum lumen area', privateCode('VES-MLA', 'Minimum lumen area')),
    ...row('referenceArea', 'Reference lumen area', privateCode('VES-RLA', 'Reference lumen area')),
    ...row('lesionLength', 'Lesion length', privateCode('VES-LL', 'Lesion length along the centreline')),
    ...row('vesselLength', 'Vessel length', privateCode('VES-VL', 'Vessel length along the centreline')),
  ];
}
