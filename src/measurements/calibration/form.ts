import { PlanFault } from '../../plan/index.ts';
import type { Answers, FormField, ItemForm } from '../kind.ts';
import { calibrationObjects, hasFrench, objectNames, sheathSentence } from './item.ts';
import type { CalibrationItem, CalibrationObject } from './item.ts';

function objectIn({ object }: Answers): CalibrationObject {
  return calibrationObjects.find((one) => one === object) ?? 'catheter';
}
type SizeUnit = 'french' | 'mm';
interface Size {
  /** NaN where none is written. */
  readonly value: number;
  /** Written beside the number; '' where it is not, or where it is no unit of a size. */
  readonly unit: SizeUnit | '';
}
const writtenSize = /^([\d.,]+)\s*(?:(mm)|(f|fr|ch|french)\.?)?$/i;

/** "5", "5F", "5 Fr", "1,67 mm". */
function sizeIn({ size = '' }: Answers): Size {
  const [, number = '', millimetres, french] = writtenSize.exec(size.trim()) ?? [];
  const unit = millimetres !== undefined ? 'mm' : french !== undefined ? 'french' : '';
  return { value: number === '' ? Number.NaN : Number(number.replace(',', '.')), unit };
}
/** '' where it has to be chosen: ten French are 3.3 mm, ten millimetres are not, and neither may be taken by habit. */
function unitIn(answers: Answers): SizeUnit | '' {
  const written = sizeIn(answers).unit;
  if (written !== '') return written;
  if (!hasFrench(objectIn(answers))) return 'mm';
  const { unit } = answers;
  return unit === 'french' || unit === 'mm' ? unit : '';
}
/** The size in the other unit, so that French are not taken for millimetres unseen. */
function meaning(object: CalibrationObject, size: number, unit: SizeUnit | ''): string | undefined {
  if (!(size > 0) || unit === '') return undefined;
  if (!hasFrench(object)) return unit === 'french' ? frenchRefused(object) : undefined;
  return unit === 'french' ? `${size} F = ${(size / 3).toFixed(2)} mm` : `${size} mm = ${(size * 3).toFixed(1)} F`;
}
function frenchRefused(object: CalibrationObject): string {
  return object === 'sheath'
    ? `${sheathSentence} Type its outer size in mm.`
    : 'Only catheters are measured in French. Type the size in mm.';
}

const unitNames: Readonly<Record<SizeUnit, string>> = {
  french: 'French (F), outside of the shaft',
  mm: 'millimetres (mm), as clicked',
};

/** No size is proposed: a wrong one accepted by habit would make every number wrong. */
function fields(answers: Answers): readonly FormField[] {
  const object = objectIn(answers);
  const unit = unitIn(answers);
  const size = sizeIn(answers);
  const hint = meaning(object, size.value, unit);
  // Written beside the number it is shown here, and changed there.
  const open = size.unit === '' ? (['french', 'mm'] as const) : ([size.unit] as const);
  return [
    {
      name: 'object',
      label: 'Object',
      type: 'choice',
      choices: calibrationObjects.map((value) => ({ value, title: objectNames[value] })),
      value: object,
    },
    {
      name: 'size',
      label: 'Known size, as clicked',
      type: 'number',
      ...(unit === '' || size.unit !== '' ? {} : { unit: unit === 'french' ? 'F' : 'mm' }),
      ...(hint === undefined ? {} : { hint }),
      value: answers['size'] ?? '',
    },
    ...(hasFrench(object)
      ? [
          {
            name: 'unit',
            label: 'Size in',
            type: 'choice',
            choices: [
              ...(unit === '' ? [{ value: '', title: 'choose: French or mm' }] : []),
              ...open.map((value) => ({ value, title: unitNames[value] })),
            ],
            value: unit,
          } as const,
        ]
      : []),
  ];
}

/** The fields of the item that the answers give. Edges are as clicked: finding them is for a later version. */
export function answered(answers: Answers): Pick<CalibrationItem, 'object' | 'knownMm' | 'french' | 'options'> {
  const { value: size } = sizeIn(answers);
  if (!Number.isFinite(size) || size <= 0)
    throw new PlanFault('size', 'Type the known size, a number above 0: 5F, 5 Fr or 1.67 mm');
  const object = objectIn(answers);
  const unit = unitIn(answers);
  if (unit === 'french' && !hasFrench(object)) throw new PlanFault('size', frenchRefused(object));
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
