import { z } from 'zod';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

export const noteSchema = anywhere
  .extend({ kind: z.literal('note'), point: pointSchema, text: z.string() })
  .superRefine(({ on, point }, context) => checkPoints(on, [{ at: point, path: ['point'] }], context));
/** Words that point at a place. */
export type NoteItem = z.output<typeof noteSchema>;
