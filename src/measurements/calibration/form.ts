import { PlanFault } from '../../plan/index.ts';
import type { Answers, FormField, ItemForm } from '../kind.ts';
import { calibrationObjects, hasFrench, objectNames, type CalibrationItem, type CalibrationObject } from './item.ts';

function objectIn({ object }: Answers): CalibrationObject {
  return calibrationObjects.find((one) => one === object) ?? 'catheter';
}
const inFrench = (answers: Answers): boolean =>
  hasFrench(objectIn(answers)) && (answers['unit'] ?? 'french') === 'french';

/** No size is proposed: a wrong one accepted by habit would make every number wrong. */
function fields(answers: Answers): readonly FormField[] {
  const object = objectIn(answers);
  const unit = inFrench(answers) ? 'french' : 'mm';
  return [
    {
      name: 'object',
      label: 'Object',
      type: 'choice',
      choices: calibrationObjects.map((value) => ({ value, title: objectNames[value] })),
      value: object,
    },
    ...(hasFrench(object)
      ? [
          {
            name: 'unit',
            label: 'Size in',
            type: 'choice',
            choices: [
              { value: 'french', title: 'French, across the shaft' },
              { value: 'mm', title: 'mm, as clicked' },
            ],
            value: unit,
          } as const,
        ]
      : []),
    {
      name: 'size',
      label: 'Known size, as clicked',
      type: 'number',
      unit: unit === 'french' ? 'F' : 'mm',
      value: answers['size'] ?? '',
    },
  ];
}

/** The fields of the item that the answers give. Edges are as clicked: finding them is for a later version. */
export function answered(answers: Answers): Pick<CalibrationItem, 'object' | 'knownMm' | 'french' | 'options'> {
  const written = (answers['size'] ?? '').trim().replace(',', '.');
  const size = Number(written);
  if (written === '' || !Number.isFinite(size) || size <= 0)
    throw new PlanFault('size', 'Type the known size, a number above 0');
  const object = objectIn(answers);
  return inFrench(answers)
    ? { object, french: size, options: { edges: 'asClicked' } }
    : { object, knownMm: size, options: { edges: 'asClicked' } };
}

export const calibrationForm: ItemForm<CalibrationItem> = {
  title: 'Calibrate',
  fields,
  answersOf: ({ object, knownMm, french }) => ({
    object,
    unit: french === undefined ? 'mm' : 'french',
    size: String(french ?? knownMm ?? ''),
  }),
  change(item, answers) {
    const { knownMm: _mm, french: _french, ...rest } = item;
    const next = answered(answers);
    return { ...rest, ...next, options: { ...item.options, ...next.options } };
  },
};
