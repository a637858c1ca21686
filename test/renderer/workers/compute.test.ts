import { beforeEach, describe, expect, it } from 'vitest';
import type { Series } from '../../../src/dicom/index.ts';
import type { Evaluation } from '../../../src/measurements/index.ts';
import type { Plan, PlanItem } from '../../../src/plan/index.ts';
import { emptyPlan } from '../../../src/plan/index.ts';
import type { LoadedSeries } from '../../../renderer/cornerstone/types.ts';
import { createComputeClient } from '../../../renderer/workers/compute.ts';
import type { ComputeClient, ComputeWire } from '../../../renderer/workers/compute.ts';
import type { FromCompute, PixelRequest, ToCompute } from '../../../renderer/workers/computeMessages.ts';
import { serveCompute } from '../../../renderer/workers/computeServer.ts';
import { createComputeSource } from '../../../renderer/workers/computeSource.ts';
import { frameOf, volumeOf } from '../../../renderer/workers/computePixels.ts';
import { loadedOf, on, series } from './smallSeries.ts';

const image = { in: 'image', seriesInstanceUID: '2', sopInstanceUID: '2.1', frame: 1 } as const;
function planOf(...items: PlanItem[]): Plan {
  const empty = emptyPlan({ id: 'plan', title: '', now: () => '' });
  return { ...empty, records: Object.fromEntries(items.map((item, i) => [`item-${i}`, item])) };
}
function lengthOf(end: readonly [number, number, number]): PlanItem {
  return { type: 'item', kind: 'length', label: 'L', order: 1, side: null, on, points: [[0, 0, 0], end] }; // prettier-ignore
}

