import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caution } from '../../src/export/index.ts';
import { openApp, type App } from '../support/app.ts';
import { hand } from '../support/hand.ts';
import { projectRoot } from '../support/shared.ts';
import { smallCt } from '../support/smallCt.ts';

function chunksOf(png: Buffer): string[] {
  const names: string[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) names.push(png.toString('latin1', at + 4, at + 8));
  return names;
}

/** Where two pictures of one view differ, and how many bright pixels stand in the strip above them. */
function differingRows(
  page: Page,
  a: Buffer | undefined,
  b: Buffer | undefined,
): Promise<{ count: number; right: number; bottom: number; greyInNameless: number; brightAbove: number }> {
  const words = JSON.stringify([a?.toString('base64'), b?.toString('base64')]);
  return page.evaluate(`(async ([a, b]) => {
    const read = async (text) => {
      const image = new Image();
      image.src = 'data:image/png;base64,' + text;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width; canvas.height = image.height;
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0);
      return pen.getImageData(0, 0, image.width, image.height);
    };
    const [p, q] = [await read(a), await read(b)];
    let [count, right, bottom, greyInNameless, brightAbove] = [0, 0, 0, 0, 0];
    for (let y = 0; y < p.height; y++) for (let x = 0; x < p.width; x++) {
      const i = 4 * (y * p.width + x);
      if (y < 15 && p.data[i] > 100) brightAbove++;
      // Left of the picture itself the ground is black: no letter may stand there.
      if (y > 65 && y < 130 && x < 30 && p.data[i] > 20) greyInNameless++;
      if (p.data[i] === q.data[i]) continue;
      count++; right = Math.max(right, x); bottom = Math.max(bottom, y);
    }
    return { count, right, bottom, greyInNameless, brightAbove };
  })(${words})`);
}

