import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFault } from '../../src/host/index.ts';
import { Grants } from '../../src/host/grants.ts';
import { Uploads, shownName } from '../../src/host/uploads.ts';
import { hostCase, type HostCase } from './hostCase.ts';

async function* pieces(...parts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}
const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return error instanceof HostFault ? error.error.code : String(error);
  }
  return undefined;
};
const codeOfLater = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof HostFault ? error.error.code : String(error)),
  );

describe('files handed over by the browser', () => {
  let here: HostCase;
  let grants: Grants;
  const begin = (uploads: Uploads, files = 1, bytes = 10) =>
    uploads.begin({ label: 'scan', kind: 'folder', files, bytes });
  const usual = (limits = { files: 10, bytes: 1000 }) => new Uploads(here.home, limits, grants);
  const all = (folder: string): string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name));

  beforeEach(() => {
    here = hostCase();
    grants = new Grants();
  });
  afterEach(() => here.remove());

  it('keeps what comes in pieces, byte by byte, and shows it under its own name below the folder', async () => {
    const uploads = usual();
    const upload = begin(uploads);
    expect(await uploads.piece({ upload, path: 'scan/a/Bild 1 %&#é日本.dcm', offset: 0 }, pieces('ab', 'c'))).toBe(3);
    expect(await uploads.piece({ upload, path: 'scan/a/Bild 1 %&#é日本.dcm', offset: 3 }, pieces('de'))).toBe(5);
    expect(await uploads.piece({ upload, path: 'scan/empty', offset: 0 }, pieces())).toBe(0);
    const source = await uploads.end(upload, false);
    const grant = grants.source(source?.id ?? '');
    expect(source).toMatchObject({ label: 'scan', kind: 'folder' });
    const files = 'files' in grant.read ? grant.read.files : [];
    expect(files.map(({ shown }) => shown)).toEqual(['a/Bild 1 %&#é日本.dcm', 'empty']);
    expect(readFileSync(files[0]?.path ?? '', 'utf8')).toBe('abcde');
    await uploads.close();
  });

  it.each(['../out', 'scan/../../out', '/etc/passwd', '..', 'a/..', '//server/share/x'])(
    'refuses the name %s, which leads out of its folder',
    async (name) => {
      const uploads = usual();
      const upload = begin(uploads);
      expect(await codeOfLater(uploads.piece({ upload, path: name, offset: 0 }, pieces('x')))).toBe('outside-root');
      await uploads.close();
    },
  );

  it.each([
    '..\\..\\out',
    'C:\\Windows\\x',
    'C:x',
    'name:stream',
    'NUL',
    'aux.dcm',
    ' . ',
    'x\u0001y',
    '…/…',
    'a\\..\\b',
  ])('takes the odd name “%s” as a mere name: the file on the disk bears a number', async (name) => {
    const uploads = usual();
    const upload = begin(uploads);
    await uploads.piece({ upload, path: name, offset: 0 }, pieces('x'));
    const inside = all(path.join(here.home, 'uploads')).filter((file) => !file.endsWith('owner'));
    expect(inside.map((file) => path.basename(file))).toEqual(['000001']);
    expect(all(here.folder).filter((file) => !file.startsWith(here.home) && !file.startsWith(here.page))).toEqual([]);
    await uploads.close();
  });

  it('refuses a NUL in a name', () => {
    expect(codeOf(() => shownName('a\0b'))).toBe('bad-request');
    expect(codeOf(() => shownName(''))).toBe('bad-request');
  });

  it('keeps two files apart whose names differ only in case', async () => {
    const uploads = usual();
    const upload = begin(uploads);
    await uploads.piece({ upload, path: 'IM1', offset: 0 }, pieces('upper'));
    await uploads.piece({ upload, path: 'im1', offset: 0 }, pieces('lower'));
    const grant = grants.source((await uploads.end(upload, false))?.id ?? '');
    const files = 'files' in grant.read ? grant.read.files : [];
    expect(files.map(({ path: file }) => readFileSync(file, 'utf8'))).toEqual(['upper', 'lower']);
    await uploads.close();
  });

  it('says so when more is announced, or comes, than a browser may hand over', async () => {
    const uploads = usual({ files: 2, bytes: 10 });
    expect(codeOf(() => begin(uploads, 3, 1))).toBe('too-large');
    expect(codeOf(() => begin(uploads, 1, 11))).toBe('too-large');
    const upload = begin(uploads, 1, 1);
    expect(await codeOfLater(uploads.piece({ upload, path: 'a', offset: 0 }, pieces('12345', '67890', '1')))).toBe(
      'too-large',
    );
    await uploads.piece({ upload, path: 'b', offset: 0 }, pieces());
    expect(await codeOfLater(uploads.piece({ upload, path: 'c', offset: 0 }, pieces()))).toBe('too-large');
    await uploads.close();
  });

  it('refuses pieces out of order, twice, or of an upload of another launch', async () => {
    const uploads = usual();
    const upload = begin(uploads);
    expect(await codeOfLater(uploads.piece({ upload, path: 'a', offset: 5 }, pieces('x')))).toBe('bad-request');
    await uploads.piece({ upload, path: 'a', offset: 0 }, pieces('xy'));
    expect(await codeOfLater(uploads.piece({ upload, path: 'a', offset: 0 }, pieces('x')))).toBe('bad-request');
    expect(await codeOfLater(uploads.piece({ upload, path: 'a', offset: 1 }, pieces('x')))).toBe('bad-request');
    const other = new Uploads(here.home, { files: 1, bytes: 1 }, new Grants());
    expect(await codeOfLater(other.piece({ upload, path: 'a', offset: 2 }, pieces('x')))).toBe('not-found');
    await other.close();
    await uploads.close();
  });

  it('removes a cancelled upload at once, and everything when the launch ends', async () => {
    const uploads = usual();
    const first = begin(uploads);
    await uploads.piece({ upload: first, path: 'a', offset: 0 }, pieces('x'));
    expect(await uploads.end(first, true)).toBeNull();
    expect(all(path.join(here.home, 'uploads')).map((file) => path.basename(file))).toEqual(['owner']);
    const second = begin(uploads);
    await uploads.piece({ upload: second, path: 'a', offset: 0 }, pieces('x'));
    await uploads.end(second, false);
    await uploads.close();
    expect(readdirSync(path.join(here.home, 'uploads'))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('lets nobody else look into the folder', async () => {
    const uploads = usual();
    const upload = begin(uploads);
    await uploads.piece({ upload, path: 'a', offset: 0 }, pieces('x'));
    const folder = path.join(here.home, 'uploads');
    expect(statSync(folder).mode & 0o077).toBe(0);
    for (const entry of readdirSync(folder, { recursive: true })) {
      expect(statSync(path.join(folder, String(entry))).mode & 0o077).toBe(0);
    }
    await uploads.close();
  });

  it('removes what a killed launch left, and nothing of one that lives', async () => {
    const folder = path.join(here.home, 'uploads');
    const dead = path.join(folder, '999999999-abc');
    const reused = path.join(folder, `${process.pid}-old`);
    mkdirSync(dead, { recursive: true });
    writeFileSync(path.join(dead, '000001'), 'x');
    mkdirSync(reused);
    writeFileSync(path.join(reused, 'owner'), `${process.pid} 1`);
    const living = usual();
    begin(living);
    const kept = readdirSync(folder).filter((name) => name !== '999999999-abc' && name !== `${process.pid}-old`);
    const later = usual();
    expect(existsSync(dead)).toBe(false);
    // Only where the system tells when a process began can a reused process id be seen.
    expect(existsSync(reused)).toBe(!existsSync('/proc/self/stat'));
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(kept));
    await living.close();
    await later.close();
  });
});
