import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { axeFaults } from '../support/axe.ts';
import { hand, type Hand } from '../support/hand.ts';
import { writeStack, type MadeStack } from '../support/madeStudies.ts';

const uid = (tail: string): string => `1.2.826.0.1.3680043.8.498.31.${tail}`;
const ida = { name: 'Invented^Ida', id: 'DATES-1' };
const otto = { name: 'Other^Otto', id: 'DATES-2' };
const axial = { row: [1, 0, 0], column: [0, 1, 0], step: [0, 0, 3], origin: [-63, -63, 100], slices: 20 } as const;
const now = { patient: ida, study: uid('1'), date: '20260601', frameOfReference: uid('1.9') };
const stacks: readonly MadeStack[] = [
  { ...now, ...axial, series: uid('1.1'), number: 2, description: 'Portal' },
  { ...now, ...axial, step: [0, 0, 5], slices: 12, series: uid('1.2'), number: 3, description: 'Thick' },
  {
    ...now,
    series: uid('1.3'),
    number: 4,
    description: 'Sagittal',
    row: [0, 1, 0],
    column: [0, 0, -1],
    step: [-4, 0, 0],
    origin: [40, -63, 193],
    slices: 20,
  },
  {
    ...now,
    series: uid('1.4'),
    number: 1,
    description: 'Topogram',
    row: [1, 0, 0],
    column: [0, 0, -1],
    step: [0, 0, 0],
    origin: [-63, 0, 193],
    slices: 1,
    more: { '0008,0008 CS': ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] },
  },
  // 84 days before, of another frame of reference, the patient 37 mm higher on the table.
  {
    ...axial,
    patient: ida,
    study: uid('2'),
    date: '20260309',
    frameOfReference: uid('2.9'),
    origin: [-63, -63, 137],
    series: uid('2.1'),
    number: 2,
    description: 'Portal',
  },
  {
    ...axial,
    patient: otto,
    study: uid('3'),
    date: '20260510',
    frameOfReference: uid('3.9'),
    series: uid('3.1'),
    number: 7,
    description: 'Stranger',
  },
];

