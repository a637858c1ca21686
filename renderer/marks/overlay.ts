import type { Point, Vec2 } from '../../src/geometry/index.ts';
import type { RecordId } from '../../src/plan/index.ts';
import type { View, ViewMap, ViewName } from '../cornerstone/types.ts';
import type { Machine, Place } from './machine.ts';
import type { Depth } from './pointOrigin.ts';
import './marks.css';
import { createDrawing } from './overlayDrawing.ts';
import type { DrawItem, DrawnItem } from './overlayDrawing.ts';
import { projectionOf } from './projection.ts';
import type { Projection } from './projection.ts';
import { distanceToScene } from './scene.ts';
import type { DrawnHandle } from './scene.ts';
import { arrows, screenStep } from './steps.ts';
import type { StepIn } from './steps.ts';
import { createWriting } from './writing.ts';

/** What an overlay needs of the tool. */
export interface OverlayPort {
  readonly machine: Machine;
  /** Items and draft that lie in the view's space, in the order to draw them. */
  itemsFor(view: Projection, name: ViewName): readonly DrawItem[];
  selected(): RecordId | null;
  select(id: RecordId | null): void;
  /** What the arrow keys move a handle by: millimetres where the view's space has them. */
  stepIn(view: Projection): StepIn;
}
export interface Overlay {
  draw(): void;
  /** The item drawn within a few pixels of that place. */
  hit(canvas: Vec2): RecordId | null;
  /** While a tool is armed, by keys. false where a point was refused. */
  pointAt(canvas: Vec2, how: 'enter' | 'hover'): boolean;
  remove(): void;
}

const hitPx = 6;
/** A press that moves less than this is a click. */
const clickPx = 4;
/** A press that moves more than this while placing sets the next point where it ends. */
const sweepPx = 10;
/** mm, or pixels where there are no millimetres. */
const nudge = 0.1;
/** CSS px: words are moved about the screen. */
const wordsStepPx = 4;

interface Grab {
  readonly pointerId: number;
  readonly element: SVGElement;
  /** From the pointer to the middle of the handle: it does not jump when it is taken beside its middle. */
  readonly offset: Vec2;
  readonly depthMm: number;
  /** A label: where it stands says nothing of the item. */
  readonly words: boolean;
  moved: boolean;
}

/** In a thick slab: the point that is seen under a place, and how its depth was found. undefined: no slab. */
function seenOn(map: ViewMap, canvas: Vec2): { readonly point: Point; readonly depth: Depth } | undefined {
  if (map.in !== 'patient' || map.slab === undefined || map.slab === null) return undefined;
  const depth: Depth = { by: map.slab.mode, slabMm: map.slab.mm };
  return { point: map.seenAt?.(canvas) ?? map.toPoint(canvas), depth };
}

