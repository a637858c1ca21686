import type { BrowserWindow, IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { isOurs } from './origin.ts';

/** The windows there are, the one last used first. */
export class OpenWindows {
  #windows: readonly BrowserWindow[] = [];

  /** `onFront`: the window is the one in use now. */
  add(window: BrowserWindow, onFront: () => void): void {
    this.#windows = [window, ...this.#windows];
    window.on('focus', () => {
      this.#windows = [window, ...this.#windows.filter((other) => other !== window)];
      onFront();
    });
    window.on('closed', () => {
      this.#windows = this.#windows.filter((other) => other !== window);
    });
  }

  /** The window last used; undefined: none is left. */
  get front(): BrowserWindow | undefined {
    return this.#windows.find((window) => !window.isDestroyed());
  }

  /**
   * The window whose page asks; undefined: nobody who may. Only the main frame of our own page in a window of ours may
   * ask; the frame's origin as Chromium knows it is what counts.
   */
  askedBy(event: IpcMainInvokeEvent | IpcMainEvent): BrowserWindow | undefined {
    const frame = event.senderFrame;
    if (frame === null || frame.parent !== null || !isOurs(frame.url)) return undefined;
    return this.#windows.find((window) => !window.isDestroyed() && window.webContents === event.sender);
  }
}
