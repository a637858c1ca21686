import { symlinkSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyHeader, pageHeader, sessionPath } from '../../src/contract/index.ts';
import { startServer } from '../../src/host/index.ts';
import { hostCase, type HostCase } from './hostCase.ts';
import { rawRequest } from './rawHttp.ts';

describe('the loopback door', () => {
  let here: HostCase;
  let server: Awaited<ReturnType<typeof startServer>>;
  let secret: string;
  const start = async (reusable: boolean) => {
    server = await startServer(here.host(), { port: 0, reusable, staticFolder: here.page });
    secret = server.url.split('#t=')[1] ?? '';
  };
  const json = { 'Content-Type': 'application/json' };
  const trade = (token: string, headers: Record<string, string> = {}) =>
    rawRequest(server.port, {
      method: 'POST',
      path: sessionPath,
      headers: { ...json, ...headers },
      body: JSON.stringify({ token }),
    });
  const key = async () => String((JSON.parse((await trade(secret)).body) as { key: string }).key);
  const hello = (headers: Record<string, string>, host?: string) =>
    rawRequest(server.port, {
      method: 'POST',
      path: '/api/hello',
      headers: { ...json, ...headers },
      body: '{}',
      ...(host === undefined ? {} : { host }),
    });

  beforeEach(async () => {
    here = hostCase();
    await start(false);
  });
  afterEach(async () => {
    await server.close();
    await here.remove();
  });

  it('answers to the key that the secret was traded for', async () => {
    const answer = await hello({ [keyHeader]: await key() });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ door: 'browser', automation: false, launch: [], recents: [] });
  });

  it('refuses methods without a key, with a wrong one, and with the secret itself', async () => {
    expect((await hello({})).status).toBe(403);
    expect((await hello({ [keyHeader]: 'x' })).status).toBe(403);
    expect((await hello({ [keyHeader]: secret })).status).toBe(403);
  });

  it('trades the secret once', async () => {
    expect((await trade(secret)).status).toBe(200);
    const second = await trade(secret);
    expect(second.status).toBe(403);
    expect(JSON.parse(second.body)).toMatchObject({ code: 'forbidden' });
  });

  it('trades the secret again and again under --serve, but never a wrong one', async () => {
    await server.close();
    await start(true);
    expect((await trade(secret)).status).toBe(200);
    expect((await trade(secret)).status).toBe(200);
    expect((await trade(`${secret}x`)).status).toBe(403);
    expect((await trade('')).status).toBe(403);
  });

  it('does not take the key of another launch', async () => {
    const other = await startServer(here.host(), { port: 0, reusable: true, staticFolder: here.page });
    try {
      expect(
        (
          await rawRequest(other.port, {
            method: 'POST',
            path: '/api/hello',
            headers: { ...json, [keyHeader]: await key() },
            body: '{}',
          })
        ).status,
      ).toBe(403);
    } finally {
      await other.close();
    }
  });

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1', '127.0.0.1.evil.example:PORT', '0.0.0.0:PORT', ''])(
    'refuses the foreign host name "%s" for page and methods (DNS rebinding)',
    async (name) => {
      const host = name.replace('PORT', String(server.port));
      expect((await hello({ [keyHeader]: await key() }, host)).status).toBeGreaterThanOrEqual(400);
      expect((await rawRequest(server.port, { host })).status).toBeGreaterThanOrEqual(400);
    },
  );

  it.each([
    'https://evil.example',
    'null',
    'http://127.0.0.1',
    'http://127.0.0.1:1',
    'http://localhost:PORT',
    'file://',
  ])('refuses the foreign origin %s, even with the right key', async (origin) => {
    const Origin = origin.replace('PORT', String(server.port));
    expect((await hello({ [keyHeader]: await key(), Origin })).status).toBe(403);
    expect((await trade(secret, { Origin })).status).toBe(403);
  });

  it('takes its own origin', async () => {
    const Origin = `http://127.0.0.1:${server.port}`;
    expect((await hello({ [keyHeader]: await key(), Origin, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  });

  it.each(['cross-site', 'same-site'])('refuses what a %s page asks for, the page itself too', async (site) => {
    expect((await hello({ [keyHeader]: await key(), 'Sec-Fetch-Site': site })).status).toBe(403);
    expect((await rawRequest(server.port, { headers: { 'Sec-Fetch-Site': site } })).status).toBe(403);
  });

  it('serves the page with its policy, isolation and no permission for other origins', async () => {
    const answer = await rawRequest(server.port, { headers: { 'Sec-Fetch-Site': 'none' } });
    expect(answer.status).toBe(200);
    const head = answer.head.toLowerCase();
    const nonce = /nonce-([^']+)'/.exec(answer.head)?.[1] ?? '?';
    expect(answer.body).toContain(`<meta property="csp-nonce" content="${nonce}">`);
    expect(head).toContain("default-src 'none'");
    expect(head).not.toContain("'unsafe-eval'");
    expect(head).toContain('cross-origin-opener-policy: same-origin');
    expect(head).toContain('cross-origin-embedder-policy: require-corp');
    expect(head).toContain('cross-origin-resource-policy: same-origin');
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain('cache-control: no-store');
    expect(head).not.toContain('access-control-');
    expect(head).not.toContain('set-cookie');
  });

  it('gives assets their type and lets them be kept', async () => {
    const wasm = await rawRequest(server.port, { path: '/assets/codec.wasm' });
    expect(wasm.head.toLowerCase()).toContain('content-type: application/wasm');
    const script = await rawRequest(server.port, { path: '/assets/page-1a2b.js' });
    expect(script.head.toLowerCase()).toContain('immutable');
    expect(script.head.toLowerCase()).toContain('cross-origin-resource-policy: same-origin');
  });

  it('serves nothing but the files of the page', async () => {
    writeFileSync(path.join(here.folder, 'secret.txt'), 'secret');
    symlinkSync(path.join(here.folder, 'secret.txt'), path.join(here.page, 'link.txt'));
    writeFileSync(path.join(here.page, '.hidden'), 'secret');
    for (const hostile of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/..%5csecret.txt',
      '/assets/..%2f..%2fsecret.txt',
      '/link.txt',
      '/.hidden',
      '/index.html%00.js',
      '/index.html::$DATA',
      '/index.html.',
      '/%5c%5cserver%5cshare%5cfile',
      '//server/share/file',
      '/C:/Windows/win.ini',
      '/%',
      '/assets',
      '/nothing.js',
    ]) {
      const answer = await rawRequest(server.port, { path: hostile });
      expect([hostile, answer.status]).toEqual([hostile, 404]);
      expect(answer.body).not.toContain('secret');
    }
  });

  it('has methods by POST only, and no others than the contract’s', async () => {
    const headers = { ...json, [keyHeader]: await key() };
    expect((await rawRequest(server.port, { path: '/api/hello', headers })).status).toBe(404);
    for (const name of ['constructor', 'list', '__proto__', 'hello/x', '']) {
      expect(
        (await rawRequest(server.port, { method: 'POST', path: `/api/${name}`, headers, body: '{}' })).status,
      ).toBe(404);
    }
  });

  it('says in a sentence that a request does not fit the contract', async () => {
    const headers = { ...json, [keyHeader]: await key() };
    for (const body of ['{', '[]', '{"sources":[]}', '{"sources":[1]}']) {
      const answer = await rawRequest(server.port, { method: 'POST', path: '/api/scan', headers, body });
      expect(answer.status).toBe(400);
      expect(JSON.parse(answer.body)).toMatchObject({ code: 'bad-request' });
    }
  });

  it('stops reading for an answer that the page has closed', async () => {
    await server.close();
    const stopped: string[] = [];
    const host = here.host({
      scanner: {
        close: () => Promise.resolve(),
        scan: (_target, signal, tell) =>
          new Promise((_resolve, reject) => {
            tell({ type: 'progress', filesFound: 9, filesRead: 1, seriesFound: 0 });
            signal.addEventListener('abort', () => {
              stopped.push('scan');
              reject(new Error('stopped'));
            });
          }),
      },
    });
    const endless = () =>
      new ReadableStream<Uint8Array>({
        pull: (controller) => controller.enqueue(new Uint8Array(100_000)),
        cancel: () => void stopped.push('frames'),
      });
    server = await startServer(
      { ...host, methods: { ...host.methods, frames: endless } },
      { port: 0, reusable: true, staticFolder: here.page },
    );
    secret = server.url.split('#t=')[1] ?? '';
    const headers = { [keyHeader]: await key() };
    const open = async (name: string, input: unknown) => {
      const controller = new AbortController();
      const { signal } = controller;
      const url = `http://127.0.0.1:${server.port}/api/${name}`;
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(input), signal });
      await answer.body?.getReader().read();
      controller.abort();
    };
    await open('scan', { sources: [host.grantPaths([here.data]).id] });
    await expect.poll(() => stopped).toEqual(['scan']);
    await open('frames', { frames: [{ token: 'x', frame: 1 }] });
    await expect.poll(() => stopped).toEqual(['scan', 'frames']);
  });

  it('takes a page whose last connection is closed for gone: its plan is free for the next', async () => {
    const one = await key();
    const agent = new Agent({ keepAlive: true });
    const asked = { studies: ['1.2.3'], plan: null };
    const open = (page: string, way: Agent | undefined): Promise<{ readOnly: boolean }> =>
      new Promise((resolve, reject) => {
        const headers = { ...json, [keyHeader]: one, [pageHeader]: page };
        const path = '/api/journalOpen';
        const going = request(
          { host: '127.0.0.1', port: server.port, method: 'POST', path, headers, agent: way },
          (answer) => {
            let text = '';
            answer.on('data', (data: Buffer) => (text += data.toString()));
            answer.on('end', () => resolve(JSON.parse(text) as { readOnly: boolean }));
          },
        );
        going.on('error', reject);
        going.end(JSON.stringify({ ...asked, session: page }));
      });
    expect((await open('a', agent)).readOnly).toBe(false);
    expect((await open('b', undefined)).readOnly).toBe(true);
    agent.destroy();
    await expect.poll(async () => (await open('c', undefined)).readOnly).toBe(false);
  });

  it('ends all its connections at once when closed', async () => {
    const hanging = fetch(`http://127.0.0.1:${server.port}/api/uploadPiece?input={}`, {
      method: 'POST',
      headers: { [keyHeader]: await key() },
      body: new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array(1)) }),
      // @ts-expect-error Node's fetch wants it for a streamed body; the type of lib.dom does not know it
      duplex: 'half',
    }).then(
      () => 'answered',
      () => 'ended',
    );
    await server.close();
    expect(['answered', 'ended']).toContain(await hanging);
  });
});
