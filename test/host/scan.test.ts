import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanPaths } from '../../src/host/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { words, writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { hostCase, type HostCase } from './hostCase.ts';
import { untar } from './untar.ts';

describe('what lies in a folder', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const slice = (number: number, more: Parameters<typeof ctSlice>[0] = {}) => writeDicom(ctSlice({ number, ...more }));

  it('is found in all its folders, whatever the files are called', async () => {
    const names = ['IM1', 'b/IM2.dcm', 'b/c/100 %.dcm', 'b/c/#&é.x', '日本語/ＩＭ５', ' spaced name ', 'quote\'"q'];
    names.forEach((name, index) => here.write(name, slice(index + 1)));
    const { series, skipped, filesRead } = await scanPaths([here.data]);
    expect(skipped).toEqual([]);
    expect(filesRead).toBe(7);
    expect(series.map(({ instances }) => instances.length)).toEqual([7]);
    expect(series[0]?.volume?.dimensions).toEqual([8, 8, 7]);
    const sources = series[0]?.instances.map(({ source }) => source) ?? [];
    expect(sources.every((source) => path.isAbsolute(source))).toBe(true);
  });

  it('names junk, an empty and a truncated file, each once with its reason, and opens the rest', async () => {
    here.write('IM1', slice(1));
    here.write('IM2', slice(2));
    here.write('notes.dcm', 'Dear colleague, these are no pixels.');
    here.write('empty.dcm', '');
    const whole = slice(3);
    here.write('sub/cut.dcm', whole.subarray(0, whole.length - 20));
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances.length).toBe(2);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([
      ['empty.dcm', 'not-dicom'],
      ['notes.dcm', 'not-dicom'],
      ['sub/cut.dcm', 'truncated'],
    ]);
    for (const { message } of skipped) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it.skipIf(process.platform === 'win32')('ends where links go round, and never follows one outside', async () => {
    here.write('a/IM1', slice(1));
    symlinkSync(here.data, path.join(here.data, 'a', 'up'));
    symlinkSync(path.join(here.data, 'a', 'IM1'), path.join(here.data, 'again'));
    symlinkSync('nowhere', path.join(here.data, 'broken'));
    const outside = path.join(here.folder, 'outside');
    mkdirSync(outside);
    here.write('../outside/IM2', slice(2));
    symlinkSync(outside, path.join(here.data, 'out'));
    symlinkSync(path.join(outside, 'IM2'), path.join(here.data, 'out.dcm'));
    const { series, skipped, filesRead } = await scanPaths([here.data]);
    expect(filesRead).toBe(1);
    expect(series.map(({ instances }) => instances.length)).toEqual([1]);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([
      ['broken', 'not-dicom'],
      ['out', 'outside-root'],
      ['out.dcm', 'outside-root'],
    ]);
  });

  it('counts a file once that is named twice, by itself and by its folder', async () => {
    const file = here.write('a/IM1', slice(1));
    const { series, filesRead } = await scanPaths([file, here.data, path.dirname(file), file]);
    expect(filesRead).toBe(1);
    expect(series[0]?.instances.length).toBe(1);
  });

  it('names a path that is not there and reads the others', async () => {
    const file = here.write('IM1', slice(1));
    const { series, skipped } = await scanPaths([path.join(here.folder, 'gone'), file]);
    expect(series.length).toBe(1);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([['gone', 'unreadable']]);
  });

  it('uses one of two copies, the first by path, and tells of pixels that differ', async () => {
    const other = { stored: new Array<number>(64).fill(7) };
    here.write('b/IM1', slice(1));
    here.write('a/IM1', slice(1));
    here.write('a/IM2', slice(2));
    here.write('b/IM2', slice(2, other));
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances.map(({ source }) => path.relative(here.data, source).replaceAll('\\', '/'))).toEqual([
      'a/IM1',
      'a/IM2',
    ]);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([
      ['b/IM1', 'duplicate'],
      ['b/IM2', 'duplicate'],
    ]);
    const notes = series[0]?.notes.filter(({ code }) => code === 'conflicting-copy') ?? [];
    expect(notes.length).toBe(1);
    expect(notes[0]?.message).toContain('a/IM2');
  });

  it('uses the undamaged of two copies, whichever comes first', async () => {
    const whole = slice(1);
    here.write('a/IM1', whole.subarray(0, whole.length - 8));
    here.write('b/IM1', whole);
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances[0]?.source.endsWith(path.join('b', 'IM1'))).toBe(true);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([['a/IM1', 'truncated']]);
  });

  it('reports plans among the files as plans', async () => {
    here.write('IM1', slice(1));
    const plan = here.write('Case 1.plan.json', '{}');
    const { plans, skipped } = await scanPaths([here.data]);
    expect(plans).toEqual([plan]);
    expect(skipped).toEqual([]);
  });

  it('reads headers longer than the first read', async () => {
    here.write('long', slice(1, { more: { '0009,0010 LO': 'X', '0009,1001 OB': new Uint8Array(300_000) } }));
    const { series } = await scanPaths([here.data]);
    expect(series[0]?.instances[0]?.pixelData.offset).toBeGreaterThan(300_000);
  });

  it('stops when cancelled', async () => {
    for (let number = 1; number <= 40; number += 1) here.write(`IM${number}`, slice(number));
    const controller = new AbortController();
    controller.abort();
    await expect(scanPaths([here.data], { signal: controller.signal })).rejects.toThrow();
  });

  it('tells a series again as it grows, and at its end as the whole', async () => {
    for (let number = 1; number <= 5; number += 1) {
      here.write(`IM${number}`, slice(number, { stored: words([number]), rows: 1, columns: 2 }));
    }
    const told: number[] = [];
    await scanPaths([here.data], {
      onEvent: (event) => {
        if (event.type === 'series') told.push(event.series.instances.length);
      },
    });
    expect(told.at(-1)).toBe(5);
  });

  it.skipIf(!shared || process.platform === 'win32')(
    'is seven images of one series in a messy folder, and each fault by its name (G15)',
    async () => {
      untar(sharedPath('data/trouble/G15_messy_folder.tar'), here.data);
      const { series, skipped } = await scanPaths([path.join(here.data, 'G15_messy_folder')]);
      expect(series.length).toBe(1);
      expect(series[0]?.instances.length).toBe(7);
      expect(series[0]?.volume?.dimensions[2]).toBe(7);
      expect(series[0]?.volume?.spacing).toEqual([1, 1, 2]);
      const reasons = new Map(skipped.map(({ path: name, reason }) => [name, reason]));
      expect(reasons.size).toBe(skipped.length);
      expect(reasons.get('empty.dcm')).toBe('not-dicom');
      expect(reasons.get('notes.dcm')).toBe('not-dicom');
      expect(reasons.get('cut_short.dcm')).toBe('truncated');
      expect(reasons.get('copy/same again.dcm')).toBe('duplicate');
      expect([...reasons.keys()].some((name) => name.startsWith('loop/up'))).toBe(false);
    },
  );

  it.skipIf(!shared)('is 140 images of one CT, whose index file is no image', async () => {
    const { series, skipped } = await scanPaths([sharedPath('data/ct-head-141')]);
    expect(series.length).toBe(1);
    expect(series[0]?.instances.length).toBe(140);
    expect(series[0]?.volume?.dimensions).toEqual([512, 512, 140]);
    expect(skipped.map(({ path: name, reason }) => [name, reason])).toEqual([['DIRFILE', 'no-image']]);
  });
});
