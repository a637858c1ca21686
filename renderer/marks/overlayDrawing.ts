import type { Point, Shape, Vec2 } from '../../src/geometry/index.ts';
import type { Handle } from '../../src/measurements/index.ts';
import { fittedText } from './fitting.ts';
import { crowdOf, labelAround, placeLabel, roomPxIn } from './labels.ts';
import type { Box, Crowd, Size } from './labels.ts';
import { haloLook, lineLook, opacityOf } from './looks.ts';
import { createPen } from './pen.ts';
import { widthOfText } from './textWidth.ts';
import { sceneOf } from './scene.ts';
import type { DrawnHandle, DrawnLine, Scene } from './scene.ts';
import type { Projection } from './projection.ts';

/** One item of the plan, or the draft, ready to draw in any view of its space. */
export interface DrawItem {
  readonly id: string;
  readonly shapes: readonly Shape[];
  readonly handles: readonly Handle[];
  /** Accessible name of the item, without its number. */
  readonly name: string;
  /** Name and number beside it; null for none. */
  readonly label: string | null;
  /** An arrow leads from the label to the item, always. */
  readonly pointing: boolean;
  /** Of a label that may be moved: where its middle was moved to (undefined: nowhere yet), and by which handle. */
  readonly words:
    | {
        readonly at: Point | undefined;
        readonly handle: { readonly name: string; readonly title: string } | undefined;
      }
    | undefined;
  readonly colour: string;
  readonly selected: boolean;
  readonly stale: boolean;
  readonly dragging: string | undefined;
}
/** What was drawn last, for the mouse. */
export interface DrawnItem {
  readonly id: string;
  readonly scene: Scene;
  readonly label: Box | undefined;
  /** The label's own handle, at its middle. */
  readonly words: DrawnHandle | undefined;
}
export interface Drawing {
  readonly svg: SVGSVGElement;
  draw(
    items: readonly DrawItem[],
    view: Projection,
    size: Size,
    /** What else is written in the view: labels keep off it. */
    written: readonly Box[],
  ): readonly DrawnItem[];
  clear(): void;
  /** Which handle an element of ours belongs to. */
  handleOf(
    target: EventTarget | null,
  ): { readonly id: string; readonly handle: string; readonly element: SVGElement } | undefined;
}

const hitRadiusPx = 12;
const dotRadiusPx = 4;
const selectedDotRadiusPx = 5;
const ringRadiusPx = 9;

