import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hostCase, type HostCase } from './hostCase.ts';

const idle = { signal: new AbortController().signal };

describe('the settings of a person', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const file = (): string => path.join(here.home, 'settings.json');

  it('are empty at first and are found again by the next start', async () => {
    expect(await here.host().methods.settingsRead({}, idle)).toEqual({});
    await here.host().methods.settingsWrite({ changes: { panels: { left: 300, right: null } } }, idle);
    expect(await here.host().methods.settingsRead({}, idle)).toEqual({ panels: { left: 300, right: null } });
  });

  it('keep what another version or another window wrote beside them', async () => {
    const { methods } = here.host();
    writeFileSync(file(), JSON.stringify({ fromTheFuture: [1, { a: 2 }], theme: 'dark' }));
    await methods.settingsWrite({ changes: { theme: 'light' } }, idle);
    await here.host().methods.settingsWrite({ changes: { job: 'needle' } }, idle);
    expect(await methods.settingsRead({}, idle)).toEqual({
      fromTheFuture: [1, { a: 2 }],
      theme: 'light',
      job: 'needle',
    });
  });

  it('lose none of many changes made at once, and a key is taken away by null', async () => {
    const { methods } = here.host();
    await Promise.all(
      Array.from({ length: 20 }, (_, k) => methods.settingsWrite({ changes: { [`key${k}`]: k } }, idle)),
    );
    expect(Object.keys(await methods.settingsRead({}, idle))).toHaveLength(20);
    expect(await methods.settingsWrite({ changes: { key3: null } }, idle)).not.toHaveProperty('key3');
  });

  it('begin anew where the file is damaged, which is put aside', async () => {
    const { methods } = here.host();
    writeFileSync(file(), '{"theme": "li');
    expect(await methods.settingsRead({}, idle)).toEqual({});
    expect(readFileSync(path.join(here.home, 'settings.damaged.json'), 'utf8')).toBe('{"theme": "li');
    expect(existsSync(file())).toBe(false);
  });

  it('stay small', async () => {
    const { methods } = here.host();
    await expect(methods.settingsWrite({ changes: { keys: 'x'.repeat(300_000) } }, idle)).rejects.toMatchObject({
      error: { code: 'too-large' },
    });
    expect(await methods.settingsRead({}, idle)).toEqual({});
  });
});
