import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { writtenTrouble } from './readingCases.ts';

describe('the header of the current image', () => {
  let app: App;
  let me: Hand;
  let root: string;
  beforeAll(async () => {
    root = await writtenTrouble('G13_us_three_regions');
    app = await openApp([root]);
    await app.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await app.page.getByRole('listbox', { name: 'Series' }).getByRole('option').first().dblclick();
    await app.until('the picture', ({ viewports }) => viewports[0]?.complete === true && viewports[0].rendered);
  });
  afterAll(async () => {
    await app.close();
    await rm(root, { recursive: true, force: true });
  });

  it('opens by H with all elements, nested ones in their place, found by a word', async () => {
    await app.page.getByRole('region', { name: 'Stack', exact: true }).hover();
    await me.key('h');
    const dialog = app.page.getByRole('dialog', { name: 'Image header' });
    const list = dialog.getByRole('grid', { name: 'Elements' });
    await expect.poll(() => list.innerText()).toContain('SOPClassUID');
    await app.screenshot('reading-header-1');
    await dialog.getByRole('searchbox').fill('physical delta');
    await expect.poll(() => list.innerText()).toContain('PhysicalDeltaX');
    const text = await list.innerText();
    expect(text).toContain('SequenceOfUltrasoundRegions');
    expect(text).toContain('Item 3');
    expect(text).not.toContain('SOPClassUID');
    await app.screenshot('reading-header-2');
  });

  it('copies one line, and all that is found', async () => {
    const dialog = app.page.getByRole('dialog', { name: 'Image header' });
    const clipboard = (): Promise<string> => app.page.evaluate('navigator.clipboard.readText()');
    await dialog.getByRole('searchbox').fill('rows');
    await dialog.getByRole('button', { name: 'Copy Rows', exact: true }).click();
    await expect.poll(clipboard).toBe('(0028,0010)\tRows\tUS\t120');
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByRole('button', { name: 'Copy all' }).click();
    await expect.poll(clipboard).toContain('PhysicalDeltaY');
    await dialog.getByRole('searchbox').fill('columns');
    await dialog.getByRole('row').first().click();
    await me.key('Control+c');
    await expect.poll(clipboard).toBe('(0028,0011)\tColumns\tUS\t160');
    await me.key('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
  });
});
