import type { Answers, FormField, ItemForm } from '../kind.ts';
import { territories } from '../stenosis/item.ts';
import { referenceOf, references } from './item.ts';
import type { Reference, VesselItem } from './item.ts';

const territoryNames: Readonly<Record<(typeof territories)[number], string>> = {
  carotid: 'Carotid artery',
  artery: 'Artery',
  vein: 'Vein',
  dialysis: 'Dialysis access',
  aorta: 'Aorta',
  portal: 'Portal vein, TIPS',
};
const referenceNames: Readonly<Record<Reference, string>> = {
  interpolated: 'Fitted to the normal part',
  proximal: 'Proximal: 5 mm before the lesion',
  distal: 'Distal: 5 mm beyond the lesion',
  mean: 'Mean of proximal and distal',
};

function territoryIn({ territory }: Answers): (typeof territories)[number] | null {
  return territories.find((one) => one === territory) ?? null;
}

function fields(answers: Answers): readonly FormField[] {
  const territory = territoryIn(answers);
  const usual = territory === 'carotid' ? 'distal' : 'interpolated';
  const reference = references.find((one) => one === answers['reference']) ?? usual;
  return [
    {
      name: 'territory',
      label: 'Territory',
      type: 'choice',
      choices: [
        { value: '', title: 'Not said' },
        ...territories.map((value) => ({ value, title: territoryNames[value] })),
      ],
      value: territory ?? '',
    },
    {
      name: 'reference',
      label: 'Reference',
      type: 'choice',
      choices: references.map((value) => ({ value, title: referenceNames[value] })),
      ...(territory === 'carotid' && reference === 'distal' ? { hint: 'NASCET' } : {}),
      value: reference,
    },
    {
      name: 'nearOcclusion',
      label: 'Near-occlusion',
      type: 'choice',
      choices: [
        { value: 'no', title: 'No' },
        { value: 'yes', title: 'Yes: no percentage holds' },
      ],
      value: answers['nearOcclusion'] === 'yes' ? 'yes' : 'no',
    },
  ];
}

/** Territory, reference and near-occlusion, open to change once the vessel is followed. */
export const vesselForm: ItemForm<VesselItem> = {
  title: 'Vessel',
  afterwards: true,
  fields,
  answersOf: (item) => ({
    territory: item.options?.territory ?? '',
    reference: referenceOf(item),
    nearOcclusion: item.options?.nearOcclusion === true ? 'yes' : 'no',
  }),
  change(item, answers) {
    const territory = territoryIn(answers);
    const before = item.options?.territory ?? null;
    const { reference: kept, nearOcclusion: _near, territory: _territory, ...others } = item.options ?? {};
    const chosen = references.find((one) => one === answers['reference']);
    // The usual reference goes with the territory: it is only written down where a person chose another.
    const usual: Reference = territory === 'carotid' ? 'distal' : 'interpolated';
    const changed = territory !== before && chosen === referenceOf(item) ? kept : chosen;
    const options = {
      ...others,
      ...(territory === null ? {} : { territory }),
      ...(changed === undefined || changed === usual ? {} : { reference: changed }),
      ...(answers['nearOcclusion'] === 'yes' ? { nearOcclusion: true } : {}),
    };
    const { options: _old, ...rest } = item;
    return Object.keys(options).length > 0 ? { ...rest, options } : rest;
  },
};
