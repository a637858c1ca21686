import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { writtenTrouble } from './readingCases.ts';

/** Of the made cases: test/support/trouble/slices.ts. */
const uid = (number: number, series = 1): string => `1.2.826.0.1.3680043.8.498.77.${number}.${series}`;

/** One slice on which the file draws a square of 8 x 8 pixels. */
const withOverlay = writeDicom(
  ctSlice({
    rows: 32,
    columns: 32,
    seriesUID: '1.2.826.60',
    more: {
      '0010,0020 LO': 'OVERLAY',
      '0020,000D UI': '1.2.826.61',
      '6000,0010 US': 8,
      '6000,0011 US': 8,
      '6000,0040 CS': 'G',
      '6000,0050 SS': [5, 5],
      '6000,0100 US': 1,
      '6000,0102 US': 0,
      '6000,3000 OW': new Uint8Array(8).fill(0xff),
    },
  }),
);

describe('trouble cases in the window, by mouse and keys (shared data, trouble/EXPECT.md)', () => {
  let app: App;
  let me: Hand;
  let root: string;
  const stack = async () => {
    const view = (await app.state()).viewports.find(({ name }) => name === 'Stack');
    if (view === undefined) throw new Error('no stack view');
    return view;
  };
  const pane = () => app.page.getByRole('region', { name: 'Stack', exact: true });
  const list = () => app.page.getByRole('listbox', { name: 'Series' });
  const show = async (seriesInstanceUID: string, part?: string): Promise<void> => {
    await app.openSeries(seriesInstanceUID, '1x1', part);
    await app.until(
      'the picture',
      ({ viewports }) => viewports[0]?.seriesInstanceUID === seriesInstanceUID && viewports[0].complete,
    );
  };
  beforeAll(async () => {
    root = await writtenTrouble(
      'G02_ct_one_slice_missing',
      'G05_ct_localizer_inside_series',
      'G06_ct_three_phases_one_series',
      'G07_ct_pixels_not_square',
      'G10_xa_detector_spacing_only',
      'G14_names_in_six_character_sets',
      'G17_spacing_badly_written',
    );
    await mkdir(join(root, 'overlay'));
    await writeFile(join(root, 'overlay', 'IM1'), withOverlay);
    app = await openApp([root], { viewport: { width: 1366, height: 900 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length >= 22);
  });
  afterAll(async () => {
    await app.close();
    await rm(root, { recursive: true, force: true });
  });

  it('G02: says on list and image where the slice is missing and what can still be measured', async () => {
    await show(uid(2));
    for (const text of [await pane().innerText(), await list().innerText()]) {
      expect(text).toContain('between H 18.0 mm and H 24.0 mm: 6 mm instead of 3 mm.');
      expect(text).toContain('Within one slice, lengths, angles, areas and values can be measured.');
    }
    await app.screenshot('reading-G02');
  });

  it('scrolls the list to the series that comes on screen, however it came', async () => {
    const inSight = (): Promise<boolean> =>
      list().evaluate((box) => {
        const at = box.querySelector('.series-item[data-shown]')?.getBoundingClientRect();
        const { top, bottom } = box.getBoundingClientRect();
        return at !== undefined && at.top >= top - 1 && at.bottom <= bottom + 1;
      });
    for (const tail of [17, 2]) {
      await app.openSeries(uid(tail), '1x1');
      await expect.poll(inSight).toBe(true);
    }
  });

  it('G05: shows localizer and axial slices of one series as two stacks', async () => {
    const parts = (await app.state()).series.filter(({ seriesInstanceUID }) => seriesInstanceUID === uid(5));
    expect(parts.map(({ part, frames }) => [part, frames])).toEqual([
      ['images', 10],
      ['localizer', 1],
    ]);
    await show(uid(5), 'images');
    expect((await stack()).count).toBe(10);
    await app.screenshot('reading-G05');
    await show(uid(5), 'localizer');
    expect((await stack()).count).toBe(1);
  });

  it('G06: a slider goes through the three phases at the same place and window', async () => {
    const phases = (await app.state()).series.filter(({ seriesInstanceUID }) => seriesInstanceUID === uid(6));
    expect(phases.map(({ frames }) => frames)).toEqual([8, 8, 8]);
    await show(uid(6), phases[0]?.part ?? undefined);
    await pane().hover();
    await me.key('Home');
    for (let i = 0; i < 5; i += 1) await me.key('ArrowDown');
    await me.key('2');
    const before = await app.until('the sixth slice', ({ viewports }) => viewports[0]?.index === 5);
    await expect.poll(() => pane().innerText()).toContain('W 1500 L -600');
    const values: string[] = [];
    const shown = async (phase: number): Promise<void> => {
      await expect.poll(() => pane().innerText()).toContain(`${phase} of 3: acquisition ${phase}`);
      await app.until('the same place', ({ viewports }) => viewports[0]?.complete === true && viewports[0].index === 5);
      await expect.poll(() => pane().innerText()).toContain('W 1500 L -600');
      expect((await stack()).position).toEqual(before.viewports[0]?.position);
      const at = await me.place('Stack', [-5, -5, 0]);
      await app.page.mouse.move(at.x - 2, at.y);
      await app.page.mouse.move(at.x, at.y);
      const pointer = app.page.getByRole('group', { name: 'Under the pointer' });
      await expect.poll(() => pointer.innerText()).toMatch(/HU/);
      values.push(/(-?\d+) HU/.exec(await pointer.innerText())?.[1] ?? '');
    };
    await shown(1);
    await me.key('.');
    await shown(2);
    await app.screenshot('reading-G06');
    await pane().getByRole('slider', { name: 'Part' }).focus();
    await me.key('ArrowRight');
    await shown(3);
    await pane().getByRole('button', { name: 'Previous part' }).click();
    await shown(2);
    await me.key(',');
    await shown(1);
    expect(values).toEqual(['50', '310', '175', '310', '50']);
  });

  it('G06: moves all three planes through the phases, the crosshair staying where it was', async () => {
    const [first] = (await app.state()).series.filter(({ seriesInstanceUID }) => seriesInstanceUID === uid(6));
    await app.openSeries(uid(6), 'mpr', first?.part ?? undefined);
    const places = async () =>
      (await app.state()).viewports
        .filter(({ kind }) => kind === 'mpr')
        .map(({ position }) => position?.map((mm) => Math.round(mm * 100) / 100));
    await app.until('planes', ({ viewports }) => viewports.slice(0, 3).every(({ rendered }) => rendered));
    await app.page.getByRole('region', { name: 'Axial', exact: true }).hover();
    const axial = app.page.getByRole('region', { name: 'Axial', exact: true });
    // As it opens, nothing scrolled: between two slices, perhaps.
    const opened = await places();
    await me.key('.');
    await expect.poll(() => axial.innerText(), { timeout: 20_000 }).toContain('2 of 3');
    await expect.poll(places, { timeout: 20_000 }).toEqual(opened);
    expect((await axial.locator('.bottom-left').innerText()).match(/[HF] -?\d+\.\d mm/g)).toHaveLength(1);
    await me.key(',');
    await expect.poll(() => axial.innerText(), { timeout: 20_000 }).toContain('1 of 3');
    await expect.poll(places, { timeout: 20_000 }).toEqual(opened);
    await me.wheel('Axial', 2);
    await app.page.waitForTimeout(300);
    const before = await places();
    await me.key('.');
    await expect
      .poll(() => app.page.getByRole('region', { name: 'Axial', exact: true }).innerText(), { timeout: 20_000 })
      .toContain('2 of 3');
    await expect.poll(places, { timeout: 20_000 }).toEqual(before);
    await app.screenshot('reading-G06-mpr');
  });

  it('G07: shows the picture 80 mm wide and 32 mm high, each pixel 2.5 times wider than tall', async () => {
    await show(uid(7));
    const corner = await me.place('Stack', [-40, -16, 20]);
    const right = await me.place('Stack', [40, -16, 20]);
    const below = await me.place('Stack', [-40, 16, 20]);
    const column = (right.x - corner.x) / 64;
    const row = (below.y - corner.y) / 64;
    expect(Math.abs(column / row - 2.5)).toBeLessThan(0.02);
    await app.screenshot('reading-G07');
  });

  it('G10: shows LAO 30 CAU 15 and 15 frames/s, and no plain millimetres', async () => {
    await show(uid(10));
    const text = await pane().innerText();
    expect(text).toContain('LAO 30 CAU 15');
    expect(text).toContain('15 frames/s');
    expect(text).toContain('Uncalibrated projection: pixels and ratios only.');
    expect(text).not.toMatch(/\d\s?mm\b/);
    await app.screenshot('reading-G10');
  });

  it('G14: shows the six names as they are written, and marks the undeclared one', async () => {
    const names = [
      'Müller, Jürgen',
      'Zoë, Łukasz',
      'Wang, XiaoDong (王, 小东)',
      'Yamada, Tarou (山田, 太郎; やまだ, たろう)',
      'Hong, Gildong (洪, 吉洞; 홍, 길동)',
      'Lefèvre, Zoé',
    ];
    for (const [at, name] of names.entries()) {
      await show(uid(14, at + 1));
      const strip = app.page.getByRole('group', { name: 'Patient', exact: true });
      await expect.poll(() => strip.innerText()).toContain(name);
    }
    expect(await pane().innerText()).toContain('character set that the file does not declare');
    await app.screenshot('reading-G14');
  });

  it('hides what the file draws over its picture, and shows it again', async () => {
    await show('1.2.826.60');
    const drawn = pane().locator('canvas.overlay-planes');
    await expect.poll(() => drawn.isVisible()).toBe(true);
    await app.screenshot('reading-overlay');
    const command = async (): Promise<void> => {
      await me.key('Control+k');
      await app.page.getByRole('searchbox', { name: 'Find a command' }).fill('overlays');
      await me.key('Enter');
    };
    await pane().hover();
    await command();
    await expect.poll(() => drawn.isVisible()).toBe(false);
    await command();
    await expect.poll(() => drawn.isVisible()).toBe(true);
  });

  it('a double click on a series half in view, just scrolled to, opens it', async () => {
    const last = list().getByRole('option').last();
    await list().getByRole('option').first().dblclick();
    await app.until('the first', ({ viewports }) => viewports[0]?.rendered === true);
    await last.dblclick();
    await expect.poll(() => last.innerText()).toContain('on screen');
  });

  it('G17: has no millimetres and says what can be measured where the spacing is badly written, a scale where it is only padded', async () => {
    for (const [series, millimetres] of [
      [1, false],
      [2, true],
      [4, false],
      [5, false],
      [7, false],
    ] as const) {
      await show(uid(17, series));
      const text = await pane().innerText();
      expect(text.includes('Pixels and ratios can be measured')).toBe(!millimetres);
      expect(/\d mm/.test(await pane().locator('.scale-bar').allInnerTexts().then(String))).toBe(millimetres);
    }
    await app.screenshot('reading-G17');
  });

  it('G17: a line of 20 pixels reads 10.0 mm where the spacing is padded, 20 px where it has a comma; the plan says why', async () => {
    const measure = async (series: number, from: readonly number[], to: readonly number[]) => {
      await show(uid(17, series));
      const before = (await app.state()).results.length;
      await me.tool('Length');
      const a = await me.click('Stack', from);
      const b = await me.click('Stack', to);
      const { results } = await app.until('the length', (state) => state.results.length === before + 1);
      const length = results.at(-1)?.results['length'];
      expect(Math.abs(Number(length?.value) - Math.hypot(...a.map((one, i) => one - (b[i] ?? 0))))).toBeLessThan(1e-6);
      return { value: Number(length?.value), unit: length?.unit };
    };
    const padded = await measure(2, [2, 5, 0], [12, 5, 0]);
    expect(padded.unit).toBe('mm');
    expect(Math.abs(padded.value - 10)).toBeLessThan(0.1);
    const comma = await measure(1, [4, 10], [24, 10]);
    expect(comma.unit).toBe('px');
    expect(Math.abs(comma.value - 20)).toBeLessThan(0.1);
    await app.page.getByRole('list', { name: 'Plan' }).getByText('Length 2').click();
    const about = app.page.getByRole('list', { name: 'About these images' });
    await expect.poll(() => about.innerText()).toContain('Pixels and ratios can be measured');
    await app.page.getByRole('option').filter({ hasText: 'parts in one series' }).last().scrollIntoViewIfNeeded();
    await app.screenshot('reading-G17-plan');
  });
});
