import { frameFacts, type FrameRef, type Series } from '../../src/dicom/index.ts';
import {
  along,
  cross,
  dot,
  normalize,
  outlineInPlane,
  subtract,
  type LpsMm,
  type Vec2,
} from '../../src/geometry/index.ts';
import { placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import { samePlace } from '../state/index.ts';

/** Planes nearer to parallel than this cut each other beyond the picture, or nowhere. */
const leastAngleDeg = 5;

export interface ReferenceLine {
  readonly of: ViewName;
  /** CSS px in the element. */
  readonly from: Vec2;
  readonly to: Vec2;
}

/** The corners of a slice in order, LPS mm, its outermost pixels whole; null where it has no place in the patient. */
export function sliceOutline(series: Series, ref: FrameRef): readonly LpsMm[] | null {
  const instance = series.instances[ref.instance];
  if (instance === undefined) return null;
  const { position, orientation, pixelSpacing } = frameFacts(instance, ref.frame);
  if (position === null || orientation === null || pixelSpacing?.basis !== 'patient') return null;
  const [row, column] = orientation;
  const [down, right] = pixelSpacing.mm;
  const at = (col: number, line: number): LpsMm => along(along(position, row, right * col), column, down * line);
  const [last, end] = [series.columns - 0.5, series.rows - 0.5];
  return [at(-0.5, -0.5), at(last, -0.5), at(last, end), at(-0.5, end)];
}

/** Where the slices of other stacks of the same frame of reference cut this picture, as far as they reach. */
export function referenceLines(view: View, all: readonly View[]): readonly ReferenceLine[] {
  const map = view.map();
  const series = view.loaded?.series;
  if (view.kind !== 'stack' || series === undefined || map?.in !== 'patient' || map.projection) return [];
  const plane = { point: map.plane.through, normal: map.plane.normal };
  return all.flatMap((other): readonly ReferenceLine[] => {
    const of = other === view || other.kind !== 'stack' ? undefined : other.loaded?.series;
    const { frameRef } = other.state();
    if (of === undefined || frameRef === null || !samePlace(series, of, true)) return [];
    const outline = sliceOutline(of, frameRef);
    const [a, b, c] = outline ?? [];
    if (outline === null || a === undefined || b === undefined || c === undefined) return [];
    const normal = normalize(cross(subtract(b, a), subtract(c, b)));
    if (Math.abs(dot(normal, plane.normal)) > Math.cos((leastAngleDeg * Math.PI) / 180)) return [];
    const ends = outlineInPlane(outline, plane);
    const [from, to] = [ends && placeOnCanvas(map, ends[0]), ends && placeOnCanvas(map, ends[1])];
    return from === null || to === null ? [] : [{ of: other.name, from, to }];
  });
}
