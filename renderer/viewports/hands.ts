import type { LpsMm, Vec2 } from '../../src/geometry/index.ts';
import { changeSlab, turnPlanes, type Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { isOfPlanes } from '../state/index.ts';
import { tellPoint } from './underPoint.ts';
import { crosshairLines, gapPx, ringPx, ringsOf, type CrosshairLine } from './crosshairLines.ts';

const reachPx = 5;
const stillPx = 3;
/** The longest that systems let pass between the two clicks of a double click, ms. */
const doubleMs = 900;

/**
 * What a hand does to a viewport beside the engine's own navigation: it makes the viewport active, moves the linked
 * crosshair (a click anywhere, or a drag that begins on one of its lines), makes it full by a double click and tells
 * what lies under the mouse. Marks and an armed tool have the first word.
 */
export function attachHands(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  const { session, views, tool, pointer } = desk;
  let pressAt: Vec2 | null = null;
  /** Where the crosshair was before the first of two clicks: a double click is no wish to move it. */
  let before: { readonly point: LpsMm | null; readonly at: number } = { point: null, at: -Infinity };
  let dragging: number | null = null;
  /** The ring that is held: which plane's line it is on, and where the hand was last, seen from the middle. */
  let turning: { readonly of: ViewName; readonly centre: Vec2; angle: number } | null = null;
  let wanted: Vec2 | null = null;
  let frame = 0;

  const place = (event: MouseEvent): Vec2 => {
    const box = (views.get(name)?.element ?? section).getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };
  const moveCrosshair = (at: Vec2): void => {
    const map = views.get(name)?.map();
    if (map?.in !== 'patient' || map.projection) return;
    const point = map.toPoint(at);
    void views.goTo(point, name);
  };
  const mayMove = (event: PointerEvent): boolean =>
    event.button === 0 &&
    session.getState().crosshair &&
    isOfPlanes(session.getState().layout) &&
    views.get(name)?.kind === 'mpr' &&
    tool.getState().state === 'idle' &&
    !isMark(event.target);

  const onDown = (event: PointerEvent): void => {
    if (session.getState().active !== name) session.setState({ active: name });
    if (isControl(event.target)) return;
    section.focus({ preventScroll: true });
    if (!mayMove(event)) return;
    pressAt = place(event);
    const held = gripOf(desk, name, pressAt);
    if (held === null) return;
    // The engine must not see this press: it would change the window.
    event.stopPropagation();
    dragging = event.pointerId;
    turning = held.ring
      ? { of: held.line.of, centre: held.line.centre, angle: angleFrom(held.line.centre, pressAt) }
      : null;
    section.setPointerCapture(event.pointerId);
    section.dataset['crosshair'] = held.ring ? 'turning' : 'moving';
  };
  const turn = (at: Vec2, alone: boolean): void => {
    if (turning === null) return;
    const angle = angleFrom(turning.centre, at);
    turnPlanes(desk, name, angle - turning.angle, alone ? turning.of : null);
    turning.angle = angle;
  };
  const onMove = (event: PointerEvent): void => {
    wanted = place(event);
    // A picture that came under a resting mouse was not pointed at.
    const moved = event.movementX !== 0 || event.movementY !== 0;
    if (moved && session.getState().underMouse !== name) session.setState({ underMouse: name });
    if (frame === 0) frame = requestAnimationFrame(() => follow(event.buttons === 0));
    if (dragging !== event.pointerId) return;
    if (turning === null) moveCrosshair(wanted);
    else turn(wanted, event.shiftKey);
  };
  const onUp = (event: PointerEvent): void => {
    const from = pressAt;
    pressAt = null;
    if (dragging === event.pointerId) {
      const wasRing = turning !== null;
      dragging = null;
      turning = null;
      delete section.dataset['crosshair'];
      // A click that hit a line moves the point along it like any other; one on a ring was to turn.
      if (wasRing) return;
    }
    if (from === null || !mayMove(event)) return;
    const to = place(event);
    if (Math.hypot(to[0] - from[0], to[1] - from[1]) > stillPx) return;
    if (event.timeStamp - before.at > doubleMs) before = { point: session.getState().point, at: event.timeStamp };
    moveCrosshair(to);
  };
  const follow = (free: boolean): void => {
    frame = 0;
    const view = views.get(name);
    if (wanted === null || view === undefined) return;
    tellPoint(desk, name, wanted);
    if (dragging === null) {
      const may = free && session.getState().crosshair && view.kind === 'mpr' && tool.getState().state === 'idle';
      const grip = may ? gripOf(desk, name, wanted) : null;
      if (grip !== null) section.dataset['crosshair'] = grip.ring ? 'ring' : 'near';
      else delete section.dataset['crosshair'];
    }
  };
  const onWheel = (event: WheelEvent): void => {
    if (!event.altKey || event.ctrlKey) return;
    const view = views.get(name);
    event.preventDefault();
    // Some systems turn the wheel sideways while a key is held.
    const way = Math.sign(event.deltaY === 0 ? event.deltaX : event.deltaY);
    if (view !== undefined && way !== 0) changeSlab(desk, view, way < 0 ? 1 : -1);
  };
  const onLeave = (): void => {
    wanted = null;
    pointer.setState(null, true);
    forget();
  };
  const onDouble = (event: MouseEvent): void => {
    if (tool.getState().state !== 'idle' || isMark(event.target) || isControl(event.target)) return;
    if (before.point !== null && event.timeStamp - before.at <= doubleMs) void views.goTo(before.point, name);
    session.setState((state) => ({ full: state.full === name ? null : name, active: name }));
  };
  const forget = (): void => {
    if (session.getState().underMouse === name) session.setState({ underMouse: null });
  };
  const onFocus = (): void => {
    // Chosen by keys: a mouse that rests elsewhere has no say.
    if (session.getState().underMouse !== name) session.setState({ underMouse: null });
    if (session.getState().active !== name) session.setState({ active: name });
  };

  section.addEventListener('pointerdown', onDown, { capture: true });
  section.addEventListener('pointermove', onMove);
  section.addEventListener('pointerup', onUp);
  section.addEventListener('pointercancel', onUp);
  section.addEventListener('wheel', onWheel, { passive: false });
  section.addEventListener('pointerleave', onLeave);
  section.addEventListener('dblclick', onDouble);
  section.addEventListener('focus', onFocus);
  return () => {
    cancelAnimationFrame(frame);
    forget();
    section.removeEventListener('pointerdown', onDown, { capture: true });
    section.removeEventListener('pointermove', onMove);
    section.removeEventListener('pointerup', onUp);
    section.removeEventListener('pointercancel', onUp);
    section.removeEventListener('wheel', onWheel);
    section.removeEventListener('pointerleave', onLeave);
    section.removeEventListener('dblclick', onDouble);
    section.removeEventListener('focus', onFocus);
  };
}

/** On a part of the overlay that takes the mouse: a mark or its handle. */
function isMark(target: EventTarget | null): boolean {
  return target instanceof SVGElement && !(target instanceof SVGSVGElement);
}

/** On a button or slider that lies on the picture. */
function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[data-control]') !== null;
}

/** Where the hand is, seen from the middle of the crosshair: radians from right towards down. */
function angleFrom([cx, cy]: Vec2, [x, y]: Vec2): number {
  return Math.atan2(y - cy, x - cx);
}

/** The line of the crosshair under a place, and whether its ring is. */
function gripOf(
  desk: Desk,
  name: ViewName,
  [x, y]: Vec2,
): { readonly line: CrosshairLine; readonly ring: boolean } | null {
  const view = desk.views.get(name);
  const { point } = desk.session.getState();
  if (view === undefined || point === null) return null;
  const lines = crosshairLines(view, desk.views.all(), point);
  const ring = lines.find((line) =>
    ringsOf(line, view.element).some(([cx, cy]) => Math.hypot(x - cx, y - cy) <= ringPx + 4),
  );
  if (ring !== undefined) return { line: ring, ring: true };
  const near = lines.find(({ centre, direction }) => {
    const [dx, dy] = [x - centre[0], y - centre[1]];
    const along = dx * direction[0] + dy * direction[1];
    const across = Math.abs(dx * direction[1] - dy * direction[0]);
    return across <= reachPx && Math.abs(along) >= gapPx;
  });
  return near === undefined ? null : { line: near, ring: false };
}
