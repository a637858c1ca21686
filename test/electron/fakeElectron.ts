import { EventEmitter } from 'node:events';
import type { ElectronModule } from '../../electron/shellPort.ts';

/** Stands for electron in tests: notes what it is told, answers what it is given. Never the real module: that downloads. */
export interface Fake {
  readonly electron: ElectronModule;
  readonly app: FakeApp;
  readonly window: () => FakeWindow;
  readonly session: FakeSession;
  readonly schemes: unknown[];
  /** Calls of app and protocol in the order they came. */
  readonly order: string[];
  readonly handled: Map<string, (request: Request) => Promise<Response>>;
  readonly ipc: FakeIpc;
  readonly dialogs: { open: unknown; save: unknown; asked: unknown[]; errors: string[] };
  readonly outside: string[];
  readonly menus: unknown[];
}

class FakeApp extends EventEmitter {
  isPackaged = false;
  lock = true;
  readonly calls: string[];
  constructor(calls: string[]) {
    super();
    this.calls = calls;
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
}

class FakeWindow extends EventEmitter {
  readonly webContents = new FakeContents();
  readonly options: { webPreferences: Record<string, unknown> } & Record<string, unknown>;
  loaded = '';
  shown = 0;
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
  };
  const outside: string[] = [];
  const menus: unknown[] = [];
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
      showErrorBox: (_title: string, text: string) => dialogs.errors.push(text),
    },
    Menu: {
      buildFromTemplate: (template: unknown) => template,
      setApplicationMenu: (menu: unknown) => menus.push(menu),
    },
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
  };
}