/** The SVG that lies over one view. Layers: lines below, then text, handles on top; a node never moves between them. */
export function createDrawing(name: string): Drawing {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('class', 'marks');
  svg.setAttribute('role', 'group');
  svg.setAttribute('aria-label', `Marks in ${name}`);
  const [lines, texts, handles] = ['lines', 'texts', 'handles'].map((layer) => {
    const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
    group.setAttribute('data-layer', layer);
    if (layer !== 'handles') group.setAttribute('aria-hidden', 'true');
    svg.append(group);
    return group;
  });
  if (!lines || !texts || !handles) throw new Error('the layers of the overlay were not made');
  const pen = createPen();
  const places = new Map<string, number>();
  const owners = new WeakMap<Element, { id: string; handle: string; element: SVGElement }>();

  function drawLines(item: DrawItem, scene: Scene): void {
    // Lines of one look are one path: fewer nodes, fewer writes, and dashes run on from piece to piece.
    const joined = new Map<string, { readonly line: DrawnLine; d: string; end: string }>();
    for (const line of scene.lines) {
      const key = `${line.role} ${opacityOf(line.fade)}`;
      const steps = line.points.map(([x, y]) => `${round(x)} ${round(y)}`);
      const path = joined.get(key) ?? { line, d: '', end: '' };
      joined.set(key, path);
      if (steps[0] === path.end && !line.closed) steps.shift();
      else path.d += `M${steps.shift() ?? ''}`;
      for (const step of steps) path.d += `L${step}`;
      if (line.closed) path.d += 'Z';
      path.end = line.closed ? '' : (steps.at(-1) ?? '');
    }
    const paths = [...joined.values()];
    for (const [index, { line, d }] of paths.entries()) {
      const halo = haloLook(line.role, line.fade, item.selected);
      pen.element(`${item.id} halo ${index}`, 'path', linesOf(), { d, ...halo });
    }
    for (const [index, { line, d }] of paths.entries()) {
      const look = lineLook(line.role, line.fade, item.colour, item.selected);
      const said = { 'data-item': item.id, 'data-role': line.role };
      pen.element(`${item.id} line ${index}`, 'path', linesOf(), { d, ...look, ...said });
    }
  }
  function linesOf(): SVGElement {
    return lines ?? svg;
  }

  function drawLabel(item: DrawItem, scene: Scene, size: Size, crowd: Crowd, view: Projection): Box | undefined {
    for (const [index, { at, text, fade }] of scene.texts.entries())
      pen.element(
        `${item.id} text ${index}`,
        'text',
        texts ?? svg,
        { x: round(at[0] + 8), y: round(at[1] - 8), opacity: opacityOf(fade) },
        text,
      );
    if (item.label === null || scene.fade === 0) return undefined;
    const widthOf = (words: string): number => widthOfText(words, item.selected);
    const text = fittedText(item.label, !item.pointing, roomPxIn(size), widthOf);
    const textPx = widthOf(text);
    const moved = view.projected ? undefined : item.words?.at;
    const label = moved
      ? labelAround(view.toCanvas(moved), scene, textPx, size)
      : placeLabel(scene, textPx, size, crowd, places.get(item.id), item.pointing);
    if (!label) return undefined;
    if (label.place !== undefined) places.set(item.id, label.place);
    crowd.boxes.push(label.box);
    const opacity = Math.max(0.4, opacityOf(scene.fade));
    if (label.leader && item.pointing)
      pen.element(`${item.id} arrow`, 'path', linesOf(), {
        d: arrowTo(label.leader),
        stroke: item.colour,
        'stroke-width': item.selected ? 2.5 : 1.75,
        'stroke-opacity': opacity,
        fill: 'none',
      });
    else if (label.leader)
      pen.element(`${item.id} leader`, 'path', linesOf(), {
        d: label.leader.map(([x, y], i) => `${i ? 'L' : 'M'}${round(x)} ${round(y)}`).join(''),
        stroke: item.colour,
        'stroke-width': 1,
        'stroke-dasharray': '1 3',
        'stroke-opacity': opacity,
        fill: 'none',
      });
    const x = round(label.box.left + 4);
    const y = round(label.box.top + 13);
    const { left, top, width, height } = label.box;
    // Read on white film as on black air.
    pen.element(`${item.id} ground`, 'rect', texts ?? svg, {
      class: 'marks-ground',
      x: round(left),
      y: round(top),
      width: round(width),
      height,
      rx: 3,
      opacity,
    });
    const flags = { 'data-stale': String(item.stale), 'data-selected': String(item.selected) };
    const attributes = { class: 'marks-label', 'data-item': item.id, x, y, opacity, ...flags };
    pen.element(`${item.id} label`, 'text', texts ?? svg, attributes, text);
    return label.box;
  }

  /** The label as a handle of its own: what is drawn of it lies below, hidden from screen readers. */
  function drawWords(item: DrawItem, box: Box, depthMm: number): DrawnHandle | undefined {
    const handle = item.words?.handle;
    if (handle === undefined) return undefined;
    const { left, top, width, height } = box;
    const element = pen.element(`${item.id} words`, 'rect', handles ?? svg, {
      class: 'marks-words',
      x: round(left),
      y: round(top),
      width: round(width),
      height,
      rx: 3,
      role: 'button',
      tabindex: item.selected ? 0 : -1,
      'aria-label': `${handle.title} of ${item.name}: ${item.label ?? ''}`,
      'aria-roledescription': 'handle, arrow keys move it',
      'data-item': item.id,
      'data-handle': handle.name,
      'data-dragging': String(item.dragging === handle.name),
    });
    if (!owners.has(element)) owners.set(element, { id: item.id, handle: handle.name, element });
    return { ...handle, at: [left + width / 2, top + height / 2], depthMm };
  }

  function drawHandles(item: DrawItem, scene: Scene): void {
    for (const { name: handle, title, at } of scene.handles) {
      const key = `${item.id} handle ${handle}`;
      const element = pen.element(key, 'g', handles ?? svg, {
        class: 'marks-handle',
        transform: `translate(${round(at[0])} ${round(at[1])})`,
        role: 'button',
        tabindex: item.selected ? 0 : -1,
        'aria-label': `${title} of ${item.name}`,
        'aria-roledescription': 'handle, arrow keys move it',
        'data-item': item.id,
        'data-handle': handle,
        'data-selected': String(item.selected),
        'data-dragging': String(item.dragging === handle),
      });
      if (!owners.has(element)) owners.set(element, { id: item.id, handle, element });
      pen.element(`${key} hit`, 'circle', element, { r: hitRadiusPx });
      pen.element(`${key} ring`, 'circle', element, { r: ringRadiusPx, class: 'marks-ring' });
      const r = item.selected ? selectedDotRadiusPx : dotRadiusPx;
      pen.element(`${key} dot`, 'circle', element, { r, class: 'marks-dot', stroke: item.colour });
    }
  }

  return {
    svg,
    draw(items, view, size, written) {
      pen.begin();
      const drawn: DrawnItem[] = [];
      const scenes = items.map((item) => ({ item, scene: sceneOf(item.shapes, item.handles, view) }));
      const crowd = crowdOf(
        scenes.map(({ scene }) => scene),
        written,
      );
      for (const { item, scene } of scenes) {
        // In 3D the marks themselves are solid bodies; only their names are ours to draw.
        if (!view.projected) drawLines(item, scene);
        const label = drawLabel(item, scene, size, crowd, view);
        drawHandles(item, scene);
        const at = item.words?.at ?? item.handles[0]?.at;
        const words = label && at && !view.projected ? drawWords(item, label, view.depth(at)) : undefined;
        if (scene.fade > 0) drawn.push({ id: item.id, scene, label, words });
      }
      pen.end();
      return drawn;
    },
    clear() {
      pen.begin();
      pen.end();
    },
    handleOf(target) {
      const element = target instanceof Element ? target.closest('.marks-handle, .marks-words') : null;
      return element ? owners.get(element) : undefined;
    },
  };
}

/** A line from the label to the place, ending short of the handle in a head. */
function arrowTo([[tx, ty], [fx, fy]]: readonly [Vec2, Vec2]): string {
  const length = Math.max(1, Math.hypot(tx - fx, ty - fy));
  const [ux, uy] = [(tx - fx) / length, (ty - fy) / length];
  const [ex, ey] = [tx - 7 * ux, ty - 7 * uy];
  const wing = (side: number): string => `${round(ex - 8 * ux + side * 4 * uy)} ${round(ey - 8 * uy - side * 4 * ux)}`;
  return `M${round(fx)} ${round(fy)}L${round(ex)} ${round(ey)}M${wing(1)}L${round(ex)} ${round(ey)}L${wing(-1)}`;
}

/** A hundredth of a pixel: finer is not seen, and equal text is not written again. */
function round(px: number): number {
  return Math.round(px * 100) / 100;
}
