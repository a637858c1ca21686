import { cutShape, projectShape } from '../../src/geometry/index.ts';
import type { ImagePiece, Piece, Shape, ShapeRole, Vec2 } from '../../src/geometry/index.ts';
import type { Handle } from '../../src/measurements/index.ts';
import type { Projection } from './projection.ts';
import { sheetPieces } from './sheetScene.ts';

/** A line as the view shows it, in CSS px of the element. */
export interface DrawnLine {
  readonly points: readonly Vec2[];
  readonly closed: boolean;
  readonly role: ShapeRole;
  /** 1 in the plane, falling to 0 in a few steps. */
  readonly fade: number;
}
export interface DrawnText {
  readonly at: Vec2;
  readonly text: string;
  readonly fade: number;
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
  /** The fade of what lies nearest to the plane; 0 where nothing is drawn. */
  readonly fade: number;
}

const arrowHeadPx = 11;
const crossPx = 5;
/** A point halfway between two slices must not vanish from both by rounding. */
const sameMm = 1e-6;

/** Shapes and handles of one item as a view shows them: cut with its plane, faded with the distance from it. */
export function sceneOf(shapes: readonly Shape[], handles: readonly Handle[], view: Projection): Scene {
  const lines: DrawnLine[] = [];
  const texts: DrawnText[] = [];
  for (const { points, ...piece } of shapes.flatMap((shape) => placedPieces(shape, view))) {
    const [first] = points;
    const last = points.at(-1);
    const { role, fade } = piece;
    if (!first || !last) continue;
    if (piece.type === 'label') texts.push({ at: first, text: piece.text ?? '', fade });
    if (role === null) continue;
    if (piece.type === 'point') {
      const [x, y] = first;
      const bars: readonly Vec2[][] = [
        [[x - crossPx, y], [x + crossPx, y]],
        [[x, y - crossPx], [x, y + crossPx]],
      ]; // prettier-ignore
      for (const bar of bars) lines.push({ points: bar, closed: false, role, fade });
      continue;
    }
    lines.push({ points, closed: piece.closed, role, fade });
    const head = piece.type === 'arrow' ? arrowHead(first, last) : undefined;
    if (head) lines.push({ points: head, closed: false, role, fade });
  }
  const near = view.halfThicknessMm + sameMm;
  const drawnHandles = view.projected
    ? []
    : handles.flatMap(({ name, title, at }) => {
        const depthMm = view.depth(at);
        return Math.abs(depthMm) <= near ? [{ name, title, at: view.toCanvas(at), depthMm }] : [];
      });
  const fade = Math.max(0, ...lines.map((line) => line.fade), ...texts.map((text) => text.fade));
  return { lines, texts, handles: drawnHandles, fade: drawnHandles.length > 0 ? 1 : fade };
}

/** Pieces with their points on the canvas. */
function placedPieces(
  shape: Shape,
  view: Projection,
): readonly (Pick<Piece, 'type' | 'closed' | 'role' | 'text' | 'fade'> & { readonly points: readonly Vec2[] })[] {
  if (view.sheet === undefined)
    return piecesOf(shape, view).map((piece) => ({ ...piece, points: piece.points.map(view.toCanvas) }));
  const type = shape.type === 'polyline' || shape.type === 'ellipsoid' ? 'line' : shape.type;
  const [role, text] = shape.type === 'label' ? [null, shape.text] : [shape.role, ''];
  const pieces = sheetPieces(shape, view);
  return pieces.map((piece, n) => ({
    ...piece,
    // The head is the last piece's.
    type: type === 'arrow' && n < pieces.length - 1 ? 'line' : type,
    closed: false,
    role,
    text,
  }));
}

function piecesOf(
  shape: Shape,
  { plane, halfThicknessMm, fadeMm, projected }: Projection,
): readonly (Piece | ImagePiece)[] {
  if (!plane) return projectShape(shape);
  // In 3D the solid is drawn by the view; here its middle only tells where its name goes.
  const shown: Shape =
    projected && shape.type === 'ellipsoid' ? { type: 'point', at: shape.centre, role: shape.role } : shape;
  return cutShape(shown, { point: plane.through, normal: plane.normal }, halfThicknessMm + sameMm, fadeMm);
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
  for (const { points, closed, fade } of scene.lines) {
    if (fade < 0.3) continue; // what is hardly seen is not what was meant
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
