// Writes docs/plan.schema.json from the code. test/plan/schema.test.ts holds the file to it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const { module } = await runnerImport(join(root, 'src/export/index.ts'), {
  root,
  configFile: false,
  logLevel: 'error',
});
mkdirSync(join(root, 'docs'), { recursive: true });
writeFileSync(join(root, 'docs/plan.schema.json'), `${JSON.stringify(module.planDocumentSchema(), null, 2)}\n`);
