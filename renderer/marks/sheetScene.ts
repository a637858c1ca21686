import { along, distance, isLps, subtract } from '../../src/geometry/index.ts';
import type { LpsMm, Shape, Vec2 } from '../../src/geometry/index.ts';
import type { Projection } from './projection.ts';

/** A part of a shape as a curved surface shows it, CSS px. */
interface SheetPiece {
  readonly points: readonly Vec2[];
  /** 1 on the surface, falling to 0 in a few steps. */
  readonly fade: number;
}

/** Straight lines in space are bent in the picture: they are followed in steps of this, mm. */
const stepMm = 1;
const fadeSteps = 4;
/** Two steps that lie so far apart in the picture are no line: it left the surface at one bend and came back at another. */
const jumpPx = 60;

/** The lines of a shape on a curved surface; points, arrows and labels at their places; solids are not cut here. */
export function sheetPieces(shape: Shape, view: Projection): readonly SheetPiece[] {
  const { sheet } = view;
  if (sheet === undefined) return [];
  switch (shape.type) {
    case 'ellipsoid':
      return [];
    case 'point':
    case 'label': {
      if (!isLps(shape.at)) return [];
      const { canvas, depthMm } = sheet(shape.at);
      const fade = fadeAt(depthMm, view);
      return fade > 0 ? [{ points: [canvas], fade }] : [];
    }
    case 'arrow':
      return isLps(shape.from) && isLps(shape.to) ? bentLine([shape.from, shape.to], sheet, view) : [];
    case 'polyline': {
      const points = shape.points.filter(isLps);
      const [first] = points;
      return bentLine(shape.closed === true && first !== undefined ? [...points, first] : points, sheet, view);
    }
  }
}

function bentLine(
  points: readonly LpsMm[],
  sheet: NonNullable<Projection['sheet']>,
  view: Projection,
): readonly SheetPiece[] {
  const pieces: { points: Vec2[]; fade: number }[] = [];
  let before: { readonly canvas: Vec2; readonly fade: number } | undefined;
  for (const point of inSteps(points)) {
    const { canvas, depthMm } = sheet(point);
    const fade = Math.ceil(fadeAt(depthMm, view) * fadeSteps) / fadeSteps;
    const last = pieces.at(-1);
    const near =
      before !== undefined && Math.hypot(canvas[0] - before.canvas[0], canvas[1] - before.canvas[1]) < jumpPx;
    if (fade > 0 && near && last !== undefined && before?.fade === fade) last.points.push(canvas);
    else if (fade > 0) pieces.push({ points: near && before !== undefined ? [before.canvas, canvas] : [canvas], fade });
    before = { canvas, fade };
  }
  return pieces.filter((piece) => piece.points.length > 1);
}

function inSteps(points: readonly LpsMm[]): readonly LpsMm[] {
  return points.flatMap((to, i) => {
    const from = points[i - 1];
    if (from === undefined) return [to];
    const count = Math.max(1, Math.ceil(distance(from, to) / stepMm));
    return Array.from({ length: count }, (_, n) => along(from, subtract(to, from), (n + 1) / count));
  });
}

function fadeAt(depthMm: number, { halfThicknessMm, fadeMm }: Projection): number {
  const beyond = Math.abs(depthMm) - halfThicknessMm;
  return beyond <= 0 ? 1 : Math.max(0, 1 - beyond / fadeMm);
}
