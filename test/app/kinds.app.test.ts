import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import type { AutomationState } from '../support/automation.ts';
import { projectRoot } from '../support/shared.ts';
import { hand, type Hand } from '../support/hand.ts';
import { troubleFolder } from '../cli/troubleFiles.ts';

// Case G10 of the shared data, made anew: a catheter 3 pixels wide (columns 30 to 32) on a run without a scale.
const temporary = mkdtempSync(path.join(tmpdir(), 'seldinger-kinds-'));
const length = (state: AutomationState, kind = 'length') => state.results.find((one) => one.kind === kind)?.results;

/** WCAG 2.2 contrast of a CSS colour on a ground that lets through some of a grey film (0 to 255). */
function contrast(colour: string, ground: string, film: number): number {
  const numbers = (css: string): number[] => (css.match(/[\d.]+/g) ?? []).map(Number);
  const [r = 0, g = 0, b = 0, alpha = 1] = numbers(ground);
  const under = [r, g, b].map((value) => value * alpha + film * (1 - alpha));
  const light = (rgb: readonly number[]): number => {
    const [x = 0, y = 0, z = 0] = rgb.map((value) =>
      value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const [bright, dark] = [light(numbers(colour).slice(0, 3)), light(under)].toSorted((a, b) => b - a);
  return ((bright ?? 0) + 0.05) / ((dark ?? 0) + 0.05);
}

describe('calibrating, axes, areas, notes and ratios on an angiogram, by mouse and keys', () => {
  let app: App;
  let me: Hand;
  const pane = () => app.page.getByRole('region', { name: 'Stack', exact: true });
  const inView = async (points: readonly (readonly number[])[]) => {
    for (const point of points) await me.click('Stack', point);
  };
  beforeAll(async () => {
    const folder = await troubleFolder('G10_xa_detector_spacing_only', 'made', temporary);
    app = await openApp([folder], { viewport: { width: 1366, height: 768 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').first().dblclick();
    await app.until('the picture', ({ viewports }) => viewports[0]?.rendered === true);
  });
  afterAll(async () => {
    await app.close();
    rmSync(temporary, { recursive: true, force: true });
  });

  it('reads 48 pixels as pixels, until the catheter is said to be 2.0 mm: then 32.0 mm, calibrated by the user', async () => {
    await me.tool('Length');
    await inView([[8, 40], [56, 40]]); // prettier-ignore
    const before = await app.until('the length', (state) => length(state)?.['length'] !== undefined);
    expect(length(before)?.['length']).toMatchObject({ unit: 'px' });
    expect(await pane().innerText()).toContain('Uncalibrated projection');

    await pane().focus();
    await me.key('q');
    await inView([[29.5, 20], [32.5, 20]]); // prettier-ignore
    const form = app.page.getByRole('form', { name: 'Calibrate' });
    await form.waitFor();
    await app.screenshot('kinds-1-form');
    await form.getByLabel('Known size, as clicked', { exact: true }).fill('2.0');
    await form.getByLabel('Known size, as clicked', { exact: true }).press('Enter');
    expect(await form.innerText()).toContain('Choose whether the size is in French or in mm');
    await form.getByLabel('Size in').selectOption('french');
    expect(await form.getByRole('status').innerText()).toBe('2 F = 0.67 mm');
    await form.getByLabel('Size in').selectOption('mm');
    await form.getByLabel('Known size, as clicked', { exact: true }).press('Enter');
    const after = await app.until('millimetres', (state) => length(state)?.['length']?.unit === 'mm');
    const scale = length(after, 'calibration');
    const width = Number(scale?.['widthPixels']?.value);
    expect(Math.abs(width - 3)).toBeLessThan(0.15);
    expect(length(after)?.['length']).toMatchObject({ basis: 'calibrated' });
    const px = Number(length(before)?.['length']?.value);
    expect(Number(length(after)?.['length']?.value)).toBeCloseTo((px * 2) / width, 6);
    const said = await pane().innerText();
    expect(said).toContain('Calibrated by the user: catheter 2.0 mm.');
    expect(said).not.toContain('Uncalibrated');
    expect(said).toContain('Millimetres at the depth of the calibration object only; 2.7 % error per 20 mm of depth.');
    const listed = app.page.getByRole('listbox', { name: 'Series' });
    expect(await listed.innerText()).toContain('Calibrated by the user: catheter 2.0 mm.');
    expect(await listed.innerText()).toMatch(/in all \d+ frames\./i);
    expect(await listed.innerText()).not.toContain('Uncalibrated');
    // The number itself says it, in the plan and on the picture, not only a sentence elsewhere.
    const row = app.page.getByRole('list', { name: 'Plan' }).getByRole('button', { name: /^Length 1/ });
    expect(await row.innerText()).toMatch(/\d mm cal\.$/);
    await expect.poll(() => pane().locator('.marks').textContent()).toMatch(/Length 1: \d+\.\d mm cal\./);
    expect(await pane().locator('.scale-bar').innerText()).toMatch(/\d mm/);
    await app.page
      .getByRole('list', { name: 'Plan' })
      .getByRole('button', { name: /^Length 1/ })
      .click();
    const details = await app.page.locator('.details').innerText();
    expect(details).toContain('Calibrated by the user: catheter 2.0 mm.');
    expect(details).toContain('2.7 % error per 20 mm of depth.');
    await app.screenshot('kinds-2-calibrated');
    // The saved picture says it too: what it says stands above the image, a line of text each 15 px.
    const saving = app.page.waitForEvent('download');
    await app.page.keyboard.press('Control+K');
    await app.page.keyboard.type('Save picture with the');
    await app.page.keyboard.press('ArrowDown');
    await app.page.keyboard.press('Enter');
    const saved = await saving;
    expect(saved.suggestedFilename()).toBe('Picture with patient name.png');
    await saved.saveAs(path.join(projectRoot, 'test-output', 'kinds-2-picture.png'));
  });

  it('can be read on white film as on black: 4.5 to 1 for all that is written on a picture (WCAG 2.2 AA)', async () => {
    const written = await app.page.evaluate<
      { text: string; colour: string; ground: string }[]
    >(`[...document.querySelectorAll('.corner > div, .letter, .scale-bar span:last-child, .badges .badge')]
      .filter((one) => one.textContent !== '' && one.offsetParent !== null)
      .map((one) => ({ text: one.textContent, colour: getComputedStyle(one).color,
        ground: getComputedStyle(one.closest('.scale-bar') ?? one).backgroundColor }))
      .concat([...document.querySelectorAll('.marks-label')].map((one) => ({ text: one.textContent,
        colour: getComputedStyle(one).fill, ground: getComputedStyle(one.previousElementSibling).fill })))`);
    expect(written.length).toBeGreaterThan(8);
    for (const { text, colour, ground } of written)
      for (const film of [255, 0])
        expect(contrast(colour, ground, film), `${text} on ${film}`).toBeGreaterThanOrEqual(4.5);
  });

  it('covers one line of a picture with a warning, in four small views as well, and says the rest when asked', async () => {
    await pane().focus();
    await me.key('Control+z');
    await app.until('pixels', (state) => length(state)?.['length']?.unit === 'px');
    await me.key('Alt+3');
    await app.page.getByRole('region', { name: 'Stack 4', exact: true }).waitFor();
    const badge = pane().locator('.badges .badge').filter({ hasText: 'Uncalibrated projection' });
    const height = (): Promise<number> => badge.evaluate((one) => one.getBoundingClientRect().height);
    await expect.poll(height).toBeLessThan(24);
    const box = await badge.boundingBox();
    const around = await pane().boundingBox();
    if (box === null || around === null) throw new Error('no warning, or no picture');
    expect(box.x).toBeGreaterThanOrEqual(around.x);
    expect(box.x + box.width).toBeLessThanOrEqual(around.x + around.width);
    await app.screenshot('kinds-7-folded-2x2');
    await badge.getByRole('button', { name: 'More: Uncalibrated projection: pixels and ratios only.' }).click();
    await expect.poll(height).toBeGreaterThan(30);
    await app.screenshot('kinds-7-unfolded-2x2');
    await badge.getByRole('button', { name: /^Less/ }).click();
    await expect.poll(height).toBeLessThan(24);
    await me.key('Alt+1');
    await app.until('one picture', ({ layout, viewports }) => layout === '1x1' && viewports[0]?.rendered === true);
    await app.screenshot('kinds-7-folded-1x1');
    await pane().focus();
    await me.key('Control+Shift+z');
    await app.until('millimetres', (state) => length(state)?.['length']?.unit === 'mm');
  });

  it('goes back to pixels when the calibration is undone, and to millimetres with redo', async () => {
    await pane().focus();
    await me.key('Control+z');
    await app.until('pixels', (state) => length(state)?.['length']?.unit === 'px');
    await expect.poll(() => pane().innerText()).toContain('Uncalibrated projection');
    await me.key('Control+Shift+z');
    await app.until('millimetres', (state) => length(state)?.['length']?.unit === 'mm');
  });

  it('places two axes, an ellipse by the key of a region, an area by corners and a note', async () => {
    await me.tool('Bidirectional');
    await inView([[10, 50], [30, 50], [20, 47], [22, 55]]); // prettier-ignore
    await pane().focus();
    await me.key('e');
    await inView([[36, 46], [48, 56]]); // prettier-ignore
    await me.tool('Area by corners');
    await inView([[50, 8], [60, 8], [60, 18]]); // prettier-ignore
    await me.key('Enter');
    await me.tool('Note');
    await inView([[30, 31]]);
    await app.page.getByLabel('Text').fill('catheter tip');
    await app.page.getByLabel('Text').press('Enter');
    const { results } = await app.until('all numbers', (state) => state.results.length === 6);
    const axes = results.find(({ kind }) => kind === 'bidirectional')?.results;
    expect(Number(axes?.['shortAxis']?.value)).toBeLessThan(Number(axes?.['longAxis']?.value));
    const areas = results.filter(({ kind }) => kind === 'area');
    expect(areas).toHaveLength(2);
    for (const { results: area } of areas) {
      expect(area['area']?.unit).toBe('mm2');
      expect(area['mean']?.value).toBe(180);
    }
    expect(await pane().locator('svg.marks').innerHTML()).toContain('catheter tip');
    await app.screenshot('kinds-3-all');
  });

  it('divides two numbers of the plan, from the details of one of them, and keeps up with them', async () => {
    await app.page.locator('.plan-item', { hasText: 'Bidirectional' }).locator('.plan-open').click();
    await app.page.getByRole('button', { name: 'Ratio with…' }).click();
    const dialog = app.page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('Divide').locator('option:checked').innerText()).toMatch(/Long axis/);
    await dialog.getByLabel('by', { exact: true }).selectOption({ label: await optionOf('by', /Length 1/) });
    await app.screenshot('kinds-4-ratio');
    await dialog.getByRole('button', { name: 'Add to the plan' }).click();
    const state = await app.until('the ratio', (now) => length(now, 'ratio')?.['ratio'] !== undefined);
    const longAxis = Number(length(state, 'bidirectional')?.['longAxis']?.value);
    expect(Number(length(state, 'ratio')?.['ratio']?.value)).toBeCloseTo(
      longAxis / Number(length(state)?.['length']?.value),
      9,
    );
    await app.screenshot('kinds-5-plan');
  });

  async function optionOf(list: string, wanted: RegExp): Promise<string> {
    await app.page
      .getByRole('dialog')
      .getByLabel(list, { exact: true })
      .locator('option')
      .first()
      .waitFor({ state: 'attached' });
    const words = await app.page
      .getByRole('dialog')
      .getByLabel(list, { exact: true })
      .locator('option')
      .allInnerTexts();
    return words.find((word) => wanted.test(word)) ?? 'no such number';
  }
});
