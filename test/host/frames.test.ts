import { readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Instance } from '../../src/dicom/index.ts';
import { scanPaths } from '../../src/host/index.ts';
import { frameStream } from '../../src/host/frameStream.ts';
import { FrameTables } from '../../src/host/frameTables.ts';
import { openBytes } from '../../src/host/openBytes.ts';
import { Unpacked } from '../../src/host/unpacked.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { words, writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

describe('the bytes of frames', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());

  const stored = (number: number) => Array.from({ length: 64 }, (_, index) => number * 100 + index);
  const slice = (number: number) => writeDicom(ctSlice({ number, stored: stored(number) }));
  const open = async (folder: string) => {
    const host = here.host();
    const source = host.grantPaths([folder]);
    const [series] = seriesOf(await scanned(host, [source.id]));
    if (series === undefined) throw new Error('no series');
    return { host, series };
  };
  const multiFrame = (frames: number) =>
    writeDicom({
      ...ctSlice({ rows: 4, columns: 4 }),
      '0028,0008 IS': String(frames),
      '7FE0,0010 OW': words(Array.from({ length: 16 * frames }, (_, index) => index)),
    });

  it('come in the order asked for, whatever that is, and equal those of the files', async () => {
    for (let number = 1; number <= 9; number += 1) here.write(`IM${number}`, slice(number));
    const { host, series } = await open(here.data);
    const asked = [4, 5, 3, 6, 2, 7, 1, 8, 0, 4].map((index) => series.instances[index] as Instance);
    const got = await framesOf(
      host,
      asked.map(({ source }) => ({ token: source, frame: 1 })),
    );
    expect(got.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    got.forEach(({ bytes }, index) => {
      const number = asked[index]?.instanceNumber ?? 0;
      expect(bytes).toEqual(new Uint8Array(words(stored(number))));
    });
  });

  it('come one by one from a file of many frames, in any order and more than once', async () => {
    here.write('run', multiFrame(600));
    const { host, series } = await open(here.data);
    const token = series.instances[0]?.source ?? '';
    const order = [600, ...Array.from({ length: 600 }, (_, index) => index + 1), 300, 299, 300];
    const got = await framesOf(
      host,
      order.map((frame) => ({ token, frame })),
    );
    expect(got.length).toBe(order.length);
    got.forEach(({ bytes, index }) => {
      const first = ((order[index] ?? 0) - 1) * 16;
      expect(bytes).toEqual(new Uint8Array(words(Array.from({ length: 16 }, (_, step) => first + step))));
    });
  });

  it('that cannot be had are named, and the others come all the same', async () => {
    here.write('IM1', slice(1));
    here.write('IM2', slice(2));
    here.write('IM3', slice(3));
    const { host, series } = await open(here.data);
    const [first, second, third] = series.instances.map(({ source }) => source);
    truncateSync(path.join(here.data, 'IM2'), slice(2).length - 10);
    rmSync(path.join(here.data, 'IM3'));
    const got = await framesOf(host, [
      { token: first ?? '', frame: 1 },
      { token: first ?? '', frame: 2 },
      { token: second ?? '', frame: 1 },
      { token: third ?? '', frame: 1 },
      { token: 'unknown', frame: 1 },
      { token: first ?? '', frame: 1 },
    ]);
    expect(got.map(({ index, error }) => [index, error?.code])).toEqual([
      [0, undefined],
      [1, 'not-found'],
      [2, 'unreadable'],
      [3, 'unreadable'],
      [4, 'not-found'],
      [5, undefined],
    ]);
    for (const { error } of got) expect(JSON.stringify(error ?? '')).not.toContain(here.folder);
  });

  it('are not given to a token of another launch', async () => {
    here.write('IM1', slice(1));
    const { series } = await open(here.data);
    const other = here.host();
    const got = await framesOf(other, [{ token: series.instances[0]?.source ?? '', frame: 1 }]);
    expect(got[0]?.error?.code).toBe('not-found');
  });

  it.skipIf(process.platform === 'win32')('are not read where the file became a link that leads outside', async () => {
    const file = here.write('IM1', slice(1));
    const { host, series } = await open(here.data);
    const outside = path.join(here.folder, 'outside');
    writeFileSync(outside, slice(2));
    rmSync(file);
    symlinkSync(outside, file);
    const got = await framesOf(host, [{ token: series.instances[0]?.source ?? '', frame: 1 }]);
    expect(got[0]?.error?.code).toBe('outside-root');
  });

  it('are read no further than some megabytes beyond what is taken, and no more once the reader has gone', async () => {
    const big = (number: number) =>
      writeDicom(ctSlice({ number, rows: 512, columns: 512, stored: new Uint16Array(512 * 512).fill(number) }));
    for (let number = 1; number <= 60; number += 1) here.write(`IM${number}`, big(number));
    const { series } = await scanPaths([here.data]);
    const instances = new Map(series[0]?.instances.map((instance) => [instance.source, instance]));
    let opened = 0;
    const stream = frameStream(
      [...instances.keys()].map((token) => ({ token, frame: 1 })),
      {
        file: (token) => {
          opened += 1;
          const instance = instances.get(token);
          if (instance === undefined) throw new Error('not asked for');
          return { path: token, instance };
        },
        open: (source) => openBytes(source, new Unpacked(here.home)),
        instance: (token) => instances.get(token),
        tables: new FrameTables(),
      },
    );
    const reader = stream.getReader();
    await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(opened).toBeLessThan(16);
    await reader.cancel();
    const openedBefore = opened;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(opened).toBe(openedBefore);
    expect((await reader.read()).done).toBe(true);
  });

  it.skipIf(!shared)('of a real CT are the bytes of its files from the pixel data on', async () => {
    const { host, series } = await open(sharedPath('data/ct-head-141'));
    const order = [...series.frames].reverse();
    const got = await framesOf(
      host,
      order.map(({ instance, frame }) => ({ token: series.instances[instance]?.source ?? '', frame })),
    );
    expect(got.length).toBe(140);
    const folder = sharedPath('data/ct-head-141');
    const [plain] = (await scanPaths([folder])).series;
    [0, 77, 139].forEach((at) => {
      const instance = plain?.instances[order[at]?.instance ?? 0];
      const file = readFileSync(instance?.source ?? '');
      const from = instance?.pixelData.offset ?? 0;
      expect(Buffer.compare(got[at]?.bytes ?? new Uint8Array(), file.subarray(from, from + 512 * 512 * 2))).toBe(0);
    });
  });
});
