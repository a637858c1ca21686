import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caution } from '../../src/export/index.ts';
import { openApp } from '../support/app.ts';
import { hand } from '../support/hand.ts';
import { smallCt } from '../support/smallCt.ts';

describe('a plan as a file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-plan-'));
    await mkdir(join(folder, 'case'));
    for (const [k, bytes] of smallCt({ slices: 6 }).entries()) await writeFile(join(folder, 'case', `${k}.dcm`), bytes);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is saved by its button, opens again beside its data, and is saved back to where it came from', async () => {
    const file = join(folder, 'mine.plan.json');
    const first = await openApp([join(folder, 'case')]);
    let value: unknown;
    try {
      await first.until('the scan', ({ ready, series }) => ready && series.length === 1);
      const me = hand(first);
      await me.openSeries(/6/);
      const { viewports } = await first.until('its picture', (state) => state.viewports[0]?.complete === true);
      const z = viewports[0]?.position?.[2] ?? NaN;
      await me.tool('Length');
      await me.click('Stack', [-10, 0, z]);
      await me.click('Stack', [14, 7, z]);
      const { results } = await first.until('the length', (state) => state.results.length === 1);
      value = results[0]?.results['length']?.value;
      await me.tool('Length');
      await me.click('Stack', [-10, 20, z]);
      await me.click('Stack', [20, 20, z]);
      await first.until('two lengths', (state) => state.results.length === 2);
      expect(await first.page.title()).toMatch(/^●/);
      const names = (): Promise<string[]> =>
        first.page.getByRole('list', { name: 'Plan' }).locator('.plan-name').allTextContents();
      const line = async (at: number): Promise<{ x: number; y: number; height: number }> => {
        const box = await first.page.getByRole('list', { name: 'Plan' }).getByRole('listitem').nth(at).boundingBox();
        if (box === null) throw new Error('no such line');
        return { x: box.x + 30, y: box.y, height: box.height };
      };
      const [from, to] = [await line(1), await line(0)];
      await me.drag({ x: from.x, y: from.y + 12 }, { x: to.x, y: to.y + 4 });
      await expect.poll(names).toEqual(['Length 2', 'Length 1']);
      await first.page.getByRole('list', { name: 'Plan' }).getByText('Length 2').first().click();
      await me.key('Alt+ArrowDown');
      await expect.poll(names).toEqual(['Length 1', 'Length 2']);
      await first.screenshot('plan-panel');
      const table = first.page.waitForEvent('download');
      await me.key('Control+k');
      await first.page.keyboard.type('Save table (CSV)');
      await me.key('Enter');
      await (await table).saveAs(join(folder, 'plan.csv'));
      await me.key('Delete');
      await first.until('one length', (state) => state.results.length === 1);
      const download = first.page.waitForEvent('download');
      await first.page.getByRole('button', { name: 'Save', exact: true }).click();
      await (await download).saveAs(file);
    } finally {
      await first.close();
    }
    const saved: unknown = JSON.parse(await readFile(file, 'utf8'));
    expect(saved).toMatchObject({
      format: 'seldinger-plan',
      version: 1,
      studies: [{ patientKey: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    const csv = (await readFile(join(folder, 'plan.csv'), 'utf8')).split('\r\n');
    expect(csv[0]).toBe(`\uFEFF"${caution}"`);
    expect(csv[2]).toContain(`,Length 1,,length,${String(value)},mm,`);
    expect(csv).toHaveLength(5);

    const second = await openApp([join(folder, 'case'), file]);
    try {
      await second.until('the scan', ({ ready, series }) => ready && series.length === 1);
      const me = hand(second);
      await me.openSeries(/6/);
      const { results, plan } = await second.until('the same length', (state) => state.results.length === 1);
      expect(results[0]?.results['length']?.value).toBe(value);
      expect(plan.records).toEqual(Reflect.get(Object(saved), 'records'));
      await second.page.getByRole('list', { name: 'Plan' }).getByText('Length 1').first().click();
      await me.key('Delete');
      await second.until('no record', (state) => Object.keys(state.plan.records).length === 0);
      await me.key('Control+s');
      await expect
        .poll(async () => Object.keys(Reflect.get(Object(JSON.parse(await readFile(file, 'utf8'))), 'records')).length)
        .toBe(0);
    } finally {
      await second.close();
    }
  });
});
