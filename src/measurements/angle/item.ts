import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

export const angleSchema = anywhere
  .extend({ kind: z.literal('angle'), points: z.tuple([pointSchema, pointSchema, pointSchema]) })
  .superRefine((item, context) => {
    checkPoints(
      item.on,
      item.points.map((at, i) => ({ at, path: ['points', i] })),
      context,
    );
  });
/** The angle at the second of three points, in patient space or in one image. */
export type AngleItem = z.output<typeof angleSchema>;
