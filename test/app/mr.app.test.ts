import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { shared, sharedPath } from '../support/shared.ts';

describe.skipIf(!shared)('the oblique sagittal MR (shared data), by mouse and keys', () => {
  let app: App;
  let me: Hand;
  beforeAll(async () => {
    app = await openApp([sharedPath('data/mr-t1-192')], { viewport: { width: 1920, height: 1080 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await me.openSeries(/192/);
    await app.until('all slices', ({ viewports }) => viewports[0]?.complete === true && viewports[0].rendered, 60_000);
  });
  afterAll(() => app.close());

  it('shows true anatomical planes with their letters and measures between two of them', async () => {
    await app.screenshot('mr-1-stack');
    await app.page.getByRole('button', { name: /MPR/ }).first().click();
    await app.until(
      'three planes',
      ({ viewports }) =>
        ['Axial', 'Coronal', 'Sagittal'].every((name) =>
          viewports.some((view) => view.name === name && view.complete && view.rendered),
        ),
      90_000,
    );
    const { viewports } = await app.state();
    const middle = viewports.find(({ name }) => name === 'Coronal')?.position;
    if (middle === null || middle === undefined) throw new Error('the coronal view has no position');
    await me.tool('Length');
    const p = await me.click('Coronal', [middle[0] - 30, middle[1], middle[2] + 20]);
    const q = await me.click('Coronal', [middle[0] + 30, middle[1], middle[2] - 20]);
    expect(Math.abs((p[1] ?? NaN) - (q[1] ?? NaN))).toBeLessThan(1e-6);
    const { results } = await app.until('the length', (state) => state.results.length === 1);
    const length = results[0]?.results['length'];
    expect(Math.abs(Number(length?.value) - Math.hypot(...p.map((v, i) => v - (q[i] ?? NaN))))).toBeLessThan(1e-6);
    await app.screenshot('mr-2-mpr-length');
  });
});
