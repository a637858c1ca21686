import { z } from 'zod';
import { PlanFault, itemSchema, patientSpaceSchema } from '../plan/index.ts';

// The page's policy forbids making code from strings; zod must not try.
z.config({ jitless: true });

const finite = z.number();
const triple = z.tuple([finite, finite, finite]);
const pair = z.tuple([finite, finite]);

/** LPS mm, three finite numbers. */
export const lpsSchema = triple;
export const vectorSchema = triple;
/** A point in the item's space: `[x, y, z]` in patient space, `[column, row]` in image space. */
export const pointSchema = z.union([triple, pair], { error: 'must be [x, y, z] or [column, row], finite numbers' });

/** The schema of a kind of either space: what every item has (unknown fields kept) plus the kind's own fields. */
export const anywhere = itemSchema;
/** The same for kinds that need millimetres in the patient. */
export const inPatient = itemSchema.extend({ on: patientSpaceSchema });

/** @throws PlanFault naming the path of the first bad field. */
export function parseItem<S extends z.ZodType>(schema: S, json: unknown): z.output<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new PlanFault(issue?.path ?? [], issue?.message ?? 'cannot be read');
}

interface Refine {
  addIssue(issue: { code: 'custom'; path: (string | number)[]; message: string }): void;
}
/** Points must have as many numbers as their space has axes. */
export function checkPoints(
  space: { readonly in: 'patient' | 'image' },
  points: readonly { readonly at: readonly number[]; readonly path: (string | number)[] }[],
  context: Refine,
): void {
  const wanted = space.in === 'patient' ? 3 : 2;
  for (const { at, path } of points) {
    if (at.length === wanted) continue;
    const message =
      wanted === 3 ? 'a point in patient space is [x, y, z] in millimetres' : 'a point in an image is [column, row]';
    context.addIssue({ code: 'custom', path, message });
  }
}