/** K keeps the view; a click shows it again; its name, its going and its picture are the list's. */
async function keyImagesByHand(app: App, folder: string): Promise<void> {
  const me = hand(app);
  const { page } = app;
  const images = page.getByRole('list', { name: 'Key images' });
  const shown = async () => (await app.state()).viewports[0];
  const byPalette = async (words: string): Promise<void> => {
    await me.key('Control+k');
    await page.keyboard.type(words);
    await me.key('Enter');
  };
  const at = await me.middle('Stack');
  await page.mouse.move(at.x, at.y);
  const home = (await shown())?.index ?? NaN;
  await me.key('5');
  await byPalette('Zoom in');
  await page.getByText('Zoom 1.25').waitFor();
  await me.key('k');
  await expect.poll(() => images.getByRole('listitem').count()).toBe(1);
  const before = await me.under('Stack', { x: at.x + 60, y: at.y + 30 });
  await me.key('Home');
  await me.key('0');
  await byPalette('Zoom out');
  await page.getByText('Zoom 1.00').waitFor();
  await app.until('the first picture', ({ viewports }) => viewports[0]?.index === 0 && viewports[0].rendered);
  await me.key('k');
  await images.getByRole('button', { name: new RegExp(`^Stack ${home + 1} `) }).click();
  await app.until('the kept picture', ({ viewports }) => viewports[0]?.index === home && viewports[0].rendered);
  const after = await me.under('Stack', { x: at.x + 60, y: at.y + 30 });
  for (const axis of [0, 1, 2]) expect(after[axis]).toBeCloseTo(before[axis] ?? NaN, 6);
  await page.getByText('W 80').first().waitFor();
  // Its name, typed.
  await page.getByRole('button', { name: `Rename Stack ${home + 1}`, exact: true }).click();
  await page.keyboard.type('Lesion at its widest');
  await me.key('Enter');
  await images.getByRole('button', { name: /^Lesion at its widest/ }).waitFor();
  await app.screenshot('plan-key-images');
  const saving = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save Lesion at its widest without names' }).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toBe('Lesion at its widest.png');
  await saved.saveAs(join(folder, 'key.png'));
  expect(chunksOf(await readFile(join(folder, 'key.png'))).at(-1)).toBe('IEND');
  await page.getByRole('button', { name: 'Delete Stack 1', exact: true }).click();
  await expect.poll(() => images.getByRole('listitem').count()).toBe(1);
  await me.key('Control+z');
  await expect.poll(() => images.getByRole('listitem').count()).toBe(2);
  await me.key('Control+y');
  await expect.poll(() => images.getByRole('listitem').count()).toBe(1);
}

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
      // However soon the tool was pressed again: a press after an item is no double press, which would keep the tool.
      expect(await first.page.locator('.footer-step').innerText()).toBe('');
      expect(await first.page.title()).toMatch(/^●/);
      const names = (): Promise<string[]> =>
        first.page.getByRole('list', { name: 'Plan' }).locator('.plan-name').allTextContents();
      const line = async (at: number): Promise<{ x: number; y: number; height: number }> => {
        const box = await first.page.getByRole('list', { name: 'Plan' }).getByRole('listitem').nth(at).boundingBox();
        if (box === null) throw new Error('no such line');
        return { x: box.x + 30, y: box.y, height: box.height };
      };
      await expect.poll(names).toEqual(['Length 1', 'Length 2']);
      const [from, to] = [await line(1), await line(0)];
      await first.page.mouse.move(from.x, from.y + 12);
      await first.page.mouse.down();
      await first.page.mouse.move(from.x, from.y + 4, { steps: 2 });
      await first.page.mouse.move(to.x, to.y + 4, { steps: 6 });
      // The browser moves a dragged thing in its own time: a hand lets go when it sees the mark.
      // A hand that does not see it yet goes on moving; without a move a busy browser tells nothing more.
      let nudges = 0;
      await expect
        .poll(async () => {
          nudges += 1;
          await first.page.mouse.move(to.x + (nudges % 2), to.y + 4);
          return first.page.locator('[data-drop="before"]').count();
        })
        .toBe(1);
      await first.page.mouse.up();
      await expect.poll(names).toEqual(['Length 2', 'Length 1']);
      await first.page.getByRole('list', { name: 'Plan' }).getByText('Length 2').first().click();
      await me.key('Alt+ArrowDown');
      await expect.poll(names).toEqual(['Length 1', 'Length 2']);
      await first.page.locator('label.side-choice', { hasText: 'Right' }).click();
      await first.page.locator('label.colour-choice').nth(5).click();
      await first.until('its side and colour', ({ plan }) =>
        Object.values(plan.records).some(
          (record) => Reflect.get(record, 'side') === 'R' && Reflect.get(record, 'colour') === '#80cbc4',
        ),
      );
      await first.screenshot('plan-panel');
      const table = first.page.waitForEvent('download');
      await me.key('Control+k');
      await first.page.keyboard.type('Save table (CSV)');
      await me.key('Enter');
      await (await table).saveAs(join(folder, 'plan.csv'));
      const pictures: Buffer[] = [];
      for (const words of ['Save picture without', 'Save picture with the']) {
        const picture = first.page.waitForEvent('download');
        await me.key('Control+k');
        await first.page.keyboard.type(words);
        await me.key('Enter');
        const file = join(folder, `${pictures.length}.png`);
        await (await picture).saveAs(file);
        pictures.push(await readFile(file));
      }
      const [nameless, named] = pictures;
      // Nothing but the picture in the file: no chunk of text or of dates.
      for (const png of pictures)
        expect(chunksOf(png).every((chunk) => ['IHDR', 'sRGB', 'IDAT', 'IEND'].includes(chunk))).toBe(true);
      const differing = await differingRows(first.page, nameless, named);
      // Names are written in the top left corner under the sentence, and nothing else tells the two pictures apart.
      expect(differing.count).toBeGreaterThan(50);
      expect(differing.right).toBeLessThan(200);
      expect(differing.bottom).toBeLessThan(130);
      expect(differing.greyInNameless).toBe(0);
      expect(differing.brightAbove).toBeGreaterThan(200);
      await writeFile(join(projectRoot, 'test-output', 'picture-nameless.png'), nameless ?? '');
      await writeFile(join(projectRoot, 'test-output', 'picture-named.png'), named ?? '');
      await keyImagesByHand(first, folder);
      await first.page.getByRole('list', { name: 'Plan' }).getByText('Length 2').first().click();
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
      keyImages: [{ label: 'Lesion at its widest', view: 'Stack', window: { centre: 40, width: 80 } }],
    });
    const csv = (await readFile(join(folder, 'plan.csv'), 'utf8')).split('\r\n');
    expect(csv[0]).toBe(`\uFEFF"${caution}"`);
    expect(csv[2]).toContain(`,Length 1,,length,${String(value)},mm,`);
    expect(csv[3]).toContain('Side: RIGHT. Patient, side, level confirmed: ____');
    for (const line of csv.slice(2, 4)) expect(line).toMatch(/Scan is \d+ days old\./);
    expect(csv).toHaveLength(5);

    // The same study UID with another patient's ID in it: as wrong as copied or re-used data can be.
    const others = smallCt({ slices: 6, patientID: 'OTHER-2' });
    await mkdir(join(folder, 'other'));
    for (const [k, bytes] of others.entries()) await writeFile(join(folder, 'other', `${k}.dcm`), bytes);
    const third = await openApp([join(folder, 'other'), file]);
    try {
      const before = await third.until('the scan', ({ ready, series }) => ready && series.length === 1);
      // Nothing is computed across either, before anything is shown.
      expect(before.results).toEqual([]);
      await third.page.getByText('cannot').first().waitFor();
      await hand(third).openSeries(/6/);
      const banner = third.page.getByRole('alert').filter({
        hasText: 'These images are of another patient than the plan "mine.plan.json".',
      });
      await banner.waitFor();
      // It stands as long as it is true: no button, no key takes it away.
      expect(await banner.getByRole('button').count()).toBe(0);
      await hand(third).key('Escape');
      expect(await banner.count()).toBe(1);
      const { plan, results } = await third.until('its picture', (state) => state.viewports[0]?.complete === true);
      expect(plan.records).toEqual({});
      expect(results).toEqual([]);
      expect(await third.page.getByText(/Length 1/).count()).toBe(0);
      await third.screenshot('plan-other-patient');
    } finally {
      await third.close();
    }

    const second = await openApp([join(folder, 'case'), file]);
    try {
      await second.until('the scan', ({ ready, series }) => ready && series.length === 1);
      const me = hand(second);
      await me.openSeries(/6/);
      const { results, plan } = await second.until('the same length', (state) => state.results.length === 1);
      expect(results[0]?.results['length']?.value).toBe(value);
      expect(plan.records).toEqual(Reflect.get(Object(saved), 'records'));
      // A copy elsewhere: the plan keeps its own place.
      const copy = second.page.waitForEvent('download');
      await me.key('Control+Shift+s');
      await (await copy).saveAs(join(folder, 'copy.plan.json'));
      expect(JSON.parse(await readFile(join(folder, 'copy.plan.json'), 'utf8'))).toMatchObject({
        records: plan.records,
        studies: Reflect.get(Object(saved), 'studies'),
      });
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

    // The plan alone: nothing is drawn or computed; which study is missing is said, and opening it brings the numbers.
    const alone = await openApp([join(folder, 'copy.plan.json')]);
    try {
      const { results } = await alone.until('the plan', ({ plan }) => Object.keys(plan.records).length === 1);
      expect(results).toEqual([]);
      await alone.page.getByText('The images of this plan are not open: study ').waitFor();
      await alone.page.getByText('Open the folder that holds them.').waitFor();
      await alone.page.getByRole('list', { name: 'Plan' }).getByText('cannot').waitFor();
    } finally {
      await alone.close();
    }
  });
});
