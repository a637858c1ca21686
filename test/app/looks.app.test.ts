import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { layouts } from '../../renderer/state/sessionTypes.ts';
import { openApp, type App } from '../support/app.ts';
import { axeFaults } from '../support/axe.ts';
import { planOfEveryKind } from '../support/everyKind.ts';
import { hand, type Hand } from '../support/hand.ts';
import { smallCt } from '../support/smallCt.ts';

const sizes = [
  [1366, 768],
  [1920, 1080],
  [2560, 1440],
] as const;
const themes = ['dark', 'light'] as const;

describe('the window, for everyone', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  const files: string[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-looks-'));
    for (const [at, bytes] of smallCt({ slices: 12 }).entries()) {
      const path = join(folder, `slice-${at}`);
      await writeFile(path, bytes);
      files.push(path);
    }
    app = await openApp([], { viewport: { width: 1366, height: 768 } });
    me = hand(app);
    await app.until('the welcome page', ({ ready }) => ready);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });
  const theme = (name: string): Promise<unknown> =>
    app.page.evaluate(`document.documentElement.dataset.theme = '${name}'`);
  const faults = (kind: { readonly palette?: boolean; readonly dialog?: boolean } = {}): Promise<string[]> =>
    axeFaults(app, kind);
  const pictures = async (name: string): Promise<void> => {
    for (const [width, height] of sizes) {
      await app.page.setViewportSize({ width, height });
      for (const one of themes) {
        await theme(one);
        await app.page.waitForTimeout(250);
        await app.screenshot(`looks-${name}-${width}-${one}`);
      }
    }
    await theme('dark');
    await app.page.setViewportSize({ width: 1366, height: 768 });
  };

  it('says at 1366 pixels the whole of what the program is not', async () => {
    const whole = await app.page.evaluate(
      `(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)(document.querySelector('.footer-device'))`,
    );
    expect(whole).toBe(true);
    await expect(app.page.locator('.footer-device').textContent()).resolves.toContain('Not a cleared medical device.');
  });

  it('has no fault on the welcome page, and looks made for three sizes', async () => {
    expect(await faults()).toEqual([]);
    await pictures('welcome');
  });

  it('a job hangs the planes and arms its first tool in one click, and is remembered', async () => {
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.getByRole('main').getByRole('button', { name: 'Open files' }).click();
    await (await chooser).setFiles(files);
    await app.until('three planes', ({ viewports }) => viewports.filter(({ rendered }) => rendered).length >= 3);
    await app.page.getByRole('button', { name: 'One image', exact: true }).click();
    await app.until('one image', ({ layout, viewports }) => layout === '1x1' && viewports[0]?.rendered === true);
    const needle = app.page.getByRole('button', { name: 'Job: Needle' });
    await needle.click();
    await app.until('planes', ({ layout, viewports }) => layout === 'mpr' && viewports.length >= 3);
    await app.page.locator('.footer-step').filter({ hasText: /click/i }).waitFor();
    expect(await needle.getAttribute('aria-pressed')).toBe('true');
  });

  it('has no fault with a needle and a length in the plan, and looks made for three sizes', async () => {
    await me.click('Axial', [5, 5, 10]);
    await me.click('Axial', [25, -20, 10]);
    await app.until('the needle', ({ results }) => results.some(({ kind }) => kind === 'trajectory'));
    await me.tool('Length');
    await me.click('Axial', [-20, 10, 10]);
    await me.click('Axial', [-5, 20, 10]);
    await app.until('the length', ({ results }) => results.some(({ kind }) => kind === 'length'));
    expect(await faults()).toEqual([]);
    await pictures('mpr');
  });

  /** A layout by its button, or by Ctrl+K where the bar has no room for one. false: it cannot be hung here. */
  const hang = async (title: string): Promise<boolean> => {
    const button = app.page.getByRole('button', { name: title, exact: true });
    if ((await button.count()) > 0) {
      if (await button.isDisabled()) return false;
      await button.click();
      return true;
    }
    await app.page.keyboard.press('Control+K');
    await app.page.getByRole('dialog').waitFor();
    await app.page.keyboard.type(title);
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    return true;
  };

  it('shows every tool with its name at 1366 pixels, in every layout', async () => {
    for (const { title } of Object.values(layouts)) {
      if (!(await hang(title))) continue;
      const bar = app.page.getByRole('toolbar', { name: 'Tools' });
      await bar.locator('.tool-name').first().waitFor();
      // Nothing is cut, nothing lies beside the bar, and no name is left out.
      const faults = await bar.evaluate((element: Element) => {
        const edge = element.getBoundingClientRect().right;
        return [...element.querySelectorAll('button')]
          .filter((one) => {
            const name = one.querySelector('.tool-name');
            const shown = name?.getBoundingClientRect();
            return !shown || shown.width === 0 || shown.right > edge || one.getBoundingClientRect().right > edge;
          })
          .map((one) => one.getAttribute('aria-label'));
      });
      expect([title, faults]).toEqual([title, []]);
    }
    await app.page.getByRole('button', { name: layouts.mpr.title, exact: true }).click();
  });

  it('writes the name of no mark over a letter, a corner or the edge of its view', async () => {
    const overlaps = (): Promise<string[]> =>
      app.page.evaluate(`[...document.querySelectorAll('.pane:not([hidden])')].flatMap((pane) => {
        const edge = pane.getBoundingClientRect();
        const grounds = [...pane.querySelectorAll('.marks-ground')].map((one) => one.getBoundingClientRect());
        const written = [...pane.querySelectorAll('.corner > div, .letter, .scale-bar')].map((one) => [
          one.textContent, one.getBoundingClientRect()]);
        return grounds.flatMap((box) => [
          ...(box.left < edge.left || box.right > edge.right || box.top < edge.top || box.bottom > edge.bottom
            ? [pane.ariaLabel + ': over the edge'] : []),
          ...written.filter(([, other]) => box.left < other.right && other.left < box.right &&
            box.top < other.bottom && other.top < box.bottom).map(([text]) => pane.ariaLabel + ': ' + text),
        ]);
      })`);
    await app.until('the planes', ({ viewports }) => viewports.filter(({ rendered }) => rendered).length >= 3);
    await app.page.locator('.pane .marks-ground').first().waitFor();
    for (const [width, height] of sizes) {
      await app.page.setViewportSize({ width, height });
      await expect.poll(overlaps).toEqual([]);
    }
    await app.page.setViewportSize({ width: 1366, height: 768 });
  });

  it('closes a dialog by one Escape, also where a tooltip came up beside it or the focus was lost from it', async () => {
    const find = app.page.getByRole('button', { name: 'Find a command…' });
    await app.page.mouse.move(600, 400);
    await find.hover();
    await app.page.locator('.tooltip').waitFor();
    await app.page.keyboard.press('Control+K');
    await app.page.getByRole('dialog').waitFor();
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    await app.page.mouse.move(600, 400);
    await app.page.keyboard.press('Control+K');
    await app.page.getByRole('dialog').waitFor();
    // As when what had the focus is taken out of the page.
    await app.page.evaluate(
      `document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))`,
    );
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('has no fault in any dialog', async () => {
    for (const keys of ['Control+K', '?', 'H', 'Control+,', 'Shift+V']) {
      await app.page.keyboard.press(keys);
      await app.page.getByRole('dialog').waitFor();
      expect([keys, await faults({ palette: keys === 'Control+K', dialog: true })]).toEqual([keys, []]);
      // Longer than the window goes down, never sideways: what lies there is not looked for.
      const sideways = await app.page.evaluate<string[]>(
        `[...document.querySelectorAll('[role=dialog], [role=dialog] *')].filter(
          (one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1,
        ).map((one) => one.className)`,
      );
      expect([keys, sideways]).toEqual([keys, []]);
      await app.page.keyboard.press('Escape');
      await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    }
    await app.page.keyboard.press('Control+K');
    await app.page.keyboard.type('about');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    await app.page.getByText('Display not calibrated (GSDF)').waitFor();
    expect(await faults({ dialog: true })).toEqual([]);
    await app.screenshot('looks-about');
    await app.page.keyboard.press('Escape');
  });

  it('has no fault in any layout', async () => {
    for (const { title } of Object.values(layouts)) {
      if (!(await hang(title))) continue;
      await app.until(title, ({ viewports }) => viewports.some(({ rendered }) => rendered));
      expect([title, await faults()]).toEqual([title, []]);
      await app.screenshot(`looks-layout-${title.split(/[ :]/)[0] ?? ''}`);
    }
  });

  it('has no fault with an item of every kind in the plan, nor in the menus and the form of a ratio', async () => {
    const plan = join(folder, 'every.plan.json');
    await writeFile(plan, planOfEveryKind());
    const chooser = app.page.waitForEvent('filechooser');
    await app.page.keyboard.press('Control+K');
    await app.page.keyboard.type('Open files');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    await (await chooser).setFiles([plan]);
    await app.until('all numbers', ({ results }) => results.length === 10);
    await app.page.getByRole('button', { name: layouts.mpr.title, exact: true }).click();
    await app.until('the planes', ({ viewports }) => viewports.filter(({ rendered }) => rendered).length >= 3);
    const list = app.page.getByRole('list', { name: 'Plan' });
    for (const name of ['ablation of all', 'ratio of all', 'trajectory of all']) {
      await list.getByRole('button', { name: new RegExp(`^${name}`) }).click();
      expect([name, await faults()]).toEqual([name, []]);
    }
    await app.screenshot('looks-every-kind');
    // A name keeps room for a word, however long its number is.
    const narrow = await list
      .locator('.plan-name')
      .evaluateAll((names: Element[]) =>
        names.filter((one) => one.getBoundingClientRect().width < 70).map((one) => one.textContent),
      );
    expect(narrow).toEqual([]);
    for (const place of [
      app.page.getByRole('region', { name: 'Axial', exact: true }),
      list.getByRole('button', { name: /^length of all/ }),
      app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').first(),
    ]) {
      await place.focus();
      await app.page.keyboard.press('Shift+F10');
      await app.page.getByRole('menu').waitFor();
      expect(await faults({ dialog: true })).toEqual([]);
      await app.page.keyboard.press('Escape');
      await app.page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await app.page.keyboard.press('Control+K');
    await app.page.keyboard.type('Ratio of two');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    await app.page.getByLabel('Divide').waitFor();
    expect(await faults({ dialog: true })).toEqual([]);
    await app.screenshot('looks-ratio');
    await app.page.keyboard.press('Escape');
  });
});
