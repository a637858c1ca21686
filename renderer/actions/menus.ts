import type { Vec2 } from '../../src/geometry/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import type { MenuFor, MenuPlace } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { activeView } from './windows.ts';

/** A press that moves more than this was a drag, px. */
const stillPx = 4;

/**
 * Right clicks on a picture, a mark, an item of the plan or a series open their menu; a right drag stays a drag.
 * The browser's own menu stays where text is typed or marked.
 * @returns what stops listening
 */
export function listenToMenus(desk: Desk): () => void {
  let from: Vec2 | null = null;
  const onDown = (event: PointerEvent): void => {
    from = event.button === 2 && event.buttons === 2 ? [event.clientX, event.clientY] : null;
  };
  const onUp = (event: PointerEvent): void => {
    const start = from;
    if (event.button !== 2 || start === null) return;
    from = null;
    const at: Vec2 = [event.clientX, event.clientY];
    if (Math.hypot(at[0] - start[0], at[1] - start[1]) > stillPx) return;
    const of = menuFor(desk, event.target, at);
    if (of !== null) openMenu(desk, { at, of, reading: desk.pointer.getState() });
  };
  const noOther = (event: Event): void => {
    if (menuFor(desk, event.target, null) !== null) event.preventDefault();
  };
  window.addEventListener('pointerdown', onDown, { capture: true });
  window.addEventListener('pointerup', onUp);
  window.addEventListener('contextmenu', noOther);
  return () => {
    window.removeEventListener('pointerdown', onDown, { capture: true });
    window.removeEventListener('pointerup', onUp);
    window.removeEventListener('contextmenu', noOther);
  };
}

/** The menu of what has the focus, by key; the picture's where nothing else has one. */
export function openMenuByKey(desk: Desk): void {
  const focused = document.activeElement;
  const own = menuFor(desk, focused, null);
  const view = activeView(desk);
  const of = own ?? (view === undefined ? null : { type: 'picture' as const, view: view.name });
  if (of === null) return;
  const element = of.type === 'picture' ? (desk.views.get(of.view)?.element ?? focused) : focused;
  const box = element?.getBoundingClientRect();
  if (box === undefined) return;
  const at: Vec2 = [box.left + box.width / 2, box.top + box.height / 2];
  openMenu(desk, { at, of, reading: null });
}

function openMenu(desk: Desk, menu: MenuPlace): void {
  const { of } = menu;
  desk.session.setState({
    menu,
    ...(of.type === 'picture' ? { active: of.view } : {}),
    ...(of.type === 'item' ? { selection: of.id } : {}),
  });
}

/** What lies there that has a menu. @param at  CSS px in the window; null: marks without the focus are not looked for */
function menuFor(desk: Desk, target: EventTarget | null, at: Vec2 | null): MenuFor | null {
  if (!(target instanceof Element)) return null;
  const series = target.closest<HTMLElement>('.series-item')?.dataset['key'];
  if (series !== undefined) return { type: 'series', key: series };
  const item = target.closest<HTMLElement>('.plan-item')?.dataset['item'];
  if (item !== undefined) return target instanceof HTMLInputElement ? null : { type: 'item', id: item };
  const pane = target.closest<HTMLElement>('.pane');
  const view = desk.views.all().find((one) => pane?.contains(one.element) === true);
  if (view === undefined) return null;
  const mark = markAt(desk, view.name, target, at);
  return mark === null ? { type: 'picture', view: view.name } : { type: 'item', id: mark };
}

function markAt(desk: Desk, name: ViewName, target: Element, at: Vec2 | null): string | null {
  const element = desk.views.get(name)?.element;
  if (element === undefined) return null;
  const box = (at === null ? target : element).getBoundingClientRect();
  // A handle with the focus stands for its mark.
  if (at === null)
    return target.closest('.marks-handle') === null
      ? null
      : markAt(desk, name, target, [box.left + box.width / 2, box.top + box.height / 2]);
  return desk.tool.markAt(name, [at[0] - box.left, at[1] - box.top]);
}
