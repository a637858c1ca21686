import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readNumbers, readWords } from '../../src/cli/words.ts';
import { seldinger } from './terminal.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'seldinger-cli-'));
  writeFileSync(path.join(folder, 'junk.txt'), 'no DICOM here\n');
  writeFileSync(path.join(folder, 'broken.json'), '{');
  writeFileSync(path.join(folder, 'object.json'), '{}');
  writeFileSync(path.join(folder, 'newer.plan.json'), '{"format":"seldinger-plan","version":99,"records":{}}');
  const head = '"format":"seldinger-plan","version":1,"id":"p","title":"","createdAt":"2026-01-15T09:30:00Z"';
  writeFileSync(path.join(folder, 'plan.json'), `{${head},"modifiedAt":"2026-01-15T09:30:00Z","records":{}}`);
  mkdirSync(path.join(folder, 'empty'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = ['--at', '0,0,0'];
const series = ['--series', '1.2'];
const data = ['--data', '.'];
const wrong: readonly (readonly string[])[] = [
  [],
  ['fly'],
  ['--json'],
  ['scan'],
  ['scan', ''],
  ['scan', 'no-such-folder'],
  ['scan', 'no-such-folder', '--json'],
  ['scan', '.', 'no-such-folder', '--json'],
  ['scan', '.', '--deep'],
  ['scan', '.', '--json=yes'],
  ['scan', '.', '--json', '--json'],
  ['measure'],
  ['measure', 'plan.json'],
  ['measure', 'plan.json', '--data'],
  ['measure', 'plan.json', 'second.json', ...data],
  ['measure', 'no-such.json', ...data],
  ['measure', 'broken.json', ...data],
  ['measure', 'object.json', ...data],
  ['measure', 'newer.plan.json', ...data],
  ['measure', 'empty', ...data],
  ['measure', 'plan.json', '--data', 'no-such-folder'],
  ['measure', 'plan.json', '--data', 'empty'],
  ['probe'],
  ['probe', ...data],
  ['probe', ...series, ...at],
  ['probe', ...data, ...series],
  ['probe', ...data, ...at],
  ['probe', ...data, ...series, '--at', '1,2'],
  ['probe', ...data, ...series, '--at', '1,2,x'],
  ['probe', ...data, ...series, '--at', '1,2,Infinity'],
  ['probe', ...data, ...series, '--at', '1,,2'],
  ['probe', ...data, ...series, '--at'],
  ['probe', ...data, ...series, ...at, '--pixel', '1,2'],
  ['probe', ...data, ...series, ...at, '--frame', '1'],
  ['probe', ...data, ...series, '--pixel', '1,2', '--nearest'],
  ['probe', ...data, ...series, '--pixel', '1,2,3'],
  ['probe', ...data, ...series, '--pixel', '1,2', '--frame', '0'],
  ['probe', ...data, ...series, '--pixel', '1,2', '--frame', '1.5'],
  ['probe', ...data, '--batch', 'no-such.json'],
  ['probe', ...data, '--batch', 'broken.json'],
  ['probe', ...data, '--batch', 'object.json'],
  ['probe', ...data, '--batch', 'object.json', ...at],
  ['probe', '--data', 'no-such-folder', ...series, ...at],
  ['sample-data'],
  ['sample-data', 'a', 'b'],
  ['sample-data', 'out', '--case', 'no-such-case'],
  ['sample-data', 'out', '--seed', 'x'],
  ['sample-data', 'out', '--seed', '-1'],
  ['sample-data', 'junk.txt/below'],
];

describe('the command line, used wrongly', () => {
  it.each(wrong.map((argv) => [argv.join(' '), argv] as const))(
    'says one sentence and ends with 2: %s',
    async (_, argv) => {
      const { code, out, err } = await seldinger(argv, folder);
      expect(code).toBe(2);
      expect(out).toBe('');
      expect(err).toMatch(/^[^\n]+[.:]\n$/);
      expect(err).not.toMatch(/\bat .*\.ts|Error|undefined/);
    },
  );

  it('says the same of a folder without any picture, and still lists what it passed over', async () => {
    const { code, out, err } = await seldinger(['scan', '.', '--json'], folder);
    expect(code).toBe(2);
    expect(err).toMatch(/^No DICOM image was found[^\n]*\.\n$/);
    const document = z.object({ series: z.array(z.unknown()), skipped: z.array(z.looseObject({ path: z.string() })) });
    const { series: found, skipped } = document.parse(JSON.parse(out));
    expect(found).toEqual([]);
    expect(skipped.map((one) => one.path)).toContain('junk.txt');
  });

  it('helps, and that is no error', async () => {
    for (const argv of [['--help'], ['scan', '--help'], ['probe', '-h']]) {
      const { code, out, err } = await seldinger(argv);
      expect([code, err]).toEqual([0, '']);
      expect(out).toContain('seldinger');
    }
  });
});

describe('the words behind a command', () => {
  const options = { '--data': 'list', '--at': 'value', '--json': 'flag' } as const;
  it('may be in any order, with coordinates below zero and lists up to the next option', () => {
    const words = readWords(
      ['plan', '--data', 'a', 'b', '--at', '-1.5,2,-3e1', '--json', '--data', 'c', '--', '-d'],
      options,
    );
    expect(words.positionals).toEqual(['plan', '-d']);
    expect(words.list('--data')).toEqual(['a', 'b', 'c']);
    expect(words.value('--at')).toBe('-1.5,2,-3e1');
    expect(words.has('--json')).toBe(true);
    expect(readNumbers(words.value('--at') ?? '', 3)).toEqual([-1.5, 2, -30]);
    expect(readWords(['--at=-1,2,3'], options).value('--at')).toBe('-1,2,3');
  });
});
