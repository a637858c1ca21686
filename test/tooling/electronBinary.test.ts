import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reasonOf } from '../../scripts/doors.mjs';
import { electronBinary } from '../../scripts/electronBinary.mjs';

const proxies = ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'npm_config_https_proxy'];
let folder = '';
let server: Server | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seldinger-binary-'));
  await writeFile(join(folder, 'package.json'), '{"version":"9.9.9"}');
  await installer('process.exit(1)');
  for (const name of proxies) vi.stubEnv(name, '');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(folder, { recursive: true, force: true });
});

function installer(source: string): Promise<void> {
  return writeFile(join(folder, 'install.js'), source);
}

/** A mirror of Electron's archives on this machine. */
async function mirror(answer: RequestListener): Promise<void> {
  const made = createServer(answer);
  server = made;
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  const address = made.address();
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`);
}

async function ask(): Promise<string> {
  const binary = await electronBinary(() => undefined, folder);
  return 'path' in binary ? `path: ${binary.path}` : binary.why;
}

const installs = `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync('dist'); writeFileSync('dist/electron', ''); writeFileSync('path.txt', 'electron');`;

describe('the binary of Electron', () => {
  it('is used where it is, without asking anyone', async () => {
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/');
    await mkdir(join(folder, 'dist'));
    await writeFile(join(folder, 'dist/electron'), '');
    await writeFile(join(folder, 'path.txt'), 'electron');
    expect(await ask()).toBe(`path: ${join(folder, 'dist/electron')}`);
  });
  it('is fetched from the mirror named, by its own installer', async () => {
    const asked: string[] = [];
    await mirror((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      response.end();
    });
    await installer(installs);
    expect(await ask()).toBe(`path: ${join(folder, 'dist/electron')}`);
    expect(asked).toEqual([`HEAD /v9.9.9/electron-v9.9.9-${process.platform}-${process.arch}.zip`]);
  });
  it('is given up when nobody answers, and is not asked for again today', async () => {
    let times = 0;
    await mirror((_request, response) => {
      times += 1;
      response.statusCode = 404;
      response.end();
    });
    expect(await ask()).toBe('its server answers 404');
    expect(await ask()).toBe('its server answers 404 (asked today)');
    expect(times).toBe(1);
  });
  it('is given up when a server takes the question and stays silent', async () => {
    await mirror(() => undefined);
    expect(await ask()).toBe('its server does not answer within 4 s');
  });
  it('is given up with the reason when the installer finds a wrong checksum', async () => {
    await mirror((_request, response) => response.end());
    await installer(
      "console.error('Error: Generated checksum for x did not match expected checksum.'); process.exit(1)",
    );
    expect(await ask()).toBe('its download has a wrong checksum');
  });
  it('is left to the installer where a proxy is set, which our own question would not go through', async () => {
    vi.stubEnv('HTTPS_PROXY', 'http://127.0.0.1:1');
    vi.stubEnv('ELECTRON_MIRROR', 'http://127.0.0.1:1/');
    await installer(`if (process.env.ELECTRON_GET_USE_PROXY !== '1') process.exit(1); ${installs}`);
    expect(await ask()).toBe(`path: ${join(folder, 'dist/electron')}`);
  });
});

describe('an Electron that ends at once', () => {
  it('gives its reason in a few words', () => {
    expect(reasonOf('FATAL: The SUID sandbox helper binary was found, but is not configured correctly')).toMatch(
      /sandbox|root/,
    );
    expect(reasonOf('electron: error while loading shared libraries: libnss3.so: cannot open')).toBe(
      'the system lacks libnss3.so',
    );
    expect(reasonOf('')).toBe('it ended before its window came up');
  });
});
