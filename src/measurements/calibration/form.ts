import { PlanFault } from '../../plan/index.ts';
import type { Answers, FormField, ItemForm } from '../kind.ts';
import { calibrationObjects, hasFrench, objectNames, type CalibrationItem, type CalibrationObject } from './item.ts';

function objectIn({ object }: Answers): CalibrationObject {
  return calibrationObjects.find((one) => one === object) ?? 'catheter';
}
type SizeUnit = 'french' | 'mm';
/** '' where it has to be chosen: ten French are 3.3 mm, ten millimetres are not, and neither may be taken by habit. */
function unitIn(answers: Answers): SizeUnit | '' {
  if (!hasFrench(objectIn(answers))) return 'mm';
  const { unit } = answers;
  return unit === 'french' || unit === 'mm' ? unit : '';
}
function sizeIn({ size = '' }: Answers): number {
  const written = size.trim().replace(',', '.');
  return written === '' ? Number.NaN : Number(written);
}

/** No size is proposed: a wrong one accepted by habit would make every number wrong. */
function fields(answers: Answers): readonly FormField[] {
  const object = objectIn(answers);
  const unit = unitIn(answers);
  const size = sizeIn(answers);
  const inMillimetres = unit === 'french' && size > 0 ? `${size} F = ${(size / 3).toFixed(2)} mm` : undefined;
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
              ...(unit === '' ? [{ value: '', title: 'choose: French or mm' }] : []),
              { value: 'french', title: 'French (F), outside of the shaft' },
              { value: 'mm', title: 'millimetres (mm), as clicked' },
            ],
            value: unit,
          } as const,
        ]
      : []),
    {
      name: 'size',
      label: 'Known size, as clicked',
      type: 'number',
      ...(unit === '' ? {} : { unit: unit === 'french' ? 'F' : 'mm' }),
      ...(inMillimetres === undefined ? {} : { hint: inMillimetres }),
      value: answers['size'] ?? '',
    },
  ];
}

/** The fields of the item that the answers give. Edges are as clicked: finding them is for a later version. */
export function answered(answers: Answers): Pick<CalibrationItem, 'object' | 'knownMm' | 'french' | 'options'> {
  const size = sizeIn(answers);
  if (!Number.isFinite(size) || size <= 0) throw new PlanFault('size', 'Type the known size, a number above 0');
  const object = objectIn(answers);
  const unit = unitIn(answers);
  if (unit === '') throw new PlanFault('unit', 'Choose whether the size is in French or in mm');
  return unit === 'french'
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
