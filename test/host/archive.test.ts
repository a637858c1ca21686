import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { usualArchiveLimits } from '../../src/host/archive.ts';
import { loadVolume, nodeCodecs, scanPaths } from '../../src/host/index.ts';
import { openBytes } from '../../src/host/openBytes.ts';
import { runScan } from '../../src/host/runScan.ts';
import type { PathScanEvent } from '../../src/host/scanEvents.ts';
import { Unpacked } from '../../src/host/unpacked.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { writeZip, type ZipEntry } from '../support/zipWriter.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

describe('a ZIP', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const stored = (number: number) => Array.from({ length: 64 }, (_, index) => number * 100 + index);
  const slice = (number: number) => writeDicom(ctSlice({ number, stored: stored(number) }));
  const slices = (method: number, folder = ''): ZipEntry[] =>
    [1, 2, 3, 4, 5].map((number) => ({ name: `${folder}IM${number}`, bytes: slice(number), method }));
  const reasons = (skipped: readonly { path: string; reason: string }[]) =>
    skipped.map(({ path: name, reason }) => [name, reason]);

  it.each([
    ['stored', 0],
    ['deflated', 8],
  ])('%s is scanned like a folder, and gives the same volume and the same bytes', async (_, method) => {
    here.write(
      'one.zip',
      writeZip([...slices(method, 'a/b/'), { name: 'readme.txt', bytes: 'Hello, colleague.', method }]),
    );
    const { series, skipped } = await scanPaths([path.join(here.data, 'one.zip')]);
    expect(reasons(skipped)).toEqual([['one.zip!/readme.txt', 'not-dicom']]);
    expect(series[0]?.volume?.dimensions).toEqual([8, 8, 5]);
    const only = series[0];
    if (only === undefined) throw new Error('no series');
    const { data } = await loadVolume(only, nodeCodecs());
    expect(Array.from(data.slice(64, 128))).toEqual(stored(2).map((value) => value - 1024));

    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const asks = (told[0]?.instances ?? []).map(({ source }) => ({ token: source, frame: 1 }));
    const got = await framesOf(host, asks);
    expect(got.map(({ bytes }) => bytes && [...new Uint16Array(bytes.buffer, bytes.byteOffset, 2)])).toEqual(
      [1, 2, 3, 4, 5].map((number) => [number * 100, number * 100 + 1]),
    );
    expect(JSON.stringify(told)).not.toContain(here.folder);
  });

  it('among folders is found by what it is, whatever it is called', async () => {
    here.write('sub/backup.dat', writeZip(slices(8)));
    here.write('IM9', slice(9));
    const { series, skipped, filesRead } = await scanPaths([here.data]);
    expect(skipped).toEqual([]);
    expect(series[0]?.instances.length).toBe(6);
    expect(filesRead).toBe(7);
  });

  it('whose names lead outside is opened but for those, which are named', async () => {
    const outside = ['../evil', '/etc/evil', 'a/../../evil2', 'C:\\evil', '..\\..\\evil3'];
    here.write('evil', slice(7));
    here.write(
      'z/one.zip',
      writeZip([...slices(8), ...outside.map((name, index) => ({ name, bytes: slice(20 + index) }))]),
    );
    const { series, skipped } = await scanPaths([path.join(here.data, 'z')]);
    expect(series[0]?.instances.length).toBe(5);
    expect(skipped.map(({ path: name }) => name).sort()).toEqual(
      ['../../evil3', '../evil', '/etc/evil', 'C:/evil', 'a/../../evil2'].sort(),
    );
    for (const { reason, message } of skipped) {
      expect(reason).toBe('outside-root');
      expect(message).toContain('one.zip');
    }
    expect(readdirSync(here.data).sort()).toEqual(['evil', 'z']);
  });

  it('holds links, of which none is followed and those that lead outside are named', async () => {
    here.write(
      'one.zip',
      writeZip([
        ...slices(8, 'a/'),
        { name: 'a/out', bytes: '../../../etc/passwd', mode: 0o120777 },
        { name: 'a/root', bytes: '/etc/passwd', mode: 0o120777, method: 0 },
        { name: 'a/again', bytes: 'IM1', mode: 0o120777 },
      ]),
    );
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances.length).toBe(5);
    expect(reasons(skipped)).toEqual([
      ['one.zip!/a/out', 'outside-root'],
      ['one.zip!/a/root', 'outside-root'],
    ]);
  });

  it('within a ZIP, encrypted or packed in another way is refused, with what to do', async () => {
    here.write(
      'one.zip',
      writeZip([
        ...slices(8),
        { name: 'inner.zip', bytes: writeZip(slices(8)) },
        { name: 'secret', bytes: slice(8), flags: 0x801 },
        { name: 'odd', bytes: slice(9), method: 12 },
      ]),
    );
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances.length).toBe(5);
    expect(reasons(skipped)).toEqual([
      ['one.zip!/inner.zip', 'unreadable'],
      ['one.zip!/odd', 'unreadable'],
      ['one.zip!/secret', 'unreadable'],
    ]);
    expect(skipped.map(({ message }) => message).join(' ')).toMatch(/archive within.*method.*encrypted/s);
  });

  it('that claims to unpack to far more than its size is not unpacked', async () => {
    const bomb = { name: 'bomb', bytes: new Uint8Array(120_000_000), claimedBytes: 4_000_000_000 };
    here.write('one.zip', writeZip([...slices(8), bomb]));
    const { series, skipped } = await scanPaths([here.data]);
    expect(series[0]?.instances.length).toBe(5);
    expect(reasons(skipped)).toEqual([['one.zip!/bomb', 'too-large']]);
    expect(skipped[0]?.message).toMatch(/3\.7 GB, [\d,]+ times its size/);
  });

  it('with too many files, too many bytes or overlapping files is refused as a whole', async () => {
    here.write('many.zip', writeZip(slices(8)));
    here.write('overlap.zip', writeZip(slices(8).map((entry) => ({ ...entry, lines: 4 }))));
    const got = async (file: string, more = usualArchiveLimits) => {
      const events: PathScanEvent[] = [];
      const target = { paths: [path.join(here.data, file)], files: [] };
      await runScan(target, new AbortController().signal, (event) => events.push(event), more);
      const done = events.at(-1);
      return done?.type === 'done' ? done.skipped : [];
    };
    const refusal = (name: string, message: unknown) => [{ path: name, reason: 'too-large', message }];
    expect(await got('many.zip', { ...usualArchiveLimits, entries: 4 })).toEqual(
      refusal('many.zip', 'The archive lists 5 files; at most 4 are read.'),
    );
    expect(await got('many.zip', { ...usualArchiveLimits, bytes: 2048 })).toEqual(
      refusal('many.zip', expect.stringMatching(/would unpack to 3\.\d kB; at most 2 kB are read/)),
    );
    expect(await got('many.zip', { ...usualArchiveLimits, ratio: 1, ratioFromBytes: 400 })).toEqual([
      ...[1, 2, 3, 4, 5].map((number) => ({
        path: `many.zip!/IM${number}`,
        reason: 'too-large',
        message: expect.stringContaining('times its size') as unknown,
      })),
    ]);
    expect(await got('overlap.zip')).toEqual(refusal('overlap.zip', expect.stringContaining('overlap')));
  });

  it('whose table lies about sizes costs the entry alone', async () => {
    here.write(
      'one.zip',
      writeZip([
        ...slices(8),
        { name: 'less', bytes: slice(8), claimedBytes: 700 },
        { name: 'more', bytes: slice(9), claimedBytes: 5000 },
        { name: 'two', bytes: slice(10), method: 0, claimedBytes: 5000 },
      ]),
    );
    const { series, skipped } = await scanPaths([here.data]);
    expect(reasons(skipped)).toEqual([
      ['one.zip!/less', 'truncated'],
      ['one.zip!/two', 'unreadable'],
    ]);
    // 'more' has its header; that its pixels do not unpack is told when they are asked for.
    const instances = series[0]?.instances ?? [];
    expect(instances.length).toBe(6);
    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const got = await framesOf(
      host,
      (told[0]?.instances ?? []).map(({ source }) => ({ token: source, frame: 1 })),
    );
    expect(got.filter(({ error }) => error !== undefined).map(({ error }) => error?.code)).toEqual(['unreadable']);
  });

  it('that is cut short or is none at all is named', async () => {
    const whole = writeZip(slices(0));
    here.write('cut.zip', whole.subarray(0, whole.length - 30));
    const broken = whole.slice();
    broken.set([0, 0, 0, 0], broken.length - 22 - 49);
    here.write('table.zip', broken);
    here.write('empty.zip', writeZip([]));
    here.write('letter.docx', writeZip([{ name: '[Content_Types].xml', bytes: '<x/>' }]));
    here.write('IM9', slice(9));
    const { series, skipped } = await scanPaths([here.data]);
    expect(reasons(skipped)).toEqual([
      ['cut.zip', 'unreadable'],
      ['letter.docx', 'not-dicom'],
      ['table.zip', 'unreadable'],
    ]);
    // What the damaged table gave before its damage is used.
    expect(series[0]?.instances.length).toBeGreaterThan(1);
  });

  it('uploaded is scanned too, and its plan can be loaded but not saved over', async () => {
    const plan = {
      format: 'seldinger-plan',
      version: 1,
      id: 'p',
      title: 'Packed',
      createdAt: '2026-01-15T09:30:00Z',
      modifiedAt: '2026-01-15T09:30:00Z',
      records: {},
    };
    const zip = writeZip([...slices(8), { name: 'case.plan.json', bytes: JSON.stringify(plan) }]);
    const host = here.host();
    const { signal } = new AbortController();
    const { upload } = await host.methods.uploadBegin(
      { label: 'one.zip', kind: 'files', files: 1, bytes: zip.length },
      { signal },
    );
    async function* body() {
      yield await Promise.resolve(zip);
    }
    await host.methods.uploadPiece({ upload, path: 'one.zip', offset: 0 }, { signal, body: body() });
    const { source } = await host.methods.uploadEnd({ upload }, { signal });
    const events = await scanned(host, [source?.id ?? '']);
    expect(seriesOf(events)[0]?.instances.length).toBe(5);
    const found = events.find((event) => event.type === 'plan');
    const planSource = found?.type === 'plan' ? found.source.id : '';
    const loaded = await host.methods.planLoad({ source: planSource }, { signal });
    expect(loaded.plan.title).toBe('Packed');
    await expect(
      host.methods.planSave({ plan: loaded.plan, source: planSource, journal: null }, { signal }),
    ).rejects.toThrow();
    const got = await framesOf(
      host,
      (seriesOf(events)[0]?.instances ?? []).map(({ source: token }) => ({ token, frame: 1 })),
    );
    expect(got.every(({ bytes }) => bytes?.length === 128)).toBe(true);
  });

  it.skipIf(process.platform === 'win32')('that became a link to outside is not read any more', async () => {
    const file = here.write('in/one.zip', writeZip(slices(0)));
    here.write('one.zip', writeZip(slices(0)));
    const host = here.host();
    const told = seriesOf(await scanned(host, [host.grantPaths([path.dirname(file)]).id]));
    const { rmSync } = await import('node:fs');
    rmSync(file);
    symlinkSync(path.join(here.data, 'one.zip'), file);
    const got = await framesOf(host, [{ token: told[0]?.instances[0]?.source ?? '', frame: 1 }]);
    expect(got[0]?.error?.code).toBe('outside-root');
  });

  it('entry too large for memory is unpacked into a private folder, which goes with the launch', async () => {
    here.write('one.zip', writeZip(slices(8)));
    const { series } = await scanPaths([here.data]);
    const source = series[0]?.instances[2]?.source ?? '';
    const small = { inMemoryEntryBytes: 100, inMemoryBytes: 100, onDiskBytes: 4000 };
    const unpacked = new Unpacked(here.home, small);
    const read = async () => {
      const file = await openBytes(source, unpacked);
      const bytes = new Uint8Array(file.size);
      expect(await file.read(bytes, 0, bytes.length + 10, 0)).toBe(bytes.length);
      await file.close();
      return bytes;
    };
    expect(await read()).toEqual(new Uint8Array(slice(3)));
    await read();
    const folder = path.join(here.home, 'unpacked');
    expect(readdirSync(folder, { recursive: true }).filter((name) => /[0-9a-f]{16}$/.test(String(name))).length).toBe(
      1,
    );
    await unpacked.close();
    expect(readdirSync(folder)).toEqual([]);
    const full = new Unpacked(here.home, { ...small, onDiskBytes: 100 });
    await expect(openBytes(source, full)).rejects.toMatchObject({ error: { code: 'too-large' } });
    await full.close();
    expect(existsSync(path.join(here.data, 'IM3'))).toBe(false);
  });
});
