import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { generatorKey, smallSample, type SampleFiles, type SmallVariant } from '../support/sampleCache.ts';
import { projectRoot } from '../support/shared.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'seldinger-kept-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A generator that counts how often it is asked. */
function counted(generator: string, place = folder) {
  const asked: SmallVariant[] = [];
  const make = async (variant: SmallVariant): Promise<SampleFiles> => {
    asked.push(variant);
    await new Promise((resolve) => setTimeout(resolve, 5));
    return new Map([
      ['now/1.dcm', Uint8Array.of(asked.length, variant.seed ?? 0)],
      ['truth.json', new TextEncoder().encode(generator)],
    ]);
  };
  return { asked, cache: { folder: place, generator, make } };
}

it('makes a small variant once, and finds the same bytes again', async () => {
  const { asked, cache } = counted('a');
  const made = await smallSample({ name: 'one' }, cache);
  expect(await smallSample({ name: 'one' }, cache)).toEqual(made);
  expect(asked).toHaveLength(1);
  for (const variant of [{ seed: 2 }, { noise: false }, { finding: false }, { noise: false, finding: false }])
    await smallSample({ name: 'one', ...variant }, cache);
  expect(asked).toHaveLength(5);
});

it('lets workers side by side ask for one variant: all get it, and nothing half made stays behind', async () => {
  const { cache } = counted('b');
  const all = await Promise.all(Array.from({ length: 6 }, () => smallSample({ name: 'one' }, cache)));
  for (const files of all) expect([...files.keys()]).toEqual(['now/1.dcm', 'truth.json']);
  expect(readdirSync(path.join(folder, 'b'))).toEqual(['one-1']);
});

it('never gives what another generator made, and removes what was not used for long', async () => {
  const long = new Date(Date.now() - 15 * 86_400_000);
  mkdirSync(path.join(folder, 'old'));
  utimesSync(path.join(folder, 'old'), long, long);
  const { asked, cache } = counted('c');
  expect(new TextDecoder().decode((await smallSample({ name: 'one' }, cache)).get('truth.json'))).toBe('c');
  expect(asked).toHaveLength(1);
  expect(readdirSync(folder).toSorted()).toEqual(['a', 'b', 'c']);
});

it('gives the variant all the same where nothing can be kept', async () => {
  const file = path.join(folder, 'c', 'file');
  writeFileSync(file, '');
  const { asked, cache } = counted('d', file);
  for (let time = 1; time < 3; time += 1) expect((await smallSample({ name: 'one' }, cache)).size).toBe(2);
  expect(asked).toHaveLength(2);
});

it('has another key when a source of the samples or of their geometry changes, and the same for the same sources', () => {
  const copy = path.join(folder, 'copy');
  for (const room of ['sample-data', 'src/geometry'])
    cpSync(path.join(projectRoot, room), path.join(copy, room), { recursive: true });
  const keys = [generatorKey(), generatorKey(copy)];
  for (const source of ['sample-data/xaScene.ts', 'src/geometry/index.ts']) {
    writeFileSync(path.join(copy, source), '\n', { flag: 'a' });
    keys.push(generatorKey(copy));
  }
  expect(keys[1]).toBe(keys[0]);
  expect(new Set(keys).size).toBe(3);
});
