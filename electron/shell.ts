import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { electronScheme, nativeChannels, type NativeMenuItem, type Source } from '../src/contract/index.ts';
import { createApp, createHost, homeFolder, log, startLog, type Host } from '../src/host/index.ts';
import { guardGraphics, sayGraphics } from './graphics.ts';
import { guardContents, guardSession } from './guards.ts';
import { menuTemplate } from './menu.ts';
import { granted, serveNative } from './native.ts';
import { asksForDebugging, openedPaths } from './openedPaths.ts';
import { OpenWindows } from './openWindows.ts';
import { isOurRequest } from './origin.ts';
import type { ElectronModule } from './shellPort.ts';
import { ShellState } from './shellState.ts';
import { stoppedPage, stoppedPath } from './stoppedPage.ts';
import { createWindow } from './window.ts';

export interface ShellOptions {
  readonly argv: readonly string[];
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  /** The folder of the built main file (dist/electron). */
  readonly here: string;
  readonly print: (line: string) => void;
  /** Ends the process without Electron's ceremony. */
  readonly die: (code: number) => void;
}

/** The desktop shell: windows on the host's page, under a scheme of our own. Resolves when the first window is made. */
export async function start(electron: ElectronModule, options: ShellOptions = usualOptions()): Promise<void> {
  const { app, protocol, session, ipcMain, dialog, Menu, shell } = electron;
  if (app.isPackaged && asksForDebugging(options.argv)) return options.die(2);
  if (!app.requestSingleInstanceLock()) return app.quit();
  app.enableSandbox();
  const home = homeFolder(options.environment, options.platform);
  const state = new ShellState(home);
  const withoutCard = guardGraphics(electron, state);
  // Must be said before 'ready'. Not bypassCSP, corsEnabled, allowServiceWorkers or allowExtensions: the page needs none.
  protocol.registerSchemesAsPrivileged([
    {
      scheme: electronScheme,
      privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
    },
  ]);

  // Files may be handed over before there is a host to grant them, or a page to hear of it.
  const early: string[] = [];
  const unheard: Source[][] = [];
  let host: Host | undefined;
  const windows = new OpenWindows();
  const menus = new WeakMap<BrowserWindow, readonly NativeMenuItem[]>();
  let listening = false;
  const tellPage = () => {
    const { front } = windows;
    if (!listening || front === undefined) return;
    for (const sources of unheard.splice(0)) front.webContents.send(nativeChannels.open, sources);
  };
  const open = (paths: readonly string[]) => {
    if (host === undefined) early.push(...paths);
    else {
      const sources = granted(host, paths);
      if (sources.length > 0) unheard.push(sources);
      tellPage();
    }
    const { front } = windows;
    if (front?.isMinimized() === true) front.restore();
    if (listening) front?.focus();
  };
  const ready = () => {
    if (!listening) options.print('seldinger-ready');
    listening = true;
    tellPage();
  };
  const setMenu = (items: readonly NativeMenuItem[]) => {
    const choose = (id: string) => windows.front?.webContents.send(nativeChannels.chosen, id);
    const { platform } = options;
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(menuTemplate({ platform, packaged: app.isPackaged, items, choose })),
    );
  };
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open([file]);
  });
  app.on('second-instance', (_event, argv, folder) => open(openedPaths(argv, folder, app.isPackaged)));
  app.on('web-contents-created', (_event, contents) => guardContents(contents, shell));
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  const missing: string[] = [];
  const launch = [...early, ...openedPaths(options.argv, options.folder, app.isPackaged)];
  const running = createHost({
    home,
    door: 'electron',
    automation: false,
    launch,
    program: app.getVersion(),
    onMissing: (why) => missing.push(why.say),
  });
  host = running;
  startLog(home, 'electron');
  endWith(electron, running);

  guardSession(session.defaultSession);
  // The window's own origin is all that can send here; the loopback door's key has no job.
  const { fetch } = createApp(running, {
    staticFolder: path.resolve(options.here, '../renderer'),
    mayCall: () => true,
  });
  protocol.handle(electronScheme, async (request) => {
    if (!isOurRequest(request)) return new Response('Not found.', { status: 404 });
    return new URL(request.url).pathname === stoppedPath ? stoppedPage() : fetch(request);
  });
  const preload = path.join(options.here, 'preload.cjs');
  /** The menu is of the window in use. */
  const add = (window: BrowserWindow) => windows.add(window, () => setMenu(menus.get(window) ?? []));
  serveNative({
    ipcMain,
    dialog,
    host: running,
    windows,
    onPainted: ready,
    onMenu: (window, items) => {
      menus.set(window, items);
      if (window === windows.front) setMenu(items);
    },
    onSecondWindow: (sources) => {
      const bounds = windows.front?.getNormalBounds();
      if (bounds !== undefined)
        add(createWindow(electron, { preload, state, onShown: () => {}, beside: { bounds, sources } }));
    },
  });
  setMenu([]);
  // The page says when it has painted; should it fail to, a window that shows something counts after a while.
  add(createWindow(electron, { preload, state, onShown: () => setTimeout(ready, 5000).unref() }));
  if (withoutCard) sayGraphics(electron, state).catch((error: unknown) => log.error('saying failed', error));
  for (const say of missing) dialog.showErrorBox('Not opened', say);
}

/** Closes journals and removes uploads before the program ends, but never keeps it from ending. */
function endWith({ app }: ElectronModule, host: Host): void {
  let closed = false;
  app.on('before-quit', (event) => {
    if (closed) return;
    event.preventDefault();
    const over = () => {
      closed = true;
      app.quit();
    };
    const limit = setTimeout(over, 1500);
    host
      .close()
      .catch((error: unknown) => log.error('closing failed', error))
      .finally(() => {
        clearTimeout(limit);
        if (!closed) over();
      });
  });
}

function usualOptions(): ShellOptions {
  return {
    argv: process.argv,
    folder: process.cwd(),
    environment: process.env,
    platform: process.platform,
    here: import.meta.dirname,
    print: (line) => process.stdout.write(`${line}\n`),
    die: (code) => process.exit(code),
  };
}
