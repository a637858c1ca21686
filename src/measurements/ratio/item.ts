import { z } from 'zod';
import { anywhere } from '../itemSchema.ts';

const partSchema = z.looseObject({ item: z.string().min(1), key: z.string().min(1) });

export const ratioSchema = anywhere.extend({
  kind: z.literal('ratio'),
  numerator: partSchema,
  denominator: partSchema,
});
/** One number of the plan divided by another. `on`: where the numerator lies. */
export type RatioItem = z.output<typeof ratioSchema>;
