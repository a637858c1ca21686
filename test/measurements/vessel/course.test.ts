import { expect, it } from 'vitest';
import type { EvaluatedItem } from '../../../src/measurements/index.ts';
import { evaluate } from '../../../src/measurements/index.ts';
import { makeVessel } from '../../support/vesselPhantom.ts';
import { itemOf, planOf, sourceOf } from '../support.ts';
import { centrelineOf } from './read.ts';

it('tells the course of a vessel before its numbers, within 1 mm of its axis, and how far it is', async () => {
  const made = makeVessel({ diameterMm: 5.5, stenosis: 40 });
  const source = sourceOf({ volume: made.volume, series: { volume: made.volume.geometry } });
  const told: EvaluatedItem[] = [];
  const fractions: number[] = [];
  const plan = planOf({ v: itemOf('vessel', { path: [made.start, made.end] }) });
  const { items } = await evaluate(plan, source, {
    program: 'test',
    partial: (item) => told.push(item),
    progress: (fraction) => fractions.push(fraction),
  });
  expect(told.map(({ id, notes }) => [id, notes])).toEqual([['v', []]]);
  expect(Object.keys(told[0]?.results ?? {}).toSorted()).toEqual(['centreline', 'vesselLength']);
  const [course] = told;
  if (course === undefined) throw new Error('no course');
  expect(Math.max(...centrelineOf(course).map((point) => made.offAxisMm(point)))).toBeLessThanOrEqual(1);
  expect(course.sections?.length).toBe(centrelineOf(course).length);
  expect(items[0]?.sections?.every(({ wallMm }) => (wallMm?.length ?? 0) >= 8)).toBe(true);
  // Ascending from a little to all.
  expect(fractions.length).toBeGreaterThan(5);
  expect(fractions.toSorted((a, b) => a - b)).toEqual(fractions);
  expect(fractions.at(-1)).toBe(1);
});
