import { execFileSync } from 'node:child_process';
import { mkdirSync, openSync, closeSync, ftruncateSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadStoredFrame, nodeCodecs, scanPaths } from '../../src/host/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

const posix = process.platform !== 'win32';
const linux = process.platform === 'linux';

describe('a hostile file costs at most itself:', () => {
  let here: HostCase;
  let server: Server | undefined;
  beforeEach(() => {
    here = hostCase();
    for (let number = 1; number <= 3; number += 1) here.write(`good/IM${number}`, slice(number));
  });
  afterEach(async () => {
    server?.close();
    server = undefined;
    await here.remove();
  });
  const slice = (number: number) => writeDicom(ctSlice({ number }));
  /** The three good slices are there whatever lies beside them; what was passed over, by name. */
  const passedOver = async (): Promise<Map<string, string>> => {
    const { series, skipped } = await scanPaths([here.data]);
    expect(series.find(({ seriesInstanceUID }) => seriesInstanceUID === '1.2.826.1')?.volume?.dimensions).toEqual([
      8, 8, 3,
    ]);
    for (const { message } of skipped) expect(message).toMatch(/^[A-Z0-9“].*\.$/);
    return new Map(skipped.map(({ path: name, reason }) => [name, reason]));
  };

  it.skipIf(!posix)('pipes, sockets and devices are named and never opened', async () => {
    execFileSync('mkfifo', [path.join(here.data, 'pipe')]);
    server = createServer().listen(path.join(here.data, 'socket'));
    await new Promise((resolve) => server?.once('listening', resolve));
    symlinkSync('/dev/zero', path.join(here.data, 'zero'));
    expect(await passedOver()).toEqual(
      new Map([
        ['pipe', 'not-dicom'],
        ['socket', 'not-dicom'],
        ['zero', 'outside-root'],
      ]),
    );
    const named = await scanPaths([path.join(here.data, 'pipe'), '/dev/zero', path.join(here.data, 'good')]);
    expect(named.skipped.map(({ path: name, reason }) => [name, reason])).toEqual([
      ['pipe', 'unreadable'],
      ['zero', 'unreadable'],
    ]);
    expect(named.series[0]?.instances.length).toBe(3);
    expect(() => here.host().grantPaths([path.join(here.data, 'pipe')])).toThrow(/no ordinary file/);
  });

  it.skipIf(!posix)('links that go round end, and show nothing twice', async () => {
    mkdirSync(path.join(here.data, 'a', 'b'), { recursive: true });
    symlinkSync('..', path.join(here.data, 'a', 'b', 'up'));
    symlinkSync(here.data, path.join(here.data, 'a', 'top'));
    symlinkSync('self', path.join(here.data, 'self'));
    symlinkSync('two', path.join(here.data, 'one'));
    symlinkSync('one', path.join(here.data, 'two'));
    symlinkSync('good/IM1', path.join(here.data, 'again'));
    expect(await passedOver()).toEqual(
      new Map([
        ['one', 'not-dicom'],
        ['self', 'not-dicom'],
        ['two', 'not-dicom'],
      ]),
    );
  });

  it('every name opens that a disk can hold', async () => {
    const names = [
      ['%2e%2e', '100%.dcm', '#1&2.dcm', 'é è.dcm', '患者', 'ＦＵＬＬ'],
      [
        'a\u0301.dcm',
        '..hidden',
        '...',
        '-rf',
        '~',
        '$HOME',
        '`ls`',
        'con',
        'IM;1',
        'IM,1',
        "o'clock",
        'x'.repeat(200),
      ],
      posix
        ? ['new\nline', 'tab\tname', 'back\\slash', 'quote"', '<b>bold</b>', 'a:b', '*?', '\u202Ereversed', ' ', 'end ']
        : [],
    ].flat();
    names.forEach((name, index) => here.write(path.join('odd', name), slice(10 + index)));
    const { series, skipped } = await scanPaths([path.join(here.data, 'odd')]);
    expect(skipped).toEqual([]);
    expect(series[0]?.instances.length).toBe(names.length);
    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const asks = told.flatMap(({ instances }) => instances.map(({ source }) => ({ token: source, frame: 1 })));
    const got = await framesOf(host, asks);
    expect(got.length).toBe(names.length + 3);
    expect(got.every(({ bytes }) => bytes?.length === 128)).toBe(true);
  });

  it.skipIf(!linux)('names that are no UTF-8 open too, also within folders and for their frames', async () => {
    const folder = Buffer.concat([Buffer.from(`${here.data}/`), Buffer.from('M\xfcller', 'latin1')]);
    mkdirSync(folder);
    const file = (name: string) => Buffer.concat([folder, Buffer.from('/'), Buffer.from(name, 'latin1')]);
    writeFileSync(file('\xe9t\xe9.dcm'), slice(4));
    writeFileSync(file('plain.dcm'), slice(5));
    writeFileSync(file('\xff.txt'), 'Dear colleague');
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.volume?.dimensions).toEqual([8, 8, 5]);
    expect(skipped.map(({ path: name }) => name)).toEqual(['Müller/ÿ.txt']);
    for (const instance of series[0]?.instances ?? []) await loadStoredFrame(instance, 1, nodeCodecs());
    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const got = await framesOf(
      host,
      (told[0]?.instances ?? []).map(({ source }) => ({ token: source, frame: 1 })),
    );
    expect(got.map(({ bytes }) => bytes?.length)).toEqual([128, 128, 128, 128, 128]);
  });

  it('headers that claim the impossible are refused, each with its reason', async () => {
    const with_ = (more: Parameters<typeof ctSlice>[0] = {}) => writeDicom(ctSlice({ number: 9, ...more }));
    here.write('bad/frames', with_({ more: { '0028,0008 IS': '2000000000' } }));
    here.write('bad/size', with_({ more: { '0028,0010 US': 65535, '0028,0011 US': 65535 } }));
    here.write('bad/empty', '');
    here.write(
      'bad/executable',
      Buffer.concat([Buffer.from('MZ'), Buffer.alloc(126), Buffer.from('DICM'), Buffer.alloc(40, 0x90)]),
    );
    const whole = with_();
    here.write('bad/cut', whole.subarray(0, 300));
    const long = with_({ more: { '0009,0010 LO': 'X', '0009,1001 OB': new Uint8Array(16) } }).slice();
    const at = Buffer.from(long.buffer).indexOf(Buffer.from([0x09, 0, 1, 0x10, 0x4f, 0x42]));
    new DataView(long.buffer).setUint32(at + 8, 0xfffffff0, true);
    here.write('bad/beyond', long);
    const reasons = await passedOver();
    expect([...reasons.keys()].sort()).toEqual(
      ['beyond', 'cut', 'empty', 'executable', 'frames', 'size'].map((name) => `bad/${name}`),
    );
    expect(reasons.get('bad/frames')).toBe('too-large');
    expect(reasons.get('bad/size')).toBe('too-large');
    expect(reasons.get('bad/beyond')).toBe('truncated');
  });

  it('headers that are nested thousands deep or are millions of elements end in bounded time and memory', async () => {
    const start = writeDicom({ '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.2', '0008,0018 UI': '1.2.3' });
    const open = Buffer.from([
      0x40, 0, 0x75, 2, 0x53, 0x51, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xfe, 0xff, 0, 0xe0, 0xff, 0xff, 0xff, 0xff,
    ]);
    here.write('bad/deep', Buffer.concat([start, ...new Array<Buffer>(200_000).fill(open)]));
    const tiny = Buffer.alloc(8 * 3_000_000);
    for (let index = 0; index < 3_000_000; index += 1) {
      tiny.writeUInt32LE(0x00090000 + (index & 0xffff), index * 8);
      tiny.write('LO', index * 8 + 4);
    }
    here.write('bad/many', Buffer.concat([start, tiny]));
    here.write('bad/zeros', Buffer.concat([start, Buffer.alloc(30_000_000)]));
    expect([...(await passedOver()).keys()]).toEqual(['bad/deep', 'bad/many', 'bad/zeros']);
  });

  it('a header longer than any is not read to its end', async () => {
    const file = path.join(here.data, 'bad');
    const descriptor = openSync(file, 'w');
    const start = writeDicom({ '0008,0016 UI': '1.2.840.10008.5.1.4.1.1.2', '0008,0018 UI': '1.2.3' });
    writeSync(descriptor, start);
    writeSync(descriptor, Buffer.from([0x09, 0, 1, 0x10, 0x4f, 0x42, 0, 0, 0, 0, 0, 0x70]));
    ftruncateSync(descriptor, 0x70000000 + 10_000);
    closeSync(descriptor);
    expect((await passedOver()).get('bad')).toBe('too-large');
  });
});
