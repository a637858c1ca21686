import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
  closeSync,
  existsSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/shared.ts';
import { smallCt } from '../support/smallCt.ts';

// Runs only where the real binary is (npm run test:electron).
const program = process.env['SELDINGER_ELECTRON'] ?? '';
const packed = process.env['SELDINGER_PACKED'] === '1';

describe('the application in the real Electron', () => {
  let folder: string;
  let app: ElectronApplication;
  let page: Page;
  const words = (paths: readonly string[]) => [...(packed ? [] : [projectRoot]), ...paths];
  const environment = (): Record<string, string> => {
    const kept = Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    return { ...Object.fromEntries(kept), SELDINGER_HOME: join(folder, 'home') } as Record<string, string>;
  };
  const series = () => page.getByRole('listbox', { name: 'Series' }).getByRole('option');

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'seldinger-real-'));
    for (const name of ['one', 'two']) {
      mkdirSync(join(folder, name));
      const files = smallCt({
        slices: 4,
        series: name === 'one' ? '1.2.826.0.1.3680043.8.498.5.1' : '1.2.826.0.1.3680043.8.498.5.2',
      });
      for (const [k, file] of files.entries()) writeFileSync(join(folder, name, `${k}.dcm`), file);
    }
    app = await _electron.launch({
      executablePath: program,
      args: words([join(folder, 'one')]),
      chromiumSandbox: true,
      env: environment(),
    });
    page = await app.firstWindow();
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('opens the folder of its command line and draws a picture', async () => {
    await expect.poll(() => series().count(), { timeout: 60_000 }).toBe(1);
    await series().first().click();
    await expect.poll(() => page.locator('canvas').count(), { timeout: 60_000 }).toBeGreaterThan(0);
  });

  it('gives the page no Node', async () => {
    expect(
      await page.evaluate(() => [typeof Reflect.get(globalThis, 'require'), typeof Reflect.get(globalThis, 'process')]),
    ).toEqual(['undefined', 'undefined']);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it('stays where it is when a page is asked for', async () => {
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await page.waitForTimeout(500);
    expect(page.url()).toBe('seldinger://app/index.html');
    expect(await page.evaluate(() => window.open('https://example.org/'))).toBeNull();
  });

  it('has no permission to look at the camera or the place', async () => {
    for (const name of ['camera', 'geolocation', 'notifications'])
      expect(
        await page.evaluate(
          async (one) => (await navigator.permissions.query({ name: one as PermissionName })).state,
          name,
        ),
      ).toBe('denied');
  });

  it('is handed the files of a second launch', async () => {
    const second = spawn(program, words([join(folder, 'two')]), { env: environment(), stdio: 'ignore' });
    await new Promise((resolve) => second.on('exit', resolve));
    await expect.poll(() => series().count(), { timeout: 60_000 }).toBe(2);
  });

  it('shows the table of actions in its menu', async () => {
    const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label) ?? []);
    expect(labels).toEqual(expect.arrayContaining(['&File', '&Edit', '&View', '&Tools']));
  });
});

// Electron checks its archive on these two systems only.
describe.runIf(packed && process.platform !== 'linux')('a packed application whose archive was changed', () => {
  it('does not start', async () => {
    const contents = process.platform === 'darwin' ? join(dirname(program), '../..') : dirname(program);
    const copy = mkdtempSync(join(tmpdir(), 'seldinger-changed-'));
    const place = join(copy, process.platform === 'darwin' ? 'Seldinger.app' : 'seldinger');
    cpSync(contents, place, { recursive: true, verbatimSymlinks: true });
    const archive = join(place, process.platform === 'darwin' ? 'Contents/Resources/app.asar' : 'resources/app.asar');
    expect(existsSync(archive)).toBe(true);
    copyFileSync(archive, `${archive}.whole`);
    const file = openSync(archive, 'r+');
    const byte = Buffer.alloc(1);
    readSync(file, byte, 0, 1, 200);
    writeSync(file, Buffer.from([(byte[0] ?? 0) ^ 1]), 0, 1, 200);
    closeSync(file);
    const binary =
      process.platform === 'darwin' ? join(place, 'Contents/MacOS/Seldinger') : join(place, 'Seldinger.exe');
    const child = spawn(binary, [], { stdio: 'ignore' });
    const code = await new Promise((resolve) => child.on('exit', (exit) => resolve(exit ?? 'killed')));
    expect(code).not.toBe(0);
    rmSync(copy, { recursive: true, force: true });
  });
});
