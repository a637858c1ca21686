import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { commandLine } from '../support/commandLine.ts';
import { hand, type Hand } from '../support/hand.ts';
import { smallCt } from '../support/smallCt.ts';

const rodZ = 30;
const minus = (p: readonly number[], q: readonly number[]): number[] => p.map((v, i) => v - (q[i] ?? NaN));
const length = (p: readonly number[]): number => Math.hypot(...p);
const dot = (p: readonly number[], q: readonly number[]): number => p.reduce((sum, v, i) => sum + v * (q[i] ?? NaN), 0);
const cross = ([a = NaN, b = NaN, c = NaN]: readonly number[], [x = NaN, y = NaN, z = NaN]: readonly number[]) => [
  b * z - c * y,
  c * x - a * z,
  a * y - b * x,
];

describe('slabs and turned planes, by mouse and keys', () => {
  let app: App;
  let me: Hand;
  let folder: string;
  const viewport = async (name: string) => {
    const found = (await app.state()).viewports.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no viewport ${name}`);
    return found;
  };
  const settled = (what: string) =>
    app.until(what, ({ viewports }) => viewports.every(({ rendered, name }) => rendered || name === '3D'));
  const region = (name: string) => app.page.getByRole('region', { name, exact: true });
  const badges = (name: string): Promise<string[]> =>
    region(name).getByRole('list', { name: 'What changes the reading' }).getByRole('listitem').allInnerTexts();
  const normalOf = async (name: string): Promise<number[]> => {
    const { orientation } = await viewport(name);
    return cross(orientation?.right ?? [], orientation?.down ?? []);
  };

  /** The two rings on the line of one plane in the view of another, on the page. */
  const ringsOf = async (view: string, of: string) => {
    const rings = region(view).locator(`.crosshair-line[data-of="${of}"] circle`);
    const middles = [];
    for (const ring of await rings.all()) {
      const box = await ring.boundingBox();
      if (box !== null) middles.push({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
    }
    const [one, two] = middles;
    if (one === undefined || two === undefined) throw new Error(`${view} has no two rings of ${of}`);
    return [one, two] as const;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-planes-'));
    await mkdir(join(folder, 'data'));
    const files = smallCt({
      slices: 24,
      // A rod of 700 HU along x, 8 mm below the front of the axial plane that is clicked on.
      hounsfield: (x, y, z) => (Math.abs(y - 6) <= 1 && z === rodZ && Math.abs(x) <= 20 ? 700 : 40),
    });
    await Promise.all(files.map((file, k) => writeFile(join(folder, 'data', `${k}.dcm`), file)));
    app = await openApp([join(folder, 'data')], { viewport: { width: 1366, height: 768 } });
    me = hand(app);
    const { series } = await app.until('the scan', ({ ready, series: found }) => ready && found.length === 1);
    await app.openSeries(series[0]?.seriesInstanceUID ?? '', 'mpr');
    await app.until('the planes', ({ viewports }) => viewports.filter(({ complete }) => complete).length >= 3);
    await app.page.evaluate(`window.seldingerAutomation.go('Axial', { point: [0, 6, ${rodZ - 4}] })`);
    const at = await me.middle('Axial');
    await app.page.mouse.click(at.x, at.y);
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('a double click makes a plane full and moves no other; one click moves them', async () => {
    const places = async () =>
      (await app.state()).viewports.map(({ name, position }) => ({
        name,
        position: position?.map(Math.round) ?? null,
      }));
    const before = await places();
    const at = await me.middle('Axial');
    await app.page.mouse.dblclick(at.x + 60, at.y + 45);
    await expect.poll(async () => (await viewport('Coronal')).position).toBeNull();
    // Longer than two clicks can be apart and still be one double click.
    await app.page.waitForTimeout(1000);
    await app.page.mouse.dblclick(at.x + 60, at.y + 45);
    await expect.poll(places).toEqual(before);
    await app.page.waitForTimeout(1000);
    await app.page.mouse.click(at.x + 60, at.y + 45);
    await expect.poll(places).not.toEqual(before);
    await app.page.waitForTimeout(1000);
    await app.page.mouse.click(at.x, at.y);
    await expect.poll(places).toEqual(before);
  });

  it('T shows a MIP of 10 mm in the active plane and says so in amber and in the corner', async () => {
    await me.key('t');
    await app.until('the MIP', ({ viewports }) => viewports[0]?.slab?.mode === 'mip' && viewports[0].rendered);
    expect((await viewport('Axial')).slab).toEqual({ mode: 'mip', mm: 10 });
    expect((await viewport('Coronal')).slab).toBeNull();
    await expect.poll(() => badges('Axial')).toEqual(['MIP 10 mm']);
    expect(await region('Axial').locator('.corner.bottom-left').innerText()).toContain('MIP 10 mm');
    expect(await badges('Coronal')).toEqual([]);
  });

  it('a length clicked on the MIP lies at the depth of the rod, within half a voxel, and says how it was found', async () => {
    await me.tool('Length');
    await me.click('Axial', [-12, 6, rodZ - 4]);
    await me.click('Axial', [12, 6, rodZ - 4]);
    const { plan, results } = await app.until('the length', ({ results: found }) => found.length === 1);
    const [record] = Object.values(plan.records);
    const depths = [...JSON.stringify(record).matchAll(/\[[-\d.e]+,[-\d.e]+,([-\d.e]+)\]/g)].map(([, z]) => Number(z));
    expect(depths).toHaveLength(2);
    for (const z of depths) expect(Math.abs(z - rodZ)).toBeLessThan(1);
    expect(record).toMatchObject({
      depthFrom: [
        { handle: 'start', by: 'mip', slabMm: 10 },
        { handle: 'end', by: 'mip', slabMm: 10 },
      ],
    });
    expect(Math.abs(Number(results[0]?.results['length']?.value) - 24)).toBeLessThan(0.5);
    const sentence = 'Measured on a 10 mm MIP: depth uncertain.';
    await app.page.getByRole('list', { name: 'Notes' }).getByText(sentence).waitFor();
    const file = join(folder, 'rod.plan.json');
    await writeFile(file, JSON.stringify(plan));
    const said = await commandLine(['measure', file, '--data', join(folder, 'data'), '--json']);
    expect(said.out).toContain(sentence);
    await app.screenshot('planes-1-mip');
  });

  it('a handle dragged on a thin plane through it loses that note for its point', async () => {
    await me.key('Shift+T');
    await app.page.evaluate(`window.seldingerAutomation.go('Axial', { point: [0, 6, ${rodZ}] })`);
    const from = await me.place('Axial', [12, 6, rodZ]);
    await me.drag(from, { x: from.x, y: from.y - 30 });
    await app.until('one point left', ({ plan }) =>
      Object.values(plan.records).some((record) =>
        JSON.stringify(record).includes('"depthFrom":[{"handle":"start","by":"mip","slabMm":10}]'),
      ),
    );
    await me.key('Control+z');
  });

  it('Alt and wheel change the thickness; T goes on to MinIP, mean and off', async () => {
    const at = await me.middle('Axial');
    await app.page.mouse.move(at.x, at.y);
    await me.key('t');
    await app.page.keyboard.down('Alt');
    for (let n = 0; n < 3; n += 1) await app.page.mouse.wheel(0, -100);
    await app.page.keyboard.up('Alt');
    await app.until('13 mm', ({ viewports }) => viewports[0]?.slab?.mm === 13);
    const { index } = await viewport('Axial');
    for (const [mode, mm] of [
      ['minip', 5],
      ['mean', 3],
    ] as const) {
      await me.key('t');
      await app.until(mode, ({ viewports }) => viewports[0]?.slab?.mode === mode);
      expect((await viewport('Axial')).slab).toEqual({ mode, mm });
    }
    await me.key('t');
    await app.until('off', ({ viewports }) => viewports[0]?.slab === null);
    expect((await viewport('Axial')).index).toBe(index);
    // The words follow the picture a frame later.
    await expect.poll(() => badges('Axial')).toEqual([]);
  });

  it('a ring of the crosshair turns the other planes together about its point; letters follow; R lays them straight', async () => {
    await settled('before turning');
    const before = { axial: await viewport('Axial'), coronal: await normalOf('Coronal') };
    const [from, other] = await ringsOf('Axial', 'Sagittal');
    const middle = { x: (from.x + other.x) / 2, y: (from.y + other.y) / 2 };
    const reach = Math.hypot(from.x - middle.x, from.y - middle.y);
    const start = Math.atan2(from.y - middle.y, from.x - middle.x);
    const to = {
      x: middle.x + reach * Math.cos(start + Math.PI / 6),
      y: middle.y + reach * Math.sin(start + Math.PI / 6),
    };
    await me.drag(from, to);
    await settled('after turning');
    const [axial, coronal, sagittal] = [await normalOf('Axial'), await normalOf('Coronal'), await normalOf('Sagittal')];
    expect(Math.abs(dot(coronal, sagittal))).toBeLessThan(1e-9);
    expect(Math.abs(dot(coronal, axial))).toBeLessThan(1e-9);
    expect((await viewport('Axial')).position).toEqual(before.axial.position);
    const turnedDeg = (Math.acos(dot(coronal, before.coronal)) * 180) / Math.PI;
    expect(Math.abs(turnedDeg - 30)).toBeLessThan(1);
    expect(await region('Coronal').getByRole('note').getAttribute('aria-label')).toMatch(/Left R[AP], right L[AP]/);
    expect(await region('Coronal').innerText()).toContain('Coronal, oblique');
    await app.screenshot('planes-2-oblique');
  });

  it('a length on the turned plane is the distance of the points under the clicks, and a second turn makes it double-oblique', async () => {
    const [from] = await ringsOf('Coronal', 'Axial');
    await me.drag(from, { x: from.x + 4, y: from.y + 40 });
    await settled('after the second turn');
    const normal = await normalOf('Sagittal');
    expect(Math.min(...normal.map(Math.abs))).toBeGreaterThan(0.05);
    const middle = await me.middle('Sagittal');
    const clicked = [
      { x: middle.x - 40, y: middle.y - 25 },
      { x: middle.x + 35, y: middle.y + 30 },
    ];
    const known = Object.keys((await app.state()).plan.records);
    await me.tool('Length');
    const under: (readonly number[])[] = [];
    for (const place of clicked) {
      under.push(await me.under('Sagittal', place));
      await app.page.mouse.click(place.x, place.y);
    }
    const [p = [], q = []] = under;
    const { results } = await app.until('the length', ({ results: found }) => found.length === 2);
    const made = results.find(({ id }) => !known.includes(id));
    expect(Math.abs(Number(made?.results['length']?.value) - length(minus(p, q)))).toBeLessThan(1e-6);
    expect(Math.abs(dot(minus(p, q), normal))).toBeLessThan(1e-6);
    await app.screenshot('planes-3-double-oblique');
    await me.key('r');
    await settled('after the reset');
    expect((await normalOf('Axial')).map(Math.round)).toEqual([0, 0, 1]);
    expect(await region('Coronal').innerText()).not.toContain('oblique');
  });
});
