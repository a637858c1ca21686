import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { shared, sharedPath } from '../support/shared.ts';

describe.skipIf(!shared)('the coronary run without any spacing (shared data), by mouse and keys', () => {
  let app: App;
  let me: Hand;
  const stack = async () => {
    const view = (await app.state()).viewports.find(({ name }) => name === 'Stack');
    if (view === undefined) throw new Error('no stack view');
    return view;
  };
  beforeAll(async () => {
    app = await openApp([sharedPath('data/xa-cine-96')], { viewport: { width: 1366, height: 768 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await me.openSeries(/96/);
    await app.until('all frames', ({ viewports }) => viewports[0]?.complete === true && viewports[0].rendered, 60_000);
  });
  afterAll(() => app.close());

  it('plays at the 33 ms of its file, and stops', async () => {
    await app.page.getByRole('region', { name: 'Stack', exact: true }).hover();
    const before = await stack();
    // The file names no frame that stands for the run.
    expect(before).toMatchObject({ count: 96, frame: 1 });
    const button = (name: RegExp) => app.page.getByRole('region', { name: 'Stack', exact: true }).getByRole('button', { name }); // prettier-ignore
    expect(await button(/^Play/).innerText()).toMatch(/^Play\s+Space$/);
    await me.key('Space');
    await app.page.waitForTimeout(1500);
    await app.screenshot('xa-0-playing');
    await button(/^Pause/).click();
    const after = await stack();
    expect(after.framesPainted).toBeGreaterThan(before.framesPainted + 3);
    await app.page.waitForTimeout(300);
    const still = await stack();
    await app.page.waitForTimeout(300);
    expect((await stack()).index).toBe(still.index);
    await app.screenshot('xa-1-cine');
  });

  it('gives pixels and per cent but no millimetres, and says why', async () => {
    await me.tool('Length');
    await me.click('Stack', [100, 200]);
    await me.click('Stack', [148, 200]);
    await me.tool('Stenosis');
    for (const point of [
      [300, 200],
      [303, 200],
      [300, 240],
      [306, 240],
    ])
      await me.click('Stack', point);
    await me.key('Enter');
    const { results } = await app.until('both results', (state) => state.results.length === 2);
    const length = results.find(({ kind }) => kind === 'length')?.results['length'];
    expect(length?.unit).toBe('px');
    expect(Math.abs(Number(length?.value) - 48)).toBeLessThan(1.5);
    const stenosis = results.find(({ kind }) => kind === 'stenosis')?.results;
    expect(stenosis?.['diameterStenosis']?.unit).toBe('%');
    expect(stenosis?.['minimumLumenDiameter']?.unit).toBe('px');
    const text = await app.page.locator('body').innerText();
    expect(text).toContain('Uncalibrated projection: pixels and ratios only.');
    expect(/\d\s?mm\b/.test(await app.page.getByRole('region', { name: 'Stack', exact: true }).innerText())).toBe(
      false,
    );
    await app.screenshot('xa-2-pixels');
  });

  it('shows marks on the frame they belong to and on no other', async () => {
    const region = app.page.getByRole('region', { name: 'Stack', exact: true });
    const handles = region.locator('svg [role="button"], svg [role="slider"], svg [tabindex]');
    expect(await handles.count()).toBeGreaterThan(0);
    await me.wheel('Stack', 1);
    await expect.poll(() => handles.count()).toBe(0);
    await me.wheel('Stack', -1);
    await expect.poll(() => handles.count()).toBeGreaterThan(0);
  });
});
