import { copyFile, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { projectRoot } from '../support/shared.ts';

interface SampleTruth {
  readonly plan: {
    readonly records: Readonly<Record<string, { readonly kind: string; readonly [field: string]: unknown }>>;
  };
}

describe('a fresh clone with nothing but the sample case', () => {
  let app: App;
  let me: Hand;
  beforeAll(async () => {
    app = await openApp([], { viewport: { width: 1600, height: 900 } });
    me = hand(app);
    await app.until('the welcome page', ({ ready }) => ready);
  });
  afterAll(() => app.close());

  it('makes and opens the sample in one click, and measures it against its own truth', async () => {
    await app.page.getByRole('button', { name: /make and open: .*bent artery/i }).click();
    await app.until(
      'the picture of the sample',
      ({ viewports }) => viewports.some((view) => view.complete && view.rendered),
      90_000,
    );
    // Its truth lies beside the images and needs no word.
    await app.until('the end of the reading', ({ ready }) => ready);
    expect(await app.page.getByText('not opened').count()).toBe(0);
    await app.page.keyboard.press('Control+k');
    await app.page.getByRole('dialog').waitFor();
    await app.page.keyboard.type('mpr');
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('dialog').waitFor({ state: 'detached' });
    await app.page.getByRole('button', { name: /MPR/ }).first().click();
    await app.until(
      'three planes',
      ({ viewports }) =>
        ['Axial', 'Coronal', 'Sagittal'].every((name) =>
          viewports.some((view) => view.name === name && view.complete && view.rendered),
        ),
      90_000,
    );

    const folder = join(app.home, 'samples');
    const truthFile = (await readdir(folder, { recursive: true })).find((name) => name.endsWith('truth.json'));
    if (truthFile === undefined) throw new Error('the sample has no truth.json');
    const truth = JSON.parse(await readFile(join(folder, truthFile), 'utf8')) as SampleTruth;
    const records = Object.values(truth.plan.records);
    const region = records.find(({ kind }) => kind === 'region');
    const ellipsoid = region?.['ellipsoid'] as {
      readonly centre: readonly number[];
      readonly semiAxes: readonly number[];
    };
    const [x, y, z] = [ellipsoid.centre[0] ?? NaN, ellipsoid.centre[1] ?? NaN, ellipsoid.centre[2] ?? NaN];
    const radius = ellipsoid.semiAxes[0] ?? NaN;
    await app.page.evaluate(`window.seldingerAutomation.go('Axial', { point: [${x}, ${y}, ${z}] })`);
    await app.page.evaluate(`window.seldingerAutomation.go('Coronal', { point: [${x}, ${y}, ${z}] })`);
    await app.page.evaluate(`window.seldingerAutomation.go('Sagittal', { point: [${x}, ${y}, ${z}] })`);

    await me.tool('Region of interest');
    const a = await me.click('Axial', [x - radius, y, z]);
    const b = await me.click('Axial', [x + radius, y, z]);
    await me.tool('Needle');
    await me.click('Axial', [x - 55, y - 38, z]);
    const target = await me.click('Axial', [x, y, z]);
    await me.tool('Ablation zone');
    await me.click('Axial', [x + 6, y + 4, z]);
    await me.click('Axial', [x - 55, y - 38, z]);
    await me.key('Enter');
    const { results } = await app.until('three items', (state) => state.results.length === 3, 30_000);
    const volume = Number(results.find(({ kind }) => kind === 'region')?.results['volume']?.value);
    const across = Math.hypot(...a.map((value, axis) => value - (b[axis] ?? NaN)));
    expect(Math.abs(volume - (Math.PI / 6) * across ** 3 * 1e-3)).toBeLessThan(1e-9);
    // the tumour is 18 mm across: two clicks on whole pixels of the screen come within 1 mm of it
    expect(Math.abs(across - 2 * radius)).toBeLessThan(1);
    expect(Math.abs((target[2] ?? NaN) - z)).toBeLessThan(1e-6);
    await app.page.waitForTimeout(1500);
    const picture = await app.screenshot('sample-mpr');
    // the README's picture is this one: npm test -- sample, then SELDINGER_README=1
    if (process.env['SELDINGER_README'] === '1') await copyFile(picture, join(projectRoot, 'docs/window.png'));
  });
});
