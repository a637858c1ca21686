import { ellipsoidCut } from './ellipsoid.ts';
import type { Plane } from './plane.ts';
import { distanceToPlane } from './plane.ts';
import type { Shape, ShapeRole } from './shapes.ts';
import type { LpsMm, PixelXY, Point } from './spaces.ts';
import { isLps, isPixel } from './spaces.ts';
import { add, scale } from './vec.ts';

interface PieceOf<P extends Point> {
  /** `line`: points joined in order; `point`: one point; `arrow`: as line, with its head at the last point; `label`: text at the point. */
  readonly type: 'line' | 'point' | 'arrow' | 'label';
  readonly points: readonly P[];
  readonly closed: boolean;
  /** null for labels. */
  readonly role: ShapeRole | null;
  readonly text?: string;
  /** Least distance of the piece from the plane, mm; 0 in an image. */
  readonly distanceMm: number;
  /** 1 in the plane, falling to 0 where it is no longer drawn. */
  readonly fade: number;
  readonly inPlane: boolean;
}
/** What a view draws of a shape: points still in patient space (LPS mm), for the view's own map to the screen. */
export type Piece = PieceOf<LpsMm>;
/** The same for a shape in one image's pixels. */
export type ImagePiece = PieceOf<PixelXY>;

const outlinePoints = 96;
const fadeSteps = 4;

/**
 * What a plane shows of a shape. Within `halfThicknessMm` it is in the plane; beyond, lines and points fade over
 * `fadeMm` (default: four times as far). An ellipsoid shows its exact cut, an ellipse of 96 points, and nothing where
 * the plane passes it by. Shapes in image space show nothing here (`projectShape`).
 */
export function cutShape(
  shape: Shape,
  plane: Plane,
  halfThicknessMm: number,
  fadeMm: number = 4 * halfThicknessMm,
): readonly Piece[] {
  const zone = { halfThicknessMm, fadeMm };
  switch (shape.type) {
    case 'ellipsoid':
      return ellipsoidOutline(shape, plane);
    case 'point':
      return isLps(shape.at) ? nearPoint(shape.at, plane, zone, { type: 'point', role: shape.role }) : [];
    case 'label':
      return isLps(shape.at) ? nearPoint(shape.at, plane, zone, { type: 'label', role: null, text: shape.text }) : [];
    case 'arrow':
      return isLps(shape.from) && isLps(shape.to)
        ? lineInZone(shape.from, shape.to, plane, zone, shape.role, 'arrow')
        : [];
    case 'polyline':
      return polylineInZone(shape.points, shape.closed ?? false, plane, zone, shape.role);
  }
}

/** What an image shows of a shape in its own pixels: all of it. Shapes in patient space show nothing here. */
export function projectShape(shape: Shape): readonly ImagePiece[] {
  const whole = { distanceMm: 0, fade: 1, inPlane: true } as const;
  switch (shape.type) {
    case 'ellipsoid':
      return [];
    case 'point':
      return isPixel(shape.at)
        ? [{ type: 'point', points: [shape.at], closed: false, role: shape.role, ...whole }]
        : [];
    case 'label':
      return isPixel(shape.at)
        ? [{ type: 'label', points: [shape.at], closed: false, role: null, text: shape.text, ...whole }]
        : [];
    case 'arrow':
      return isPixel(shape.from) && isPixel(shape.to)
        ? [{ type: 'arrow', points: [shape.from, shape.to], closed: false, role: shape.role, ...whole }]
        : [];
    case 'polyline': {
      const points = shape.points.filter(isPixel);
      if (points.length < shape.points.length || points.length < 2) return [];
      return [{ type: 'line', points, closed: shape.closed ?? false, role: shape.role, ...whole }];
    }
  }
}

interface Zone {
  readonly halfThicknessMm: number;
  readonly fadeMm: number;
}

function fadeAt(distanceMm: number, { halfThicknessMm, fadeMm }: Zone): number {
  if (distanceMm <= halfThicknessMm) return 1;
  return fadeMm > 0 ? Math.max(0, 1 - (distanceMm - halfThicknessMm) / fadeMm) : 0;
}

