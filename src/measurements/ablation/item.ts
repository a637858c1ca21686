import { z } from 'zod';
import type { Ellipsoid } from '../../geometry/index.ts';
import { along, norm, normalize, planeBasis } from '../../geometry/index.ts';
import { inPatient, lpsSchema, vectorSchema } from '../itemSchema.ts';

const applicatorSchema = z.looseObject({
  tip: lpsSchema,
  direction: vectorSchema.refine((v) => norm(v) > 1e-9, { error: 'has no length' }),
  zone: z.looseObject({ length: z.number().positive(), width: z.number().positive(), tipToCentre: z.number() }),
});
export const ablationSchema = inPatient.extend({
  kind: z.literal('ablation'),
  applicators: z.array(applicatorSchema).min(1),
  target: z.string().nullable().default(null),
  requiredMargin: z.number().nonnegative().nullable().default(null),
  critical: z.array(z.string()).default([]),
});
/** One or more ablation zones about their applicators, against a target and what must not burn. */
export type AblationItem = z.output<typeof ablationSchema>;
export type Applicator = AblationItem['applicators'][number];

/** The zone as an ellipsoid: first axis along the needle, the other two of one width. */
export function zoneOf({ tip, direction, zone }: Applicator): Ellipsoid {
  const along1 = normalize(direction);
  const [u, v] = planeBasis(along1);
  return {
    // tipToCentre counts from the tip toward the skin; direction points from skin to tip.
    centre: along(tip, along1, -zone.tipToCentre),
    semiAxes: [zone.length / 2, zone.width / 2, zone.width / 2],
    axes: [along1, u, v],
  };
}
