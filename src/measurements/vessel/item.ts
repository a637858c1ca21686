import { z } from 'zod';
import { inPatient, lpsSchema } from '../itemSchema.ts';
import { territories } from '../stenosis/item.ts';

export const references = ['interpolated', 'proximal', 'distal', 'mean'] as const;
export type Reference = (typeof references)[number];

export const vesselSchema = inPatient.extend({
  kind: z.literal('vessel'),
  path: z.array(lpsSchema).min(2),
  options: z
    .looseObject({
      reference: z.enum(references).optional(),
      lumen: z.union([z.literal('auto'), z.looseObject({ threshold: z.number() })]).optional(),
      lesionThreshold: z.number().gt(0).lt(100).optional(),
      territory: z.enum(territories).nullable().optional(),
      /** A person's finding: the vessel beyond has collapsed, so that no percentage holds. */
      nearOcclusion: z.boolean().optional(),
    })
    .optional(),
});
/** A vessel between clicked points: its centreline, lumen and narrowing. */
export type VesselItem = z.output<typeof vesselSchema>;

/** NASCET's reference lies beyond the bulb: in a carotid the distal one is meant unless another is asked for. */
export function referenceOf({ options }: VesselItem): Reference {
  return options?.reference ?? (options?.territory === 'carotid' ? 'distal' : 'interpolated');
}
