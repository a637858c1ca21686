import type { Attributes } from './attributes.ts';
import type { Shutter } from './types.ts';

/** The Display Shutter (PS3.3 C.7.6.11), else where the X-ray collimator's edges are said to lie (C.8.7.3). */
export function readShutter(data: Attributes): Shutter | undefined {
  return shutterOf(data, 'x001816') ?? shutterOf(data, 'x001817');
}

/** Both modules have the same elements in the same order, 16xx and 17xx. */
function shutterOf(data: Attributes, group: string): Shutter | undefined {
  const shapes = data.values(`${group}00`);
  if (shapes.length === 0) return undefined;
  const [left, right, top, bottom] = ['02', '04', '06', '08'].map((tag) => data.decimal(group + tag));
  const [row, column] = data.decimals(`${group}10`) ?? [];
  const radius = data.decimal(`${group}12`);
  const vertices = data.decimals(`${group}20`) ?? [];
  const isRectangle =
    shapes.includes('RECTANGULAR') &&
    left !== undefined &&
    right !== undefined &&
    top !== undefined &&
    bottom !== undefined &&
    left < right &&
    top < bottom;
  const isCircle =
    shapes.includes('CIRCULAR') && row !== undefined && column !== undefined && radius !== undefined && radius > 0;
  const corners = Array.from({ length: vertices.length >> 1 }, (_, i): readonly [number, number] => [
    (vertices[2 * i] ?? 0) - 1,
    (vertices[2 * i + 1] ?? 0) - 1,
  ]);
  const polygon = shapes.includes('POLYGONAL') && corners.length >= 3 ? corners : undefined;
  if (!isRectangle && !isCircle && polygon === undefined) return undefined;
  return {
    ...(isRectangle ? { rectangle: { left: left - 1, right: right - 1, top: top - 1, bottom: bottom - 1 } } : {}),
    ...(isCircle ? { circle: { row: row - 1, column: column - 1, radius } } : {}),
    ...(polygon === undefined ? {} : { polygon }),
  };
}

/** Whether the middle of a pixel lies within all shapes of the shutter. @param column, row  from 0 */
export function insideShutter({ rectangle, circle, polygon }: Shutter, column: number, row: number): boolean {
  if (
    rectangle !== undefined &&
    (column < rectangle.left || column > rectangle.right || row < rectangle.top || row > rectangle.bottom)
  )
    return false;
  if (circle !== undefined && Math.hypot(column - circle.column, row - circle.row) > circle.radius) return false;
  return polygon === undefined || isWithin(polygon, column, row);
}

/** Crossings of the ray to the right. */
function isWithin(corners: readonly (readonly [row: number, column: number])[], x: number, y: number): boolean {
  let inside = false;
  for (const [i, [y1, x1]] of corners.entries()) {
    const [y2, x2] = corners[(i + 1) % corners.length] ?? [y1, x1];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) inside = !inside;
  }
  return inside;
}
