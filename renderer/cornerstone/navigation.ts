import type { Vec2 } from '../../src/geometry/index.ts';

/** What a hand on the mouse can do to a picture while no tool is armed. */
export interface Navigable {
  scroll(by: number): void;
  windowBy(dx: number, dy: number): void;
  panBy(canvas: Vec2): void;
  zoomBy(factor: number, at?: Vec2): void;
  /** 3D: the left button turns. */
  turnBy?(dx: number, dy: number): void;
  /** The last button was let go. */
  settled?(): void;
}

const left = 1;
const right = 2;
const middle = 4;

/**
 * Left drag window and level (3D: turn), middle or left with right pan, right zoom, wheel one slice a notch, ctrl with wheel zoom.
 * Cornerstone's tools are not asked: they hold back every press for up to 400 ms to wait for a double click, and floor the
 * width of a window at 1, which fractions do not survive. An armed tool of ours stops the press before it comes here.
 * @returns the detacher
 */
export function attachNavigation(element: HTMLElement, view: Navigable): () => void {
  let dragging: { id: number; x: number; y: number; zoomAt: Vec2 } | null = null;
  let wheelRest = 0;

  const place = (event: MouseEvent): Vec2 => {
    const box = element.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const onDown = (event: PointerEvent): void => {
    if (event.pointerType === 'touch' || dragging) return;
    if (event.button === 1) event.preventDefault();
    dragging = { id: event.pointerId, x: event.clientX, y: event.clientY, zoomAt: place(event) };
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
    if (event.buttons & middle || (event.buttons & left && event.buttons & right)) view.panBy([dx, dy]);
    else if (event.buttons & right) view.zoomBy(Math.exp(-dy / 150), dragging.zoomAt);
    else if (view.turnBy) view.turnBy(dx, dy);
    else view.windowBy(dx, dy);
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
    if (Math.abs(pixels) >= 50) {
      wheelRest = 0;
      return view.scroll(Math.sign(pixels) * Math.max(1, Math.round(Math.abs(pixels) / 120)));
    }
    // A touch pad sends many small ones.
    wheelRest = Math.sign(wheelRest) === Math.sign(pixels) ? wheelRest + pixels : pixels;
    const steps = Math.trunc(wheelRest / 40);
    wheelRest -= steps * 40;
    if (steps !== 0) view.scroll(steps);
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
