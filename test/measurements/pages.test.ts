import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { kindPages } from '../../scripts/kindPages.mjs';
import { kinds } from '../../src/measurements/index.ts';
import { projectRoot } from '../support/shared.ts';

it('has a page for every kind, the same as its README (node scripts/generate-kind-pages.mjs)', () => {
  const folder = join(projectRoot, 'docs/kinds');
  const pages = kindPages();
  expect([...pages.keys()].toSorted()).toEqual(kinds.map(({ name }) => `${name}.md`).toSorted());
  expect(readdirSync(folder).toSorted()).toEqual([...pages.keys()].toSorted());
  for (const [name, text] of pages) expect(readFileSync(join(folder, name), 'utf8'), name).toBe(text);
});