function nearPoint(
  at: LpsMm,
  plane: Plane,
  zone: Zone,
  what: { readonly type: 'point' | 'label'; readonly role: ShapeRole | null; readonly text?: string },
): readonly Piece[] {
  const distanceMm = Math.abs(distanceToPlane(plane, at));
  const fade = fadeAt(distanceMm, zone);
  if (fade <= 0) return [];
  return [{ ...what, points: [at], closed: false, distanceMm, fade, inPlane: distanceMm <= zone.halfThicknessMm }];
}

function polylineInZone(
  points: readonly Point[],
  closed: boolean,
  plane: Plane,
  zone: Zone,
  role: ShapeRole,
): readonly Piece[] {
  const inSpace = points.filter(isLps);
  if (inSpace.length < points.length || inSpace.length < 2) return [];
  if (inSpace.every((p) => Math.abs(distanceToPlane(plane, p)) <= zone.halfThicknessMm)) {
    const distanceMm = Math.min(...inSpace.map((p) => Math.abs(distanceToPlane(plane, p))));
    return [{ type: 'line', points: inSpace, closed, role, distanceMm, fade: 1, inPlane: true }];
  }
  const ends = closed ? [...inSpace, ...inSpace.slice(0, 1)] : inSpace;
  return ends.slice(1).flatMap((to, i) => {
    const from = ends[i];
    return from === undefined ? [] : lineInZone(from, to, plane, zone, role, 'line');
  });
}

/** A straight line in parts: those in the plane whole, those beside it in a few steps of fading. */
function lineInZone(
  from: LpsMm,
  to: LpsMm,
  plane: Plane,
  zone: Zone,
  role: ShapeRole,
  type: 'line' | 'arrow',
): readonly Piece[] {
  const start = distanceToPlane(plane, from);
  const rise = distanceToPlane(plane, to) - start;
  const at = (t: number): LpsMm => [
    from[0] + (to[0] - from[0]) * t,
    from[1] + (to[1] - from[1]) * t,
    from[2] + (to[2] - from[2]) * t,
  ];
  const levels = [zone.halfThicknessMm];
  for (let step = 1; step <= fadeSteps; step += 1) levels.push(zone.halfThicknessMm + (zone.fadeMm * step) / fadeSteps);
  const cuts = new Set([0, 1]);
  if (rise !== 0)
    for (const level of levels)
      for (const t of [(level - start) / rise, (-level - start) / rise]) if (t > 0 && t < 1) cuts.add(t);
  const stops = [...cuts].sort((a, b) => a - b);
  return stops.slice(1).flatMap((end, i): readonly Piece[] => {
    const begin = stops[i] ?? 0;
    const first = start + rise * begin;
    const last = start + rise * end;
    const middle = Math.abs((first + last) / 2);
    const fade = fadeAt(middle, zone);
    if (fade <= 0) return [];
    const distanceMm = first * last <= 0 ? 0 : Math.min(Math.abs(first), Math.abs(last));
    const points = [begin === 0 ? from : at(begin), end === 1 ? to : at(end)];
    const head = type === 'arrow' && end === 1 ? 'arrow' : 'line';
    return [{ type: head, points, closed: false, role, distanceMm, fade, inPlane: middle <= zone.halfThicknessMm }];
  });
}

function ellipsoidOutline(shape: Extract<Shape, { type: 'ellipsoid' }>, plane: Plane): readonly Piece[] {
  const cut = ellipsoidCut(shape, plane);
  if (cut === undefined) return [];
  const points = Array.from({ length: outlinePoints }, (_, i): LpsMm => {
    const turn = (2 * Math.PI * i) / outlinePoints;
    const offset = add(scale(cut.halfAxes[0], Math.cos(turn)), scale(cut.halfAxes[1], Math.sin(turn)));
    return add(cut.centre, offset);
  });
  return [{ type: 'line', points, closed: true, role: shape.role, distanceMm: 0, fade: 1, inPlane: true }];
}
