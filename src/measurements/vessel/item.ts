import { z } from 'zod';
import { inPatient, lpsSchema } from '../itemSchema.ts';
import { territories } from '../stenosis/item.ts';

/** What the narrowest place is compared with, found by itself. */
export const references = ['interpolated', 'proximal', 'distal', 'mean'] as const;
export type Reference = (typeof references)[number];
/** Those a person has to point at. `placed`: between two points; `contralateral`: another vessel of the plan. */
export const pointedReferences = ['placed', 'contralateral'] as const;
export type AnyReference = Reference | (typeof pointedReferences)[number];

export const vesselSchema = inPatient
  .extend({
    kind: z.literal('vessel'),
    path: z.array(lpsSchema).min(2),
    /**
     * Walls drawn by hand, each in a plane across the vessel at `at`. They belong to that place of the patient: where the
     * path is moved elsewhere they stay, and count for the sections within half a millimetre of them.
     */
    contours: z.array(z.looseObject({ at: lpsSchema, outline: z.array(lpsSchema).min(8).max(360) })).optional(),
    options: z
      .looseObject({
        reference: z.enum([...references, ...pointedReferences]).optional(),
        /** Of `placed`: the ends of the normal part; of one point 5 mm about it. */
        referencePoints: z.array(lpsSchema).min(1).max(2).optional(),
        /** Of `contralateral`: the id of a vessel of this plan. */
        contralateral: z.string().min(1).optional(),
        lumen: z.union([z.literal('auto'), z.looseObject({ threshold: z.number() })]).optional(),
        lesionThreshold: z.number().gt(0).lt(100).optional(),
        /** The lesion's borders set by hand. */
        lesion: z.tuple([lpsSchema, lpsSchema]).optional(),
        territory: z.enum(territories).nullable().optional(),
        /** A person's finding: the vessel beyond has collapsed, so that no percentage holds. */
        nearOcclusion: z.boolean().optional(),
      })
      .optional(),
  })
  .superRefine(({ options }, context) => {
    const needs = (reference: AnyReference, field: 'referencePoints' | 'contralateral', say: string): void => {
      if (options?.reference === reference && options[field] === undefined)
        context.addIssue({ code: 'custom', path: ['options', field], message: say });
    };
    needs('placed', 'referencePoints', 'must be one or two points: a placed reference has a place');
    needs('contralateral', 'contralateral', 'must be the id of a vessel: a contralateral reference has another side');
  });
/** A vessel between clicked points: its centreline, lumen and narrowing. */
export type VesselItem = z.output<typeof vesselSchema>;

/** NASCET's reference lies beyond the bulb: in a carotid the distal one is meant unless another is asked for. */
export function referenceOf({ options }: VesselItem): AnyReference {
  return options?.reference ?? (options?.territory === 'carotid' ? 'distal' : 'interpolated');
}
