import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, openBrowser, type App } from '../support/app.ts';
import { hand } from '../support/hand.ts';
import { smallCt } from '../support/smallCt.ts';

/** Drops files or folders of the disk on the middle of the page, as a file manager does. */
async function drop(app: App, paths: readonly string[]): Promise<void> {
  const session = await app.page.context().newCDPSession(app.page);
  const data = { items: [], files: [...paths], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
}

describe('the browser door', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-drop-'));
    await mkdir(join(folder, 'case', 'inner folder é'), { recursive: true });
    for (const [k, bytes] of smallCt({ slices: 6 }).entries())
      await writeFile(join(folder, 'case', k % 2 ? 'inner folder é' : '.', `IM ${k}#%.dcm`), bytes);
    await writeFile(join(folder, 'case', 'notes.txt'), 'nothing');
    await writeFile(join(folder, 'case', 'empty.dcm'), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('opens a dropped folder, lists what it could not read, and removes its copy at the end', async () => {
    const app = await openApp([]);
    try {
      await app.until('the welcome page', ({ ready }) => ready);
      await app.screenshot('welcome');
      await drop(app, [join(folder, 'case')]);
      await app.until('one series of six', ({ series }) => series.length === 1 && series[0]?.frames === 6, 20_000);
      await hand(app).openSeries(/6/);
      await app.until('its picture', ({ viewports }) => viewports[0]?.complete === true && viewports[0].rendered);
      await expect.poll(() => app.page.locator('body').innerText()).toMatch(/empty\.dcm/);
      await app.screenshot('dropped-folder');
    } finally {
      await app.close();
    }
  });

  it('opens files by the picker, and leaves nothing behind when it ends', async () => {
    const home = await mkdtemp(join(tmpdir(), 'seldinger-home-'));
    const app = await openApp([], { home });
    try {
      await app.until('the welcome page', ({ ready }) => ready);
      const chooser = app.page.waitForEvent('filechooser');
      await app.page
        .getByRole('button', { name: /open files/i })
        .first()
        .click();
      await (await chooser).setFiles([join(folder, 'case', 'IM 0#%.dcm'), join(folder, 'case', 'IM 2#%.dcm')]);
      await app.until('one series of two', ({ series }) => series.length === 1 && series[0]?.frames === 2, 20_000);
    } finally {
      await app.close();
    }
    const left = (await readdir(home, { recursive: true })).filter((name) => name.endsWith('.dcm'));
    expect(left).toEqual([]);
    await rm(home, { recursive: true, force: true });
  });

  it('works, slower, where the page is not isolated', async () => {
    const app = await openApp([join(folder, 'case')], { goto: false });
    try {
      await app.page.route('**/*', async (route) => {
        if (route.request().resourceType() !== 'document') return route.continue();
        const response = await route.fetch();
        const headers = Object.fromEntries(
          Object.entries(response.headers()).filter(([name]) => !name.startsWith('cross-origin-')),
        );
        return route.fulfill({ response, headers });
      });
      await app.page.goto(app.url);
      await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
      expect(await app.page.evaluate('crossOriginIsolated')).toBe(false);
      const me = hand(app);
      await me.openSeries(/6/);
      const { viewports } = await app.until(
        'its picture',
        (state) => state.viewports[0]?.complete === true && state.viewports[0].rendered,
      );
      const z = viewports[0]?.position?.[2] ?? NaN;
      await me.tool('Region of interest');
      await me.click('Stack', [-8, 0, z]);
      await me.click('Stack', [8, 0, z]);
      const state = await app.until('mean and volume', ({ results }) => results.length === 1);
      expect(state.results[0]?.results['volume']?.unit).toBe('mL');
      expect(state.results[0]?.results['mean']?.value).not.toBeNull();
    } finally {
      await app.close();
    }
  });

  it('carries no automation object unless it was asked for', async () => {
    const app = await openApp([join(folder, 'case')], { automation: false });
    try {
      await app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').first().waitFor();
      expect(await app.page.evaluate('typeof window.seldingerAutomation')).toBe('undefined');
      expect(await app.page.locator('body').innerText()).toContain(
        'Research and teaching software. Not a cleared medical device. Not for diagnosis, and not to guide treatment without independent check on approved systems.',
      );
    } finally {
      await app.close();
    }
  });

  it('opens a second window on the same images, which shows the plan as it grows and cannot change it', async () => {
    const app = await openApp([]);
    try {
      await app.until('the welcome page', ({ ready }) => ready);
      const chooser = app.page.waitForEvent('filechooser');
      await app.page.getByRole('main').getByRole('button', { name: 'Open files' }).click();
      await (await chooser).setFiles(['IM 0#%.dcm', 'IM 2#%.dcm'].map((name) => join(folder, 'case', name)));
      await app.until('its picture', ({ viewports }) => viewports[0]?.complete === true && viewports[0].rendered);
      const opening = app.page.waitForEvent('popup');
      await app.page.keyboard.press('Alt+n');
      const other = await opening;
      await other.getByText('Another window has this plan open.', { exact: false }).waitFor();
      const series = () => other.evaluate<number>('window.seldingerAutomation.state().series.length');
      expect(await series()).toBe(1);
      const me = hand(app);
      const z = (await app.state()).viewports[0]?.position?.[2] ?? NaN;
      await me.tool('Length');
      await me.click('Stack', [-10, 0, z]);
      await me.click('Stack', [10, 0, z]);
      await other.getByRole('list', { name: 'Plan' }).getByText('20.0 mm').waitFor();
      await app.page.keyboard.press('Control+z');
      await expect.poll(() => other.getByRole('list', { name: 'Plan' }).getByText('mm').count()).toBe(0);
      await other.close();
    } finally {
      await app.close();
    }
  });

  it('gives the plan of a browser that vanished, unsaved as it was, to the next at once', async () => {
    const app = await openApp([join(folder, 'case')]);
    try {
      const { series } = await app.until('the scan', ({ ready, series: found }) => ready && found.length === 1);
      await app.openSeries(series[0]?.seriesInstanceUID ?? '', '1x1');
      const { viewports } = await app.until('its picture', (state) => state.viewports[0]?.complete === true);
      const z = viewports[0]?.position?.[2] ?? NaN;
      const me = hand(app);
      await me.tool('Length');
      await me.click('Stack', [-10, 0, z]);
      await me.click('Stack', [10, 0, z]);
      await app.until('its number', ({ results }) => results.length === 1);
      await app.page.context().browser()?.close();
      const again = await openBrowser();
      try {
        const page = await again.newPage({ viewport: { width: 1280, height: 800 } });
        await page.goto(app.url);
        await page.getByRole('listbox', { name: 'Series' }).getByRole('option').first().dblclick();
        await page.getByText('Unsaved work on these images was restored: 1 item', { exact: false }).waitFor();
        await page.getByRole('list', { name: 'Plan' }).getByText('20.0 mm').waitFor();
        expect(await page.getByText('Another window has this plan open', { exact: false }).count()).toBe(0);
      } finally {
        await again.close();
      }
    } finally {
      await app.close();
    }
  });

  it('gives its page again on reload, with what was opened', async () => {
    const app = await openApp([join(folder, 'case')]);
    try {
      await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
      await app.page.reload();
      await app.until('the scan again', ({ ready, series }) => ready && series.length === 1);
    } finally {
      await app.close();
    }
  });
});
