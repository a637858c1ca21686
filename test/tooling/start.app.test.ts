import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectRoot } from '../support/shared.ts';

let folder = '';
const running: ChildProcess[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seldinger-start-'));
});
afterEach(async () => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

interface Started {
  readonly child: ChildProcess;
  /** Waits for this on stdout or stderr. */
  says(pattern: RegExp): Promise<string>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string | null>;
  readonly said: () => string;
}

/** `npm start -- WORDS`, without npm unless it is named. */
function start(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  [program = process.execPath, ...before]: readonly string[] = [process.execPath, 'scripts/start.mjs'],
): Started {
  const child = spawn(program, [...before, ...words], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SELDINGER_HOME: join(folder, 'home'), DISPLAY: '', WAYLAND_DISPLAY: '', ...environment },
  });
  running.push(child);
  let said = '';
  const hear = (data: Buffer): void => void (said += data.toString());
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | string | null>((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? signal));
  });
  return {
    child,
    ended,
    said: () => said,
    async says(pattern) {
      while (!pattern.test(said) && child.exitCode === null && child.signalCode === null) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      const found = pattern.exec(said);
      if (found === null) throw new Error(`it never said ${pattern}: ${said}`);
      return found[1] ?? found[0];
    },
  };
}

/** A program that stands in for a browser or for Electron: notes its words, says something, ends with a code. */
async function standIn(name: string, { says = '', code = 0, waits = 0 } = {}): Promise<string> {
  const path = join(folder, name);
  const script = `
    require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'words.json'))}, JSON.stringify(process.argv.slice(2)));
    process.stdout.write(${JSON.stringify(says)}); process.stderr.write(${JSON.stringify(says)});
    setTimeout(() => process.exit(${code}), ${waits});`;
  await writeFile(`${path}.cjs`, script);
  await writeFile(path, `#!/bin/sh\nexec "${process.execPath}" "${path}.cjs" "$@"\n`);
  await chmod(path, 0o755);
  return path;
}

async function isUp(url: string): Promise<boolean> {
  try {
    await fetch(url);
    return true;
  } catch {
    return false;
  }
}

describe('npm start -- --serve', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'prints its address, serves the page, and is gone after %s',
    async (signal) => {
      const served = start(['--serve']);
      const url = await served.says(/^listening: (http:\/\/127\.0\.0\.1:\d+\/#\S+)$/m);
      expect(await isUp(url)).toBe(true);
      served.child.kill(signal);
      expect(await served.ended).toBe(0);
      expect(await isUp(url)).toBe(false);
    },
  );
  // A shell stands between npm and us; ended itself, it hands no signal on.
  it.runIf(process.platform !== 'win32')('is gone when npm is told to end', async () => {
    const npm = start(['--serve'], {}, ['npm', 'start', '--silent', '--']);
    const url = await npm.says(/^listening: (http:\S+)$/m);
    expect(await isUp(url)).toBe(true);
    npm.child.kill('SIGTERM');
    await expect.poll(() => isUp(url), { timeout: 10_000 }).toBe(false);
  });
  it('answers a wrong option and a missing folder in one sentence with exit code 2', async () => {
    for (const words of [
      ['--serve', '--wrong'],
      ['--serve', 'no-such-folder'],
    ]) {
      const refused = start(words);
      expect(await refused.ended).toBe(2);
      expect(refused.said().trimEnd().split('\n')).toHaveLength(1);
    }
  });
});

// Programs are stood in for by shell scripts.
describe.runIf(process.platform === 'linux')('npm start', () => {
  it('prints the address where there is no display, and ends with an interrupt', async () => {
    const started = start([]);
    const url = await started.says(/(http:\/\/127\.0\.0\.1:\d+\/#\S+)/);
    expect(started.said()).toContain('There is no display here');
    started.child.kill('SIGINT');
    expect(await started.ended).toBe(0);
    expect(await isUp(url)).toBe(false);
  });
  it('opens a browser window with a profile of its own, ends when it is closed, and leaves no profile', async () => {
    const browser = await standIn('browser', { waits: 200 });
    const started = start(['--browser'], { DISPLAY: ':99', SELDINGER_BROWSER: browser });
    expect(await started.ended).toBe(0);
    const words: unknown = JSON.parse(await readFile(join(folder, 'words.json'), 'utf8'));
    const all = Array.isArray(words) ? words.map(String) : [];
    expect(all.some((word) => /^--app=http:\/\/127\.0\.0\.1:\d+\/#/.test(word))).toBe(true);
    const profile = all.find((word) => word.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length) ?? '';
    expect(profile).not.toBe('');
    expect(existsSync(profile)).toBe(false);
  });
  it('says why when Electron ends at once, and opens the browser instead', async () => {
    await standIn('electron', { says: 'The SUID sandbox helper binary was found, but is not configured', code: 133 });
    const browser = await standIn('browser', { waits: 100 });
    const started = start([], { DISPLAY: ':99', SELDINGER_BROWSER: browser, ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(await started.ended).toBe(0);
    expect(started.said()).toMatch(/^Electron cannot be used here: .+ Seldinger opens in a browser instead\.$/m);
  });
  it('stays with an Electron whose window came up, and ends with its exit code', async () => {
    await standIn('electron', { says: 'seldinger-ready\n', code: 7, waits: 300 });
    const started = start(['src'], { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder });
    expect(await started.ended).toBe(7);
    expect(JSON.parse(await readFile(join(folder, 'words.json'), 'utf8'))).toEqual([
      projectRoot,
      join(projectRoot, 'src'),
    ]);
  });
});
