import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';

/** @returns {Map<string, string>} file name below docs/kinds -> its text: the kind's own README and where it comes from. */
export function kindPages() {
  const measurements = join(root, 'src/measurements');
  /** @type {Map<string, string>} */
  const pages = new Map();
  for (const entry of readdirSync(measurements, { withFileTypes: true })) {
    const readme = join(measurements, entry.name, 'README.md');
    if (!entry.isDirectory() || !existsSync(readme)) continue;
    const from = `<!-- Generated from src/measurements/${entry.name}/README.md by scripts/generate-kind-pages.mjs. -->\n\n`;
    pages.set(`${entry.name}.md`, from + readFileSync(readme, 'utf8'));
  }
  return pages;
}
