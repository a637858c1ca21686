import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { sampleHome } from '../support/sampleHome.ts';

interface Station {
  readonly station: number;
  readonly point: readonly [number, number, number];
  readonly diameter: number;
  readonly reference: number;
}
interface CtaTruth {
  readonly artery: {
    readonly centreline: readonly Station[];
    readonly minimumLumenDiameter: number;
    readonly referenceDiameter: number;
    readonly diameterStenosis: number;
    readonly areaStenosis: number;
    readonly lesionLength: number;
    readonly minimumPosition: number;
  };
}

/** Where the window's own pictures of the vessel are compared with the truth of the sample. */
describe('the narrowed iliac artery of the CT angiogram, from the job bar to the number', () => {
  let app: App;
  let me: Hand;
  let home: string;
  let truth: CtaTruth;
  const viewport = async (name: string) => {
    const found = (await app.state()).viewports.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no viewport ${name}`);
    return found;
  };
  const allThere = () =>
    app.until('all pictures', ({ viewports }) => viewports.every(({ complete, rendered }) => complete && rendered));
  const stationAt = (station: number): Station => {
    const found = truth.artery.centreline.find((one) => one.station === station);
    if (found === undefined) throw new Error(`no station ${station}`);
    return found;
  };
  const at = (station: number) => stationAt(station).point;
  const go = async (view: string, point: readonly number[]): Promise<void> => {
    await app.page.evaluate(`window.seldingerAutomation.go('${view}', { point: ${JSON.stringify(point)} })`);
  };

  beforeAll(async () => {
    const made = await sampleHome(['cta-iliac']);
    home = made.home;
    truth = made.truths.get('cta-iliac') as CtaTruth;
    app = await openApp([], { viewport: { width: 1366, height: 768 }, home });
    app.page.setDefaultTimeout(20_000);
    me = hand(app);
    await app.until('the welcome page', ({ ready }) => ready);
    await app.page.getByRole('button', { name: /^Make and open: CT angiogram/ }).click();
    await app.until(
      'the picture',
      ({ viewports }) => viewports.some(({ complete, rendered }) => complete && rendered),
      120_000,
    );
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  it('hangs planes, curved view and cross-section by one click, and follows the vessel after two more', async () => {
    await app.page.getByRole('button', { name: 'Job: Vessel' }).click();
    await allThere();
    await go('Axial', at(74));
    await me.click('Axial', at(74));
    await go('Axial', at(124));
    await me.click('Axial', at(124));
    const { results } = await app.until('the vessel', (state) => state.results.length === 1, 120_000);
    await allThere();
    await app.page.waitForTimeout(300);
    await app.screenshot('vessel-1-followed');
    console.log(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(results[0]?.results ?? {})
            .filter(([k]) => !['profile', 'centreline'].includes(k))
            .map(([k, v]) => [k, v.value]),
        ),
      ),
    );
    console.log(JSON.stringify({ ...truth.artery, axis: 0, centreline: 0 }));
    expect(results[0]?.kind).toBe('vessel');
  });

  const position = async (): Promise<number> =>
    Number(await app.page.getByRole('slider', { name: 'Position along the vessel' }).getAttribute('aria-valuenow'));

  it('moves by half a millimetre a notch, and everything with it', async () => {
    const before = await position();
    await me.wheel('Cross-section', 3);
    await expect.poll(position).toBeCloseTo(before + 1.5, 1);
    const section = await viewport('Cross-section');
    const box = await app.page.getByRole('slider', { name: 'Position along the vessel' }).boundingBox();
    if (box === null) throw new Error('no plot');
    await app.page.mouse.move(box.x + 200, box.y + 40);
    await app.page.mouse.down();
    await app.page.mouse.move(box.x + 260, box.y + 40, { steps: 5 });
    await app.page.mouse.up();
    await allThere();
    const moved = await viewport('Cross-section');
    console.log(before, await position(), section.position, moved.position, (await viewport('Axial')).position);
    await me.key('End');
    console.log(await position());
    await me.key('Home');
    console.log(await position());
    const here = await me.place('Curved', at(100));
    await app.page.mouse.click(here.x, here.y + 30);
    await allThere();
    console.log(await position(), (await viewport('Axial')).position, at(100));
    await app.screenshot('vessel-2-moved');
  });

  it('measures on the curved view', async () => {
    await me.tool('Length');
    const curved = await me.middle('Curved');
    const a = { x: curved.x - 120, y: curved.y - 90 };
    const b = { x: curved.x + 90, y: curved.y - 60 };
    const [p, q] = [await me.under('Curved', a), await me.under('Curved', b)];
    await app.page.mouse.click(a.x, a.y);
    await app.page.mouse.move(b.x, b.y, { steps: 4 });
    await app.screenshot('vessel-3-placing');
    await app.page.mouse.click(b.x, b.y);
    const { results } = await app.until('the length', (state) => state.results.length === 2);
    await allThere();
    await app.screenshot('vessel-3-length');
    console.log(results.find(({ kind }) => kind === 'length')?.results, p, q);
    await me.key('Control+z');
  });

  it('stretched, turned', async () => {
    await app.page.getByRole('radio', { name: 'Stretched' }).click();
    await app.page.getByRole('slider', { name: 'Turn about the vessel' }).fill('60');
    await allThere();
    await app.screenshot('vessel-4-stretched');
    await app.page.getByRole('radio', { name: 'Straightened' }).click();
    await allThere();
    await app.screenshot('vessel-4-turned');
  });

  it('a point more', async () => {
    const item = app.page.getByRole('list', { name: 'Plan' }).getByText('Vessel 1');
    await item.click();
    await app.page.waitForTimeout(500);
    await go('Axial', at(84));
    const there = await me.place('Axial', at(84));
    await app.page.mouse.click(there.x, there.y);
    await app.page.waitForTimeout(1500);
    await allThere();
    console.log(JSON.stringify((await app.state()).plan.records));
    await app.screenshot('vessel-5-point');
    await app.page.setViewportSize({ width: 1920, height: 1080 });
    await app.page.waitForTimeout(1500);
    await allThere();
    await app.screenshot('vessel-6-1920');
  });
});
