import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiPrefix, inputQuery, type MethodName, type Source } from '../../src/contract/index.ts';
import { createApp, HostFault, type Host } from '../../src/host/index.ts';
import { emptyPlan } from '../../src/plan/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

const idle = { signal: new AbortController().signal };
const codeOf = async (work: () => unknown) => {
  try {
    await work();
  } catch (error) {
    return error instanceof HostFault ? error.error.code : String(error);
  }
  return undefined;
};

const thrownBy = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe('the host', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());
  const slice = (number: number, patient = 'Secret^Patient') =>
    writeDicom(ctSlice({ number, more: { '0010,0010 PN': patient } }));
  const plan = (title = 'A case') =>
    emptyPlan({ id: '6f1c7d9e-0000-4000-8000-000000000001', title, now: () => '2026-11-25T08:00:00.000Z' });
  const app = (host: Host) => {
    const { fetch } = createApp(host, { staticFolder: here.page, mayCall: () => true });
    return (name: MethodName, input: unknown, body?: BodyInit) =>
      fetch(
        body === undefined
          ? new Request(`seldinger://app${apiPrefix}${name}`, { method: 'POST', body: JSON.stringify(input) })
          : new Request(
              `seldinger://app${apiPrefix}${name}?${new URLSearchParams({ [inputQuery]: JSON.stringify(input) }).toString()}`,
              { method: 'POST', body },
            ),
      );
  };

  it('never lets a path of the disk reach the page', async () => {
    here.write('in/IM1', slice(1));
    here.write('in/bad.dcm', 'x');
    here.write('in/a.plan.json', '{}');
    const host = here.host({ launch: [path.join(here.data, 'in')] });
    const call = app(host);
    const hello = await (await call('hello', {})).text();
    const { launch } = JSON.parse(hello) as { launch: Source[] };
    const scan = await (await call('scan', { sources: launch.map(({ id }) => id) })).text();
    expect(launch[0]?.label).toBe('in');
    for (const text of [hello, scan, await (await call('hello', {})).text()]) {
      expect(text).not.toContain(here.folder);
      expect(text).not.toContain(path.basename(here.folder));
    }
  });

  it('knows no source of another launch, nor a path as one', async () => {
    const one = here.host();
    const source = one.grantPaths([here.data]);
    const other = here.host();
    for (const id of [source.id, here.data, '..', '']) {
      expect(await codeOf(() => scanned(other, [id]))).toBe('not-found');
      expect(await codeOf(() => other.methods.planLoad({ source: id }, idle))).toBe('not-found');
    }
  });

  it('refuses to start on a path that is not there, by its name alone', () => {
    const error = thrownBy(() => here.host({ launch: [path.join(here.folder, 'gone')] }));
    expect(error instanceof HostFault && error.error).toMatchObject({ code: 'not-found', say: '“gone” is not there.' });
  });

  it('scans an upload like any folder, and shows its own names', async () => {
    const host = here.host();
    const call = app(host);
    const bytes = slice(1);
    const half = Math.floor(bytes.length / 2);
    const { upload } = (await (
      await call('uploadBegin', { label: 'CT', kind: 'folder', files: 3, bytes: 2000 })
    ).json()) as {
      upload: string;
    };
    await call('uploadPiece', { upload, path: 'CT/a/IM1', offset: 0 }, bytes.slice(0, half));
    const second = await call('uploadPiece', { upload, path: 'CT/a/IM1', offset: half }, bytes.slice(half));
    expect(await second.json()).toEqual({ received: bytes.length });
    await call('uploadPiece', { upload, path: 'CT/junk.txt', offset: 0 }, 'x');
    await call('uploadPiece', { upload, path: 'CT/x.plan.json', offset: 0 }, JSON.stringify(plan()));
    const { source } = (await (await call('uploadEnd', { upload })).json()) as { source: Source };
    const events = await scanned(host, [source.id]);
    const [series] = seriesOf(events);
    expect(series?.instances.length).toBe(1);
    const done = events.find((event) => event.type === 'done');
    expect(done?.type === 'done' && done.skipped.map((one) => one.path)).toEqual(['junk.txt']);
    const found = events.find((event) => event.type === 'plan');
    expect(found?.type === 'plan' && found.source.label).toBe('x.plan.json');
    const loaded = await host.methods.planLoad({ source: found?.type === 'plan' ? found.source.id : '' }, idle);
    expect(loaded.plan.title).toBe('A case');
    const [frame] = await framesOf(host, [{ token: series?.instances[0]?.source ?? '', frame: 1 }]);
    expect(frame?.bytes?.length).toBe(128);
    expect(host.methods.hello).toBeDefined();
    expect((await host.methods.hello({}, idle)).recents).toEqual([]);
    await host.close();
    expect(readdirSync(path.join(here.home, 'uploads'))).toEqual([]);
  });

  it('offers what was opened again after a new start, without the patient’s name, until it is forgotten', async () => {
    here.write('in/IM1', slice(1));
    const first = here.host({ launch: [path.join(here.data, 'in')], now: () => new Date('2026-11-25T08:00:00Z') });
    const { launch } = await first.methods.hello({}, idle);
    await scanned(first, [launch[0]?.id ?? '']);
    await first.close();
    const second = here.host();
    const { recents } = await second.methods.hello({}, idle);
    expect(recents.map(({ id: _id, ...rest }) => rest)).toEqual([
      { label: 'in', kind: 'folder', openedAt: '2026-11-25T08:00:00.000Z' },
    ]);
    expect(readFileSync(path.join(here.home, 'recents.json'), 'utf8')).not.toContain('Secret');
    const { source } = await second.methods.reopen({ recent: recents[0]?.id ?? '' }, idle);
    expect(seriesOf(await scanned(second, [source.id])).length).toBe(1);
    await second.methods.forgetRecents({}, idle);
    expect((await second.methods.hello({}, idle)).recents).toEqual([]);
    expect(await codeOf(() => second.methods.reopen({ recent: recents[0]?.id ?? '' }, idle))).toBe('not-found');
  });

  it('does not offer again what held no image, and forgets what is gone', async () => {
    here.write('junk/a.txt', 'x');
    here.write('in/IM1', slice(1));
    const host = here.host({ launch: [path.join(here.data, 'junk'), path.join(here.data, 'in')] });
    const { launch } = await host.methods.hello({}, idle);
    await scanned(host, [launch[0]?.id ?? '']);
    expect((await host.methods.hello({}, idle)).recents).toEqual([]);
    await scanned(host, [launch[1]?.id ?? '']);
    const { recents } = await host.methods.hello({}, idle);
    expect(recents.length).toBe(1);
    rmSync(path.join(here.data, 'in'), { recursive: true });
    expect(await codeOf(() => host.methods.reopen({ recent: recents[0]?.id ?? '' }, idle))).toBe('not-found');
    expect((await host.methods.hello({}, idle)).recents).toEqual([]);
  });

  it('begins with no recent files where their list is damaged', async () => {
    mkdirSync(here.home, { recursive: true });
    writeFileSync(path.join(here.home, 'recents.json'), '{"version":1,"recents":[{');
    expect((await here.host().methods.hello({}, idle)).recents).toEqual([]);
  });

  it('saves a plan where it was granted, and loads the same again', async () => {
    const host = here.host();
    const target = host.grantPlanTarget(path.join(here.data, 'New.plan.json'));
    expect(target).toMatchObject({ label: 'New.plan.json', kind: 'plan' });
    const mine = { ...plan(), records: { a: { type: 'mask' as const, unknown: { kept: true } } }, extra: 'kept' };
    const bare = plan();
    await host.methods.planSave({ plan: { ...bare, extra: 'kept' }, source: target.id, journal: null }, idle);
    expect((await host.methods.planLoad({ source: target.id }, idle)).plan).toEqual({ ...bare, extra: 'kept' });
    expect(readdirSync(here.data)).toEqual(['New.plan.json']);
    expect(mine.extra).toBe('kept');
  });

  it('says in a sentence why a file is no plan, and never writes over what is none', async () => {
    const host = here.host();
    here.write('text.plan.json', 'hello');
    here.write('other.plan.json', '{"format":"x"}');
    const image = here.write('IM1', slice(1));
    const load = (file: string) => host.methods.planLoad({ source: host.grantPaths([file]).id }, idle);
    expect(await codeOf(() => load(path.join(here.data, 'text.plan.json')))).toBe('unsupported');
    expect(await codeOf(() => load(path.join(here.data, 'other.plan.json')))).toBe('unsupported');
    expect(await codeOf(() => load(image))).toBe('bad-request');
    const { id } = host.grantPaths([image]);
    const before = readFileSync(image);
    expect(await codeOf(() => host.methods.planSave({ plan: plan(), source: id, journal: null }, idle))).toBe(
      'bad-request',
    );
    expect(readFileSync(image).equals(before)).toBe(true);
  });

  it('keeps edits in a journal that the next start finds', async () => {
    const first = here.host();
    const opened = await first.methods.journalOpen({ session: 's', studies: ['1.2'], plan: null }, idle);
    expect(opened).toMatchObject({ readOnly: false, unsaved: false });
    const record = {
      type: 'item' as const,
      kind: 'note',
      label: 'Here',
      order: 1,
      side: null,
      on: { in: 'image' as const, seriesInstanceUID: '1', sopInstanceUID: '2', frame: 1 },
    };
    const edit = { title: 'Add', changes: [{ id: 'n', before: undefined, after: record }] };
    const call = app(first);
    const kept = await call('journalAppend', { journal: opened.journal, session: 's', sequence: 1, edit });
    expect(await kept.json()).toEqual({ sequence: 1 });
    await first.close();
    const second = here.host();
    const again = await second.methods.journalOpen({ session: 't', studies: ['1.2'], plan: null }, idle);
    expect(again).toMatchObject({ unsaved: true, readOnly: false });
    expect(again.plan?.records['n']).toMatchObject({ label: 'Here' });
    const target = second.grantPlanTarget(path.join(here.data, 'x.plan.json'));
    await second.methods.planSave({ plan: again.plan ?? plan(), source: target.id, journal: again.journal }, idle);
    await second.close();
    const third = await here.host().methods.journalOpen({ session: 'u', studies: ['1.2'], plan: null }, idle);
    expect(third.unsaved).toBe(false);
  });

  it('stops a scan within a second of the page closing the answer', async () => {
    for (let number = 1; number <= 400; number += 1) here.write(`IM${number}`, slice(number));
    let stopped: unknown;
    const host = here.host({
      scanner: {
        close: () => Promise.resolve(),
        scan: (_target, signal, tell) =>
          new Promise((_resolve, reject) => {
            tell({ type: 'progress', filesFound: 400, filesRead: 1, seriesFound: 0 });
            signal.addEventListener('abort', () => {
              stopped = true;
              reject(signal.reason as Error);
            });
          }),
      },
    });
    const answer = await app(host)('scan', { sources: [host.grantPaths([here.data]).id] });
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel();
    expect(stopped).toBe(true);
  });

  it('answers what it does not expect without telling of the inside', async () => {
    const host = here.host();
    const broken: Host = {
      ...host,
      methods: { ...host.methods, hello: () => Promise.reject(new Error(`secret ${here.folder}`)) },
    };
    const answer = await app(broken)('hello', {});
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toContain('secret');
    expect(JSON.parse(text)).toMatchObject({ code: 'internal' });
  });

  it('makes a sample case once, below its own folder, and grants it', async () => {
    const host = here.host();
    const [sample] = (await host.methods.hello({}, idle)).samples;
    const events = [];
    for await (const event of host.methods.makeSample({ name: sample?.name ?? '' }, idle)) events.push(event);
    const last = events.at(-1);
    expect(last?.type).toBe('done');
    const source = last?.type === 'done' ? last.source.id : '';
    expect(seriesOf(await scanned(host, [source])).length).toBeGreaterThan(0);
    expect(existsSync(path.join(here.home, 'samples'))).toBe(true);
    const again = [];
    for await (const event of host.methods.makeSample({ name: sample?.name ?? '' }, idle)) again.push(event);
    expect(again.map(({ type }) => type)).toEqual(['progress', 'done']);
  });

  it('knows no sample of another name, and leaves nothing behind when one is cancelled', async () => {
    const host = here.host();
    for (const name of ['../..', 'nothing', '']) {
      const events = [];
      for await (const event of host.methods.makeSample({ name }, idle)) events.push(event);
      expect(events).toMatchObject([{ type: 'failed', code: 'not-found' }]);
    }
    const [sample] = (await host.methods.hello({}, idle)).samples;
    const controller = new AbortController();
    for await (const event of host.methods.makeSample({ name: sample?.name ?? '' }, { signal: controller.signal })) {
      if (event.type === 'progress') controller.abort();
    }
    const left = existsSync(path.join(here.home, 'samples'))
      ? readdirSync(path.join(here.home, 'samples'), { recursive: true, withFileTypes: true }).filter((one) =>
          one.isFile(),
        )
      : [];
    expect(left).toEqual([]);
  });
});
