import { z } from 'zod';
import { imageSpaceSchema } from '../../plan/index.ts';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

export const calibrationObjects = ['catheter', 'sheath', 'marker-catheter', 'ruler', 'ball', 'other'] as const;
export type CalibrationObject = (typeof calibrationObjects)[number];
export const objectNames: Readonly<Record<CalibrationObject, string>> = {
  catheter: 'catheter',
  sheath: 'sheath',
  'marker-catheter': 'marker catheter',
  ruler: 'ruler',
  ball: 'ball',
  other: 'other object',
};
/** Sentence S-4 of the clinical page. */
export const sheathSentence = 'French size of a sheath is its inner size.';

/** Only a catheter's French is the outer size that the picture shows. */
export const hasFrench = (object: CalibrationObject): boolean => object === 'catheter' || object === 'marker-catheter';

export const calibrationSchema = anywhere
  .extend({
    on: imageSpaceSchema,
    kind: z.literal('calibration'),
    points: z.tuple([pointSchema, pointSchema]),
    object: z.enum(calibrationObjects),
    knownMm: z.number().positive().optional(),
    french: z.number().positive().optional(),
    options: z.looseObject({ edges: z.enum(['auto', 'asClicked']).optional() }).optional(),
  })
  .superRefine(({ on, points, object, knownMm, french }, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((knownMm === undefined) === (french === undefined))
      issue(['knownMm'], 'a calibration has either knownMm or french');
    if (french !== undefined && !hasFrench(object))
      issue(
        ['french'],
        object === 'sheath' ? `catheters only: ${sheathSentence}` : 'only catheters are measured in French',
      );
    checkPoints(
      on,
      points.map((at, i) => ({ at, path: ['points', i] })),
      context,
    );
  });
/** Something of known size on one image: it gives the frames taken like it their millimetres. */
export type CalibrationItem = z.output<typeof calibrationSchema>;

/** mm; 1 French is a third of a millimetre. */
export function knownMillimetres({ knownMm, french }: CalibrationItem): number {
  return knownMm ?? (french ?? 0) / 3;
}
/** "catheter 2.0 mm", "catheter 6 F (2.0 mm)". */
export function saysWhat(item: CalibrationItem): string {
  const mm = `${millimetresText(knownMillimetres(item))} mm`;
  const name = objectNames[item.object];
  return item.french === undefined ? `${name} ${mm}` : `${name} ${item.french} F (${mm})`;
}
function millimetresText(mm: number): string {
  const rounded = Math.round(mm * 1000) / 1000;
  return Number.isInteger(rounded * 10) ? rounded.toFixed(1) : String(Math.round(mm * 100) / 100);
}
