import type { NativeMenuItem } from '../../src/contract/index.ts';
import type { Desk } from './desk.ts';
import type { Key } from './keys.ts';
import { openRecent } from './opening.ts';
import { runAction } from './running.ts';
import { actionById, actionsOf, allowed } from './table.ts';

/** The desktop's menu follows the table; not more often than a hand can open a menu. */
const pauseMs = 250;
const recentPrefix = 'recent:';

/** Keys as Electron spells them. */
const names: Readonly<Record<string, string>> = {
  Mod: 'CmdOrCtrl',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Escape: 'Esc',
  '+': 'Plus',
};

/** "Mod+Shift+Z" of the table as Electron's "CmdOrCtrl+Shift+Z"; null where Electron has no word for it. */
export function acceleratorOf(key: Key | undefined): string | null {
  if (key === undefined || key === '') return null;
  // The plus sign is a key and parts the keys.
  const plus = key.endsWith('+');
  const parts = [...(plus ? key.slice(0, -1) : key).split('+').filter((part) => part !== ''), ...(plus ? ['+'] : [])];
  const words = parts.map((part) => names[part] ?? part);
  return words.every((word) => /^[\x21-\x7e]+$/.test(word)) ? words.join('+') : null;
}

/** All actions as the desktop's menu shows them, in the order of the table, and what was opened before. */
export function nativeMenu(desk: Desk): readonly NativeMenuItem[] {
  const actions = actionsOf(desk).map((action): NativeMenuItem => ({
    id: action.id,
    title: action.title,
    group: action.group,
    accelerator: acceleratorOf(action.keys[0]),
    enabled: allowed(desk, action),
    checked: action.on?.(desk) ?? null,
  }));
  const recents = (desk.session.getState().hello?.recents ?? []).map(({ id, label }): NativeMenuItem => ({
    id: `${recentPrefix}${id}`,
    title: label.slice(0, 200),
    group: 'Opened before',
    accelerator: null,
    enabled: true,
    checked: null,
  }));
  return [...actions, ...recents];
}

/** Keeps the desktop's menu true; does nothing in a browser. Returns what stops it. */
export function followNativeMenu(desk: Desk): () => void {
  const { native } = desk;
  if (native === null) return () => {};
  let said = '';
  let waiting: ReturnType<typeof setTimeout> | null = null;
  const tell = (): void => {
    waiting = null;
    const items = nativeMenu(desk);
    const text = JSON.stringify(items);
    if (text === said) return;
    said = text;
    native.setMenu(items);
  };
  const soon = (): void => {
    waiting ??= setTimeout(tell, pauseMs);
  };
  const stops = [desk.session.subscribe(soon), desk.plan.subscribe(soon), desk.tool.subscribe(soon)];
  stops.push(
    native.onChosen((id) => {
      if (id.startsWith(recentPrefix)) return void openRecent(desk, id.slice(recentPrefix.length));
      const action = actionById(desk, id);
      if (action !== undefined) void runAction(desk, action);
    }),
  );
  tell();
  return () => {
    if (waiting !== null) clearTimeout(waiting);
    for (const stop of stops) stop();
  };
}