describe('layouts, linking and comparing, by mouse and keys', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  let home: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-layouts-'));
    home = join(folder, 'home');
    stacks.forEach((stack, at) => writeStack(join(folder, 'data', String(at)), stack));
    app = await openApp([join(folder, 'data')], { viewport: { width: 1366, height: 768 }, home });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === stacks.length);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  const line = (text: string | RegExp): Locator =>
    app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').filter({ hasText: text });
  const pane = (name: string): Locator => app.page.getByRole('region', { name, exact: true });
  const button = (name: string | RegExp): Locator => app.page.getByRole('button', { name });
  const messages = (): Locator => app.page.getByRole('list', { name: 'Messages' });
  const viewport = async (name: string) => {
    const found = (await app.state()).viewports.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no viewport ${name}`);
    return found;
  };
  const z = async (name: string): Promise<number> => (await viewport(name)).position?.[2] ?? NaN;
  const shows = (name: string, series: string) =>
    app.until(`${series} in ${name}`, ({ viewports }) =>
      viewports.some((one) => one.name === name && one.seriesInstanceUID === series && one.rendered && one.complete),
    );
  /** Grey levels in the middle of the pictures, as they are on screen. */
  const middles = (): Promise<number[]> =>
    app.page.evaluate(`[...document.querySelectorAll('.pane:not([hidden]) .engine canvas')].map((canvas) =>
      canvas.getContext('2d').getImageData(canvas.width / 2 + 30, canvas.height / 2 + 9, 1, 1).data[0])`);
  const settled = (what: string) =>
    app.until(what, ({ viewports }) => viewports.every((one) => one.seriesInstanceUID === null || one.rendered));
  const drag = async (from: Locator, to: Locator): Promise<void> => {
    await from.scrollIntoViewIfNeeded();
    const [a, b] = [await from.boundingBox(), await to.boundingBox()];
    if (a === null || b === null) throw new Error('nothing to drag, or nowhere to');
    // Not at its very middle: a press there is taken for a screen reader's.
    const press = { x: a.x + 30, y: a.y + a.height / 2 + 7 };
    await me.drag(press, { x: b.x + b.width / 2, y: b.y + b.height / 2 });
  };

  it('says in red that two patients are open, and how old the scan of the active view is', async () => {
    const strip = app.page.getByRole('group', { name: 'Patient' });
    await me.openSeries(/2\s+Portal/);
    await shows('Stack', uid('1.1'));
    const text = (await strip.textContent()) ?? '';
    expect(text).toContain('Two patients are open.');
    expect(text).toContain('Invented, Ida');
    expect(text).toMatch(/Scan is \d+ days old\./);
    expect(text).toContain('2026-06-01');
    expect(text).toContain('1955-07-14');
  });

  it('walks its list by arrows, page keys and letters, opens the folded lines, and tells the patient by ID', async () => {
    const list = app.page.getByRole('listbox', { name: 'Series' });
    const focused = (): Promise<string> =>
      app.page.evaluate(`document.activeElement.getAttribute('data-text') ?? document.activeElement.tagName`);
    const press = async (key: string): Promise<string> => {
      await app.page.keyboard.press(key);
      return focused();
    };
    await line(/2\s+Portal/)
      .first()
      .click();
    expect(await focused()).toBe('2  Portal');
    expect([await press('ArrowDown'), await press('ArrowDown')].toSorted()).toEqual(['3  Thick', '4  Sagittal']);
    expect(await press('ArrowDown')).toBe('Other: 1 series');
    expect(await list.getByRole('option').count()).toBe(6);
    await press('Enter');
    expect(await press('ArrowDown')).toBe('1  Topogram');
    expect(await list.getByRole('option').count()).toBe(7);
    expect(await press('Home')).toBe('2  Portal');
    expect(await press('End')).toBe('2  Portal');
    expect(await press('7')).toBe('7  Stranger');
    expect(await list.locator('[tabindex="0"]').count()).toBe(1);
    expect(await press('ArrowUp')).toBe('1  Topogram');
    await press('ArrowUp');
    expect(await press('Space')).toBe('Other: 1 series');
    expect(await list.getByRole('option').count()).toBe(6);
    expect(await list.textContent()).toContain('DATES-2');
    await me.openSeries(/2\s+Portal/);
    await shows('Stack', uid('1.1'));
  });

  it('hangs the study in four views, its scout last, and scrolls those of one place by position, not by number', async () => {
    await button('Four images').click();
    await shows('Stack', uid('1.1'));
    await shows('Stack 2', uid('1.2'));
    await shows('Stack 3', uid('1.3'));
    await shows('Stack 4', uid('1.4'));
    const sagittal = (await viewport('Stack 3')).index;
    await me.wheel('Stack', -6);
    await settled('the linked views');
    const [thin, thick] = [await viewport('Stack'), await viewport('Stack 2')];
    expect(Math.abs((thin.position?.[2] ?? NaN) - (thick.position?.[2] ?? NaN))).toBeLessThanOrEqual(2.5 + 1e-6);
    expect(thin.position?.[2]).toBe(100 + 3 * thin.index);
    expect(thick.position?.[2]).toBe(100 + 5 * thick.index);
    expect(thick.index).not.toBe(thin.index);
    expect((await viewport('Stack 3')).index).toBe(sagittal);
    await expect.poll(async () => Math.min(...(await middles()))).toBeGreaterThan(60);
    await app.screenshot('layouts-1-four-1366');
  });

  it('draws where the axial slice cuts the sagittal one, at its height', async () => {
    const height = await z('Stack');
    const lines = pane('Stack 3').locator('.reference-lines line');
    const at = await me.place('Stack 3', [(await viewport('Stack 3')).position?.[0] ?? 0, 0, height]);
    const box = await pane('Stack 3')
      .locator('.reference-lines line[data-of="Stack"]')
      .evaluate((drawn) => {
        const { top, left, width } = drawn.getBoundingClientRect();
        return { top, left, width };
      });
    expect(Math.abs(box.top - at.y)).toBeLessThanOrEqual(1);
    expect(box.width).toBeGreaterThan(100);
    // Of both axial stacks and of the coronal scout.
    expect(await lines.count()).toBe(3);
    await pane('Stack 3').focus();
    await me.key('Shift+X');
    await expect.poll(() => lines.count()).toBe(0);
    await me.key('Shift+X');
  });

  it('makes one view full by a double click or Shift+F and shows all again', async () => {
    const at = await me.middle('Stack 2');
    const small = await pane('Stack 2').boundingBox();
    await app.page.mouse.dblclick(at.x, at.y);
    await expect.poll(() => pane('Stack').isVisible()).toBe(false);
    const full = await pane('Stack 2').boundingBox();
    expect(full?.width ?? 0).toBeGreaterThan(1.9 * (small?.width ?? Infinity));
    await app.page.mouse.dblclick(at.x, at.y);
    await expect.poll(() => pane('Stack').isVisible()).toBe(true);
    expect((await pane('Stack 2').boundingBox())?.width).toBe(small?.width);
    await me.key('Shift+F');
    await expect.poll(() => pane('Stack').isVisible()).toBe(false);
    await me.key('Escape');
    await expect.poll(() => pane('Stack').isVisible()).toBe(true);
  });

  it('stops and starts scrolling together by its button', async () => {
    const link = button('Scroll linked views together');
    await link.click();
    const before = await z('Stack 2');
    await me.wheel('Stack', 5);
    await settled('the one view');
    expect(await z('Stack 2')).toBe(before);
    await link.click();
    await settled('aligned again');
    await expect.poll(async () => Math.abs((await z('Stack')) - (await z('Stack 2')))).toBeLessThanOrEqual(2.5 + 1e-6);
  });

  it('opens a series where it is dragged to, and with the keys 1 to 4 on its line in the list', async () => {
    await drag(line(/3\s+Thick/), pane('Stack 4'));
    await shows('Stack 4', uid('1.2'));
    expect((await viewport('Stack')).seriesInstanceUID).toBe(uid('1.1'));
    await line(/4\s+Sagittal/)
      .first()
      .click();
    await me.key('4');
    await shows('Stack 4', uid('1.3'));
  });

  it('shows two patients together only after it has been agreed to', async () => {
    await drag(line(/Stranger/), pane('Stack 2'));
    const question = app.page.getByRole('alertdialog', { name: 'Two patients are open.' });
    await question.waitFor();
    await app.screenshot('layouts-2-two-patients-1366');
    expect(await axeFaults(app, { dialog: true })).toEqual([]);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect((await viewport('Stack 2')).seriesInstanceUID).toBe(uid('1.2'));
    await drag(line(/Stranger/), pane('Stack 2'));
    await question.getByRole('button', { name: 'Close the other patient’s images' }).click();
    await shows('Stack 2', uid('3.1'));
    expect((await app.state()).viewports.map((one) => one.seriesInstanceUID)).toEqual([null, uid('3.1'), null, null]);
    expect(await app.page.getByRole('group', { name: 'Patient' }).textContent()).toContain('Other, Otto');
    await button('One image').click();
    await shows('Stack', uid('3.1'));
    // Of another patient this is no longer true, so it goes by itself.
    await pane('Stack').focus();
    await me.key('c');
    const alone = messages().getByText('There is no other date of this patient to compare with.');
    await alone.waitFor();
    await me.openSeries(/2\s+Portal/);
    await shows('Stack', uid('1.1'));
    await alone.waitFor({ state: 'detached' });
  });

  it('compares the newest two dates by C once two open patients are confirmed, with dates, interval and one window', async () => {
    await pane('Stack').focus();
    await me.key('c');
    const question = app.page.getByRole('alertdialog', { name: 'Two patients are open.' });
    await question.getByRole('button', { name: /Compare/ }).click();
    await shows('Stack', uid('1.1'));
    await shows('Stack 2', uid('2.1'));
    expect((await app.state()).layout).toBe('compare');
    await expect.poll(() => pane('Stack').textContent()).toContain('current');
    await expect.poll(() => pane('Stack 2').textContent()).toContain('prior, 84 days before');
    expect(await pane('Stack 2').textContent()).toContain('2026-03-09');
    const at = await me.middle('Stack');
    await me.drag(at, { x: at.x + 40, y: at.y + 10 });
    const window = async (name: string): Promise<string | undefined> =>
      /W [\d.-]+ L [\d.-]+/.exec((await pane(name).textContent()) ?? '')?.[0];
    await expect.poll(() => window('Stack')).not.toBe('W 400 L 60');
    await expect.poll(async () => (await window('Stack 2')) === (await window('Stack'))).toBe(true);
    await app.screenshot('layouts-3-compare-1366');
  });

  it('links dates of two frames of reference by the offset of the places shown, and says so on both', async () => {
    const before = await z('Stack 2');
    const apart = messages().getByText(/they do not scroll together yet/);
    await apart.waitFor();
    await me.wheel('Stack', 2);
    await settled('one view alone');
    expect(await z('Stack 2')).toBe(before);
    const offset = before - (await z('Stack'));
    await button(/^Link here/).click();
    await messages().getByText('They scroll together now.').waitFor();
    expect(await apart.count()).toBe(0);
    for (const name of ['Stack', 'Stack 2'])
      await expect.poll(() => pane(name).textContent()).toContain('Linked by offset, not registered.');
    await me.wheel('Stack', -3);
    await settled('both dates');
    await expect.poll(async () => (await z('Stack 2')) - (await z('Stack'))).toBe(offset);
    await me.wheel('Stack 2', 2);
    await expect.poll(async () => (await z('Stack 2')) - (await z('Stack'))).toBe(offset);
    await expect.poll(async () => Math.min(...(await middles()))).toBeGreaterThan(60);
    await app.screenshot('layouts-4-linked-1366');
  });

  it('replaces all planes of an MPR by a drop, or says why it cannot', async () => {
    await button(/^MPR/).click();
    await app.until('the planes', ({ viewports }) => viewports.filter((one) => one.rendered).length >= 3, 90_000);
    await app.page
      .getByRole('option', { name: /^Other: 1 series/ })
      .first()
      .click();
    await drag(line(/Topogram/), pane('Coronal'));
    await app.page.getByText(/^Three planes cannot be shown/).waitFor();
    expect((await viewport('Axial')).seriesInstanceUID).toBe(uid('1.1'));
    await drag(line(/3\s+Thick/), pane('Coronal'));
    for (const name of ['Axial', 'Coronal', 'Sagittal']) await shows(name, uid('1.2'));
  });

  it('finds the widths of its panels again after a restart', async () => {
    await button('One image').click();
    const edge = app.page.getByRole('separator', { name: 'Width of the image list' });
    const widthOf = async (of: App): Promise<number> =>
      (await of.page.locator('.series-panel').boundingBox())?.width ?? NaN;
    const before = await widthOf(app);
    const box = await edge.boundingBox();
    if (box === null) throw new Error('no edge');
    const from = { x: box.x + box.width / 2, y: box.y + 300 };
    await me.drag(from, { x: from.x + 70, y: from.y });
    expect(await widthOf(app)).toBeCloseTo(before + 70, -0.5);
    const dragged = await widthOf(app);
    await edge.focus();
    await me.key('ArrowLeft');
    await expect.poll(() => widthOf(app)).toBeLessThan(dragged - 10);
    const last = await widthOf(app);
    await expect.poll(() => readFileSync(join(home, 'settings.json'), 'utf8')).toContain(`"left": ${Math.round(last)}`);
    await app.close();
    app = await openApp([join(folder, 'data')], { viewport: { width: 1920, height: 1080 }, home });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === stacks.length);
    expect(Math.abs((await widthOf(app)) - last)).toBeLessThanOrEqual(1);
    await me.openSeries(/2\s+Portal/);
    await shows('Stack', uid('1.1'));
    await me.key('Alt+3');
    await shows('Stack 4', uid('1.4'));
    await app.screenshot('layouts-5-four-1920');
  });
});
