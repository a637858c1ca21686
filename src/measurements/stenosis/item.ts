import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

const twoPoints = z.tuple([pointSchema, pointSchema]);
export const territories = ['carotid', 'artery', 'vein', 'dialysis', 'aorta', 'portal'] as const;

export const stenosisSchema = anywhere
  .extend({
    kind: z.literal('stenosis'),
    lesion: twoPoints,
    references: z.array(twoPoints).min(1).max(2),
    options: z.looseObject({ territory: z.enum(territories).nullable().optional() }).optional(),
  })
  .superRefine((item, context) => {
    const points = [
      ...item.lesion.map((at, i) => ({ at, path: ['lesion', i] })),
      ...item.references.flatMap((pair, r) => pair.map((at, i) => ({ at, path: ['references', r, i] }))),
    ];
    checkPoints(item.on, points, context);
  });
/** The diameter of a narrowing across one line, against one or two lines where the vessel is normal. */
export type StenosisItem = z.output<typeof stenosisSchema>;
