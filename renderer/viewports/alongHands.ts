import type { Desk } from '../actions/index.ts';
import type { ViewName } from '../cornerstone/types.ts';

const reachPx = 5;
const stillPx = 3;

/**
 * What a hand does to the curved view beside the engine's own navigation: a click brings everything to its place along the vessel, and
 * the line that stands for the cross-section is dragged. Marks and an armed tool have the first word.
 */
export function attachAlongHands(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  if (name !== 'Curved') return () => undefined;
  const ending = new AbortController();
  const { signal } = ending;
  const { views, along, tool } = desk;
  let pressed: { readonly id: number; readonly x: number; readonly y: number } | null = null;
  let dragging = false;

  const xOf = (event: MouseEvent): number =>
    event.clientX - (views.get(name)?.element ?? section).getBoundingClientRect().left;
  const inPicture = (event: Event): boolean =>
    event.target instanceof Element &&
    event.target.closest('[data-control]') === null &&
    !(event.target instanceof SVGElement && !(event.target instanceof SVGSVGElement));
  const onLine = (event: MouseEvent): boolean => {
    const view = views.get(name);
    if (view?.along?.lengthMm === undefined || view.along.lengthMm === null) return false;
    return Math.abs(xOf(event) - view.along.canvasX(along.positionMm())) <= reachPx;
  };
  const moveTo = (event: MouseEvent): void => {
    const view = views.get(name);
    if (view?.along !== undefined) along.move(view.along.positionAt(xOf(event)), name);
  };

  section.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || tool.getState().state !== 'idle' || !inPicture(event)) return;
      pressed = { id: event.pointerId, x: event.clientX, y: event.clientY };
      if (!onLine(event)) return;
      // The engine must not see this press: it would change the window.
      event.stopPropagation();
      section.focus({ preventScroll: true });
      dragging = true;
      section.setPointerCapture(event.pointerId);
    },
    { signal, capture: true },
  );
  section.addEventListener(
    'pointermove',
    (event) => {
      if (dragging && pressed?.id === event.pointerId) moveTo(event);
      else if (event.buttons === 0)
        section.toggleAttribute(
          'data-near-line',
          tool.getState().state === 'idle' && inPicture(event) && onLine(event),
        );
    },
    { signal },
  );
  section.addEventListener(
    'pointerup',
    (event) => {
      const from = pressed;
      const was = dragging;
      pressed = null;
      dragging = false;
      if (from === null || was || tool.getState().state !== 'idle') return;
      if (Math.hypot(event.clientX - from.x, event.clientY - from.y) <= stillPx) moveTo(event);
    },
    { signal },
  );
  section.addEventListener('pointercancel', () => ([pressed, dragging] = [null, false]), { signal });
  return () => ending.abort();
}
