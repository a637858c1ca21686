import path from 'node:path';
import type { BrowserWindow } from 'electron';
import { log } from '../src/host/index.ts';
import { pageUrl } from './origin.ts';
import type { ElectronModule } from './shellPort.ts';

/** The one place where a window is made. Its page is a stranger to the system: sandboxed, isolated, without Node. */
export function createWindow(electron: ElectronModule, preload: string, onShown: () => void): BrowserWindow {
  const window = new electron.BrowserWindow({
    width: 1440,
    height: 900,
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
  window.once('ready-to-show', () => {
    window.show();
    onShown();
  });
  mendOnce(electron, window);
  window.loadURL(pageUrl).catch((error: unknown) => log.error('the page did not load', error));
  return window;
}

/**
 * When the page's process is lost it is loaded again, once: the journal holds every committed edit. Should that not
 * help, the person is told instead of going round in circles.
 */
function mendOnce({ dialog }: ElectronModule, window: BrowserWindow): void {
  let mended = false;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log.error(`the page's process is gone: ${reason}`);
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (mended) {
      dialog.showErrorBox('The window stopped twice', 'Close it and start Seldinger again. Every edit so far is kept.');
      return;
    }
    mended = true;
    window.webContents.reload();
  });
  window.on('unresponsive', () => log.error('the page does not answer'));
}
