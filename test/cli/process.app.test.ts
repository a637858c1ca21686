import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/shared.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'seldinger-words-'));
  seldinger('--help');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The program as a script runs it. */
function seldinger(...argv: readonly string[]): { code: number | null; out: string; err: string } {
  const script = path.join(projectRoot, 'scripts/seldinger.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...argv], { cwd: folder, encoding: 'utf8' });
  return { code: status, out: stdout, err: stderr };
}

describe('npm run seldinger, as a process', () => {
  it('writes the sample and scans it: one JSON document alone on stdout', () => {
    expect(seldinger('sample-data', path.join(folder, 'cases'), '--case', 'ct-tube').code).toBe(0);
    const { code, out, err } = seldinger('scan', path.join(folder, 'cases'), '--json');
    expect([code, err]).toEqual([0, '']);
    expect(JSON.parse(out)).toMatchObject({ series: [{ modality: 'CT', instances: 120 }] });
  });

  it('ends with 2 and one sentence where the folder is not there', () => {
    const { code, out, err } = seldinger('scan', path.join(folder, 'no-such-folder'), '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^[^\n]+: there is no such file or folder\.\n$/);
  });
});
