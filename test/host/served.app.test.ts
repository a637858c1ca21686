import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyHeader, scanEventSchema, sessionPath, type ScanEvent, type Source } from '../../src/contract/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { projectRoot, shared, sharedPath } from '../support/shared.ts';
import { answeredFrames, seriesOf } from './hostCalls.ts';

const program = path.join(projectRoot, 'dist/host/main.js');

/** The built program as `npm start -- --serve` runs it. */
describe('the served program', () => {
  let folder: string;
  const running: ChildProcess[] = [];
  const run = (words: readonly string[]) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { ...process.env, SELDINGER_HOME: path.join(folder, 'home') },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.push(child);
    let out = '';
    let error = '';
    child.stdout.on('data', (text) => (out += String(text)));
    child.stderr.on('data', (text) => (error += String(text)));
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.on('close', (code, signal) => resolve({ code, signal }));
    });
    const listening = async () => {
      await expect.poll(() => out, { timeout: 20_000 }).toMatch(/^listening: http:\/\/127\.0\.0\.1:\d+\/#t=\S+\n$/);
      return out.trim().slice('listening: '.length);
    };
    return { child, ended, listening, stdout: () => out, stderr: () => error };
  };
  const enter = async (url: string) => {
    const [base = '', token = ''] = url.split('/#t=');
    const answer = await fetch(base + sessionPath, { method: 'POST', body: JSON.stringify({ token }) });
    const { key } = (await answer.json()) as { key: string };
    return (name: string, input: unknown, signal?: AbortSignal) =>
      fetch(`${base}/api/${name}`, {
        method: 'POST',
        headers: { [keyHeader]: key },
        body: JSON.stringify(input),
        ...(signal === undefined ? {} : { signal }),
      });
  };
  const scan = async (call: Awaited<ReturnType<typeof enter>>) => {
    const { launch } = (await (await call('hello', {})).json()) as { launch: Source[] };
    const text = await (await call('scan', { sources: launch.map(({ id }) => id) })).text();
    return text
      .trim()
      .split('\n')
      .map((line): ScanEvent => scanEventSchema.parse(JSON.parse(line)));
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'seldinger-served-'));
    expect(existsSync(program), 'dist/host is not built').toBe(true);
  });
  afterEach(() => {
    for (const child of running.splice(0)) child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  it('scans by its own thread, sends frames, and ends by SIGTERM with code 0, leaving no socket and no upload', async () => {
    const data = path.join(folder, 'case');
    mkdirSync(data);
    for (let number = 1; number <= 3; number += 1) {
      writeFileSync(path.join(data, `IM${number}`), writeDicom(ctSlice({ number })));
    }
    writeFileSync(path.join(data, 'junk.txt'), 'x');
    expect(existsSync(path.join(path.dirname(program), 'scanWorker.js'))).toBe(true);
    const served = run(['--serve', data]);
    const url = await served.listening();
    const call = await enter(url);
    const hello = (await (await call('hello', {})).json()) as { automation: boolean };
    expect(hello.automation).toBe(false);
    const events = await scan(call);
    const [series] = seriesOf(events);
    expect(series?.instances.length).toBe(3);
    expect(JSON.stringify(events)).not.toContain(folder);
    const answer = await call('frames', {
      frames: [3, 1].map((at) => ({ token: series?.instances[at - 1]?.source, frame: 1 })),
    });
    const sent = answer.body === null ? [] : await answeredFrames(answer.body);
    expect(sent.map(({ bytes }) => bytes?.length)).toEqual([128, 128]);
    await call('uploadBegin', { label: 'x', kind: 'files', files: 1, bytes: 1 });
    expect(readdirSync(path.join(folder, 'home/uploads')).length).toBe(1);
    // A socket that is left open must not hold the end up.
    const port = Number(new URL(url).port);
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('connect', resolve));
    served.child.kill('SIGTERM');
    expect(await served.ended).toEqual({ code: 0, signal: null });
    expect(readdirSync(path.join(folder, 'home/uploads'))).toEqual([]);
    expect(served.stderr()).toBe('');
  });

  it('ends by SIGINT too, while it scans and sends', async () => {
    const served = run(['--serve', '--automation', projectRoot]);
    const call = await enter(await served.listening());
    const hello = (await (await call('hello', {})).json()) as { automation: boolean; launch: Source[] };
    expect(hello.automation).toBe(true);
    const answer = await call('scan', { sources: hello.launch.map(({ id }) => id) });
    await answer.body?.getReader().read();
    served.child.kill('SIGINT');
    expect(await served.ended).toEqual({ code: 0, signal: null });
  });

  it('makes a sample case on a thread of its own, and stops when the page closes the answer', async () => {
    const served = run(['--serve']);
    const call = await enter(await served.listening());
    const hello = (await (await call('hello', {})).json()) as { samples: { name: string }[] };
    const name = hello.samples[0]?.name ?? '';
    const stopping = new AbortController();
    const stopped = await call('makeSample', { name }, stopping.signal);
    await stopped.body?.getReader().read();
    stopping.abort();
    const samples = path.join(folder, 'home/samples');
    const files = () =>
      readdirSync(samples, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
    await expect.poll(files).toBe(0);
    const events = (await (await call('makeSample', { name })).text()).trim().split('\n');
    const last = JSON.parse(events.at(-1) ?? '') as { type: string; source: Source };
    expect(last.type).toBe('done');
    const scanned = await (await call('scan', { sources: [last.source.id] })).text();
    expect(scanned).toContain('"type":"series"');
    expect(files()).toBeGreaterThan(2);
  });

  it.each([
    [['--serve', 'not/there'], 'not there'],
    [['--serve', '--port', '99999'], '--port'],
    [['--serve', '--port'], '--port'],
    [['--wrong'], '--wrong'],
  ])('ends with code 2 and one sentence for %s', async (words, hint) => {
    const served = run(words);
    expect(await served.ended).toEqual({ code: 2, signal: null });
    expect(served.stdout()).toBe('');
    expect(served.stderr()).toMatch(/^[^\n]+\.\n$/);
    expect(served.stderr()).toContain(hint);
  });

  it('says so in one sentence when its port is taken', async () => {
    const first = run(['--serve']);
    const { port } = new URL(await first.listening());
    const second = run(['--serve', '--port', port]);
    expect(await second.ended).toEqual({ code: 2, signal: null });
    expect(second.stderr()).toBe(`Port ${port} is in use by another program.\n`);
  });

  it('has a secret of its own for every launch', async () => {
    const [one, other] = [run(['--serve']), run(['--serve'])];
    const [first, second] = [new URL(await one.listening()), new URL(await other.listening())];
    expect(first.hash).not.toBe(second.hash);
    const wrong = await fetch(first.origin + sessionPath, {
      method: 'POST',
      body: JSON.stringify({ token: second.hash.slice('#t='.length) }),
    });
    expect(wrong.status).toBe(403);
  });

  it.skipIf(!shared)('finds the 140 images of a real CT', async () => {
    const served = run(['--serve', sharedPath('data/ct-head-141')]);
    const [series] = seriesOf(await scan(await enter(await served.listening())));
    expect(series?.instances.length).toBe(140);
    served.child.kill('SIGTERM');
    expect((await served.ended).code).toBe(0);
  });
});
