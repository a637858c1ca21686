// Opening a series, beside a bare Cornerstone page with its default loader, in one run on one machine.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import dicomParser from 'dicom-parser';
import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { findBrowser, sandboxFlags, testFlags } from '../scripts/browser.mjs';
import { quietly } from '../scripts/vite.shared.mjs';
import { firstPictureScript } from './firstPicture.ts';
import { servePeer } from './peerServer.ts';
import { median, type Row } from './row.ts';

export const name = 'open';
const repeats = 3;
const layouts = ['1x1', 'mpr'] as const;
type Layout = (typeof layouts)[number];
interface Times {
  readonly firstMs: number;
  readonly allMs: number;
}

const folder = resolve(process.env['SELDINGER_SHARED'] ?? '../shared', 'data/ct-head-141');

/** Files of the series in slice order, and its UID: the bare loader sorts nothing. */
async function sliceOrder(): Promise<{ files: string[]; seriesInstanceUID: string }> {
  const slices: { file: string; z: number; series: string }[] = [];
  for (const file of await readdir(folder)) {
    const header = dicomParser.parseDicom(await readFile(join(folder, file)), { untilTag: 'x7fe00010' });
    const z = header.string('x00200032')?.split('\\')[2];
    const series = header.string('x0020000e');
    if (z !== undefined && series !== undefined) slices.push({ file, z: Number(z), series });
  }
  slices.sort((a, b) => a.z - b.z);
  const seriesInstanceUID = slices[0]?.series;
  if (seriesInstanceUID === undefined) throw new Error(`no DICOM slices in ${folder}`);
  return { files: slices.map(({ file }) => file), seriesInstanceUID };
}

/** A fresh browser for every run: nothing of the one before is warm but the disk. */
async function inFreshPage<T>(url: string, act: (page: Page) => Promise<T>): Promise<T> {
  const args = [...testFlags, ...sandboxFlags(), '--force-device-scale-factor=1'];
  const browser = await chromium.launch({ executablePath: findBrowser(), args });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.addInitScript(firstPictureScript);
    await page.goto(url);
    return await act(page);
  } finally {
    await browser.close();
  }
}

/** Waits for this in the page. Playwright's own waiting evaluates strings inside the page, which its policy forbids. */
async function holds(page: Page, condition: string): Promise<void> {
  for (let tries = 0; tries < 1200; tries += 1) {
    if ((await page.evaluate(condition)) === true) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`waited a minute in vain for ${condition}`);
}

/** Start-up, thumbnails and warming are over, in both pages alike: nobody opens a series in the instant the window appears. */
async function settled(page: Page): Promise<void> {
  await page.waitForTimeout(1500);
}

/** Runs `opening` (which resolves when all is there) in the page and takes both times. */
function timed(page: Page, opening: string): Promise<Times> {
  return page.evaluate(`(async () => {
    const begun = performance.now();
    window.firstPicture.start();
    await (${opening});
    const allMs = performance.now() - begun;
    while (window.firstPicture.at === 0) await new Promise(requestAnimationFrame);
    return { firstMs: window.firstPicture.at, allMs: Math.max(allMs, window.firstPicture.at) };
  })()`);
}

async function bare(origin: string, files: readonly string[], layout: Layout): Promise<Times> {
  const urls = JSON.stringify(files.map((file) => `${origin}/data/${encodeURIComponent(file)}`));
  return inFreshPage(`${origin}/`, async (page) => {
    await holds(page, 'window.peer !== undefined');
    await settled(page);
    return timed(page, `window.peer.open(${urls}, '${layout}')`);
  });
}

async function ours(url: string, seriesInstanceUID: string, layout: Layout): Promise<Times> {
  return inFreshPage(url, async (page) => {
    await holds(page, 'window.seldingerAutomation?.state().ready === true');
    await settled(page);
    return timed(
      page,
      `(async () => {
        await window.seldingerAutomation.open('${seriesInstanceUID}', { layout: '${layout}' });
        const whole = () => {
          const { series, viewports } = window.seldingerAutomation.state();
          const one = series.find((each) => each.seriesInstanceUID === '${seriesInstanceUID}');
          const planes = viewports.filter((each) => each.kind !== 'volume');
          return one.loaded === one.frames && planes.every((each) => each.complete && each.rendered);
        };
        while (!whole()) await new Promise(requestAnimationFrame);
      })()`,
    );
  });
}

/** The application's host, as npm start -- --serve --automation runs it. */
async function serveOurs(): Promise<{ url: string; close: () => Promise<void> }> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-bench-'));
  const host = spawn(process.execPath, ['dist/host/main.js', '--serve', '--automation', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, SELDINGER_HOME: home },
  });
  let said = '';
  const url = await new Promise<string>((done, failed) => {
    host.stdout.on('data', (data: Buffer) => {
      const found = /^listening: (\S+)$/m.exec((said += data.toString()))?.[1];
      if (found !== undefined) done(found);
    });
    host.once('exit', (code) => failed(new Error(`the host ended with ${code}`)));
  });
  return {
    url,
    async close() {
      const gone = new Promise((done) => host.once('exit', done));
      host.kill('SIGTERM');
      await gone;
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** @returns medians of three fresh browsers each, taken in turns, and the ratio ours / bare. */
export async function run(): Promise<Row[]> {
  const page = resolve('bench-output/peer');
  await build({
    configFile: false,
    root: 'bench/peer',
    base: './',
    logLevel: 'warn',
    worker: { format: 'es', rolldownOptions: quietly },
    build: {
      outDir: page,
      emptyOutDir: true,
      target: 'es2023',
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 8000,
      rolldownOptions: quietly,
    },
  });
  const { files, seriesInstanceUID } = await sliceOrder();
  const peer = await servePeer(page, folder);
  const application = process.env['SELDINGER_BENCH_PEER_ONLY'] === '1' ? undefined : await serveOurs();
  const rows: Row[] = [];
  try {
    for (const layout of layouts) {
      const taken: { bare: Times[]; ours: Times[] } = { bare: [], ours: [] };
      for (let turn = 0; turn < repeats; turn += 1) {
        taken.bare.push(await bare(peer.origin, files, layout));
        if (application !== undefined) taken.ours.push(await ours(application.url, seriesInstanceUID, layout));
      }
      for (const [what, pick] of [
        ['first picture', (times: Times) => times.firstMs],
        ['all slices', (times: Times) => times.allMs],
      ] as const) {
        const title = `ct-head-141, ${layout}: open -> ${what}`;
        const theirs = median(taken.bare.map(pick));
        rows.push({ what: title, who: 'bare Cornerstone', value: theirs, unit: 'ms' });
        if (application === undefined) continue;
        const own = median(taken.ours.map(pick));
        rows.push({ what: title, who: 'Seldinger', value: own, unit: 'ms' });
        rows.push({ what: title, who: 'Seldinger / bare', value: own / theirs, unit: 'ratio' });
      }
    }
  } finally {
    peer.close();
    await application?.close();
  }
  return rows;
}
