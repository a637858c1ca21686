import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NativeBridge, NativeMenuItem } from '../../../src/contract/index.ts';
import { followNativeMenu, type Desk } from '../../../renderer/actions/index.ts';
import { acceleratorOf } from '../../../renderer/actions/nativeMenu.ts';
import { fakeDesk } from '../app/fakeDesk.ts';

/** A desktop that notes the menus it is told and can choose in them. */
async function desktop() {
  const menus: (readonly NativeMenuItem[])[] = [];
  const chosen = new Set<(id: string) => void>();
  const native: NativeBridge<File> = {
    grant: () => Promise.resolve([]),
    pick: () => Promise.resolve([]),
    saveAs: () => Promise.resolve([]),
    saveFile: () => Promise.resolve(null),
    onOpen: () => () => {},
    painted: () => {},
    secondWindow: () => {},
    setMenu: (items) => menus.push(items),
    onChosen: (listener) => {
      chosen.add(listener);
      return () => chosen.delete(listener);
    },
  };
  const desk: Desk = { ...(await fakeDesk()), native };
  const choose = (id: string) => chosen.forEach((listener) => listener(id));
  return { desk, menus, choose, item: (id: string) => menus.at(-1)?.find((one) => one.id === id) };
}

describe('the desktop’s menu', () => {
  // Marks are drawn once a frame; there are none here.
  beforeAll(() => vi.stubGlobal('requestAnimationFrame', () => 0));
  afterAll(() => vi.unstubAllGlobals());

  it('offers every action of the table, follows its state and runs what is chosen', async () => {
    const { desk, menus, choose, item } = await desktop();
    const stop = followNativeMenu(desk);
    expect(menus.length).toBe(1);
    expect(item('names.hide')).toMatchObject({ title: 'Hide names', accelerator: 'Shift+H', checked: false });
    expect(item('undo')).toMatchObject({ accelerator: 'CmdOrCtrl+Z', enabled: false, checked: null });
    choose('names.hide');
    expect(desk.session.getState().namesHidden).toBe(true);
    await vi.waitFor(() => expect(item('names.hide')?.checked).toBe(true));
    const told = menus.length;
    choose('no such action');
    // What changes no line of the menu is not said again.
    desk.session.setState({ selection: null });
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(menus.length).toBe(told);
    stop();
    choose('names.hide');
    expect(desk.session.getState().namesHidden).toBe(true);
  });

  it('spells keys as Electron does', () => {
    const spelt = ['Mod+Shift+Z', 'ArrowUp', 'L', 'Mod++', '+', '-', '?', 'Escape', 'Space', '[', ''].map((key) =>
      acceleratorOf(key),
    );
    expect(spelt).toEqual([
      'CmdOrCtrl+Shift+Z',
      'Up',
      'L',
      'CmdOrCtrl+Plus',
      'Plus',
      '-',
      '?',
      'Esc',
      'Space',
      '[',
      null,
    ]);
    expect(acceleratorOf(undefined)).toBeNull();
  });
});
