import type { Vec2 } from '../../src/geometry/index.ts';
import type { Desk } from '../actions/index.ts';
import { frameAxes, placeOnCanvas } from '../cornerstone/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';
import { arrows, screenPixel } from '../marks/index.ts';
import { tellPoint } from './underPoint.ts';

const fast = 10;

/**
 * Placing by keys alone: while a tool is armed the arrow keys move a cross over the view (one pixel of the image, ten
 * with Shift), Enter sets a point there, and Enter once more ends an item of any number of points; Backspace, of the
 * table of actions, takes the last point back. What lies under the cross is said to screen readers. The mouse takes over
 * as soon as it moves.
 */
export function attachKeyCursor(desk: Desk, name: ViewName, section: HTMLElement): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const cross = document.createElement('div');
  cross.className = 'key-cursor';
  cross.ariaHidden = 'true';
  const said = document.createElement('p');
  said.className = 'unseen';
  said.setAttribute('role', 'status');
  // There before it speaks: a live region that comes with its words is not read out.
  section.append(said);
  /** CSS px in the view's element; null: not shown. */
  let at: Vec2 | null = null;
  let stopFollowing = (): void => undefined;

  const hide = (): void => {
    if (at === null) return;
    at = null;
    stopFollowing();
    cross.remove();
    said.textContent = '';
  };
  /** Puts the cross there and tells what lies under it: again whenever the picture below has changed. */
  const show = (view: View, to: Vec2): void => {
    const { clientWidth, clientHeight } = view.element;
    at = [Math.min(clientWidth - 1, Math.max(0, to[0])), Math.min(clientHeight - 1, Math.max(0, to[1]))];
    cross.style.translate = `${at[0]}px ${at[1]}px`;
    const text = tellPoint(desk, name, at);
    // Fifteen values a second are no speech.
    if (said.textContent !== text && !view.state().playing) said.textContent = text;
    desk.tool.pointAt(name, at, 'hover');
  };
  const renew = (): void => {
    const view = desk.views.get(name);
    if (at !== null && view !== undefined && view.kind !== 'volume') show(view, at);
  };
  const follow = (): void => {
    stopFollowing();
    const stopDrawn = desk.views.get(name)?.onDrawn(renew);
    // Another part of the series comes as another view.
    const stopViews = desk.views.onChange(() => {
      follow();
      renew();
    });
    stopFollowing = () => {
      stopDrawn?.();
      stopViews();
    };
  };

  section.addEventListener(
    'keydown',
    (event) => {
      const view = desk.views.get(name);
      if (event.target !== section || event.ctrlKey || event.altKey || event.metaKey) return;
      if (view === undefined || view.kind === 'volume' || desk.tool.getState().state !== 'placing') return;
      const direction = arrows[event.key];
      if (direction !== undefined) {
        if (at === null) {
          section.append(cross);
          follow();
          show(view, beginAt(desk, view));
        } else {
          const step = pixelPx(view, direction) * (event.shiftKey ? fast : 1);
          show(view, [at[0] + direction[0] * step, at[1] + direction[1] * step]);
        }
      } else if (event.key === 'Enter' && at !== null) desk.tool.pointAt(name, at, 'enter');
      else return;
      event.preventDefault();
      event.stopPropagation();
    },
    { signal },
  );
  section.addEventListener('pointermove', hide, { signal, capture: true });
  const stop = desk.tool.subscribe(({ state }) => {
    if (state !== 'placing') hide();
  });
  return () => {
    stop();
    ending.abort();
    hide();
    said.remove();
  };
}

/** The linked point where it lies in the picture, else its middle. */
function beginAt(desk: Desk, view: View): Vec2 {
  const { clientWidth, clientHeight } = view.element;
  const { point } = desk.session.getState();
  const map = view.map();
  const place = point === null || map === undefined || view.kind !== 'mpr' ? null : placeOnCanvas(map, point);
  const inside = place !== null && place[0] >= 0 && place[1] >= 0 && place[0] < clientWidth && place[1] < clientHeight;
  return inside ? place : [clientWidth / 2, clientHeight / 2];
}

/** One pixel of the image along the direction, CSS px; in planes of a volume the finest distance of its voxels. */
function pixelPx(view: View, direction: Vec2): number {
  const map = view.map();
  if (map === undefined) return 1;
  const series = view.loaded?.series;
  if (view.kind === 'stack') return screenPixel(map, direction, series ? frameAxes(series, view.state().index) : null);
  const mm = series?.volume ? Math.min(...series.volume.spacing) : 1;
  return mm * screenPixel(map, direction, null);
}
