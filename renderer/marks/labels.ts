import type { Vec2 } from '../../src/geometry/index.ts';
import type { Scene } from './scene.ts';

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export interface PlacedLabel {
  readonly box: Box;
  /** From the item to the label, where that does not lie right beside it. */
  readonly leader: readonly [Vec2, Vec2] | undefined;
  /** Which of the places was taken: tried first the next time, so that a label does not jump about. undefined: a hand put it there. */
  readonly place: number | undefined;
}

const linePx = 18;
/** Room left and right of the text. */
const paddingPx = 4;
/** A label keeps this far from the edge of its view. */
const edgePx = 4;
const gapPx = 14;
/** Handles are kept free of text by this much around their centre. */
const handlePx = 11;

/** What labels keep clear of: handles and lines of all items of the view, labels placed before, and what is written in the view. */
export interface Crowd {
  readonly boxes: Box[];
  /** Letters, corners and scale bar: what stands there must be read, too. */
  readonly written: readonly Box[];
  /** Points along the lines, a few px apart. */
  readonly onLines: readonly Vec2[];
}
const linePointsPx = 9;
/** A line under a label is worth as much as this many square px of another label, for each of its points. */
const linePointCost = 40;
/** To cover an orientation letter is worse than to cover a handle. */
const writtenCost = 4;

/** How wide the text of a label can be in a view of this size, CSS px. */
export function roomPxIn({ width }: Size): number {
  return width - 2 * (edgePx + paddingPx);
}

export function crowdOf(scenes: readonly Scene[], written: readonly Box[] = []): Crowd {
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
  return { boxes, written, onLines };
}

/**
 * Where the name and number of an item go: beside it, wholly inside the view, off letters, corners, handles, lines and
 * labels placed before. An item out of sight takes its label with it.
 * @param textPx width of the text as it is drawn
 */
export function placeLabel(
  scene: Scene,
  textPx: number,
  size: Size,
  crowd: Crowd,
  before: number | undefined,
  pointing = false,
): PlacedLabel | undefined {
  const anchors = anchorsOf(scene);
  if (!anchors) return undefined;
  // A label at the edge for a mark beyond it would name what is not there.
  if (!touches(anchors, size)) return undefined;
  const width = textPx + 2 * paddingPx;
  let best: PlacedLabel | undefined;
  let least = Infinity;
  const places = placesOf(anchors, width, pointing ? 3 * gapPx : gapPx);
  const order = [...places.keys()];
  for (const place of before === undefined ? order : [before, ...order]) {
    const candidate = places[place];
    if (!candidate) continue;
    const box = inside(candidate.box, size);
    const here = costOf(box, crowd);
    if (here >= least) continue;
    least = here;
    best = { box, leader: leaderTo(box, candidate.from, pointing), place };
    if (least === 0) break;
  }
  return best;
}

/** In the order of trial: beside the item, above, below, at its shoulders, then the same further out. */
function placesOf(
  { right, left, top, bottom }: Anchors,
  width: number,
  gap: number,
): readonly { readonly box: Box; readonly from: Vec2 }[] {
  const at = (x: number, y: number): Box => ({ left: x, top: y, width, height: linePx });
  const middle = linePx / 2;
  return [
    { box: at(right[0] + gap, right[1] - middle), from: right },
    { box: at(left[0] - gap - width, left[1] - middle), from: left },
    { box: at(top[0] - width / 2, top[1] - gap - linePx), from: top },
    { box: at(bottom[0] - width / 2, bottom[1] + gap), from: bottom },
    { box: at(right[0] + 2 * gap, right[1] - middle - 2 * linePx), from: right },
    { box: at(right[0] + 2 * gap, right[1] - middle + 2 * linePx), from: right },
    { box: at(left[0] - 2 * gap - width, left[1] - middle - 2 * linePx), from: left },
    { box: at(left[0] - 2 * gap - width, left[1] - middle + 2 * linePx), from: left },
    { box: at(top[0] - width / 2, top[1] - gap - 3 * linePx), from: top },
    { box: at(bottom[0] - width / 2, bottom[1] + gap + 2 * linePx), from: bottom },
    { box: at(top[0] + gap, top[1] - gap - 2 * linePx), from: top },
    { box: at(top[0] - gap - width, top[1] - gap - 2 * linePx), from: top },
    { box: at(bottom[0] + gap, bottom[1] + gap + linePx), from: bottom },
    { box: at(bottom[0] - gap - width, bottom[1] + gap + linePx), from: bottom },
    { box: at(right[0] + 5 * gap, right[1] - middle - 4 * linePx), from: right },
    { box: at(right[0] + 5 * gap, right[1] - middle + 4 * linePx), from: right },
    { box: at(left[0] - 5 * gap - width, left[1] - middle - 4 * linePx), from: left },
    { box: at(left[0] - 5 * gap - width, left[1] - middle + 4 * linePx), from: left },
  ];
}

function costOf(box: Box, crowd: Crowd): number {
  const over = (boxes: readonly Box[]): number => boxes.reduce((sum, other) => sum + overlap(box, other), 0);
  return (
    over(crowd.boxes) +
    writtenCost * over(crowd.written) +
    linePointCost * crowd.onLines.filter((point) => holds(box, point)).length
  );
}

interface Anchors {
  readonly right: Vec2;
  readonly left: Vec2;
  readonly top: Vec2;
  readonly bottom: Vec2;
}

function touches({ right, left, top, bottom }: Anchors, { width, height }: Size): boolean {
  return right[0] >= 0 && left[0] <= width && bottom[1] >= 0 && top[1] <= height;
}

/** Shifted, not cut: a number of which half is seen is another number. */
function inside(box: Box, { width, height }: Size): Box {
  return {
    ...box,
    left: Math.max(edgePx, Math.min(box.left, width - edgePx - box.width)),
    top: Math.max(edgePx, Math.min(box.top, height - edgePx - box.height)),
  };
}

/**
 * A label that a hand put somewhere: around that place, inside the view, with a leader to the item's first handle.
 * Where neither that place nor the item is in sight, nor is the label.
 */
export function labelAround(at: Vec2, scene: Scene, textPx: number, size: Size): PlacedLabel | undefined {
  const anchors = anchorsOf(scene);
  const isSeen = at[0] >= 0 && at[0] <= size.width && at[1] >= 0 && at[1] <= size.height;
  if (!isSeen && !(anchors && touches(anchors, size))) return undefined;
  const width = textPx + 2 * paddingPx;
  const box = inside({ left: at[0] - width / 2, top: at[1] - linePx / 2, width, height: linePx }, size);
  const from = scene.handles[0]?.at ?? anchors?.right;
  const leader = from === undefined || holds(box, from) ? undefined : leaderTo(box, from, true);
  return { box, leader, place: undefined };
}

function anchorsOf(scene: Scene): Anchors | undefined {
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
