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
    await app.screenshot('vessel-0-hung');
    await go('Axial', at(74));
    await me.click('Axial', at(74));
    await go('Axial', at(124));
    await me.click('Axial', at(124));
    const { results } = await app.until('the vessel', (state) => state.results.length === 1, 120_000);
    await allThere();
    await app.page.waitForTimeout(500);
    await app.screenshot('vessel-1-followed');
    console.log(
      JSON.stringify(
        Object.fromEntries(
          Object.entries(results[0]?.results ?? {}).filter(([k]) => !['profile', 'centreline'].includes(k)),
        ),
      ),
    );
    console.log(JSON.stringify(results[0]?.notes));
    console.log(JSON.stringify(await viewport('Curved')), JSON.stringify(await viewport('Cross-section')));
    expect(results[0]?.kind).toBe('vessel');
  });
});
