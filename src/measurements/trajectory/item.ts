import { z } from 'zod';
import { inPatient, lpsSchema } from '../itemSchema.ts';

export const procedurePositions = ['as-scanned', 'supine', 'prone', 'right-decubitus', 'left-decubitus'] as const;
export type ProcedurePosition = (typeof procedurePositions)[number];
const lengthMm = z.number().nonnegative().nullish();

export const trajectorySchema = inPatient.extend({
  kind: z.literal('trajectory'),
  entry: lpsSchema,
  target: lpsSchema,
  options: z
    .looseObject({
      obstacles: z.array(z.string()).optional(),
      needleLength: z.number().positive().nullish(),
      device: z
        .looseObject({
          gauge: z.number().positive().nullish(),
          diameter: lengthMm,
          throw: lengthMm,
          dead: lengthMm,
          notch: lengthMm,
          mode: z.string().nullish(),
        })
        .nullish(),
      extension: lengthMm,
      procedurePosition: z.enum(procedurePositions).nullish(),
      roll: z.number().nullish(),
    })
    .optional(),
});
/** A straight needle path from the skin to a target. */
export type TrajectoryItem = z.output<typeof trajectorySchema>;
