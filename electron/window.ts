import path from 'node:path';
import type { BrowserWindow } from 'electron';
import type { Source } from '../src/contract/index.ts';
import { log } from '../src/host/index.ts';
import { pageUrl, pageUrlWith } from './origin.ts';
import type { ElectronModule } from './shellPort.ts';
import { otherArea, visibleBounds, type Bounds, type ShellState } from './shellState.ts';
import { stoppedPath } from './stoppedPage.ts';

export interface WindowParts {
  /** The built preload script. */
  readonly preload: string;
  readonly state: ShellState;
  readonly onShown: () => void;
  /** Opened beside another window, on these images. Its place is not kept. */
  readonly beside?: { readonly bounds: Bounds; readonly sources: readonly Source[] };
}

/** The one place where a window is made. Its page is a stranger to the system: sandboxed, isolated, without Node. */
export function createWindow(
  electron: ElectronModule,
  { preload, state, onShown, beside }: WindowParts,
): BrowserWindow {
  const areas = electron.screen.getAllDisplays().map(({ workArea }) => workArea);
  const free = beside === undefined ? undefined : otherArea(beside.bounds, areas);
  const place = beside === undefined ? visibleBounds(state.kept.bounds, areas) : free;
  const window = new electron.BrowserWindow({
    width: 1440,
    height: 900,
    ...place,
    minWidth: 800,
    minHeight: 560,
    show: false,
    backgroundColor: '#101418',
    title: 'Seldinger',
    webPreferences: {
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: !electron.app.isPackaged,
    },
  });
  if (beside === undefined ? state.kept.maximised : free !== undefined) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  // The place it would have when it is not maximised, so that the button gives it back.
  if (beside === undefined)
    window.on('close', () => void state.keep({ bounds: window.getNormalBounds(), maximised: window.isMaximized() }));
  askBeforeClosing(electron, window);
  mendOnce(window);
  sayUnresponsive(electron, window);
  window
    .loadURL(beside === undefined ? pageUrl : pageUrlWith(beside.sources))
    .catch((error: unknown) => log.error('the page did not load', error));
  return window;
}

/** A page with unsaved changes asks to stay; without an answer of ours Electron would just not close. */
function askBeforeClosing({ dialog }: ElectronModule, window: BrowserWindow): void {
  window.webContents.on('will-prevent-unload', (event) => {
    const answer = dialog.showMessageBoxSync(window, {
      type: 'question',
      message: 'The plan has changes that are not saved to a file.',
      detail: 'They are kept on this computer and come back with the same images.',
      buttons: ['Stay', 'Close'],
      defaultId: 0,
      cancelId: 0,
    });
    // Here this means: do not let the page prevent it.
    if (answer === 1) event.preventDefault();
  });
}

/**
 * When the page's process is lost it is loaded again, once: the journal holds every committed edit. Should that not
 * help, a page that needs nothing says so and offers the way back, instead of going round in circles.
 */
function mendOnce(window: BrowserWindow): void {
  let mended = false;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error(`the page's process is gone: ${reason}`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (mended) {
      // Whoever comes back from there has decided so; the next loss counts as the first again.
      mended = false;
      window
        .loadURL(new URL(stoppedPath, pageUrl).href)
        .catch((error: unknown) => log.error('the safe page did not load', error));
      return;
    }
    mended = true;
    window.webContents.reload();
  });
}

/** A page that hangs is told once a time; waiting is the first choice, since a long computation may end. */
function sayUnresponsive({ dialog }: ElectronModule, window: BrowserWindow): void {
  let asking: AbortController | undefined;
  window.on('responsive', () => asking?.abort());
  window.on('unresponsive', () => {
    log.error('the page does not answer');
    if (asking !== undefined) return;
    asking = new AbortController();
    dialog
      .showMessageBox(window, {
        type: 'warning',
        message: 'The window does not answer.',
        detail: 'It may still be at work. Loading it again keeps every edit so far; open the same images to go on.',
        buttons: ['Wait', 'Load again'],
        defaultId: 0,
        cancelId: 0,
        signal: asking.signal,
      })
      .then(({ response }) => {
        if (response === 1 && !window.isDestroyed()) window.webContents.forcefullyCrashRenderer();
      })
      .catch((error: unknown) => log.error('asking failed', error))
      .finally(() => (asking = undefined));
  });
}
