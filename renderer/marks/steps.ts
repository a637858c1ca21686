import type { Vec2 } from '../../src/geometry/index.ts';
import type { ViewMap } from '../cornerstone/types.ts';

/** Where each arrow key leads on screen: unit vectors, right and down. */
export const arrows: Readonly<Record<string, Vec2>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** What a step of an arrow key is measured in. */
export type StepIn =
  /** Millimetres; of an image that has them: of a column's and a row's step. */
  | { readonly unit: 'mm'; readonly pixelMm: Vec2 | null }
  /** Pixels of an image. */
  | { readonly unit: 'px' };

/**
 * How far one unit reaches on screen: pixels may be oblong and the picture turned, so each direction has its own.
 *
 * @param direction  unit vector on the element, CSS px
 * @returns CSS px, > 0; in a plane of the patient always of a millimetre
 */
export function screenStep(map: ViewMap, direction: Vec2, step: StepIn): number {
  if (map.in === 'sheet') return inverse(map.millimetresPerPixel);
  if (map.in === 'patient') {
    const [from, to] = [map.toPoint([0, 0]), map.toPoint(direction)];
    return inverse(Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]));
  }
  const [columns, rows] = pixelsAlong(map, direction);
  const [column, row] = step.unit === 'mm' && step.pixelMm !== null ? step.pixelMm : [1, 1];
  return inverse(Math.hypot(columns * column, rows * row));
}

/**
 * How far one pixel of the frame shown reaches on screen.
 *
 * @param frame  unit vectors of the patient along increasing column and row index, and mm [between rows, between columns]
 * @returns CSS px, > 0
 */
export function screenPixel(map: ViewMap, direction: Vec2, frame: FrameAxes | null): number {
  if (map.in !== 'patient' || frame === null) return screenStep(map, direction, { unit: 'px' });
  const [from, to] = [map.toPoint([0, 0]), map.toPoint(direction)];
  const along = (axis: readonly number[]): number =>
    axis.reduce((sum, part, i) => sum + part * ((to[i] ?? 0) - (from[i] ?? 0)), 0);
  return inverse(Math.hypot(along(frame.axes[0]) / frame.mm[1], along(frame.axes[1]) / frame.mm[0]));
}
export interface FrameAxes {
  readonly axes: readonly [readonly number[], readonly number[]];
  readonly mm: readonly [number, number];
}

/** Columns and rows that one CSS px along the direction passes. */
function pixelsAlong(map: ViewMap & { readonly in: 'image' }, [x, y]: Vec2): Vec2 {
  const [a, b, , c, d] = map.toCanvas;
  const area = a * d - b * c;
  return [(d * x - b * y) / area, (a * y - c * x) / area];
}

function inverse(length: number): number {
  return length > 0 && Number.isFinite(length) ? 1 / length : 1;
}
