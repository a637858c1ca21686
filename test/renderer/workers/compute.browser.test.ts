import { afterEach, expect, it } from 'vitest';
import { emptyPlan } from '../../../src/plan/index.ts';
import type { Plan } from '../../../src/plan/index.ts';
import { createComputeClient, startComputeWorker } from '../../../renderer/workers/compute.ts';
import type { ComputeClient } from '../../../renderer/workers/compute.ts';
import { loadedOf, on, series } from './smallSeries.ts';

let client: ComputeClient | undefined;
afterEach(() => client?.end());

function planWith(label: string, record: Record<string, unknown>): Plan {
  const empty = emptyPlan({ id: 'plan', title: '', now: () => '' });
  return { ...empty, records: { a: { type: 'item', kind: 'length', label, order: 1, side: null, on, ...record } } };
}
const start = (): ComputeClient =>
  createComputeClient({
    program: '0.1.0',
    series: () => [series],
    pixels: { loaded: () => Promise.resolve(loadedOf(series)) },
    start: startComputeWorker,
  });
const run = () => ({ signal: new AbortController().signal });

it('reads 13 mm of a line of 3, 4 and 12 mm in a real worker', async () => {
  client = start();
  const { items, failed } = await client.evaluate(planWith('L', { points: [[0, 0, 0], [3, 4, 12]] }), run()); // prettier-ignore
  expect(failed).toEqual([]);
  expect(items[0]?.results).toMatchObject({ length: { value: 13, unit: 'mm', basis: 'patient' } });
});

it('reads the mean inside a ball from the memory the window shares with the worker', async () => {
  client = start();
  const ball = { centre: [1, 0.5, 1], semiAxes: [0.9, 0.9, 0.9], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] }; // prettier-ignore
  const { items, failed } = await client.evaluate(planWith('R', { kind: 'region', ellipsoid: ball }), run());
  expect(failed).toEqual([]);
  // Voxel values are their index i + 3 j + 6 k; the ball is symmetric about i = 1, j = 0.5, k = 1.
  const mean: unknown = expect.closeTo(1 + 1.5 + 6, 6);
  expect(items[0]?.results).toMatchObject({ mean: { value: mean, unit: 'HU' } });
});

it('answers the next question after one was aborted', async () => {
  client = start();
  const abort = new AbortController();
  const first = client.evaluate(planWith('L', { points: [[0, 0, 0], [1, 0, 0]] }), { signal: abort.signal }); // prettier-ignore
  abort.abort();
  await expect(first).rejects.toMatchObject({ name: 'AbortError' });
  const { items } = await client.evaluate(planWith('L', { points: [[0, 0, 0], [5, 0, 0]] }), run()); // prettier-ignore
  expect(items[0]?.results).toMatchObject({ length: { value: 5 } });
});
