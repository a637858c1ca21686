import type { ViewName } from '../cornerstone/types.ts';
import type { Action, ActionGroup } from './action.ts';
import type { Desk } from './desk.ts';

const ofViews: readonly ActionGroup[] = ['Scroll', 'Picture', 'Window'];

/**
 * The action that a plain key means. One that acts on a view acts on that under the mouse, which is made the active one,
 * so that frame, header and letters tell which; without a mouse over a view on the active one. Moving the mouse alone
 * chooses nothing: on its way to the plan it crosses other pictures.
 *
 * @param find the action for the view that is active when it is called
 */
export function actionUnderMouse(desk: Desk, find: () => Action | undefined): Action | undefined {
  const { active, underMouse } = desk.session.getState();
  const here = find();
  if (underMouse === null || underMouse === active || desk.views.get(underMouse) === undefined) return here;
  if (here !== undefined && !actsOnView(here)) return here;
  // Other pictures have other windows, so other keys.
  desk.session.setState({ active: underMouse });
  const there = find();
  if (there !== undefined) focusFollows(desk, underMouse);
  else desk.session.setState({ active });
  return there;
}

function actsOnView({ id, group }: Action): boolean {
  return ofViews.includes(group) || id === 'keyImage';
}

/** From another picture only: a focused list or field keeps it. */
function focusFollows(desk: Desk, name: ViewName): void {
  const pane = desk.views.get(name)?.element.closest('section') ?? null;
  const { activeElement } = document;
  const isPane = desk.views.all().some(({ element }) => element.closest('section') === activeElement);
  if (isPane && activeElement !== pane) pane?.focus({ preventScroll: true });
}
