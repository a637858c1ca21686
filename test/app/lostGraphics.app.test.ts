import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { loseAll, lostErrors, noteContexts } from '../support/lostGraphics.ts';
import { smallCt } from '../support/smallCt.ts';

const series = '1.2.826.0.1.3680043.8.498.61.1';
describe('a computer whose graphics are reset', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  const view = async (name: string) => (await app.state()).viewports.find((one) => one.name === name);
  /** The lit part of a view's canvas, of 1. */
  const lit = (name: string): Promise<number> =>
    app.page.evaluate(`(() => {
      const canvas = document.querySelector('[aria-label="${name}"] canvas');
      if (canvas === null) return 0;
      const copy = new OffscreenCanvas(64, 64);
      const context = copy.getContext('2d');
      context.drawImage(canvas, 0, 0, 64, 64);
      const { data } = context.getImageData(0, 0, 64, 64);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) if (data[i] > 20) sum += 1;
      return sum / 4096;
    })()`);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-lost-'));
    for (const [k, file] of smallCt({ slices: 12, series }).entries()) await writeFile(join(folder, `${k}`), file);
    app = await openApp([folder], {
      goto: false,
      expectedErrors: lostErrors,
    });
    await app.page.addInitScript(noteContexts);
    await app.page.goto(app.url);
    me = hand(app);
    await app.until('the scan', (state) => state.ready && state.series.length === 1);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('shows the same planes at the same place, window and zoom again, and keeps the plan', async () => {
    await app.openSeries(series, 'mpr');
    await app.until('three planes', ({ viewports }) => viewports.filter(({ rendered }) => rendered).length >= 3);
    await app.page.getByRole('region', { name: 'Axial', exact: true }).hover();
    await me.key('2');
    await me.wheel('Axial', 2);
    await me.tool('Length');
    const [x = 0, y = 0, z = 0] = (await view('Axial'))?.position ?? [];
    await me.click('Axial', [x - 5, y, z]);
    await me.click('Axial', [x + 5, y, z]);
    const before = await app.until('a length', ({ results }) => results.length === 1);
    const corner = () => app.page.getByRole('region', { name: 'Axial', exact: true }).innerText();
    await expect.poll(corner).toMatch(/Length 1: \d/);
    const said = await corner();
    const middle = (await view('Axial'))?.position;
    const place = await me.place('Axial', [x, y, z]);
    expect(await lit('Axial')).toBeGreaterThan(0.1);

    expect(await app.page.evaluate(loseAll)).toBeGreaterThan(0);
    await app.page
      .getByText('The graphics of this computer stopped and were started again. Nothing was lost.')
      .waitFor();
    const after = await app.until(
      'three planes again',
      ({ viewports }) =>
        viewports.filter(({ kind, rendered, complete }) => kind === 'mpr' && rendered && complete).length === 3,
    );
    await expect.poll(corner).toBe(said);
    expect(await lit('Axial')).toBeGreaterThan(0.1);
    for (const [i, mm] of (middle ?? []).entries())
      expect(Math.abs(((await view('Axial'))?.position?.[i] ?? NaN) - mm)).toBeLessThan(0.01);
    const again = await me.place('Axial', [x, y, z]);
    expect(Math.hypot(again.x - place.x, again.y - place.y)).toBeLessThan(0.1);
    expect(after.results).toEqual(before.results);
    expect(after.plan).toEqual(before.plan);
    await app.screenshot('lost-graphics');
  });

  it('draws stacks by the processor, and says so, when they are lost three times in a minute', async () => {
    for (let time = 2; time <= 3; time += 1) {
      expect(await app.page.evaluate(loseAll)).toBeGreaterThan(0);
      if (time === 2)
        await app.until(
          'three planes again',
          ({ viewports }) => viewports.filter(({ kind, rendered }) => kind === 'mpr' && rendered).length === 3,
        );
    }
    await app.page
      .getByText(/The graphics of this computer stopped three times/)
      .first()
      .waitFor();
    await app.openSeries(series, '1x1');
    await app.until('the stack', ({ viewports }) => viewports[0]?.kind === 'stack' && viewports[0].rendered);
    expect(await lit('Stack')).toBeGreaterThan(0.1);
    await app.screenshot('lost-graphics-stack');
  });
});
