import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { findBrowser, sandboxFlags, testFlags } from '../../scripts/browser.mjs';
import type { AutomationState } from './automation.ts';
import { projectRoot } from './shared.ts';

/** What a whole-application test may ask for; everything has a default. */
export interface AppOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** SELDINGER_HOME of an earlier run; without it a fresh folder, removed at the end. */
  readonly home?: string;
  /** Console errors that the test provokes on purpose. */
  readonly expectedErrors?: readonly RegExp[];
  /** Chromium flags besides those of every test. */
  readonly flags?: readonly string[];
  /** false: the host runs without --automation and the page must not carry the object. */
  readonly automation?: boolean;
  /** false: the browser is not opened; `page` is then about:blank of an own browser all the same. */
  readonly goto?: boolean;
}

/** The application, served to a real Chromium. */
export interface App {
  readonly page: Page;
  /** With the launch's secret in its fragment. */
  readonly url: string;
  readonly home: string;
  /** The host's process. */
  readonly host: ChildProcess;
  /** What the host wrote on stderr so far. */
  readonly hostSaid: () => string;
  /** Console errors, policy violations and requests to other machines so far. */
  readonly faults: readonly string[];
  /** The window's own account of itself (contract.md, "Automation of the window"). */
  state(): Promise<AutomationState>;
  /** Waits until `state()` satisfies; fails with `what` in the message. */
  until(what: string, holds: (state: AutomationState) => boolean, limitMs?: number): Promise<AutomationState>;
  /** A series by its layout, by the automation object: resolves at the first picture. */
  openSeries(seriesInstanceUID: string, layout: string, part?: string): Promise<void>;
  /** A picture of the window into test-output/NAME.png. */
  screenshot(name: string): Promise<string>;
  /** kill -9 of the host; the page stays. */
  killHost(): Promise<void>;
  /** Ends everything. @throws Error when there was a console error, a policy violation or a foreign request. */
  close(): Promise<void>;
}

const flags = [...testFlags, ...sandboxFlags(), '--force-device-scale-factor=1', '--hide-scrollbars'];

/** Starts the host alone. @returns its process and the address it prints. @throws Error with what it said. */
export async function startHost(
  paths: readonly string[],
  { home, automation = true }: { readonly home: string; readonly automation?: boolean },
): Promise<{ host: ChildProcess; url: string; said: () => string }> {
  const main = join(projectRoot, 'dist/host/main.js');
  if (!existsSync(main)) throw new Error('dist/host/main.js is not there: run npm run build first');
  const words = [main, '--serve', ...(automation ? ['--automation'] : []), ...paths];
  const host = spawn(process.execPath, words, {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SELDINGER_HOME: home },
  });
  let out = '';
  let said = '';
  host.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const url = await new Promise<string>((resolve, reject) => {
    const limit = setTimeout(() => {
      host.kill('SIGKILL');
      reject(new Error(`the host printed no address within 20 s: ${said}`));
    }, 20_000);
    host.stdout.on('data', (data: Buffer) => {
      out += data.toString();
      const found = /^listening: (\S+)$/m.exec(out)?.[1];
      if (found === undefined) return;
      clearTimeout(limit);
      resolve(found);
    });
    host.once('exit', (code) => {
      clearTimeout(limit);
      reject(new Error(`the host ended with ${code}: ${said}`));
    });
  });
  return { host, url, said: () => said };
}

async function endHost(host: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => host.once('exit', () => resolve()));
  host.kill(signal);
  const limit = setTimeout(() => host.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(limit);
}

/** A fresh Chromium as every test has it, with further flags. */
export function openBrowser(further: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: findBrowser(), args: [...flags, ...further] });
}

/** Opens the application on these paths, as `npm start -- --serve --automation PATH…` would, in a fresh Chromium. */
export async function openApp(paths: readonly string[], options: AppOptions = {}): Promise<App> {
  const home = options.home ?? (await mkdtemp(join(tmpdir(), 'seldinger-app-')));
  const { host, url, said } = await startHost(paths, { home, automation: options.automation ?? true });
  let browser: Browser;
  try {
    browser = await openBrowser(options.flags);
  } catch (error) {
    await endHost(host, 'SIGKILL');
    throw error;
  }
  const page = await browser.newPage({ viewport: options.viewport ?? { width: 1280, height: 800 } });
  const faults: string[] = [];
  const fault = (text: string): void => {
    if (!(options.expectedErrors ?? []).some((expected) => expected.test(text))) faults.push(text);
  };
  const origin = new URL(url).origin;
  page.on('console', (message) => {
    if (message.type() === 'error') fault(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => fault(`uncaught: ${error.message}`));
  page.on('crash', () => fault('the page crashed'));
  page.on('request', (request) => {
    const asked = request.url();
    if (!/^(data|blob|about):/.test(asked) && new URL(asked).origin !== origin) fault(`foreign request: ${asked}`);
  });
  await page.exposeFunction('seldingerTestFault', fault);
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    window.seldingerTestFault('policy: ' + event.violatedDirective + ' ' + event.blockedURI + ' ' + event.sourceFile));`);
  if (options.goto !== false) await page.goto(url);

  const state = (): Promise<AutomationState> => page.evaluate('window.seldingerAutomation.state()');
  const app: App = {
    page,
    url,
    home,
    host,
    hostSaid: said,
    faults,
    state,
    async until(what, holds, limitMs = 60_000) {
      const end = Date.now() + limitMs;
      let last: unknown;
      for (;;) {
        try {
          const now = await state();
          last = now;
          if (holds(now)) return now;
        } catch (error) {
          last = error;
        }
        if (Date.now() > end) {
          const shown = last instanceof Error ? last.message : JSON.stringify(last)?.slice(0, 8000);
          throw new Error(`waited ${limitMs / 1000} s in vain: ${what}; last: ${shown}; faults: ${faults.join('; ')}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async openSeries(seriesInstanceUID, layout, part) {
      const words = JSON.stringify([seriesInstanceUID, part === undefined ? { layout } : { layout, part }]);
      await page.evaluate(`window.seldingerAutomation.open(...${words})`);
    },
    async screenshot(name) {
      const folder = join(projectRoot, 'test-output');
      await mkdir(folder, { recursive: true });
      const path = join(folder, `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
    killHost: () => endHost(host, 'SIGKILL'),
    async close() {
      await browser.close();
      await endHost(host, 'SIGTERM');
      if (options.home === undefined) await rm(home, { recursive: true, force: true });
      if (faults.length > 0) throw new Error(`the window had faults:\n${faults.join('\n')}`);
    },
  };
  return app;
}
