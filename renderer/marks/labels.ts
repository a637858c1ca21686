import type { Vec2 } from '../../src/geometry/index.ts';
import type { Scene } from './scene.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export interface PlacedLabel {
  readonly box: Box;
  /** From the item to the label, where that does not lie right beside it. */
  readonly leader: readonly [Vec2, Vec2] | undefined;
  /** Which of the places was taken: tried first the next time, so that a label does not jump about. */
  readonly place: number;
}

const characterPx = 7.4;
const linePx = 18;
const gapPx = 14;
/** Handles are kept free of text by this much around their centre. */
const handlePx = 11;

/** What labels keep clear of: handles and lines of all items of the view, and labels placed before. */
export interface Crowd {
  readonly boxes: Box[];
  /** Points along the lines, a few px apart. */
  readonly onLines: readonly Vec2[];
}
const linePointsPx = 9;
/** A line under a label is worth as much as this many square px of another label, for each of its points. */
const linePointCost = 40;

export function crowdOf(scenes: readonly Scene[]): Crowd {
  const boxes = scenes.flatMap(({ handles }) =>
    handles.map(({ at: [x, y] }) => ({
      left: x - handlePx,
      top: y - handlePx,
      width: 2 * handlePx,
      height: 2 * handlePx,
    })),
  );
  const onLines: Vec2[] = [];
  for (const { points, closed } of scenes.flatMap(({ lines }) => lines)) {
    for (let i = 0; i < (closed ? points.length : points.length - 1); i++) {
      const [a, b] = [points[i], points[(i + 1) % points.length]];
      if (!a || !b) continue;
      // A line that leaves the screen far away needs no thousand points.
      const count = Math.min(100, Math.ceil(Math.hypot(b[0] - a[0], b[1] - a[1]) / linePointsPx));
      for (let k = 0; k < count; k++)
        onLines.push([a[0] + ((b[0] - a[0]) * k) / count, a[1] + ((b[1] - a[1]) * k) / count]);
    }
  }
  return { boxes, onLines };
}

/** Where the name and number of an item go: beside it, inside the element, off handles, lines and labels placed before. */
export function placeLabel(
  scene: Scene,
  text: string,
  size: { readonly width: number; readonly height: number },
  crowd: Crowd,
  before: number | undefined,
  pointing = false,
): PlacedLabel | undefined {
  const anchors = anchorsOf(scene);
  if (!anchors) return undefined;
  const width = text.length * characterPx + 8;
  const { right, left, top, bottom } = anchors;
  const gap = pointing ? 3 * gapPx : gapPx;
  const at = (x: number, y: number): Box => ({ left: x, top: y, width, height: linePx });
  const places: readonly { readonly box: Box; readonly from: Vec2 }[] = [
    { box: at(right[0] + gap, right[1] - linePx / 2), from: right },
    { box: at(left[0] - gap - width, left[1] - linePx / 2), from: left },
    { box: at(top[0] - width / 2, top[1] - gap - linePx), from: top },
    { box: at(bottom[0] - width / 2, bottom[1] + gap), from: bottom },
    { box: at(right[0] + 2 * gap, right[1] - linePx / 2 - 2 * linePx), from: right },
    { box: at(right[0] + 2 * gap, right[1] - linePx / 2 + 2 * linePx), from: right },
  ];
  const cost = (box: Box): number =>
    crowd.boxes.reduce((sum, other) => sum + overlap(box, other), 0) +
    linePointCost * crowd.onLines.filter((point) => holds(box, point)).length +
    4 * outside(box, size);
  let best: PlacedLabel | undefined;
  let least = Infinity;
  const tried = before === undefined ? [0, 1, 2, 3, 4, 5] : [before, 0, 1, 2, 3, 4, 5];
  for (const place of tried) {
    const candidate = places[place];
    if (!candidate) continue;
    const here = cost(candidate.box);
    if (here >= least) continue;
    least = here;
    best = { box: candidate.box, leader: leaderTo(candidate.box, candidate.from, pointing), place };
  }
  return best;
}

function anchorsOf(scene: Scene): { right: Vec2; left: Vec2; top: Vec2; bottom: Vec2 } | undefined {
  const nearest = scene.lines.filter(({ fade }) => fade === scene.fade);
  const points = [...nearest.flatMap((line) => line.points), ...scene.handles.map(({ at }) => at)];
  const first = points[0];
  if (!first) return undefined;
  let [right, left, top, bottom] = [first, first, first, first];
  for (const point of points) {
    if (point[0] > right[0]) right = point;
    if (point[0] < left[0]) left = point;
    if (point[1] < top[1]) top = point;
    if (point[1] > bottom[1]) bottom = point;
  }
  return { right, left, top, bottom };
}

function leaderTo(box: Box, from: Vec2, always: boolean): readonly [Vec2, Vec2] | undefined {
  const x = Math.min(Math.max(from[0], box.left), box.left + box.width);
  const y = Math.min(Math.max(from[1], box.top), box.top + box.height);
  return Math.hypot(x - from[0], y - from[1]) > 1.5 * gapPx || always ? [from, [x, y]] : undefined;
}

function holds({ left, top, width, height }: Box, [x, y]: Vec2): boolean {
  return x > left && x < left + width && y > top && y < top + height;
}

function overlap(a: Box, b: Box): number {
  const x = Math.min(a.left + a.width, b.left + b.width) - Math.max(a.left, b.left);
  const y = Math.min(a.top + a.height, b.top + b.height) - Math.max(a.top, b.top);
  return x > 0 && y > 0 ? x * y : 0;
}

function outside(box: Box, { width, height }: { readonly width: number; readonly height: number }): number {
  const x = Math.min(box.left + box.width, width) - Math.max(box.left, 0);
  const y = Math.min(box.top + box.height, height) - Math.max(box.top, 0);
  return box.width * box.height - Math.max(0, x) * Math.max(0, y);
}
