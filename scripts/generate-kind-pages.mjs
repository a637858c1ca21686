// Writes docs/kinds/NAME.md from src/measurements/NAME/README.md. test/measurements/pages.test.ts holds the pages to them.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kindPages } from './kindPages.mjs';
import { root } from './root.mjs';

const folder = join(root, 'docs/kinds');
mkdirSync(folder, { recursive: true });
const pages = kindPages();
for (const old of readdirSync(folder)) if (!pages.has(old)) rmSync(join(folder, old));
for (const [name, text] of pages) writeFileSync(join(folder, name), text);
