import { sentenceOf } from '../host/index.ts';
import { say } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { isCharacter, isPlain, keyOf, pressed, type Key } from './keys.ts';
import type { Action } from './action.ts';
import { actionsOf, allowed } from './table.ts';
import { actionUnderMouse } from './underMouse.ts';

/** Runs an action; what it throws becomes a sentence. */
export async function runAction(desk: Desk, action: Action, key?: Key): Promise<void> {
  if (!allowed(desk, action, key)) return;
  try {
    await action.run(desk);
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** Listens to the keyboard for the whole window; returns what stops listening. */
export function listenToKeys(desk: Desk): () => void {
  const onKey = (event: KeyboardEvent): void => {
    // A focused control (list, menu, slider, handle) that used the key has said so.
    if (event.defaultPrevented || event.isComposing) return;
    const { dialog, menu, question } = desk.session.getState();
    // A dialog hears Escape itself; here it comes only when the focus was lost from it, and means the same.
    if (dialog !== null && event.key === 'Escape') {
      event.preventDefault();
      desk.session.setState({ dialog: null });
      return;
    }
    if (dialog !== null || menu !== null || question !== null) return;
    const typing = isTyping(event.target);
    const inPlace = isPictureOrPlan(event.target);
    const acts = (key: string): boolean =>
      pressed(key, event) && !(typing && (isPlain(key) || isOfText(key))) && (inPlace || !isCharacter(key));
    // A key may mean one thing while an item is placed, another else.
    const key = keyOf(event) ?? undefined;
    const find = (): Action | undefined => {
      const meant = actionsOf(desk).filter(({ keys }) => keys.some(acts));
      return meant.find((one) => allowed(desk, one, key)) ?? meant[0];
    };
    const action = event.ctrlKey || event.metaKey ? find() : actionUnderMouse(desk, find);
    if (action === undefined) return;
    // Enter and space belong to a focused button or link.
    if ((event.key === 'Enter' || event.key === ' ') && isPressable(event.target)) return;
    event.preventDefault();
    void runAction(desk, action, key);
  };
  // A tooltip that came up beside the dialog would take the first Escape for itself, before the dialog hears of it.
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || desk.session.getState().dialog === null) return;
    if (document.querySelector('.tooltip') === null) return;
    event.preventDefault();
    event.stopPropagation();
    desk.session.setState({ dialog: null });
  };
  window.addEventListener('keydown', onEscape, { capture: true });
  window.addEventListener('keydown', onKey);
  return () => {
    window.removeEventListener('keydown', onEscape, { capture: true });
    window.removeEventListener('keydown', onKey);
  };
}

/** Where single letters act: in viewports and plan, and where nothing has the focus. */
function isPictureOrPlan(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return true;
  return target === document.body || target.closest('main, .plan-panel') !== null;
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'range', 'file'].includes(target.type);
}
/** Undo and redo while typing are the text's own. */
function isOfText(key: string): boolean {
  return ['Mod+Z', 'Mod+Shift+Z', 'Mod+Y'].includes(key);
}
function isPressable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest('button, a[href], [role=button], [role=option], [role=menuitem], [role=switch]') !== null
  );
}
