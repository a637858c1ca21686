// Some 5,000 files read through the window: does it stay usable meanwhile, and how soon does a cancel work?
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright';
import { findBrowser, sandboxFlags, testFlags } from '../scripts/browser.mjs';
import { writeManyFiles } from './manyFiles.ts';
import { median, type Row } from './row.ts';

export const name = 'scanWindow';
const repeats = 3;

/** Times of all frames since the page opened: a gap is a window that stood still. */
const framesScript = `(() => {
  const times = [];
  const tick = (now) => { times.push(now); requestAnimationFrame(tick); };
  requestAnimationFrame(tick);
  window.frameTimes = times;
})();`;

/** The answer to the last scan, from when it was asked for to its last byte, and the frames meanwhile; null while it comes. */
const measured = `(() => {
  const entry = performance.getEntriesByType('resource').findLast(({ name }) => name.endsWith('/api/scan'));
  if (entry === undefined || entry.responseEnd === 0 || document.querySelector('.scan-line') !== null) return null;
  const { startTime, responseEnd } = entry;
  const end = window.frameTimes.at(-1);
  const times = [startTime, ...window.frameTimes.filter((at) => at > startTime && at < end), end];
  return { ms: responseEnd - startTime, gaps: times.slice(1).map((at, i) => at - times[i]) };
})()`;

export async function run(): Promise<Row[]> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-scan-window-'));
  try {
    const rows: Row[] = [];
    for (const [what, slices] of [
      ['whole series', Infinity],
      ['series of 10', 10],
    ] as const) {
      const folder = join(home, String(slices));
      const files = writeManyFiles(folder, slices);
      const taken: { ms: number; gaps: number[] }[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1)
        taken.push(await inWindow(folder, (page) => until(page, measured)));
      const who = 'Seldinger';
      const title = `${files} files, ${what}`;
      const worst = taken.map(({ gaps }) => Math.max(...gaps));
      rows.push({ what: `${title}: read`, who, value: median(taken.map(({ ms }) => ms)), unit: 'ms' });
      rows.push({ what: `${title}: longest wait for a frame`, who, value: Math.max(...worst), unit: 'ms' });
      rows.push({ what: `${title}: the same, median of ${repeats}`, who, value: median(worst), unit: 'ms' });
      const cancels: number[] = [];
      for (let repeat = 0; repeat < repeats; repeat += 1) cancels.push(await inWindow(folder, cancelled));
      rows.push({ what: `${title}: cancel to rest, at most`, who, value: Math.max(...cancels), unit: 'ms' });
    }
    return rows;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** Clicks Cancel as soon as it is there. @returns milliseconds until the window says that it reads no more. */
function cancelled(page: Page): Promise<number> {
  return page.evaluate(`(async () => {
    const next = () => new Promise(requestAnimationFrame);
    let button;
    while ((button = document.querySelector('.scan-line button')) === null) await next();
    const begun = performance.now();
    button.click();
    while (document.querySelector('.scan-line') !== null) await next();
    return performance.now() - begun;
  })()`);
}

async function until<T>(page: Page, script: string): Promise<T> {
  for (let tries = 0; tries < 1200; tries += 1) {
    const found = await page.evaluate<T | null>(script);
    if (found !== null) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error('waited two minutes in vain for the end of the reading');
}

/** A fresh browser on a settled window, in which the folder, opened before, is clicked. */
async function inWindow<T>(folder: string, act: (page: Page) => Promise<T>): Promise<T> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-bench-'));
  try {
    await served(home, [folder], async (page) => {
      await page.locator('.series-item').first().waitFor();
      await until(page, measured);
    });
    return await served(home, [], async (page) => {
      const recent = page.locator('.recent').first();
      await recent.waitFor();
      await page.waitForTimeout(1500);
      await recent.click();
      return act(page);
    });
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/** The application's host on these paths, and a page of it. */
async function served<T>(home: string, paths: readonly string[], act: (page: Page) => Promise<T>): Promise<T> {
  const host = spawn(process.execPath, ['dist/host/main.js', '--serve', '--automation', ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SELDINGER_HOME: home },
  });
  const gone = new Promise((done) => host.once('exit', done));
  try {
    let said = '';
    const url = await new Promise<string>((done, failed) => {
      host.stdout.on('data', (data: Buffer) => {
        const found = /^listening: (\S+)$/m.exec((said += data.toString()))?.[1];
        if (found !== undefined) done(found);
      });
      host.once('exit', (code) => failed(new Error(`the host ended with ${code}`)));
    });
    const args = [...testFlags, ...sandboxFlags(), '--force-device-scale-factor=1'];
    const browser = await chromium.launch({ executablePath: findBrowser(), args });
    try {
      const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
      await page.addInitScript(framesScript);
      await page.goto(url);
      return await act(page);
    } finally {
      await browser.close();
    }
  } finally {
    host.kill('SIGTERM');
    await gone;
  }
}