/** The overlay of one view: draws, and turns the events of its element into the machine's verbs. */
export function createOverlay(view: View, port: OverlayPort): Overlay {
  const { machine } = port;
  const { element } = view;
  const drawing = createDrawing(view.name);
  const { svg } = drawing;
  const written = createWriting(element, draw);
  if (getComputedStyle(element).position === 'static') element.style.position = 'relative';
  element.append(svg);
  const ending = new AbortController();
  const { signal } = ending;
  let drawn: readonly DrawnItem[] = [];
  let projection: Projection | undefined;
  let grab: Grab | undefined;
  let pressed: { readonly at: Vec2; readonly placed: boolean } | undefined;

  function draw(): void {
    const armed = machine.getState().state === 'placing';
    if (svg.dataset.armed !== String(armed)) svg.dataset.armed = String(armed);
    const map = view.map();
    projection = map && projectionOf(map);
    if (!projection) {
      drawn = [];
      return drawing.clear();
    }
    const size = { width: element.clientWidth, height: element.clientHeight };
    drawn = drawing.draw(port.itemsFor(projection, view.name), projection, size, written.boxes());
  }

  const at = ({ clientX, clientY }: MouseEvent): Vec2 => {
    const box = element.getBoundingClientRect();
    return [clientX - box.left - element.clientLeft, clientY - box.top - element.clientTop];
  };
  /** The map is made anew: the picture may have moved since the last draw. */
  function place(canvas: Vec2): Place | undefined {
    const map = view.map();
    if (!map) return undefined;
    const now = projectionOf(map);
    const { on, plane, projected } = now;
    const { point, depth } = seenOn(map, canvas) ?? { point: now.toPoint(canvas, 0), depth: undefined };
    return { on, point, normal: plane?.normal, right: plane?.right, projected, depth };
  }
  function hit(canvas: Vec2): RecordId | null {
    let best: RecordId | null = null;
    let least = hitPx;
    for (const { id, scene, label } of drawn) {
      const inLabel =
        label &&
        canvas[0] >= label.left &&
        canvas[0] <= label.left + label.width &&
        canvas[1] >= label.top &&
        canvas[1] <= label.top + label.height;
      const distance = inLabel ? 0 : distanceToScene(scene, canvas);
      if (distance <= least) [best, least] = [id, distance];
    }
    return best;
  }
  function shownOf(of: {
    readonly id: string;
    readonly handle: string;
  }): (DrawnHandle & { words: boolean }) | undefined {
    const item = drawn.find(({ id }) => id === of.id);
    const point = item?.scene.handles.find(({ name }) => name === of.handle);
    if (point) return { ...point, words: false };
    return item?.words?.name === of.handle ? { ...item.words, words: true } : undefined;
  }
  /** A click on the line of the selected item, or with shift beside it: one point more, where its kind has them. */
  function addsPoint(found: RecordId | null, chosen: RecordId | null, canvas: Vec2, shift: boolean): boolean {
    if (chosen === null || view.along !== undefined || (!shift && found !== chosen)) return false;
    const where = place(canvas);
    if (where === undefined || where.projected === true) return false;
    return machine.addPoint(chosen, where.point, shift && found !== chosen ? 'beyond' : 'within');
  }
  const armed = (): boolean => machine.getState().state === 'placing';

  // Handles, and while armed the whole overlay. What is stopped here never reaches the viewport below.
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    const handle = drawing.handleOf(event.target);
    if (armed()) {
      event.stopPropagation();
      const here = at(event);
      const where = place(here);
      pressed = { at: here, placed: where !== undefined && machine.click(where) };
      svg.setPointerCapture(event.pointerId);
    } else if (handle && projection) {
      event.stopPropagation();
      const shown = shownOf(handle);
      if (!shown || grab || !machine.grab(handle.id, handle.handle)) return;
      const here = at(event);
      const offset: Vec2 = [shown.at[0] - here[0], shown.at[1] - here[1]];
      const { depthMm, words } = shown;
      grab = { pointerId: event.pointerId, element: handle.element, offset, depthMm, words, moved: false };
      handle.element.setPointerCapture(event.pointerId);
      handle.element.focus({ preventScroll: true });
    }
  }, { signal }); // prettier-ignore
  svg.addEventListener('pointermove', (event) => {
    if (armed()) {
      machine.hover(place(at(event)));
    } else if (grab?.pointerId === event.pointerId) {
      event.stopPropagation();
      if (machine.getState().state !== 'dragging') return;
      const map = view.map();
      const here = at(event);
      if (!map || (event.movementX === 0 && event.movementY === 0 && !grab.moved)) return;
      grab.moved = true;
      const to: Vec2 = [here[0] + grab.offset[0], here[1] + grab.offset[1]];
      if (grab.words) return machine.drag(projectionOf(map).toPoint(to, grab.depthMm));
      const seen = seenOn(map, to);
      // In a slab its own depth is found anew; else it stays in front of the plane as far as it was.
      if (seen !== undefined && seen.depth.by !== 'mean') return machine.drag(seen.point, seen.depth, map.on);
      const now = projectionOf(map);
      const inPlane = map.in === 'patient' && !seen && Math.abs(grab.depthMm) <= now.halfThicknessMm;
      machine.drag(now.toPoint(to, grab.depthMm), inPlane ? null : undefined, map.on);
    }
  }, { signal }); // prettier-ignore
  svg.addEventListener('pointerup', (event) => {
    if (event.button !== 0) return;
    if (pressed) {
      event.stopPropagation();
      const here = at(event);
      const { at: start, placed } = pressed;
      pressed = undefined;
      const swept = Math.hypot(here[0] - start[0], here[1] - start[1]) > sweepPx;
      const where = swept && placed && armed() ? place(here) : undefined;
      if (where) machine.click(where);
    } else if (grab?.pointerId === event.pointerId) {
      event.stopPropagation();
      grab = undefined;
      machine.drop();
    }
  }, { signal }); // prettier-ignore
  svg.addEventListener('pointercancel', (event) => {
    pressed = undefined;
    if (grab?.pointerId !== event.pointerId) return;
    grab = undefined;
    if (machine.getState().state === 'dragging') machine.escape();
  }, { signal }); // prettier-ignore
  svg.addEventListener('pointerleave', () => machine.hover(undefined), { signal });
  // The viewport listens to mouse events of its own; those of button 0 that are ours must not reach it.
  for (const type of ['mousedown', 'mouseup', 'click', 'dblclick'] as const)
    svg.addEventListener(
      type,
      (event) => {
        if (event.button !== 0 || !(armed() || pressed || drawing.handleOf(event.target))) return;
        event.stopPropagation();
        if (type === 'mousedown') event.preventDefault();
      },
      { signal },
    );
  svg.addEventListener('touchstart', (event) => event.stopPropagation(), { signal, passive: true });

  svg.addEventListener('keydown', (event) => {
    const handle = drawing.handleOf(event.target);
    const direction = arrows[event.key];
    if (!handle || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.stopPropagation();
      event.preventDefault();
      return port.select(handle.id);
    }
    if (!direction) return;
    event.stopPropagation();
    event.preventDefault();
    const shown = shownOf(handle);
    const map = view.map();
    if (!shown || !map) return;
    const now = projectionOf(map);
    const step = shown.words ? wordsStepPx : nudge * screenStep(map, direction, port.stepIn(now));
    const px = (event.shiftKey ? 10 : 1) * step;
    const canvas: Vec2 = [shown.at[0] + direction[0] * px, shown.at[1] + direction[1] * px];
    const on = shown.words ? undefined : map.on;
    machine.nudge(handle.id, handle.handle, now.toPoint(canvas, shown.depthMm), event.timeStamp, on);
  }, { signal }); // prettier-ignore

  // Without a tool the overlay is transparent; a click that was no drag selects the mark under it.
  element.addEventListener('pointerdown', (event) => {
    pressed = event.button === 0 && !armed() ? { at: at(event), placed: false } : undefined;
  }, { signal }); // prettier-ignore
  element.addEventListener('pointerup', (event) => {
    if (event.button !== 0 || !pressed || armed()) return;
    const here = at(event);
    const { at: start } = pressed;
    pressed = undefined;
    if (Math.hypot(here[0] - start[0], here[1] - start[1]) > clickPx) return;
    const found = hit(here);
    const chosen = port.selected();
    if (addsPoint(found, chosen, here, event.shiftKey)) return;
    // A click beside all marks moves the crosshair; what is selected stays so.
    if (found !== null) port.select(found);
  }, { signal }); // prettier-ignore
  element.addEventListener('pointermove', (event) => {
    if (event.buttons !== 0 || armed()) return;
    const cursor = drawing.handleOf(event.target) || hit(at(event)) === null ? '' : 'pointer';
    if (element.style.cursor !== cursor) element.style.cursor = cursor;
  }, { signal }); // prettier-ignore

  const stopDrawing = view.onDrawn(draw);
  draw();
  return {
    draw,
    hit,
    pointAt(canvas, how) {
      const where = armed() ? place(canvas) : undefined;
      if (where === undefined) return false;
      if (how === 'enter') return machine.enter(where);
      machine.hover(where);
      return true;
    },
    remove() {
      stopDrawing();
      written.remove();
      ending.abort();
      if (grab && machine.getState().state === 'dragging') machine.escape();
      svg.remove();
    },
  };
}