describe('the source of the worker', () => {
  let requests: PixelRequest[];
  let loaded: LoadedSeries;
  beforeEach(() => {
    requests = [];
    loaded = loadedOf(series);
  });
  const sourceWith = (answer: (asked: PixelRequest) => ReturnType<typeof volumeOf> | ReturnType<typeof frameOf>) =>
    createComputeSource((asked) => {
      requests.push(asked);
      return answer(asked);
    });

  it('gives the facts of the header without asking for a pixel', () => {
    const source = sourceWith(() => volumeOf(loaded));
    expect(source.series(on)).toBeUndefined();
    source.know(series);
    expect(source.series(on)).toMatchObject({ modality: 'CT', patientPosition: 'HFS', volume: series.volume });
    expect(source.image(image)).toMatchObject({ rows: 2, columns: 3, pixelSpacing: { mm: [1, 1] } });
    expect(source.image({ ...image, frame: 2 })).toBeUndefined();
    expect(source.series({ ...on, part: 'other' })).toBeUndefined();
    expect(requests).toEqual([]);
  });
  it("asks once for a volume and measures in the window's own memory, without a copy", async () => {
    const source = sourceWith(() => volumeOf(loaded));
    source.know(series);
    const [first, second] = await Promise.all([source.volume(on), source.volume(on)]);
    expect(requests).toEqual([{ key: '2', frame: null }]);
    expect(first).toBe(second);
    expect(first.ok && first.value.data.buffer).toBe(loaded.data.buffer);
    expect(first.ok && first.value.unit).toBe('HU');
  });
  it('gives one frame by its image and number', async () => {
    const source = sourceWith(({ frame }) => (frame ? frameOf(loaded, frame) : volumeOf(loaded)));
    source.know(series);
    const frame = await source.frame(image);
    expect(frame.ok && [...frame.value.data]).toEqual([6, 7, 8, 9, 10, 11]);
    await source.frame(image);
    expect(requests).toHaveLength(1);
  });
  it('asks again after pixels could not be had, or after the series was closed', async () => {
    const broken = loadedOf(series, () => Promise.reject(new Error('Slice 2 is cut off.')));
    let answer = (): ReturnType<typeof volumeOf> => volumeOf(broken);
    const source = sourceWith(() => answer());
    source.know(series);
    expect(await source.volume(on)).toMatchObject({ ok: false, why: { say: 'Slice 2 is cut off.' } });
    answer = () => volumeOf(loaded);
    expect(await source.volume(on)).toMatchObject({ ok: true });
    source.forget('2', false);
    await source.volume(on);
    expect(requests).toHaveLength(3);
    source.forget('2', true);
    expect(await source.volume(on)).toMatchObject({ ok: false, why: { code: 'series-missing' } });
  });
  it('finds a frame in the part that holds it, where several parts share one enhanced image', () => {
    const [first, second] = [1, 2].map((frame) => ({
      ...series,
      key: `2#${frame}`,
      part: `phase ${frame}`,
      instances: series.instances.slice(0, 1).map((one) => ({ ...one, frames: 2 })),
      frames: [{ instance: 0, frame }],
    }));
    const source = sourceWith(({ key, frame }) => {
      const part = key === first?.key ? first : second;
      return frame && part ? frameOf(loadedOf(part), frame) : volumeOf(loaded);
    });
    for (const part of [first, second]) if (part) source.know(part);
    const { sopInstanceUID = '' } = series.instances[0] ?? {};
    void source.frame({ ...image, sopInstanceUID, frame: 1, derived: null });
    void source.frame({ ...image, sopInstanceUID, frame: 2, derived: null });
    expect(requests.map(({ key }) => key)).toEqual(['2#1', '2#2']);
  });
  it('refuses values through slices in different units, and gives each slice its own', async () => {
    const [first, second, ...rest] = series.instances;
    if (!first || !second) throw new Error('too few slices');
    const counts = second.facts.map((facts) => ({ ...facts, rescale: { ...facts.rescale, unit: 'Z_EFF' } }));
    const mixed = loadedOf({ ...series, instances: [first, { ...second, facts: counts }, ...rest] });
    const volume = await volumeOf(mixed);
    expect(volume).toMatchObject({ ok: false, why: { code: 'units-differ' } });
    expect(volume.ok ? '' : volume.why.say).toContain('different units (HU, Z_EFF)');
    const units = [first, second].map(({ sopInstanceUID }) => frameOf(mixed, { sopInstanceUID, frame: 1 }));
    for (const [at, unit] of ['HU', 'Z_EFF'].entries())
      expect(await units[at]).toMatchObject({ ok: true, value: { unit } });
  });
  it('refuses a volume of colour and of a series that is none', async () => {
    expect(await volumeOf({ ...loaded, samplesPerPixel: 3 })).toMatchObject({ ok: false, why: { code: 'color' } });
    expect(await volumeOf({ ...loaded, series: { ...series, volume: null } })).toMatchObject({ ok: false });
    expect(await frameOf(loaded, { sopInstanceUID: 'none', frame: 1 })).toMatchObject({ ok: false });
  });
});

