import { z } from 'zod';
import { cross, norm } from '../../geometry/index.ts';
import type { Point, Vec3 } from '../../geometry/index.ts';
import { anywhere, checkPoints, pointSchema } from '../itemSchema.ts';

/** A vector of an image as one in space, its third number 0. */
export const inSpace = (v: Point): Vec3 => [v[0], v[1], v[2] ?? 0];

const ellipseSchema = z.looseObject({ centre: pointSchema, axes: z.tuple([pointSchema, pointSchema]) });

export const areaSchema = anywhere
  .extend({
    kind: z.literal('area'),
    polygon: z.array(pointSchema).min(3).optional(),
    ellipse: ellipseSchema.optional(),
  })
  .superRefine(({ on, polygon, ellipse }, context) => {
    const issue = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
    if ((polygon === undefined) === (ellipse === undefined))
      issue(['polygon'], 'an area has either a polygon or an ellipse');
    const points: { readonly at: readonly number[]; readonly path: (string | number)[] }[] = [];
    polygon?.forEach((at, i) => points.push({ at, path: ['polygon', i] }));
    if (ellipse !== undefined) {
      points.push({ at: ellipse.centre, path: ['ellipse', 'centre'] });
      ellipse.axes.forEach((at, i) => points.push({ at, path: ['ellipse', 'axes', i] }));
      const [u, v] = [inSpace(ellipse.axes[0]), inSpace(ellipse.axes[1])];
      if (!(norm(cross(u, v)) > 1e-9 * norm(u) * norm(v)))
        issue(['ellipse', 'axes'], 'must be two half-axes of some length that do not lie on one line');
    }
    checkPoints(on, points, context);
  });
/** A closed outline in one plane, in patient space or in one image: its area, and the values inside. */
export type AreaItem = z.output<typeof areaSchema>;
export type Ellipse = NonNullable<AreaItem['ellipse']>;
