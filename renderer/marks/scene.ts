import type { Point, Shape, ShapeRole, Vec2 } from '../../src/geometry/index.ts';
import type { Handle } from '../../src/measurements/index.ts';
import { bandOf, bandOpacity, cutIntoBands } from './bands.ts';
import type { Band, Piece } from './bands.ts';
import { outlineOnPlane } from './outline.ts';
import type { Projection } from './projection.ts';

/** A line as the view shows it, in CSS px of the element. */
export interface DrawnLine {
  readonly points: readonly Vec2[];
  readonly closed: boolean;
  readonly role: ShapeRole;
  readonly band: Band;
}
export interface DrawnText {
  readonly at: Vec2;
  readonly text: string;
  readonly band: Band;
}
export interface DrawnHandle {
  readonly name: string;
  readonly title: string;
  readonly at: Vec2;
  readonly depthMm: number;
}
/** One item in one view. Empty where the view's plane passes too far from it. */
export interface Scene {
  readonly lines: readonly DrawnLine[];
  readonly texts: readonly DrawnText[];
  /** Only those in the plane: what lies elsewhere is moved on its own slice. */
  readonly handles: readonly DrawnHandle[];
  /** The nearest band of all that is drawn; undefined where nothing is. */
  readonly band: Band | undefined;
}

const arrowHeadPx = 11;
const crossPx = 5;

/** Shapes and handles of one item as a view shows them: cut with its plane, faded with the distance from it. */
export function sceneOf(shapes: readonly Shape[], handles: readonly Handle[], view: Projection): Scene {
  const { halfThicknessMm, fadeMm } = view;
  const lines: DrawnLine[] = [];
  const texts: DrawnText[] = [];
  const bandAt = (point: Point): Band | undefined => bandOf(view.depth(point), halfThicknessMm, fadeMm);
  const line = (points: readonly Vec2[], closed: boolean, role: ShapeRole, band: Band): void =>
    void lines.push({ points, closed, role, band });
  const toCanvas = ({ points }: Piece): Vec2[] => points.map(view.toCanvas);

  for (const shape of shapes) {
    if (shape.type === 'polyline') {
      for (const piece of cutIntoBands(shape.points, shape.closed ?? false, view.depth, halfThicknessMm, fadeMm))
        line(toCanvas(piece), piece.closed, shape.role, piece.band);
    } else if (shape.type === 'arrow') {
      for (const piece of cutIntoBands([shape.from, shape.to], false, view.depth, halfThicknessMm, fadeMm))
        line(toCanvas(piece), false, shape.role, piece.band);
      const band = bandAt(shape.to);
      const head = arrowHead(view.toCanvas(shape.from), view.toCanvas(shape.to));
      if (band !== undefined && head) line(head, false, shape.role, band);
    } else if (shape.type === 'point') {
      const band = bandAt(shape.at);
      if (band === undefined) continue;
      const [x, y] = view.toCanvas(shape.at);
      line([[x - crossPx, y], [x + crossPx, y]], false, shape.role, band); // prettier-ignore
      line([[x, y - crossPx], [x, y + crossPx]], false, shape.role, band); // prettier-ignore
    } else if (shape.type === 'ellipsoid') {
      const outline = view.plane && !view.projected ? outlineOnPlane(shape, view.plane) : undefined;
      if (outline) line(outline.map(view.toCanvas), true, shape.role, 0);
    } else {
      const band = bandAt(shape.at);
      if (band !== undefined) texts.push({ at: view.toCanvas(shape.at), text: shape.text, band });
    }
  }
  const drawnHandles = view.projected
    ? []
    : handles.flatMap(({ name, title, at }) => {
        const depthMm = view.depth(at);
        return bandOf(depthMm, halfThicknessMm, fadeMm) === 0 ? [{ name, title, at: view.toCanvas(at), depthMm }] : [];
      });
  const bands = [...lines.map(({ band }) => band), ...texts.map(({ band }) => band), ...drawnHandles.map(() => 0)];
  return { lines, texts, handles: drawnHandles, band: bands.length > 0 ? Math.min(...bands) : undefined };
}

function arrowHead([ax, ay]: Vec2, [bx, by]: Vec2): Vec2[] | undefined {
  const length = Math.hypot(bx - ax, by - ay);
  if (length < 1) return undefined; // seen end on
  const [ux, uy] = [(bx - ax) / length, (by - ay) / length];
  const wing = (side: number): Vec2 => [
    bx - arrowHeadPx * (ux * 0.9 + side * uy * 0.42),
    by - arrowHeadPx * (uy * 0.9 - side * ux * 0.42),
  ];
  return [wing(1), [bx, by], wing(-1)];
}

/** Distance in px from a place of the element to what is drawn of an item; Infinity where nothing is. */
export function distanceToScene(scene: Scene, at: Vec2): number {
  let least = Infinity;
  for (const { points, closed, band } of scene.lines) {
    if (bandOpacity(band) < 0.3) continue; // what is hardly seen is not what was meant
    const last = closed ? points.length : points.length - 1;
    for (let i = 0; i < last; i++) {
      const a = points[i];
      const b = points[(i + 1) % points.length];
      if (a && b) least = Math.min(least, distanceToSegment(at, a, b));
    }
  }
  return least;
}

function distanceToSegment([x, y]: Vec2, [ax, ay]: Vec2, [bx, by]: Vec2): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const t = square > 0 ? Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / square)) : 0;
  return Math.hypot(x - ax - t * dx, y - ay - t * dy);
}
