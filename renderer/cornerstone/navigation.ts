import type { Vec2 } from '../../src/geometry/index.ts';
import { buttonsOf, gripOf, type Buttons, type DragJob } from './mouse.ts';
import { createWheelNotches } from './wheelNotches.ts';

/** What a hand on the mouse can do to a picture while no tool is armed. */
export interface Navigable {
  scroll(by: number): void;
  windowBy(dx: number, dy: number): void;
  panBy(canvas: Vec2): void;
  zoomBy(factor: number, at?: Vec2): void;
  /** 3D: the button of the window turns. */
  turnBy?(dx: number, dy: number): void;
  /** The last button was let go. */
  settled?(): void;
}

/** A drag's way for one picture, px. */
const scrollPx = 6;

let buttons: Buttons = buttonsOf('standard', {});
/** What the buttons do from now on, in every viewport of the page. */
export function chooseButtons(chosen: Buttons): void {
  buttons = chosen;
}

/**
 * Drags do what the person's buttons say (`chooseButtons`); wheel one slice a notch, ctrl with wheel zoom at the pointer.
 * Cornerstone's tools are not asked: they hold back every press for up to 400 ms to wait for a double click, and floor the
 * width of a window at 1, which fractions do not survive. An armed tool of ours stops the press before it comes here.
 * @returns the detacher
 */
export function attachNavigation(element: HTMLElement, view: Navigable): () => void {
  let dragging: { id: number; x: number; y: number; zoomAt: Vec2 } | null = null;
  let scrolled = 0;
  const notches = createWheelNotches();

  const place = (event: MouseEvent): Vec2 => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || dragging) return;
    if (event.button === 1) event.preventDefault();
    dragging = { id: event.pointerId, x: event.clientX, y: event.clientY, zoomAt: place(event) };
    scrolled = 0;
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onUp);
  };
  const onMove = (event: PointerEvent): void => {
    if (!dragging || event.pointerId !== dragging.id) return;
    const dx = event.clientX - dragging.x;
    const dy = event.clientY - dragging.y;
    dragging.x = event.clientX;
    dragging.y = event.clientY;
    if (event.buttons === 0) return onUp(event);
    if (dx === 0 && dy === 0) return;
    const grip = gripOf(event.buttons);
    if (grip !== null) act(buttons[grip], dx, dy, dragging.zoomAt);
  };
  const act = (job: DragJob, dx: number, dy: number, zoomAt: Vec2): void => {
    if (job === 'pan') view.panBy([dx, dy]);
    else if (job === 'zoom') view.zoomBy(Math.exp(-dy / 150), zoomAt);
    else if (job === 'window' && view.turnBy) view.turnBy(dx, dy);
    else if (job === 'window') view.windowBy(dx, dy);
    else if (job === 'scroll') {
      scrolled += dy;
      const by = Math.trunc(scrolled / scrollPx);
      scrolled -= by * scrollPx;
      if (by !== 0) view.scroll(by);
    }
  };
  const onUp = (event: PointerEvent): void => {
    if (!dragging || event.pointerId !== dragging.id || event.buttons !== 0) return;
    stop();
    view.settled?.();
  };
  const stop = (): void => {
    dragging = null;
    window.removeEventListener('pointermove', onMove);
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('pointercancel', onUp);
  };
  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const pixels = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 40;
    if (event.ctrlKey) return view.zoomBy(Math.exp(-pixels / 500), place(event));
    // Alt with the wheel is the slab's, where there is one.
    if (event.altKey) return;
    const by = notches(event);
    if (by !== 0) view.scroll(by);
  };
  const noMenu = (event: Event): void => event.preventDefault();

  element.addEventListener('pointerdown', onDown);
  element.addEventListener('wheel', onWheel, { passive: false });
  element.addEventListener('contextmenu', noMenu);
  return () => {
    stop();
    element.removeEventListener('pointerdown', onDown);
    element.removeEventListener('wheel', onWheel);
    element.removeEventListener('contextmenu', noMenu);
  };
}
