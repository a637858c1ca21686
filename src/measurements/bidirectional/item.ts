import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

const twoPoints = z.tuple([pointSchema, pointSchema]);

export const bidirectionalSchema = anywhere
  .extend({ kind: z.literal('bidirectional'), long: twoPoints, short: twoPoints })
  .superRefine(({ on, long, short }, context) => {
    const points = [
      ...long.map((at, i) => ({ at, path: ['long', i] })),
      ...short.map((at, i) => ({ at, path: ['short', i] })),
    ];
    checkPoints(on, points, context);
  });
/** The longest diameter of something and the longest across it. */
export type BidirectionalItem = z.output<typeof bidirectionalSchema>;
