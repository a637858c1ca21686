import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scanPaths } from '../../src/host/index.ts';
import { dicomdir } from '../support/dicomdir.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { writeZip } from '../support/zipWriter.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

describe('a table of contents (DICOMDIR)', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const slice = (number: number) => writeDicom(ctSlice({ number }));
  const uid = (number: number) => `1.2.826.1.${number}`;
  const names = (skipped: readonly { path: string; reason: string }[]) =>
    skipped.map(({ path: name, reason }) => [name, reason]);
  const five = [1, 2, 3, 4, 5].map((number) => ({ parts: ['A', 'B', `IM${number}`], sopUID: uid(number) }));
  const writeFive = (folder = 'A/B') => {
    for (let number = 1; number <= 5; number += 1) here.write(`disc/${folder}/IM${number}`, slice(number));
  };

  it('opened by itself opens what it lists and nothing else, and its frames can be read', async () => {
    writeFive();
    here.write('disc/A/B/unlisted', slice(6));
    const index = here.write('disc/INHALT', dicomdir(five));
    const { series, skipped } = await scanPaths([index]);
    expect(series[0]?.volume?.dimensions).toEqual([8, 8, 5]);
    expect(names(skipped)).toEqual([['INHALT', 'no-image']]);
    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([index]).id]));
    const got = await framesOf(
      host,
      (told[0]?.instances ?? []).map(({ source }) => ({ token: source, frame: 1 })),
    );
    expect(got.map(({ bytes }) => bytes?.length)).toEqual([128, 128, 128, 128, 128]);
  });

  it('in a folder that is opened counts nothing twice', async () => {
    writeFive();
    const index = here.write('disc/DICOMDIR', dicomdir(five));
    for (const paths of [[path.dirname(index)], [index, path.dirname(index)], [path.dirname(index), index]]) {
      const { series, skipped, filesRead } = await scanPaths(paths);
      expect(series[0]?.instances.length).toBe(5);
      expect(names(skipped)).toEqual([['DICOMDIR', 'no-image']]);
      expect(filesRead).toBe(6);
    }
  });

  it('tells what is missing, by itself and in its folder', async () => {
    writeFive();
    const more = [
      { parts: ['A', 'GONE'], sopUID: uid(9) },
      { parts: ['A', 'OLD'], inUse: 0 },
    ];
    const index = here.write('disc/DICOMDIR', dicomdir([...five, ...more]));
    const by = await scanPaths([index]);
    expect(names(by.skipped)).toEqual([
      ['DICOMDIR', 'no-image'],
      ['A/GONE', 'unreadable'],
    ]);
    expect(by.skipped[1]?.message).toBe('“DICOMDIR” lists it, but it is not there.');
    const inFolder = await scanPaths([here.data]);
    expect(names(inFolder.skipped)).toEqual([
      ['disc/DICOMDIR', 'no-image'],
      ['disc/A/GONE', 'unreadable'],
    ]);
  });

  it('never opens what it names outside its folder, by name or by a link, and tells the name', async () => {
    writeFive();
    here.write('secret', slice(7));
    here.write('elsewhere/IM8', slice(8));
    const outside = [
      ['..', 'secret'],
      ['A', '..', '..', 'secret'],
      ['/etc/passwd'],
      ['', 'etc', 'passwd'],
      ['C:', 'X'],
    ];
    const links = process.platform === 'win32' ? [] : [['L', 'IM8'], ['LF']];
    if (links.length > 0) {
      mkdirSync(path.join(here.data, 'disc'), { recursive: true });
      symlinkSync(path.join(here.data, 'elsewhere'), path.join(here.data, 'disc', 'L'));
      symlinkSync(path.join(here.data, 'secret'), path.join(here.data, 'disc', 'LF'));
    }
    const listed = [...five, ...[...outside, ...links].map((parts) => ({ parts }))];
    const index = here.write('disc/DICOMDIR', dicomdir(listed));
    const { series, skipped } = await scanPaths([index]);
    expect(series[0]?.instances.length).toBe(5);
    const told = skipped.filter(({ reason }) => reason === 'outside-root').map(({ path: name }) => name);
    expect(told.sort()).toEqual([...outside, ...links].map((parts) => parts.join('/')).sort());
  });

  it('finds small letters and version numbers for the capitals that it lists', async () => {
    here.write('disc/a/b/im1', slice(1));
    here.write('disc/a/b/IM2.;1', slice(2));
    here.write('disc/a/b/Im3;1', slice(3));
    const index = here.write('disc/dicomdir', dicomdir(five.slice(0, 3)));
    const { series, skipped } = await scanPaths([index]);
    expect(series[0]?.instances.length).toBe(3);
    expect(names(skipped)).toEqual([['dicomdir', 'no-image']]);
  });

  it('of a disc that was flattened finds its images beside it, and only those very images', async () => {
    writeFive('.');
    here.write('disc/IM3', slice(33));
    const index = here.write('disc/DICOMDIR', dicomdir(five));
    const { series, skipped } = await scanPaths([index]);
    expect(series[0]?.instances.map(({ sopInstanceUID }) => sopInstanceUID)).toEqual([1, 2, 4, 5].map(uid));
    expect(names(skipped)).toEqual([
      ['DICOMDIR', 'no-image'],
      ['A/B/IM3', 'unreadable'],
    ]);
  });

  it('in a ZIP or an upload tells what is missing and what lies outside', async () => {
    const listed = [...five, { parts: ['A', 'GONE'] }, { parts: ['..', 'secret'] }];
    const entries = five.map(({ parts }, index) => ({ name: `disc/${parts.join('/')}`, bytes: slice(index + 1) }));
    here.write('one.zip', writeZip([...entries, { name: 'disc/DICOMDIR', bytes: dicomdir(listed) }]));
    const { series, skipped } = await scanPaths([path.join(here.data, 'one.zip')]);
    expect(series[0]?.instances.length).toBe(5);
    expect(names(skipped)).toEqual([
      ['one.zip!/disc/DICOMDIR', 'no-image'],
      ['../secret', 'outside-root'],
      ['one.zip!/disc/A/GONE', 'unreadable'],
    ]);
  });

  it('that is damaged is named and costs nothing else', async () => {
    writeFive();
    const whole = dicomdir(five);
    here.write('disc/DICOMDIR', whole.subarray(0, whole.length - 300));
    const { series } = await scanPaths([here.data]);
    expect(series[0]?.instances.length).toBe(5);
  });

  it.skipIf(!shared)('of the CT of the head, called DIRFILE, opens its 140 images', async () => {
    const { series, skipped } = await scanPaths([sharedPath('data/ct-head-141/DIRFILE')]);
    expect(series.map(({ instances }) => instances.length)).toEqual([140]);
    expect(names(skipped)).toEqual([['DIRFILE', 'no-image']]);
  });
});