describe('evaluate through the worker', () => {
  let sent: ToCompute[];
  let known: readonly Series[];
  let lose: (say: string) => void;
  let starts: number;
  let client: ComputeClient;
  /** Until the series is in memory. */
  let wait: Promise<void>;
  beforeEach(() => {
    sent = [];
    known = [series];
    wait = Promise.resolve();
    starts = 0;
    client = createComputeClient({
      program: '0.1.0',
      series: () => known,
      pixels: { loaded: () => Promise.resolve(loadedOf(series, () => wait)) },
      start(): ComputeWire {
        starts += 1;
        let toWindow: (message: FromCompute) => void = () => {};
        const serve = serveCompute((message) => queueMicrotask(() => toWindow(structuredClone(message))));
        return {
          post(message) {
            sent.push(message);
            const copy = structuredClone(message);
            queueMicrotask(() => serve(copy));
          },
          listen(hear, lost) {
            toWindow = hear;
            lose = lost;
          },
          end() {
            toWindow = () => {};
          },
        };
      },
    });
  });
  const run = (plan: Plan, signal = new AbortController().signal) => client.evaluate(plan, { signal });

  it('reads 13 mm of a line of 3, 4 and 12 mm', async () => {
    const fractions: number[] = [];
    const { signal } = new AbortController();
    const progress = (fraction: number): void => void fractions.push(fraction);
    const answer = await client.evaluate(planOf(lengthOf([3, 4, 12])), { signal, progress });
    expect(answer.failed).toEqual([]);
    expect(answer.items[0]).toMatchObject({
      id: 'item-0',
      computedBy: { program: '0.1.0' },
      results: { length: { value: 13, unit: 'mm' } },
    });
    expect(fractions.at(-1)).toBe(1);
  });
  it('tells all numbers while the values along a needle wait for the pixels of the series, then both', async () => {
    let come = (): void => {};
    wait = new Promise((resolve) => (come = resolve));
    const needle: PlanItem = { ...lengthOf([2, 1, 2]), kind: 'trajectory', entry: [0, 0, 0], target: [2, 1, 2] };
    const early: Evaluation[] = [];
    const { signal } = new AbortController();
    const answer = await client.evaluate(planOf(needle), {
      signal,
      numbers(evaluation) {
        early.push(evaluation);
        come();
      },
    });
    expect(early).toHaveLength(1);
    expect(early[0]?.items[0]?.results).toMatchObject({ depth: { value: 3 } });
    expect(early[0]?.items[0]?.results).not.toHaveProperty('profile');
    // Values are the buffer's indices: 0 at the first voxel, 17 at the last.
    expect(answer.items[0]?.results['profile']).toMatchObject({
      columns: { position: [0, 0.5, 1, 1.5, 2, 2.5, 3], value: expect.arrayContaining([0, 17]) },
    });
    await client.evaluate(planOf(needle), { signal, numbers: (evaluation) => early.push(evaluation) });
    expect(early).toHaveLength(1);
  });
  it('tells the header of a series once, again when it has changed, and that it is gone', async () => {
    const told = (): number => sent.filter(({ type }) => type === 'series').length;
    await run(planOf(lengthOf([1, 0, 0])));
    await run(planOf(lengthOf([2, 0, 0])));
    expect(told()).toBe(1);
    known = [{ ...series, description: 'grown' }];
    await run(planOf(lengthOf([2, 0, 0])));
    expect(told()).toBe(2);
    known = [];
    const { failed } = await run(planOf(lengthOf([2, 0, 0])));
    expect(failed).toMatchObject([{ id: 'item-0', code: 'series-missing' }]);
  });
  it('tells no header on which nothing lies', async () => {
    await run(planOf());
    expect(sent.map(({ type }) => type)).toEqual(['begin', 'evaluate']);
  });
  it('rejects at once when aborted, and answers the next question', async () => {
    const abort = new AbortController();
    const first = run(planOf(lengthOf([1, 0, 0])), abort.signal);
    abort.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    const second = await run(planOf(lengthOf([5, 0, 0])));
    expect(second.items[0]?.results).toMatchObject({ length: { value: 5 } });
  });
  it('says that the worker was lost and starts another with the next question', async () => {
    const waiting = run(planOf(lengthOf([1, 0, 0])));
    lose('The computing has stopped.');
    await expect(waiting).rejects.toThrow('The computing has stopped.');
    const next = await run(planOf(lengthOf([7, 0, 0])));
    expect(next.items[0]?.results).toMatchObject({ length: { value: 7 } });
    expect(starts).toBe(2);
  });
  it('stops a call whose shared number was set, though no message could be heard', async () => {
    const said: FromCompute[] = [];
    const hear = serveCompute((message) => said.push(message));
    hear({ type: 'series', series });
    const stop = new Int32Array(new SharedArrayBuffer(4));
    Atomics.store(stop, 0, 1);
    hear({ type: 'evaluate', call: 1, plan: planOf(lengthOf([1, 0, 0])), stop });
    await Promise.resolve();
    expect(said).toEqual([{ type: 'aborted', call: 1 }]);
  });
});
