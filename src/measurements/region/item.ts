import { z } from 'zod';
import type { Ellipsoid } from '../../geometry/index.ts';
import { dot } from '../../geometry/index.ts';
import type { PlanRecord } from '../../plan/index.ts';
import { inPatient, lpsSchema, vectorSchema } from '../itemSchema.ts';

const semiAxis = z.number().positive();
const axesSchema = z.tuple([vectorSchema, vectorSchema, vectorSchema]).superRefine(([a, b, c], context) => {
  const products = [dot(a, a) - 1, dot(b, b) - 1, dot(c, c) - 1, dot(a, b), dot(b, c), dot(c, a)];
  if (products.some((value) => Math.abs(value) > 1e-6))
    context.addIssue({ code: 'custom', message: 'must be three unit vectors at right angles, within 1e-6' });
});
const ellipsoidSchema = z.looseObject({
  centre: lpsSchema,
  semiAxes: z.tuple([semiAxis, semiAxis, semiAxis]),
  axes: axesSchema,
});

export const regionSchema = inPatient
  .extend({ kind: z.literal('region'), ellipsoid: ellipsoidSchema.optional(), mask: z.string().min(1).optional() })
  .superRefine((item, context) => {
    if ((item.ellipsoid === undefined) === (item.mask === undefined))
      context.addIssue({ code: 'custom', path: ['ellipsoid'], message: 'a region has either an ellipsoid or a mask' });
  });
/** A body in the patient: an ellipsoid, or the voxels of a mask. */
export type RegionItem = z.output<typeof regionSchema>;

/** The ellipsoid of a record that is a region with one; undefined for any other. */
export function ellipsoidOf(record: PlanRecord | undefined): Ellipsoid | undefined {
  if (record?.type !== 'item' || record.kind !== 'region') return undefined;
  const parsed = regionSchema.safeParse(record);
  return parsed.success ? parsed.data.ellipsoid : undefined;
}
