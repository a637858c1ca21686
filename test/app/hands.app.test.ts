import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { patientTools, placeAllByKeys } from '../support/keyWalk.ts';
import { smallCt } from '../support/smallCt.ts';

/** Of the small CT. */
const pixelMm = 1;

describe('mouse, menus, keys and settings, on a small CT', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  const menu = (name: string) => app.page.getByRole('menu', { name });
  const corner = () => app.page.locator('.corner.bottom-right').innerText();
  const width = async (): Promise<number> => Number(/W ([\d.]+)/.exec(await corner())?.[1]);
  /** The document's records as bytes, in one order of keys. */
  const records = async (): Promise<string> =>
    JSON.stringify(Object.entries((await app.state()).plan.records).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  const count = async (): Promise<number> => Object.keys((await app.state()).plan.records).length;

  /** The plan's file as Ctrl+S saves it, without the time of the last change. */
  const saved = async (): Promise<string> => {
    const saving = app.page.waitForEvent('download');
    await me.key('Control+s');
    const text = await readFile(await (await saving).path(), 'utf8');
    expect(text).toContain('"modifiedAt"');
    return text.replace(/"modifiedAt": *"[^"]*"/, '');
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-hands-'));
    for (const [k, bytes] of smallCt({ slices: 6 }).entries()) await writeFile(join(folder, `${k}.dcm`), bytes);
    app = await openApp([folder], { viewport: { width: 1366, height: 768 } });
    app.page.setDefaultTimeout(10_000);
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await me.openSeries(/Small ramp/);
    await app.until('the picture', ({ viewports }) => viewports.some(({ complete, rendered }) => complete && rendered));
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('a right click opens the menu of the picture, a right drag zooms and opens none', async () => {
    const at = await me.middle('Stack');
    await me.drag(at, { x: at.x, y: at.y - 60 }, 'right');
    expect(await menu('Menu of the picture').count()).toBe(0);
    expect(await corner()).not.toContain('Zoom 1.00');
    await me.key('f');
    await app.page.mouse.click(at.x, at.y, { button: 'right' });
    await menu('Menu of the picture').waitFor();
    await app.screenshot('hands-1-menu');
    await app.page.getByRole('menuitem', { name: /^Lung/ }).click();
    await expect.poll(corner).toContain('W 1500 L -600');
    expect(await menu('Menu of the picture').count()).toBe(0);
  });

  it('the same menu opens by Shift+F10 and is left by Escape, which leaves nothing else', async () => {
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('Shift+F10');
    await menu('Menu of the picture').waitFor();
    await me.key('Escape');
    await expect.poll(() => menu('Menu of the picture').count()).toBe(0);
  });

  it('a series has its menu, by the mouse and by its key', async () => {
    const option = app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').first();
    await option.click({ button: 'right' });
    await menu('Menu of the series').waitFor();
    await app.page.getByRole('menuitem', { name: 'Open in the active view' }).click();
    await app.until('the picture', ({ viewports }) => viewports.some(({ rendered }) => rendered));
  });

  it('a mark has its menu: its side is set there, and the plan says it', async () => {
    const at = await me.middle('Stack');
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('l');
    await app.page.mouse.click(at.x - 100, at.y - 100);
    await app.page.mouse.click(at.x + 100, at.y - 100);
    await app.until('a length', ({ plan }) => Object.keys(plan.records).length === 1);
    await app.page.mouse.click(at.x - 40, at.y - 100, { button: 'right' });
    await menu('Menu of the item').waitFor();
    await app.screenshot('hands-2-mark-menu');
    await app.page.getByRole('menuitem', { name: 'Side: right' }).click();
    await expect.poll(records).toContain('"side":"R"');
    await me.key('Control+z');
    await me.key('Control+z');
    await expect.poll(count).toBe(0);
  });

  it('thirty mixed edits undone leave the plan empty, and redone the same bytes', async () => {
    const at = await me.middle('Stack');
    const rows = [0, 1, 2, 3, 4];
    const line = (row: number) => app.page.locator('.plan-item').nth(row);
    const y = (row: number): number => at.y - 120 + 60 * row;
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    for (const row of rows) {
      await me.key('l');
      await app.page.mouse.click(at.x - 120, y(row));
      await app.page.mouse.click(at.x + 120, y(row));
      await expect.poll(count).toBe(row + 1);
    }
    for (const row of rows) await me.drag({ x: at.x + 120, y: y(row) }, { x: at.x + 140, y: y(row) + 10 });
    for (const row of rows) {
      await line(row).locator('.plan-open').click();
      await app.page.locator('.side-choice', { hasText: 'Left' }).click();
      await app.page.getByRole('button', { name: `Hide Length ${row + 1}`, exact: true }).click();
      await app.page.getByRole('button', { name: `Lock Length ${row + 1}`, exact: true }).click();
    }
    for (let time = 0; time < 5; time += 1) await me.key('Alt+ArrowUp');
    await app.page.getByRole('button', { name: 'Menu', exact: true }).click();
    await app.page.getByRole('menuitem', { name: /^Undo: Move Length/ }).waitFor();
    await me.key('Escape');
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('F2');
    await app.page.getByRole('textbox', { name: 'Name of the item' }).fill('Left lobe');
    await me.key('Enter');
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('a');
    for (const [dx, dy] of [[-60, 170], [0, 200], [60, 170]] as const) await app.page.mouse.click(at.x + dx, at.y + dy); // prettier-ignore
    await expect.poll(count).toBe(6);
    await me.key('Delete');
    await expect.poll(count).toBe(5);
    await app.screenshot('hands-3-edits');
    const whole = await records();
    const file = await saved();
    const steps: string[] = [];
    for (let step = 0; step < 40 && (await count()) > 0; step += 1) {
      steps.push(await records());
      await me.key('Control+z');
    }
    expect(await records()).toBe('[]');
    // Five placed, five dragged, fifteen changed (side, eye, lock), four moved in the list, one named, one placed and deleted.
    expect(steps.length).toBe(32);
    for (const before of steps.toReversed()) {
      await me.key('Control+Shift+z');
      expect(await records()).toBe(before);
    }
    expect(await records()).toBe(whole);
    expect(await saved()).toBe(file);
  });

  it('keys alone place an item where the cross stands, move its handle by 0.1 mm and delete it', async () => {
    const pane = app.page.getByRole('region', { name: 'Stack', exact: true });
    const points = async (): Promise<readonly (readonly number[])[]> => {
      const [record] = Object.values((await app.state()).plan.records) as { points?: number[][] }[];
      return record?.points ?? [];
    };
    for (let step = 0; step < 40 && (await count()) > 0; step += 1) await me.key('Control+z');
    await pane.focus();
    await me.key('l');
    await me.key('ArrowRight');
    await pane.locator('.key-cursor').waitFor({ state: 'attached' });
    for (const key of ['Shift+ArrowLeft', 'ArrowLeft', 'ArrowUp']) await me.key(key);
    expect(await pane.getByRole('status').textContent()).toMatch(/^[LR] \d+\.\d [AP] \d+\.\d [HF] \d+\.\d mm, .* HU$/);
    await me.key('Enter');
    for (const key of ['Shift+ArrowRight', 'Shift+ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowDown'])
      await me.key(key);
    await app.screenshot('hands-6-keys');
    await me.key('Enter');
    await expect.poll(count).toBe(1);
    expect(await pane.locator('.key-cursor').count()).toBe(0);
    const [p = [], q = []] = await points();
    // Twenty pixels across and three down, in a series whose pixels are 1 mm.
    expect((q[0] ?? 0) - (p[0] ?? 0)).toBeCloseTo(20 * pixelMm, 6);
    expect((q[1] ?? 0) - (p[1] ?? 0)).toBeCloseTo(3 * pixelMm, 6);
    expect(q[2]).toBeCloseTo(p[2] ?? NaN, 9);
    const handle = pane.getByRole('button', { name: 'End of Length 1' });
    await handle.focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'Shift+ArrowDown']) await me.key(key);
    await expect.poll(async () => (await points())[1]?.[0]).toBeCloseTo((q[0] ?? 0) + 0.2, 6);
    await expect.poll(async () => (await points())[1]?.[1]).toBeCloseTo((q[1] ?? 0) + 1, 6);
    await pane.focus();
    await me.key('Delete');
    await expect.poll(count).toBe(0);
  });

  it('keys alone: Backspace takes a point back and no item, Delete before the first point the selected one; the same place on another slice is another point', async () => {
    const pane = app.page.getByRole('region', { name: 'Stack', exact: true });
    const step = (): Promise<string> => app.page.locator('.footer-step').innerText();
    const told = (): Promise<string | null> => pane.getByRole('status').textContent();
    const kinds = async (): Promise<string[]> =>
      Object.values((await app.state()).plan.records).map((record) => String((record as { kind?: string }).kind));
    const press = async (...keys: string[]): Promise<void> => {
      for (const key of keys) await me.key(key);
    };
    await pane.focus();
    await press('l', 'ArrowRight', 'Enter', 'Shift+ArrowRight', 'Enter');
    await expect.poll(count).toBe(1);
    await pane.focus();
    await press('l', 'ArrowRight', 'Enter', 'Delete', 'Enter', 'Backspace', 'Backspace', 'Backspace');
    expect(await step()).toContain('start of the length');
    expect(await count()).toBe(1);
    await press('Delete');
    await expect.poll(count).toBe(0);
    expect(await step()).toContain('start of the length');
    await press('Control+z');
    expect(await count()).toBe(1);
    // Beside it, one slice on: both are set.
    await press('Enter', 'Shift+ArrowDown');
    expect(await step()).toContain('end of the length');
    const before = await told();
    await me.key('PageDown');
    await expect.poll(told).not.toBe(before);
    const [, z] = /[HF] ([\d.]+) mm/.exec((await told()) ?? '') ?? [];
    expect(before).not.toContain(` ${z} mm`);
    await press('Enter');
    await expect.poll(count).toBe(2);
    await press('Control+z', 'Control+z');
    // Told anew by zoom and pan too: another place lies under the cross.
    await press('l', 'ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight');
    const near = await told();
    await app.screenshot('hands-8-cross');
    await press('Control+k');
    await app.page.keyboard.type('Zoom in');
    await me.key('Enter');
    await expect.poll(told).not.toBe(near);
    expect(await pane.locator('.key-cursor').count()).toBe(1);
    await press('Escape', 'f');
    expect(await kinds()).toEqual([]);
  });

  it('keys alone place every kind', async () => {
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await placeAllByKeys(app);
    await app.screenshot('hands-9-all');
    const records = Object.values((await app.state()).plan.records) as { kind?: string }[];
    const names = (of: readonly { readonly kind?: string }[]): string =>
      of
        .map(({ kind }) => kind ?? '')
        .toSorted((a, b) => (a < b ? -1 : 1))
        .join(' ');
    expect(names(records)).toBe(names(patientTools));
    for (const _ of patientTools) await me.key('Control+z');
    expect(await count()).toBe(0);
  });

  it('the words of a note are drawn away from the place they point at, by mouse and keys, and come back by undo', async () => {
    const pane = app.page.getByRole('region', { name: 'Stack', exact: true });
    const at = await me.middle('Stack');
    const note = async (): Promise<{ point?: number[]; textAt?: number[] }> => {
      const [record] = Object.values((await app.state()).plan.records) as { point?: number[]; textAt?: number[] }[];
      return record ?? {};
    };
    await pane.focus();
    await me.key('w');
    await app.page.mouse.click(at.x - 80, at.y - 40);
    await app.page.keyboard.type('stent edge');
    await me.key('Enter');
    const words = pane.getByRole('button', { name: 'Text of Note 1: stent edge' });
    await words.waitFor();
    const before = await records();
    expect((await note()).textAt).toBeUndefined();
    // The middle: the frame of what is held and a bolder type make the box itself larger.
    const middleOf = async (): Promise<{ x: number; y: number }> => {
      const box = await words.boundingBox();
      if (box === null) throw new Error('no words');
      return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    };
    const from = await middleOf();
    const middle = { x: Math.round(from.x), y: Math.round(from.y) };
    await me.drag(middle, { x: middle.x + 120, y: middle.y + 150 });
    const { point = [], textAt = [] } = await note();
    await app.screenshot('hands-10-note');
    const to = await middleOf();
    expect(to.x - from.x).toBeCloseTo(120, 0);
    expect(to.y - from.y).toBeCloseTo(150, 0);
    expect(await pane.locator('.loupe').count()).toBe(0);
    expect(before).toContain(JSON.stringify(point));
    const under = await me.under('Stack', { x: middle.x + 120, y: middle.y + 150 });
    for (const [axis, value] of textAt.entries()) expect(Math.abs(value - (under[axis] ?? NaN))).toBeLessThan(0.1);
    await words.focus();
    await me.key('ArrowLeft');
    await me.key('Shift+ArrowUp');
    await expect.poll(async () => (await middleOf()).y).toBeCloseTo(to.y - 40, 0);
    await me.key('Control+z');
    expect((await note()).textAt).toEqual(textAt);
    await me.key('Control+z');
    expect(await records()).toBe(before);
    await me.key('Control+Shift+z');
    await pane.focus();
    expect(await saved()).toContain('"textAt"');
    await me.key('Control+z');
    await me.key('Control+z');
    expect(await count()).toBe(0);
  });

  it('a loupe shows the picture under a dragged handle, beside the hand, and goes with the press', async () => {
    const pane = app.page.getByRole('region', { name: 'Stack', exact: true });
    const at = await me.middle('Stack');
    await pane.focus();
    await me.key('l');
    await app.page.mouse.click(at.x - 100, at.y);
    await app.page.mouse.click(at.x + 100, at.y);
    await expect.poll(count).toBe(1);
    await app.page.mouse.move(at.x + 100, at.y);
    await app.page.mouse.down();
    await app.page.mouse.move(at.x + 60, at.y - 20);
    await app.page.mouse.move(at.x + 50, at.y - 30);
    const loupe = pane.locator('.loupe');
    await loupe.waitFor();
    await app.screenshot('hands-7-loupe');
    const box = await loupe.boundingBox();
    expect((box?.x ?? 0) > at.x + 60 && (box?.y ?? 0) + (box?.height ?? 0) < at.y - 40).toBe(true);
    // The middle of the glass is what lies under the hand.
    const [glass, under] = await app.page.evaluate<[number, number]>(`(() => {
      const lens = document.querySelector('.loupe');
      const picture = document.querySelector('.pane[aria-label=Stack] .engine canvas');
      const { left, top, width, height } = picture.getBoundingClientRect();
      const at = [(${at.x + 50} - left) * picture.width / width, (${at.y - 30} - top) * picture.height / height];
      return [lens.getContext('2d').getImageData(lens.width / 2 - 3, lens.height / 2 - 3, 1, 1).data[0],
        picture.getContext('2d').getImageData(Math.floor(at[0]), Math.floor(at[1]), 1, 1).data[0]];
    })()`);
    expect(Math.abs(glass - under)).toBeLessThanOrEqual(4);
    await app.page.mouse.up();
    await expect.poll(() => loupe.count()).toBe(0);
    await me.key('Control+z');
    await me.key('Control+z');
  });

  it('a key acts on the picture under the mouse, on the one with the focus where keys chose it, else on the active one', async () => {
    const seriesInstanceUID = (await app.state()).series[0]?.seriesInstanceUID ?? '';
    await app.openSeries(seriesInstanceUID, '1x2');
    const pane = (name: string) => app.page.getByRole('region', { name, exact: true });
    await pane('Stack 2').focus();
    await me.openSeries(/Small ramp/);
    const levels = async (): Promise<string[]> =>
      (await app.page.locator('.corner.bottom-right').allInnerTexts()).map(
        (text) => /W [\d.]+ L [-\d.]+/.exec(text)?.[0] ?? '',
      );
    const active = () => app.page.locator('.pane[data-active]').getAttribute('aria-label');
    await expect.poll(async () => (await levels()).filter(Boolean).length).toBe(2);
    await pane('Stack').focus();
    await me.key('2');
    const other = await me.middle('Stack 2');
    await app.page.mouse.move(other.x - 30, other.y);
    await app.page.mouse.move(other.x, other.y);
    expect(await active()).toBe('Stack');
    await me.key('4');
    await app.screenshot('hands-11-under-mouse');
    await expect.poll(levels).toEqual(['W 1500 L -600', 'W 2500 L 480']);
    expect(await active()).toBe('Stack 2');
    // The mouse rests there; Tab or a focus by keys has the later word.
    await pane('Stack').focus();
    await me.key('1');
    await expect.poll(levels).toEqual(['W 400 L 40', 'W 2500 L 480']);
    await app.page.mouse.move(other.x, other.y + 20);
    await me.key('2');
    await expect.poll(levels).toEqual(['W 400 L 40', 'W 1500 L -600']);
    // On its way to the plan the mouse chooses nothing.
    const first = await me.middle('Stack');
    await app.page.mouse.move(first.x, first.y);
    const plan = await app.page.locator('.plan-panel').boundingBox();
    await app.page.mouse.move((plan?.x ?? 0) + 20, (plan?.y ?? 0) + 300, { steps: 10 });
    await me.key('4');
    await expect.poll(levels).toEqual(['W 400 L 40', 'W 2500 L 480']);
    await app.openSeries(seriesInstanceUID, '1x1');
  });

  it('a window is typed as width and level, or as what is black and white', async () => {
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('Shift+V');
    const dialog = app.page.getByRole('dialog', { name: 'Type the window' });
    await app.page.keyboard.type('300');
    await dialog.getByLabel('Level').fill('-50');
    expect(await dialog.getByLabel('Black at').inputValue()).toBe('-200');
    expect(await dialog.getByLabel('White at').inputValue()).toBe('100');
    await app.screenshot('hands-8-window');
    await me.key('Enter');
    await expect.poll(corner).toContain('W 300 L -50');
    await me.key('Shift+V');
    await dialog.getByLabel('White at').fill('x');
    await dialog.getByLabel('Black at').fill('0');
    await dialog.getByLabel('White at').fill('90,5');
    expect(await dialog.getByLabel('Width').inputValue()).toBe('90.5');
    await dialog.getByLabel('Width').fill('0');
    expect(await dialog.getByRole('button', { name: 'Set the window' }).isDisabled()).toBe(true);
    await me.key('Escape');
    await expect.poll(corner).toContain('W 300 L -50');
  });

  it('a key of one’s own acts, its taking from another is asked, and single letters can be switched off', async () => {
    await me.key('Control+,');
    const dialog = app.page.getByRole('dialog', { name: 'Settings' });
    await dialog.waitFor();
    await app.screenshot('hands-4-settings');
    await dialog.getByRole('button', { name: /^Key of Fit to the view/ }).click();
    await me.key('i');
    await expect.poll(() => dialog.getByRole('alert').innerText()).toContain('Invert grey levels');
    await dialog.getByRole('button', { name: 'Take it' }).click();
    await dialog.getByRole('radio', { name: 'Right-drag window' }).check({ force: true });
    await app.screenshot('hands-5-settings-changed');
    await me.key('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    const at = await me.middle('Stack');
    const before = await width();
    await me.drag(at, { x: at.x + 60, y: at.y }, 'right');
    await expect.poll(width).toBeGreaterThan(before);
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    await me.key('i');
    expect(await corner()).not.toContain('inverted');
    await me.key('Control+,');
    await dialog.getByText('Single letters and signs act').click();
    await me.key('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await app.page.getByRole('region', { name: 'Stack', exact: true }).focus();
    const kept = await width();
    await me.key('5');
    await me.key('ArrowDown');
    await app.until('the next slice', ({ viewports }) => viewports.every(({ rendered }) => rendered));
    expect(await width()).toBe(kept);
  });
});
