import type { Answers, FormField, ItemForm, OtherItem } from '../kind.ts';
import { territories } from '../stenosis/item.ts';
import { referenceOf, references } from './item.ts';
import type { AnyReference, Reference, VesselItem } from './item.ts';

type Territory = (typeof territories)[number];

const territoryNames: Readonly<Record<Territory, string>> = {
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
/** Before the id of another vessel. */
const otherVessel = 'contralateral:';

const usualReference = (territory: Territory | null): Reference =>
  territory === 'carotid' ? 'distal' : 'interpolated';

function territoryIn({ territory }: Answers): Territory | null {
  return territories.find((one) => one === territory) ?? null;
}

function fields(answers: Answers, others: readonly OtherItem[] = []): readonly FormField[] {
  const territory = territoryIn(answers);
  const reference = answers['reference'] ?? usualReference(territory);
  const vessels = others.filter(({ kind }) => kind === 'vessel');
  const byHand = answers['lesion'] === 'hand' || answers['lesionSet'] === 'yes';
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
      choices: [
        ...references.map((value) => ({ value, title: referenceNames[value] })),
        ...(answers['placed'] === 'yes' ? [{ value: 'placed', title: 'Placed by hand' }] : []),
        ...vessels.map(({ id, label }) => ({ value: `${otherVessel}${id}`, title: `As in ${label}` })),
      ],
      value: reference,
    },
    ...(byHand
      ? [
          {
            name: 'lesion',
            label: 'Lesion borders',
            type: 'choice',
            choices: [
              { value: 'hand', title: 'Set by hand' },
              { value: 'found', title: 'Found by the threshold' },
            ],
            value: answers['lesion'] ?? 'hand',
          } as const,
        ]
      : []),
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

function answersOf(item: VesselItem): Answers {
  const { options } = item;
  const reference = referenceOf(item);
  return {
    territory: options?.territory ?? '',
    reference: reference === 'contralateral' ? `${otherVessel}${options?.contralateral ?? ''}` : reference,
    placed: options?.referencePoints === undefined ? 'no' : 'yes',
    lesionSet: options?.lesion === undefined ? 'no' : 'yes',
    ...(options?.lesion === undefined ? {} : { lesion: 'hand' }),
    nearOcclusion: options?.nearOcclusion === true ? 'yes' : 'no',
  };
}

function referenceIn(answers: Answers, item: VesselItem): { reference?: AnyReference; contralateral?: string } {
  const territory = territoryIn(answers);
  const written = answers['reference'] ?? '';
  if (written.startsWith(otherVessel))
    return { reference: 'contralateral', contralateral: written.slice(otherVessel.length) };
  if (written === 'placed' && item.options?.referencePoints !== undefined) return { reference: 'placed' };
  const chosen = references.find((one) => one === written);
  // The usual reference goes with the territory: it is only written down where a person chose another.
  const turned = territory !== (item.options?.territory ?? null) && chosen === referenceOf(item);
  const kept = turned ? item.options?.reference : chosen;
  return kept === undefined || kept === usualReference(territory) ? {} : { reference: kept };
}

/** Territory, reference, borders and near-occlusion, open to change once the vessel is followed. */
export const vesselForm: ItemForm<VesselItem> = {
  title: 'Vessel',
  afterwards: true,
  fields,
  answersOf,
  change(item, answers) {
    const {
      reference: _reference,
      contralateral: _other,
      nearOcclusion: _near,
      territory: _territory,
      lesion,
      ...rest
    } = item.options ?? {};
    const territory = territoryIn(answers);
    const options = {
      ...rest,
      ...(territory === null ? {} : { territory }),
      ...referenceIn(answers, item),
      ...(lesion === undefined || answers['lesion'] === 'found' ? {} : { lesion }),
      ...(answers['nearOcclusion'] === 'yes' ? { nearOcclusion: true } : {}),
    };
    const { options: _old, ...bare } = item;
    return Object.keys(options).length > 0 ? { ...bare, options } : bare;
  },
};
