import { EventEmitter } from 'node:events';
import type { MenuItemConstructorOptions } from 'electron';
import type { ElectronModule } from '../../electron/shellPort.ts';

/** Stands for electron in tests: notes what it is told, answers what it is given. Never the real module: that downloads. */
export interface Fake {
  readonly electron: ElectronModule;
  readonly app: FakeApp;
  /** The one made last. */
  readonly window: () => FakeWindow;
  readonly session: FakeSession;
  readonly schemes: unknown[];
  /** Calls of app and protocol in the order they came. */
  readonly order: string[];
  readonly handled: Map<string, (request: Request) => Promise<Response>>;
  readonly ipc: FakeIpc;
  readonly dialogs: {
    open: unknown;
    save: unknown;
    asked: unknown[];
    errors: string[];
    boxes: FakeBox[];
    answer: number;
  };
  readonly outside: string[];
  readonly menus: MenuItemConstructorOptions[][];
  /** Work areas of the displays. */
  areas: Bounds[];
}
interface FakeBox {
  readonly message: string;
  readonly buttons: readonly string[];
}
interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  lock = true;
  readonly calls: string[];
  constructor(calls: string[]) {
    super();
    this.calls = calls;
  }
  disableHardwareAcceleration() {
    this.calls.push('disableHardwareAcceleration');
  }
  enableSandbox() {
    this.calls.push('enableSandbox');
  }
  requestSingleInstanceLock() {
    this.calls.push('lock');
    return this.lock;
  }
  quit() {
    this.calls.push('quit');
  }
  whenReady() {
    this.calls.push('whenReady');
    return Promise.resolve();
  }
  getVersion() {
    return '0.0.0';
  }
}

class FakeContents extends EventEmitter {
  url = 'seldinger://app/index.html';
  opened: ((details: { url: string }) => { action: string }) | undefined;
  readonly sent: { channel: string; data: unknown }[] = [];
  reloads = 0;
  crashes = 0;
  readonly mainFrame = { url: 'seldinger://app/index.html', parent: null };
  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }) {
    this.opened = handler;
  }
  getURL() {
    return this.url;
  }
  send(channel: string, data: unknown) {
    this.sent.push({ channel, data });
  }
  reload() {
    this.reloads += 1;
  }
  forcefullyCrashRenderer() {
    this.crashes += 1;
  }
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  loaded = '';
  shown = 0;
  maximised = false;
  bounds: Bounds = { x: 10, y: 20, width: 1200, height: 700 };
  constructor(options: FakeWindow['options']) {
    super();
    this.options = options;
  }
  loadURL(url: string) {
    this.loaded = url;
    return Promise.resolve();
  }
  show() {
    this.shown += 1;
  }
  maximize() {
    this.maximised = true;
  }
  isMaximized() {
    return this.maximised;
  }
  getNormalBounds() {
    return this.bounds;
  }
  focus() {}
  restore() {}
  isMinimized() {
    return false;
  }
  isDestroyed() {
    return false;
  }
}

class FakeSession {
  request: ((contents: unknown, permission: string, answer: (allowed: boolean) => void) => void) | undefined;
  check: ((contents: unknown, permission: string, origin: string) => boolean) | undefined;
  device: (() => boolean) | undefined;
  display: ((request: unknown, answer: (streams: object) => void) => void) | undefined;
  setPermissionRequestHandler(handler: NonNullable<FakeSession['request']>) {
    this.request = handler;
  }
  setPermissionCheckHandler(handler: NonNullable<FakeSession['check']>) {
    this.check = handler;
  }
  setDevicePermissionHandler(handler: NonNullable<FakeSession['device']>) {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: NonNullable<FakeSession['display']>) {
    this.display = handler;
  }
}

class FakeIpc extends EventEmitter {
  readonly invoked = new Map<string, (event: unknown, input: unknown) => Promise<unknown>>();
  handle(channel: string, answer: (event: unknown, input: unknown) => Promise<unknown>) {
    this.invoked.set(channel, answer);
  }
}

export function fakeElectron(): Fake {
  const order: string[] = [];
  const app = new FakeApp(order);
  const session = new FakeSession();
  const ipc = new FakeIpc();
  const schemes: unknown[] = [];
  const handled: Fake['handled'] = new Map();
  const dialogs: Fake['dialogs'] = {
    open: { canceled: true, filePaths: [] },
    save: { canceled: true, filePath: '' },
    asked: [],
    errors: [],
    boxes: [],
    answer: 0,
  };
  const outside: string[] = [];
  const menus: Fake['menus'] = [];
  const displays = { areas: [{ x: 0, y: 0, width: 1920, height: 1040 }] };
  let window: FakeWindow | undefined;
  const electron = {
    app,
    ipcMain: ipc,
    session: { defaultSession: session },
    protocol: {
      registerSchemesAsPrivileged: (list: unknown[]) => {
        order.push('registerSchemes');
        schemes.push(...list);
      },
      handle: (scheme: string, handler: (request: Request) => Promise<Response>) => handled.set(scheme, handler),
    },
    dialog: {
      showOpenDialog: (_parent: unknown, options: unknown) => {
        dialogs.asked.push(options);
        return Promise.resolve(dialogs.open);
      },
      showSaveDialog: (_parent: unknown, options: unknown) => {
        dialogs.asked.push(options);
        return Promise.resolve(dialogs.save);
      },
      showMessageBox: (...given: readonly unknown[]) => {
        dialogs.boxes.push(given.at(-1) as FakeBox);
        return Promise.resolve({ response: dialogs.answer });
      },
      showMessageBoxSync: (_window: unknown, box: FakeBox) => {
        dialogs.boxes.push(box);
        return dialogs.answer;
      },
      showErrorBox: (_title: string, text: string) => dialogs.errors.push(text),
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: MenuItemConstructorOptions[]) => menus.push(menu),
    },
    screen: { getAllDisplays: () => displays.areas.map((workArea) => ({ workArea })) },
    shell: {
      openExternal: (url: string) => {
        outside.push(url);
        return Promise.resolve();
      },
    },
    BrowserWindow: class extends FakeWindow {
      constructor(options: FakeWindow['options']) {
        super(options);
        order.push('window');
        // eslint-disable-next-line @typescript-eslint/no-this-alias
        window = this;
        app.emit('web-contents-created', {}, this.webContents);
      }
    },
  };
  return {
    // The fake has only what the shell uses; electron's own types hold hundreds of members more.
    electron: electron as unknown as ElectronModule,
    app,
    window: () => {
      if (window === undefined) throw new Error('no window was made');
      return window;
    },
    session,
    schemes,
    order,
    handled,
    ipc,
    dialogs,
    outside,
    menus,
    get areas() {
      return displays.areas;
    },
    set areas(areas) {
      displays.areas = areas;
    },
  };
}
