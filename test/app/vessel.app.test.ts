import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { hand, type Hand } from '../support/hand.ts';
import { sampleHome } from '../support/sampleHome.ts';

/** A number that is computed anew. */
const slow = { timeout: 20_000 };

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

  const position = async (): Promise<number> =>
    Number(await app.page.getByRole('slider', { name: 'Position along the vessel' }).getAttribute('aria-valuenow'));
  /** Of the one vessel, once it is up to date. */
  const numbers = async (what: string): Promise<Readonly<Record<string, number>>> => {
    const { results } = await app.until(what, (state) => state.results.some(({ kind }) => kind === 'vessel'), 60_000);
    const found = results.find(({ kind }) => kind === 'vessel');
    return Object.fromEntries(
      Object.entries(found?.results ?? {}).flatMap(([key, { value }]) =>
        typeof value === 'number' ? [[key, value]] : [],
      ),
    );
  };
  const details = () => app.page.locator('.details').innerText();
  const value = (of: Readonly<Record<string, number>>, key: string): number => of[key] ?? Number.NaN;
  /** Distance of a point from the true middle of the lumen. */
  const offLumen = (point: readonly number[] | null): number =>
    Math.min(
      ...truth.artery.centreline.map((one) => Math.hypot(...one.point.map((mm, axis) => mm - (point?.[axis] ?? NaN)))),
    );

  it('hangs planes, curved view and cross-section by one click, and has its numbers after two more', async () => {
    await app.page.getByRole('button', { name: 'Job: Vessel' }).click();
    await allThere();
    expect(await app.page.getByText('Click the vessel where it shall begin').count()).toBeGreaterThan(0);
    for (const station of [74, 124]) {
      await go('Axial', at(station));
      await me.click('Axial', at(station));
    }
    const found = await numbers('the vessel');
    await allThere();
    await app.screenshot('vessel-1-followed');
    const { artery } = truth;
    expect(Math.abs(value(found, 'diameterStenosis') - artery.diameterStenosis)).toBeLessThanOrEqual(5);
    expect(Math.abs(value(found, 'areaStenosis') - artery.areaStenosis)).toBeLessThanOrEqual(6);
    expect(Math.abs(value(found, 'minimumLumenDiameter') - artery.minimumLumenDiameter)).toBeLessThanOrEqual(0.4);
    expect(Math.abs(value(found, 'referenceDiameter') - artery.referenceDiameter)).toBeLessThanOrEqual(0.25);
    expect(Math.abs(value(found, 'lesionLength') - artery.lesionLength)).toBeLessThanOrEqual(2);
    // The views stand at the narrowest place, 23 mm from the first click.
    expect(await position()).toBeCloseTo(value(found, 'minimumPosition'), 1);
    expect(Math.abs((await position()) - (artery.minimumPosition - 74))).toBeLessThan(1.5);
    expect(offLumen((await viewport('Cross-section')).position)).toBeLessThan(1);
  });

  it('goes along by half a millimetre a notch, by keys, by plot, by curved view and by a plane; all stay together', async () => {
    const before = await position();
    await me.wheel('Cross-section', 3);
    await expect.poll(position).toBeCloseTo(before + 1.5, 1);
    const middle = await me.middle('Cross-section');
    await app.page.mouse.click(middle.x, middle.y - 60);
    await me.key('PageUp');
    await expect.poll(position).toBeCloseTo(before - 3.5, 1);
    await me.key('Home');
    await expect.poll(position).toBe(0);
    await me.key('End');
    await expect.poll(position).toBeCloseTo(value(await numbers('the length'), 'vesselLength'), 6);

    const box = await app.page.getByRole('slider', { name: 'Position along the vessel' }).boundingBox();
    if (box === null) throw new Error('no plot');
    const plotted = await me.place('Curved', at(88));
    await me.drag({ x: plotted.x + 50, y: box.y + 40 }, { x: plotted.x, y: box.y + 40 });
    await expect.poll(async () => Math.abs((await position()) - (88 - 74))).toBeLessThan(1);
    await allThere();
    for (const name of ['Cross-section', 'Axial', 'Coronal', 'Sagittal']) {
      const { position: point, orientation } = await viewport(name);
      // Each plane passes through the place.
      const normal = crossOf(orientation?.right ?? [], orientation?.down ?? []);
      const off = normal.reduce((sum, part, axis) => sum + part * ((point?.[axis] ?? NaN) - (at(88)[axis] ?? NaN)), 0);
      expect(Math.abs(off), name).toBeLessThan(1);
    }
    const there = await me.place('Curved', at(110));
    await app.page.mouse.click(there.x, there.y - 40);
    await expect.poll(async () => Math.abs((await position()) - (110 - 74))).toBeLessThan(1);

    // A click with the crosshair in a plane, on the vessel.
    await go('Axial', at(80));
    const clicked = await me.place('Axial', at(80));
    await app.page.keyboard.press('Escape');
    await app.page.mouse.click(clicked.x, clicked.y);
    await expect.poll(async () => Math.abs((await position()) - (80 - 74))).toBeLessThan(1);
  });

  it('draws a length on the curved view as the straight way between two points of the patient', async () => {
    await me.tool('Length');
    const middle = await me.middle('Curved');
    const ends = [{ x: middle.x - 120, y: middle.y - 90 }, { x: middle.x + 90, y: middle.y - 60 }]; // prettier-ignore
    const points = [];
    for (const end of ends) {
      await app.page.mouse.move(end.x - 3, end.y);
      points.push(await me.under('Curved', end));
      await app.page.mouse.click(end.x, end.y);
    }
    const { results } = await app.until('the length', (state) => state.results.length === 2);
    const length = Number(results.find(({ kind }) => kind === 'length')?.results['length']?.value);
    const [p = [], q = []] = points;
    expect(length).toBeCloseTo(Math.hypot(...p.map((mm, axis) => mm - (q[axis] ?? NaN))), 6);
    await allThere();
    await app.screenshot('vessel-2-length');
    await me.key('Control+z');
  });

  it('lays the surface flat or straight and turns it about the vessel', async () => {
    const curvedPoint = async () => (await viewport('Curved')).position;
    const before = await curvedPoint();
    await app.page.getByRole('slider', { name: 'Turn about the vessel' }).fill('60');
    await app.page.getByRole('radio', { name: 'Stretched' }).click();
    await allThere();
    await app.screenshot('vessel-3-stretched');
    expect(await curvedPoint()).not.toEqual(before);
    await app.page.getByRole('radio', { name: 'Straightened' }).click();
    await allThere();
  });

  it('lets a border of the lesion be dragged and a reference be placed, and says so', async () => {
    const found = await numbers('the vessel');
    const box = await app.page.getByRole('slider', { name: 'Position along the vessel' }).boundingBox();
    if (box === null) throw new Error('no plot');
    const border = await app.page.locator('.line-plot [data-handle="lesion-end"] line').boundingBox();
    if (border === null) throw new Error('no border');
    await me.drag({ x: border.x, y: box.y + 30 }, { x: border.x + 40, y: box.y + 30 });
    const longer = await app.until('the longer lesion', ({ results }) =>
      results.some(
        ({ kind, results: of }) =>
          kind === 'vessel' && Number(of['lesionLength']?.value) > value(found, 'lesionLength') + 2,
      ),
    );
    expect(JSON.stringify(longer.plan.records)).toContain('"lesion"');
    const healthy = await me.place('Curved', at(80));
    await app.page.mouse.click(healthy.x, healthy.y - 40);
    await app.page.getByRole('button', { name: 'Reference here' }).click();
    await expect.poll(details, slow).toContain('reference placed by hand');
    await allThere();
    await app.screenshot('vessel-4-by-hand');
    await me.key('Control+z');
    await me.key('Control+z');
    await expect.poll(async () => value(await numbers('as before'), 'lesionLength')).toBe(value(found, 'lesionLength'));
  });

  it('takes a wall that is pulled on the cross-section, says so, and finds it again when asked', async () => {
    const lesion = await me.place('Curved', at(97));
    await app.page.mouse.click(lesion.x, lesion.y - 70);
    await allThere();
    const before = await numbers('the vessel');
    const wall = await app.page.locator('.lumen-contour').boundingBox();
    if (wall === null) throw new Error('no contour');
    const edge = { x: wall.x + wall.width, y: wall.y + wall.height / 2 };
    await me.drag(edge, { x: edge.x + 20, y: edge.y });
    await expect.poll(details, slow).toContain('Changed by hand.');
    const wider = await numbers('the wider lumen');
    expect(value(wider, 'minimumLumenArea')).toBeGreaterThan(value(before, 'minimumLumenArea'));
    await allThere();
    await app.screenshot('vessel-5-wall');
    await app.page.getByRole('button', { name: 'As found' }).click();
    await expect
      .poll(async () => value(await numbers('as found'), 'minimumLumenArea'), slow)
      .toBe(value(before, 'minimumLumenArea'));
  });

  it('names NASCET for a carotid alone, and gives no percentage of a near-occlusion', async () => {
    await app.page.getByLabel('Territory').selectOption({ label: 'Carotid artery' });
    await expect.poll(details, slow).toContain('Method: NASCET');
    await app.page.getByLabel('Near-occlusion').selectOption({ label: 'Yes: no percentage holds' });
    await expect
      .poll(() => app.page.locator('.details').innerText())
      .toContain('Near-occlusion: percentage not valid.');
    await me.key('Control+z');
    await me.key('Control+z');
  });

  it('mends a wrong turn: a click on the line adds a point there, which is dragged; shift adds one beyond the end', async () => {
    await numbers('the vessel');
    await app.page.getByRole('list', { name: 'Plan' }).getByText('Vessel 1').click();
    await go('Axial', at(84));
    const there = await me.place('Axial', at(84));
    await app.page.mouse.click(there.x, there.y);
    const added = await app.until('a third point', ({ plan }) => pathOf(plan) === 3);
    await numbers('the mended vessel');
    await allThere();
    await app.screenshot('vessel-5-point');
    expect(JSON.stringify(added.plan.records)).toContain('path');
    const handle = await app.page
      .getByRole('region', { name: 'Axial', exact: true })
      .locator('.marks-handle[data-handle="point-2"]')
      .boundingBox();
    if (handle === null) throw new Error('no handle');
    const from = { x: handle.x + handle.width / 2, y: handle.y + handle.height / 2 };
    const [x, y, z] = at(84);
    await me.drag(from, await me.place('Axial', [x + 1, y + 0.5, z]));
    const mended = await numbers('the vessel after the drag');
    expect(Math.abs(value(mended, 'diameterStenosis') - truth.artery.diameterStenosis)).toBeLessThanOrEqual(5);
    await go('Axial', at(128));
    const beyond = await me.place('Axial', at(128));
    await app.page.keyboard.down('Shift');
    await app.page.mouse.click(beyond.x, beyond.y);
    await app.page.keyboard.up('Shift');
    await app.until('a fourth point', ({ plan }) => pathOf(plan) === 4);
    expect(value(await numbers('the longer vessel'), 'vesselLength')).toBeGreaterThan(
      value(mended, 'vesselLength') + 3,
    );
  });

  it('fits on a large screen', async () => {
    await app.page.setViewportSize({ width: 1920, height: 1080 });
    await app.page.waitForTimeout(500);
    await allThere();
    await app.screenshot('vessel-6-1920');
    const plot = await app.page.getByRole('slider', { name: 'Position along the vessel' }).boundingBox();
    const end = await me.place('Curved', at(100));
    // The plot stands straight below its place in the picture.
    expect(end.x).toBeGreaterThan(plot?.x ?? Infinity);
    expect(end.x).toBeLessThan((plot?.x ?? 0) + (plot?.width ?? 0));
  });
});

function pathOf(plan: { readonly records: unknown }): number {
  const records = JSON.parse(JSON.stringify(plan.records)) as Record<string, { readonly path?: readonly unknown[] }>;
  return Object.values(records).find(({ path }) => path !== undefined)?.path?.length ?? 0;
}

function crossOf(a: readonly number[], b: readonly number[]): readonly number[] {
  const [ax = 0, ay = 0, az = 0] = a;
  const [bx = 0, by = 0, bz = 0] = b;
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx];
}
