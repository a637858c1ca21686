import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApp, type App } from '../support/app.ts';
import { commandLine } from '../support/commandLine.ts';
import { hand, type Hand } from '../support/hand.ts';
import { smallCt } from '../support/smallCt.ts';

const series = '1.2.826.0.1.3680043.8.498.7.1';
const answer = z.object({ value: z.number() });
const triple = z.tuple([z.number(), z.number(), z.number()]);
const path = z.object({ entry: triple, target: triple });
const profile = z.object({ columns: z.object({ position: z.array(z.number()), value: z.array(z.number()) }) });
/** With a bright ball, so that the line has a shape: whole numbers. */
const hounsfield = (x: number, y: number, z: number): number =>
  Math.round(2 * x - 4 * y + 8 * z + 100 + 600 * Math.exp(-((x - 6) ** 2 + (y - 2) ** 2) / 18));

describe('HU along a needle, on a small CT', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  const slider = () => app.page.getByRole('slider', { name: 'HU along the needle' });
  const reading = () => app.page.locator('.chart-reading').innerText();
  const rings = () => app.page.locator('.place-mark').count();
  const theme = (name: string) => app.page.evaluate(`document.documentElement.dataset.theme = ${JSON.stringify(name)}`);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-chart-'));
    for (const [k, bytes] of smallCt({ slices: 20, hounsfield }).entries())
      await writeFile(join(folder, `${k}.dcm`), bytes);
    app = await openApp([folder], { viewport: { width: 1366, height: 768 } });
    app.page.setDefaultTimeout(10_000);
    me = hand(app);
    await app.until('the scan', ({ ready }) => ready);
    await app.openSeries(series, 'mpr');
    await me.tool('Needle');
    await me.click('Axial', [-20, -12, 18]);
    await me.click('Axial', [14, 10, 18]);
    await slider().waitFor();
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is seen whole without scrolling on screens of three sizes, the number that matters most above it', async () => {
    for (const [width, height] of [
      [1920, 1080],
      [2560, 1440],
      [1366, 768],
    ] as const) {
      await app.page.setViewportSize({ width, height });
      await app.until('the pictures', ({ viewports }) => viewports.every(({ rendered }) => rendered));
      const [around, inside] = [await app.page.locator('.details').boundingBox(), await slider().boundingBox()];
      if (around === null || inside === null) throw new Error('no details, or no chart');
      expect(inside.y, `${width}`).toBeGreaterThan(around.y);
      expect(inside.y + inside.height, `${width}`).toBeLessThanOrEqual(around.y + around.height);
      expect(around.y + around.height).toBeLessThanOrEqual(height);
      const number = await app.page.locator('.details .row[data-main]').boundingBox();
      expect((number?.y ?? Infinity) + (number?.height ?? 0)).toBeLessThanOrEqual(inside.y);
      await app.screenshot(`chart-0-placed-${width}`);
    }
  });

  it('says under the mouse what the command line probes at that place, and rings it in the pictures', async () => {
    const box = await app.page.locator('.chart-plot').boundingBox();
    if (box === null) throw new Error('no chart');
    expect(await rings()).toBe(0);
    for (const share of [0.3, 0.55, 0.8]) {
      await app.page.mouse.move(box.x + share * box.width, box.y + 60);
      await expect.poll(rings).toBeGreaterThan(0);
      const [, position = '', value = ''] = /^([\d.]+) mm: (-?[\d.]+) HU$/.exec(await reading()) ?? [];
      const at = await placeAt(Number(position));
      const probed = await commandLine(['probe', '--data', folder, '--series', series, '--at', at.join(','), '--json']);
      expect(Number(value)).toBeCloseTo(answer.parse(probed.json).value, 0);
      const ring = await app.page.getByRole('region', { name: 'Axial', exact: true }).locator('.place-mark-ring').boundingBox(); // prettier-ignore
      const there = await me.place('Axial', at);
      expect(Math.hypot((ring?.x ?? 0) + 7 - there.x, (ring?.y ?? 0) + 7 - there.y)).toBeLessThan(3);
    }
    await app.screenshot('chart-1-dark');
    await theme('light');
    await app.screenshot('chart-2-light');
    await theme('dark');
    await app.page.mouse.move(400, 300);
    await expect.poll(rings).toBe(0);
  });

  it('is read by the arrow keys, half a millimetre each, and brought into the views by Enter', async () => {
    await slider().focus();
    await me.key('Home');
    const said = () => slider().getAttribute('aria-valuetext');
    await expect.poll(said).toMatch(/^0\.0 mm, entry: -?[\d.]+ HU$/);
    for (const key of ['ArrowRight', 'ArrowRight', 'PageUp', 'Shift+ArrowRight', 'ArrowLeft']) await me.key(key);
    await expect.poll(said).toMatch(/^10\.5 mm: /);
    await me.key('Enter');
    const wanted = await placeAt(10.5);
    await app.until('the views to be there', ({ viewports }) =>
      viewports.some(
        ({ name, position }) => name === 'Sagittal' && Math.abs((position?.[0] ?? NaN) - (wanted[0] ?? NaN)) < 0.6,
      ),
    );
    await me.key('End');
    await expect.poll(said).toMatch(/, target: /);
  });

  it('folds out the same numbers as a table', async () => {
    const { columns } = profile.parse((await app.state()).results[0]?.results['profile']);
    const tenth = columns.value[9] ?? NaN;
    await app.page.getByText('Values as a table').click();
    await app.screenshot('chart-3-table');
    const rows = app.page.getByRole('region', { name: 'HU along the needle, table' }).locator('tbody tr');
    await expect.poll(() => rows.count()).toBe(columns.position.length);
    expect(await rows.nth(9).locator('td').innerText()).toBe(tenth.toFixed(Math.abs(tenth) < 10 ? 2 : 1));
    await app.screenshot('chart-3-table');
  });

  it('a region beside it shows millilitres and mean HU in its line of the plan', async () => {
    await me.tool('Region of interest');
    const z = (await app.state()).viewports.find(({ name }) => name === 'Axial')?.position?.[2] ?? 0;
    await me.click('Axial', [-14, 2, z]);
    await me.click('Axial', [-6, 2, z]);
    const { results } = await app.until('its mean', (state) =>
      state.results.some(({ kind, results: found }) => kind === 'region' && typeof found['mean']?.value === 'number'),
    );
    const found = results.find(({ kind }) => kind === 'region')?.results;
    const row = app.page.getByRole('list', { name: 'Plan' }).getByRole('button', { name: /^Region/ });
    const text = await row.innerText();
    const [, volume, mean] = /([\d.]+) mL, mean (-?[\d.]+) HU/.exec(text) ?? [];
    expect(Math.abs(Number(volume) - Number(found?.['volume']?.value))).toBeLessThan(0.006);
    expect(Math.abs(Number(mean) - Number(found?.['mean']?.value))).toBeLessThan(0.06);
    await app.screenshot('chart-4-region');
  });

  async function placeAt(positionMm: number): Promise<readonly number[]> {
    const { entry, target } = path.parse(Object.values((await app.state()).plan.records)[0]);
    const along = target.map((value, axis) => value - (entry[axis] ?? NaN));
    return entry.map((value, axis) => value + (positionMm / Math.hypot(...along)) * (along[axis] ?? NaN));
  }
});
