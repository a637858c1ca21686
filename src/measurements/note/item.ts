import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

export const noteSchema = anywhere
  .extend({ kind: z.literal('note'), point: pointSchema, text: z.string(), textAt: pointSchema.optional() })
  .superRefine(({ on, point, textAt }, context) =>
    checkPoints(
      on,
      [{ at: point, path: ['point'] }, ...(textAt === undefined ? [] : [{ at: textAt, path: ['textAt'] }])],
      context,
    ),
  );
/** Words that point at a place. `textAt`: where their middle was drawn to; absent: they stand beside the place. */
export type NoteItem = z.output<typeof noteSchema>;
