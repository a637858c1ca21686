import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openApp, type App } from '../support/app.ts';
import { commandLine } from '../support/commandLine.ts';
import { hand, type Hand } from '../support/hand.ts';
import { shared, sharedPath } from '../support/shared.ts';

const distance = (p: readonly number[], q: readonly number[]): number =>
  Math.hypot(...p.map((v, i) => v - (q[i] ?? NaN)));
/** Largest relative difference between two documents' numbers, walking both; structure must be equal. */
function worstDifference(a: unknown, b: unknown, path = ''): { worst: number; where: string } {
  if (typeof a === 'number' && typeof b === 'number')
    return { worst: Math.abs(a - b) / Math.max(1e-12, Math.abs(a), Math.abs(b)), where: path };
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const keys = Object.keys(a);
    expect(Object.keys(b).toSorted(), path).toEqual(keys.toSorted());
    let worst = { worst: 0, where: path };
    for (const key of keys) {
      const one = worstDifference(Reflect.get(a, key), Reflect.get(b, key), `${path}/${key}`);
      if (one.worst > worst.worst) worst = one;
    }
    return worst;
  }
  expect(b, path).toEqual(a);
  return { worst: 0, where: path };
}

describe.skipIf(!shared)('the head CT (shared data), by mouse and keys', () => {
  let app: App;
  let me: Hand;
  let home: string;
  const data = sharedPath('data/ct-head-141');
  const stack = async () => {
    const view = (await app.state()).viewports.find(({ name }) => name === 'Stack');
    if (view === undefined) throw new Error('no stack view');
    return view;
  };
  const kinds = async (): Promise<string[]> =>
    Object.values((await app.state()).plan.records).map((record) => record.kind ?? record.type);
  const resultOf = async (kind: string, key: string) => {
    const state = await app.until(`a ${kind} with ${key}`, ({ results }) =>
      results.some((one) => one.kind === kind && one.results[key] !== undefined),
    );
    return state.results.filter((one) => one.kind === kind).at(-1)?.results[key];
  };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'seldinger-ct-'));
    app = await openApp([data], { home, viewport: { width: 1366, height: 768 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
  });
  afterAll(async () => {
    await app.close();
    await rm(home, { recursive: true, force: true });
  });

  it('lists one series of 140 images and reads none of them before it is opened', async () => {
    const { series } = await app.state();
    expect(series[0]).toMatchObject({ frames: 140, loaded: 0 });
    await app.screenshot('ct-1-series-list');
  });

  it('opens at the middle slice by double click and is isolated', async () => {
    await me.openSeries(/140/);
    await app.until(
      'the stack',
      ({ viewports }) => viewports.some(({ name, complete, rendered }) => name === 'Stack' && complete && rendered),
      60_000,
    );
    expect((await stack()).count).toBe(140);
    expect(Math.abs((await stack()).index - 70)).toBeLessThanOrEqual(1);
    expect(await app.page.evaluate('crossOriginIsolated')).toBe(true);
    await app.screenshot('ct-2-stack');
  });

  it('scrolls one slice a notch, and by keys', async () => {
    const before = (await stack()).index;
    await me.wheel('Stack', 3);
    await app.until('three slices on', ({ viewports }) => viewports[0]?.index === before + 3);
    await me.key('ArrowUp');
    await app.until('one slice back', ({ viewports }) => viewports[0]?.index === before + 2);
    await me.key('PageDown');
    await app.until('ten on', ({ viewports }) => viewports[0]?.index === before + 12);
    await me.key('Home');
    await app.until('the first', ({ viewports }) => viewports[0]?.index === 0);
    await me.key('End');
    await app.until('the last', ({ viewports }) => viewports[0]?.index === 139);
    expect((await stack()).position?.[2]).toBeCloseTo(833.21, 6);
  });

  it('changes the window by a left drag and says the new one in the corner', async () => {
    const region = app.page.getByRole('region', { name: 'Stack', exact: true });
    const before = await region.innerText();
    const at = await me.middle('Stack');
    await me.drag(at, { x: at.x + 60, y: at.y + 30 });
    await app.page.waitForTimeout(300);
    expect(await region.innerText()).not.toBe(before);
  });

  it('measures a length between two clicks as the distance of the points clicked', async () => {
    await me.key('Home');
    for (let n = 0; n < 7; n += 1) await me.key('PageDown');
    await me.tool('Length');
    const p = await me.click('Stack', [-60, 113.65, 764.21]);
    const q = await me.click('Stack', [55, 90, 764.21]);
    const length = await resultOf('length', 'length');
    expect(length?.unit).toBe('mm');
    expect(Math.abs(Number(length?.value) - distance(p, q))).toBeLessThan(1e-6);
    expect(Math.abs(distance(p, q) - distance([-60, 113.65, 764.21], [55, 90, 764.21]))).toBeLessThan(0.8);
    await app.screenshot('ct-3-length');
  });

  it('takes a dragged handle back with one undo', async () => {
    const before = Number((await resultOf('length', 'length'))?.value);
    const from = await me.place('Stack', [55, 90, 764.21]);
    await me.drag(from, { x: from.x + 40, y: from.y + 25 });
    await app.until(
      'a longer length',
      ({ results }) => Math.abs(Number(results[0]?.results['length']?.value) - before) > 1,
    );
    await me.key('Control+z');
    const state = await app.until(
      'the old length',
      ({ results }) => Math.abs(Number(results[0]?.results['length']?.value) - before) < 1e-9,
    );
    expect(Object.keys(state.plan.records)).toHaveLength(1);
  });

  it('leaves no trace when Escape ends a half-placed item', async () => {
    const before = JSON.stringify((await app.state()).plan);
    await me.key('n');
    await me.click('Stack', [0, 60, 764.21]);
    await me.key('Escape');
    expect(JSON.stringify((await app.state()).plan)).toBe(before);
    await me.key('Control+z');
    expect(await kinds()).toEqual([]);
    await me.key('Control+Shift+z');
    expect(await kinds()).toEqual(['length']);
  });

  it('shows the three planes and 3D, and places a stenosis, a region, a needle and an ablation zone in them', async () => {
    await app.page.getByRole('button', { name: /MPR/ }).first().click();
    await app.until(
      'three planes',
      ({ viewports }) =>
        ['Axial', 'Coronal', 'Sagittal'].every((name) =>
          viewports.some((view) => view.name === name && view.complete && view.rendered),
        ),
      90_000,
    );
    await app.screenshot('ct-4-mpr');

    await me.tool('Region of interest');
    const axial = (await app.state()).viewports.find(({ name }) => name === 'Axial');
    const z = axial?.position?.[2] ?? NaN;
    const a = await me.click('Axial', [-20, 100, z]);
    const b = await me.click('Axial', [10, 100, z]);
    const volume = await resultOf('region', 'volume');
    expect(volume?.unit).toBe('mL');
    expect(Math.abs(Number(volume?.value) - (Math.PI / 6) * distance(a, b) ** 3 * 1e-3)).toBeLessThan(1e-9);

    await me.tool('Needle');
    const entry = await me.click('Axial', [-70, 140, z]);
    const target = await me.click('Axial', [-5, 100, z]);
    expect(Math.abs(Number((await resultOf('trajectory', 'depth'))?.value) - distance(entry, target))).toBeLessThan(
      1e-6,
    );

    await me.tool('Stenosis');
    for (const point of [
      [20, 60, z],
      [24, 60, z],
      [20, 80, z],
      [28, 80, z],
    ])
      await me.click('Axial', point);
    await me.key('Enter');
    expect((await resultOf('stenosis', 'diameterStenosis'))?.unit).toBe('%');

    await me.tool('Ablation zone');
    await me.click('Axial', [-5, 100, z]);
    await me.click('Axial', [-70, 140, z]);
    await me.key('Enter');
    expect((await resultOf('ablation', 'zoneVolume'))?.unit).toBe('mL');
    expect((await kinds()).toSorted()).toEqual(['ablation', 'length', 'region', 'stenosis', 'trajectory']);
    await app.until('every number', ({ results }) => results.length === 5);
    await app.screenshot('ct-5-five-kinds');
  });

  it('shows the same numbers as the command line on the same plan, within 1e-9', async () => {
    const state = await app.state();
    const file = join(home, 'parity.plan.json');
    await writeFile(file, JSON.stringify(state.plan));
    const { code, json } = await commandLine(['measure', file, '--data', data, '--json']);
    expect(code).toBe(0);
    const theirs: unknown = Reflect.get(Object(json), 'items');
    expect(Array.isArray(theirs) && theirs.length).toBe(5);
    for (const mine of state.results) {
      const other: unknown = Array.isArray(theirs)
        ? theirs.find((one: { id: string }) => one.id === mine.id)
        : undefined;
      const { worst, where } = worstDifference(mine, other);
      const limit = mine.kind === 'ablation' ? 1e-6 : 1e-9;
      expect(worst, `${mine.kind} ${where}`).toBeLessThan(limit);
    }
  });

  it('flies to an item from the plan list, and renames, hides and deletes it', async () => {
    const list = app.page
      .getByRole('list', { name: 'Plan' })
      .or(app.page.getByRole('listbox', { name: 'Plan' }))
      .or(app.page.getByRole('grid', { name: 'Plan' }));
    await expect.poll(() => list.count()).toBeGreaterThan(0);
    const needle = Object.values((await app.state()).plan.records).find(({ kind }) => kind === 'trajectory');
    await app.page.getByRole('region', { name: 'Axial', exact: true }).hover();
    await me.wheel('Axial', 4);
    await list
      .getByText(String(Reflect.get(Object(needle), 'label')))
      .first()
      .click();
    await app.until('the needle in the axial plane', ({ viewports }) => {
      const at = viewports.find(({ name }) => name === 'Axial')?.position?.[2] ?? NaN;
      const target: unknown = Reflect.get(Object(needle), 'target');
      const entry: unknown = Reflect.get(Object(needle), 'entry');
      return [target, entry].some((point) => Array.isArray(point) && Math.abs(Number(point[2]) - at) < 1);
    });
    await me.key('Delete');
    await app.until('four records', ({ plan }) => Object.keys(plan.records).length === 4);
    await me.key('Control+z');
    await app.until('five records', ({ plan }) => Object.keys(plan.records).length === 5);
  });

  it('finds everything again after the program is killed', async () => {
    // What is still being written has not been acknowledged.
    await expect.poll(() => app.page.locator('.plan-state').innerText()).not.toContain('writing');
    const before = (await app.state()).plan.records;
    await app.killHost();
    await app.close().catch(() => undefined);
    app = await openApp([data], { home, viewport: { width: 1366, height: 768 } });
    me = hand(app);
    await app.until('the scan', ({ ready, series }) => ready && series.length === 1);
    await me.openSeries(/140/);
    const state = await app.until(
      'the plan of before',
      ({ plan, results }) => Object.keys(plan.records).length === 5 && results.length === 5,
      60_000,
    );
    expect(state.plan.records).toEqual(before);
    await app.screenshot('ct-6-restored');
  });
});
