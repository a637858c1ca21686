import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { evaluate, kindOf, kinds } from '../../src/measurements/index.ts';
import type { MeasurementKind } from '../../src/measurements/index.ts';
import { ok } from '../../src/quantity/index.ts';
import { codes, itemIn, itemOf, measure, onImage, onPatient, planOf, sourceOf } from './support.ts';

const points = [
  [0, 0, 0],
  [3, 4, 0],
];

const length = kindOf('length');
if (length === undefined) throw new Error('no length');
const parseLength = length.parse.bind(length);

/** A kind that only depends on others. */
const link: MeasurementKind = {
  name: 'link',
  title: 'Link',
  version: 1,
  tool: { name: 'Link', key: '', spaces: ['patient'] },
  migrations: [],
  steps: [],
  parse: (json) => {
    const { to } = z.looseObject({ to: z.array(z.string()) }).parse(json);
    const base = z.looseObject({}).parse(json);
    return { ...parseLength({ ...base, kind: 'length', points }), kind: 'link', to };
  },
  finish: () => undefined,
  handles: () => [],
  moveHandle: (item) => item,
  uses: ({ to }) => (Array.isArray(to) ? to.map(String) : []),
  needs: () => [],
  compute: async () => ok({ results: {}, notes: [] }),
  shapes: () => [],
  rows: () => [],
};

describe('evaluate', () => {
  it('says which series is missing and computes the rest', async () => {
    const got = await measure({
      a: itemOf('length', { points, on: { ...onPatient, seriesInstanceUID: '9.9' } }),
      b: itemOf('length', { points }),
    });
    expect(got.failed).toMatchObject([{ id: 'a', code: 'series-missing' }]);
    expect(got.items.map(({ id }) => id)).toEqual(['b']);
  });

  it('names unknown kinds and records that are kept but not computed', async () => {
    const mask = { type: 'mask' } as const;
    const got = await measure({ a: itemOf('wormhole', {}), m: mask });
    expect(got.failed).toMatchObject([
      { id: 'a', code: 'unknown-kind' },
      { id: 'm', code: 'not-supported' },
    ]);
  });

  it('tells a circle from what merely hangs on one, and a deleted record from both', async () => {
    const plan = planOf({
      a: itemOf('link', { to: ['b'] }),
      b: itemOf('link', { to: ['a'] }),
      c: itemOf('link', { to: ['a'] }),
      d: itemOf('link', { to: ['gone'] }),
      e: itemOf('link', { to: ['f'] }),
      f: itemOf('length', { points }),
      g: itemOf('link', { to: ['g'] }),
    });
    const got = await evaluate(plan, sourceOf(), { program: 'test', kinds: [...kinds, link] });
    expect(got.failed.map(({ id, code }) => [id, code])).toEqual([
      ['a', 'cycle'],
      ['b', 'cycle'],
      ['c', 'depends-on-failed'],
      ['d', 'depends-on-failed'],
      ['g', 'cycle'],
    ]);
    expect(got.items.map(({ id }) => id)).toEqual(['e', 'f']);
  });

  it('notes when a used record lies in another frame of reference', async () => {
    const plan = planOf({
      a: itemOf('link', { to: ['b'] }),
      b: itemOf('length', { points, on: { ...onPatient, seriesInstanceUID: '1.2.3.5', frameOfReferenceUID: '7' } }),
    });
    const got = await evaluate(plan, sourceOf(), { program: 'test', kinds: [...kinds, link] });
    expect(codes(itemIn(got, 'a'))).toEqual(['frame-of-reference-differs']);
  });

  it('refuses patient coordinates on images without a position in the patient', async () => {
    const got = await measure({ a: itemOf('length', { points, on: { ...onPatient, seriesInstanceUID: '1.2.4' } }) });
    expect(got.failed).toMatchObject([{ id: 'a', code: 'no-patient-geometry' }]);
  });

  it('says when a series is no volume', async () => {
    const source = sourceOf({ series: { volume: null, why: ['uneven-spacing'] } });
    expect(codes(itemIn(await measure({ a: itemOf('length', { points }) }, source), 'a'))).toEqual(['no-volume']);
  });

  it('does not compute twice what has not changed, and a new name is no change', async () => {
    const cache = new Map();
    const first = await evaluate(planOf({ a: itemOf('length', { points }) }), sourceOf(), { program: 'test', cache });
    const second = await evaluate(planOf({ a: itemOf('length', { points, label: 'new' }) }), sourceOf(), {
      program: 'test',
      cache,
    });
    expect(cache.size).toBe(1);
    expect(second.items[0]?.results['length']).toBe(first.items[0]?.results['length']);
    const moved = itemOf('length', {
      points: [
        [0, 0, 0],
        [0, 0, 1],
      ],
    });
    expect(
      (await evaluate(planOf({ a: moved }), sourceOf(), { program: 'test', cache })).items[0]?.results,
    ).toMatchObject({ length: { value: 1 } });
  });

  it('stops when told', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    const plan = planOf({ a: itemOf('length', { points }) });
    await expect(evaluate(plan, sourceOf(), { program: 'test', signal: stop.signal })).rejects.toThrow('stopped');
  });

  it('names an image that its series does not have', async () => {
    const on = { ...onImage, sopInstanceUID: '5' };
    expect(
      (
        await measure({
          a: itemOf('length', {
            on,
            points: [
              [0, 0],
              [1, 1],
            ],
          }),
        })
      ).failed,
    ).toMatchObject([{ code: 'image-missing' }]);
  });
});
