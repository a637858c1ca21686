import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

export const lengthSchema = anywhere
  .extend({ kind: z.literal('length'), points: z.tuple([pointSchema, pointSchema]) })
  .superRefine((item, context) => {
    checkPoints(
      item.on,
      item.points.map((at, i) => ({ at, path: ['points', i] })),
      context,
    );
  });
/** The straight distance between two points, in patient space or in one image. */
export type LengthItem = z.output<typeof lengthSchema>;
