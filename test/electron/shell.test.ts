import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { EventEmitter } from 'node:events';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBridge } from '../../electron/bridge.ts';
import { isOurs, mayOpenOutside } from '../../electron/origin.ts';
import { asksForDebugging, openedPaths } from '../../electron/openedPaths.ts';
import { start } from '../../electron/shell.ts';
import { nativeChannels, type Source } from '../../src/contract/index.ts';
import { projectRoot } from '../support/shared.ts';
import { fakeElectron, type Fake } from './fakeElectron.ts';

describe('the desktop shell', () => {
  let folder: string;
  let fake: Fake;
  let printed: string[];
  let died: number[];
  const begin = async (argv: readonly string[] = [], change: (fake: Fake) => void = () => {}) => {
    fake = fakeElectron();
    change(fake);
    await start(fake.electron, {
      argv: ['electron', '/app', ...argv],
      folder,
      environment: { SELDINGER_HOME: path.join(folder, 'home') },
      platform: 'linux',
      here: path.join(folder, 'dist/electron'),
      print: (line) => printed.push(line),
      die: (code) => died.push(code),
    });
  };
  const ask = async (url: string, init?: RequestInit) => {
    const handler = fake.handled.get('seldinger');
    if (handler === undefined) throw new Error('no handler');
    return handler(new Request(url, init));
  };
  const hello = async () =>
    (await (await ask('seldinger://app/api/hello', { method: 'POST', body: '{}' })).json()) as {
      door: string;
      automation: boolean;
      launch: Source[];
    };
  const ours = () => ({ sender: fake.window().webContents, senderFrame: fake.window().webContents.mainFrame });
  const invoke = (channel: string, input: unknown, event: unknown = ours()) => {
    const answer = fake.ipc.invoked.get(channel);
    if (answer === undefined) throw new Error('no such channel');
    return answer(event, input);
  };
  const quit = async () => {
    fake.app.emit('before-quit', { preventDefault: () => {} });
    await expect.poll(() => fake.order.at(-1)).toBe('quit');
  };

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'seldinger-shell-'));
    mkdirSync(path.join(folder, 'dist/renderer'), { recursive: true });
    writeFileSync(path.join(folder, 'dist/renderer/index.html'), '<html><head></head></html>');
    mkdirSync(path.join(folder, 'case'));
    printed = [];
    died = [];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('gives the page no Node, a sandbox and a world of its own', async () => {
    await begin();
    const { webPreferences } = fake.window().options;
    expect(webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      webSecurity: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
    });
    expect(path.basename(String(webPreferences['preload']))).toBe('preload.cjs');
    expect(fake.window().loaded).toBe('seldinger://app/index.html');
    expect(fake.order).toContain('enableSandbox');
  });

  it('makes windows in one place only, and asks for no remote page', () => {
    const sources = readdirSync(path.join(projectRoot, 'electron'))
      .filter((name) => /\.c?ts$/.test(name))
      .map((name) => readFileSync(path.join(projectRoot, 'electron', name), 'utf8'));
    expect(sources.join('\n').match(/new (electron\.)?BrowserWindow/g)?.length).toBe(1);
    expect(sources.join('\n')).not.toMatch(/https?:\/\/|crashReporter|enableRemoteModule|nodeIntegration: true/);
  });

  it('registers its scheme before the program is ready, with these privileges and no others', async () => {
    await begin();
    expect(fake.schemes).toEqual([
      {
        scheme: 'seldinger',
        privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
      },
    ]);
    expect(fake.order.indexOf('registerSchemes')).toBeLessThan(fake.order.indexOf('whenReady'));
    expect(fake.order.indexOf('enableSandbox')).toBeLessThan(fake.order.indexOf('whenReady'));
  });

  it('serves page and methods under the scheme by the same handler, never with automation', async () => {
    await begin([path.join(folder, 'case')]);
    expect(await hello()).toMatchObject({
      door: 'electron',
      automation: false,
      launch: [{ label: 'case', kind: 'folder' }],
    });
    const page = await ask('seldinger://app/index.html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('content-security-policy')).not.toContain("'unsafe-eval'");
    expect(page.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    for (const url of [
      'seldinger://evil/index.html',
      'seldinger://app.evil/index.html',
      'seldinger://app:1/index.html',
    ]) {
      expect((await ask(url)).status).toBe(404);
    }
    await quit();
  });

  it('hands a second launch’s files to the first, and ends itself', async () => {
    await begin([], (one) => {
      one.app.lock = false;
    });
    expect(fake.order).toEqual(['lock', 'quit']);
    await begin();
    fake.app.emit('second-instance', {}, ['electron', '--allow-file-access', '/app', 'case'], folder);
    const { sent } = fake.window().webContents;
    // Nothing is said to a page that does not listen yet.
    expect(sent).toEqual([]);
    fake.ipc.emit(nativeChannels.painted, ours());
    expect(sent).toMatchObject([{ channel: nativeChannels.open, data: [{ label: 'case', kind: 'folder' }] }]);
    expect(JSON.stringify(sent)).not.toContain(folder);
    let prevented = false;
    fake.app.emit('open-file', { preventDefault: () => (prevented = true) }, path.join(folder, 'case'));
    expect(prevented).toBe(true);
    expect(sent.length).toBe(2);
    fake.app.emit('open-file', { preventDefault: () => {} }, path.join(folder, 'gone'));
    expect(sent.length).toBe(2);
    await quit();
  });

  it('opens what is there of a launch and names what is not', async () => {
    await begin([path.join(folder, 'gone'), path.join(folder, 'case')]);
    expect((await hello()).launch.map(({ label }) => label)).toEqual(['case']);
    expect(fake.dialogs.errors).toEqual(['“gone” is not there.']);
    await quit();
  });

  it('denies every permission but writing to the clipboard and full screen, and those to our page alone', async () => {
    await begin();
    const all = [
      'clipboard-read',
      'clipboard-sanitized-write',
      'display-capture',
      'fullscreen',
      'geolocation',
      'idle-detection',
      'media',
      'mediaKeySystem',
      'midi',
      'midiSysex',
      'notifications',
      'pointerLock',
      'keyboardLock',
      'openExternal',
      'speaker-selection',
      'storage-access',
      'top-level-storage-access',
      'window-management',
      'unknown',
      'fileSystem',
      'hid',
      'serial',
      'usb',
      'deprecated-sync-clipboard-read',
    ];
    const page = { getURL: () => 'seldinger://app/index.html' };
    const evil = { getURL: () => 'https://evil.example/' };
    const allowed = ['clipboard-sanitized-write', 'fullscreen'];
    for (const permission of all) {
      const answers: boolean[] = [];
      for (const contents of [page, evil, null])
        fake.session.request?.(contents, permission, (yes) => answers.push(yes));
      expect([permission, answers]).toEqual([permission, [allowed.includes(permission), false, false]]);
      expect(fake.session.check?.(page, permission, 'seldinger://app')).toBe(allowed.includes(permission));
      expect(fake.session.check?.(page, permission, 'https://evil.example')).toBe(false);
    }
    expect(fake.session.device?.()).toBe(false);
    let streams: unknown;
    fake.session.display?.({}, (given) => (streams = given));
    expect(streams).toEqual({});
  });

  it('lets the page go nowhere else, open no window and embed none', async () => {
    await begin();
    const { webContents } = fake.window();
    const gone = (name: string, event: object) => {
      let prevented = false;
      webContents.emit(name, { ...event, preventDefault: () => (prevented = true) });
      return !prevented;
    };
    for (const url of [
      'https://evil.example',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'seldinger://app@evil/',
      'seldinger://app.evil/',
      'SELDINGER://EVIL/',
      'data:text/html,x',
      'about:blank',
      'seldinger://app:1/',
    ]) {
      expect([url, gone('will-navigate', { url })]).toEqual([url, false]);
      expect(gone('will-redirect', { url })).toBe(false);
      expect(gone('will-frame-navigate', { url, isMainFrame: true })).toBe(false);
      expect(webContents.opened?.({ url })).toEqual({ action: 'deny' });
    }
    expect(gone('will-navigate', { url: 'seldinger://app/index.html' })).toBe(true);
    expect(gone('will-frame-navigate', { url: 'seldinger://app/index.html', isMainFrame: false })).toBe(false);
    expect(gone('will-attach-webview', {})).toBe(false);
    expect(fake.outside).toEqual([]);
    expect(webContents.opened?.({ url: 'https://dicom.nema.org/medical' })).toEqual({ action: 'deny' });
    expect(fake.outside).toEqual(['https://dicom.nema.org/medical']);
  });

  it('takes no address for its own but its own', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string(),
          fc.webUrl().map((url) => url.replace(/^https?/, 'seldinger')),
        ),
        (url) => {
          fc.pre(!/^seldinger:\/\/app([/?#]|$)/i.test(url.trim()));
          expect(isOurs(url)).toBe(false);
        },
      ),
    );
    for (const url of [
      'seldinger://app.',
      'seldinger://app./',
      ' seldinger://evil',
      'seldinger:app',
      'seldinger:///app',
    ])
      expect(isOurs(url)).toBe(false);
    for (const url of [
      'http://github.com',
      'https://github.com.evil.example',
      'https://user@github.com',
      'https://github.com:8443/',
      'https://evil.example/github.com',
      'https://github.com./',
    ])
      expect(mayOpenOutside(url)).toBe(false);
  });

  it('answers only the main frame of its own page', async () => {
    await begin();
    const mine = ours();
    const input = { paths: [path.join(folder, 'case')] };
    for (const event of [
      { ...mine, senderFrame: null },
      { ...mine, senderFrame: { ...mine.senderFrame, parent: mine.senderFrame } },
      { ...mine, senderFrame: { url: 'https://evil.example/', parent: null } },
      { ...mine, senderFrame: { url: 'seldinger://evil/', parent: null } },
      { ...mine, sender: {} },
    ]) {
      await expect(invoke(nativeChannels.grant, input, event)).rejects.toThrow('may not');
      fake.ipc.emit(nativeChannels.painted, event);
    }
    expect(printed).toEqual([]);
    expect(await invoke(nativeChannels.grant, input)).toMatchObject([{ label: 'case', kind: 'folder' }]);
    await quit();
  });

  it('checks what the page sends, and tells it no path', async () => {
    await begin();
    for (const input of [undefined, null, {}, { paths: [] }, { paths: [''] }, { paths: [1] }, { paths: 'x' }]) {
      await expect(invoke(nativeChannels.grant, input)).rejects.toThrow();
    }
    expect(await invoke(nativeChannels.grant, { paths: [path.join(folder, 'gone')] })).toEqual([]);
    expect(await invoke(nativeChannels.grant, { paths: ['a\0b'] })).toEqual([]);
    const granted = await invoke(nativeChannels.grant, { paths: [path.join(folder, 'case')] });
    expect(JSON.stringify(granted)).not.toContain(folder);
    await quit();
  });

  it('grants what the person picks in the system’s dialogs, or nothing when that is cancelled', async () => {
    await begin();
    expect(await invoke(nativeChannels.pick, { kind: 'folder' })).toEqual([]);
    fake.dialogs.open = { canceled: false, filePaths: [path.join(folder, 'case')] };
    expect(await invoke(nativeChannels.pick, { kind: 'folder' })).toMatchObject([{ label: 'case' }]);
    await expect(invoke(nativeChannels.pick, { kind: 'disk' })).rejects.toThrow();
    expect(await invoke(nativeChannels.saveAs, { suggestedName: 'x' })).toEqual([]);
    fake.dialogs.save = { canceled: false, filePath: path.join(folder, 'mine') };
    expect(await invoke(nativeChannels.saveAs, { suggestedName: '../../etc/passwd' })).toMatchObject([
      { label: 'mine.plan.json', kind: 'plan' },
    ]);
    expect(JSON.stringify(fake.dialogs.asked.at(-1))).not.toContain('/');
    await quit();
  });

  it('saves a table or picture where the person chooses, and nothing when cancelled; says when it cannot', async () => {
    await begin();
    const bytes = new TextEncoder().encode('\uFEFFa,b\r\n');
    const save = (more: object = {}): Promise<unknown> =>
      invoke(nativeChannels.saveFile, { suggestedName: '../Plan.csv', type: 'table', bytes, ...more });
    expect(await save()).toEqual({ name: null });
    expect(fake.dialogs.asked.at(-1)).toMatchObject({ title: 'Save table', defaultPath: '.._Plan.csv' });
    fake.dialogs.save = { canceled: false, filePath: path.join(folder, 'mine') };
    expect(await save()).toEqual({ name: 'mine.csv' });
    expect(new Uint8Array(readFileSync(path.join(folder, 'mine.csv')))).toEqual(bytes);
    fake.dialogs.save = { canceled: false, filePath: path.join(folder, 'view.png') };
    expect(await save({ type: 'picture' })).toEqual({ name: 'view.png' });
    fake.dialogs.save = { canceled: false, filePath: path.join(folder, 'nowhere', 'x.csv') };
    expect(await save()).toEqual({
      fault: '"x.csv" could not be written. Choose another folder, or make room on the disk.',
    });
    await expect(save({ type: 'program' })).rejects.toThrow();
    await expect(save({ bytes: 'text' })).rejects.toThrow();
    await quit();
  });

  it('prints its ready line once, after the page has painted', async () => {
    await begin();
    expect(printed).toEqual([]);
    fake.ipc.emit(nativeChannels.painted, ours());
    fake.ipc.emit(nativeChannels.painted, ours());
    expect(printed).toEqual(['seldinger-ready']);
  });

  it('loads the page again once when its process is lost, then shows a page that needs nothing', async () => {
    await begin();
    const { webContents } = fake.window();
    webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
    expect(webContents.reloads).toBe(0);
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([webContents.reloads, fake.window().loaded]).toEqual([1, 'seldinger://app/index.html']);
    webContents.emit('render-process-gone', {}, { reason: 'crashed' });
    expect([webContents.reloads, fake.window().loaded]).toEqual([1, 'seldinger://app/stopped.html']);
    const page = await ask('seldinger://app/stopped.html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const text = await page.text();
    expect(text).toContain('Every edit up to the last one is kept.');
    expect(text).toContain('href="/index.html"');
    expect(text).not.toMatch(/<script|https?:/);
    await quit();
  });

  it('asks before a window that does not answer is loaded again, and waits by default', async () => {
    await begin();
    fake.window().emit('unresponsive');
    await expect.poll(() => fake.dialogs.boxes.length).toBe(1);
    expect(fake.dialogs.boxes[0]?.buttons).toEqual(['Wait', 'Load again']);
    expect(fake.window().webContents.crashes).toBe(0);
    fake.dialogs.answer = 1;
    await expect
      .poll(() => {
        fake.window().emit('unresponsive');
        return fake.window().webContents.crashes;
      })
      .toBe(1);
    await quit();
  });

  it('asks before it closes over changes that are in no file, and stays by default', async () => {
    await begin();
    const closes = (answer: number) => {
      fake.dialogs.answer = answer;
      let allowed = false;
      fake.window().webContents.emit('will-prevent-unload', { preventDefault: () => (allowed = true) });
      return allowed;
    };
    expect([closes(0), closes(1)]).toEqual([false, true]);
    expect(fake.dialogs.boxes[0]).toMatchObject({
      message: 'The plan has changes that are not saved to a file.',
      buttons: ['Stay', 'Close'],
    });
    await quit();
  });

  it('opens where it stood, but never where nobody can see it', async () => {
    await begin();
    expect(fake.window().options).toMatchObject({ width: 1440, height: 900 });
    expect(fake.window().options).not.toHaveProperty('x');
    fake.window().bounds = { x: 2000, y: 100, width: 1000, height: 640 };
    fake.window().maximised = true;
    fake.window().emit('close');
    await quit();
    const second = { x: 1920, y: 0, width: 1920, height: 1040 };
    await expect
      .poll(async () => {
        await begin([], (one) => {
          one.areas = [...one.areas, second];
        });
        return fake.window().options;
      })
      .toMatchObject({ x: 2000, y: 100, width: 1000, height: 640 });
    expect(fake.window().maximised).toBe(true);
    // The second monitor is gone.
    await begin();
    expect(fake.window().options).not.toHaveProperty('x');
    // A file that somebody else wrote.
    writeFileSync(path.join(folder, 'home/shell.json'), '{"bounds":"everywhere","maximised":3,"graphicsCrashes":-1}');
    await begin();
    expect([fake.window().maximised, fake.order.includes('disableHardwareAcceleration')]).toEqual([false, false]);
    await quit();
  });

  it('leaves the graphics card alone from the fourth start on after three in which it failed, says so, and tries again when asked', async () => {
    const crashes = () =>
      (JSON.parse(readFileSync(path.join(folder, 'home/shell.json'), 'utf8')) as { graphicsCrashes: number })
        .graphicsCrashes;
    for (let start = 1; start <= 3; start += 1) {
      await begin();
      expect(fake.order).not.toContain('disableHardwareAcceleration');
      fake.app.emit('child-process-gone', {}, { type: 'Utility', reason: 'crashed' });
      fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
      fake.app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed' });
      await expect.poll(crashes).toBe(start);
      fake.app.emit('will-quit');
    }
    await begin([], (one) => {
      one.dialogs.answer = 1;
    });
    expect(fake.order.indexOf('disableHardwareAcceleration')).toBeGreaterThan(-1);
    expect(fake.order.indexOf('disableHardwareAcceleration')).toBeLessThan(fake.order.indexOf('whenReady'));
    expect(fake.dialogs.boxes.map(({ message }) => message)).toEqual(['Seldinger draws without the graphics card.']);
    await expect.poll(crashes).toBe(0);
    await begin();
    expect(fake.order).not.toContain('disableHardwareAcceleration');
    await quit();
  });

  it('forgets failures of the graphics card after a start without one', async () => {
    mkdirSync(path.join(folder, 'home'), { recursive: true });
    writeFileSync(path.join(folder, 'home/shell.json'), '{"bounds":null,"maximised":false,"graphicsCrashes":2}');
    await begin();
    fake.app.emit('will-quit');
    await expect
      .poll(() => readFileSync(path.join(folder, 'home/shell.json'), 'utf8'))
      .toContain('"graphicsCrashes":0');
    await quit();
  });

  it('opens a second window on the other monitor, with the images of the first; each may ask, and the menu is of the one in use', async () => {
    const other = { x: 1920, y: 0, width: 2560, height: 1400 };
    await begin([], (one) => (one.areas = [...one.areas, other]));
    const first = fake.window();
    first.bounds = { x: 100, y: 80, width: 1200, height: 700 };
    const asFirst = ours();
    const sources: Source[] = [{ id: 'a', label: 'A & B', kind: 'folder' }];
    fake.ipc.emit(nativeChannels.secondWindow, { ...asFirst, sender: {} }, { sources });
    fake.ipc.emit(nativeChannels.secondWindow, asFirst, { sources: ['/etc'] });
    expect(fake.window()).toBe(first);
    fake.ipc.emit(nativeChannels.secondWindow, asFirst, { sources });
    const second = fake.window();
    expect(second).not.toBe(first);
    expect(second.options).toMatchObject({ ...other, webPreferences: first.options.webPreferences });
    expect(second.maximised).toBe(true);
    const address = new URL(second.loaded);
    expect(isOurs(second.loaded)).toBe(true);
    expect(JSON.parse(new URLSearchParams(address.hash.slice(1)).get('open') ?? '')).toEqual(sources);
    // Nobody else's page, both of ours.
    await expect(invoke(nativeChannels.pick, { kind: 'files' }, asFirst)).resolves.toEqual([]);
    await expect(invoke(nativeChannels.pick, { kind: 'files' }, ours())).resolves.toEqual([]);
    await expect(invoke(nativeChannels.pick, { kind: 'files' }, { ...ours(), sender: {} })).rejects.toThrow();
    const menu = (id: string) => ({
      items: [{ id, title: id, group: 'Tools', accelerator: null, enabled: true, checked: null }],
    });
    fake.ipc.emit(nativeChannels.menu, asFirst, menu('of the first'));
    fake.ipc.emit(nativeChannels.menu, ours(), menu('of the second'));
    const shown = () => JSON.stringify(fake.menus.at(-1));
    expect(shown()).toContain('of the second');
    first.emit('focus');
    expect(shown()).toContain('of the first');
    // Its place is not the one to open at next time.
    second.emit('close');
    second.emit('closed');
    expect(existsSync(path.join(folder, 'home/shell.json'))).toBe(false);
    await quit();
  });

  it('makes its menu from the page’s table of actions and hands a choice back', async () => {
    await begin();
    const item = (id: string, title: string, group: string, more: object = {}) => ({
      id,
      title,
      group,
      accelerator: null,
      enabled: true,
      checked: null,
      ...more,
    });
    const items = [
      item('open.files', 'Open files…', 'Open and save', { accelerator: 'CmdOrCtrl+O' }),
      item('recent:1', 'A & B', 'Opened before'),
      item('layout.1x1', 'One image', 'Layout', { checked: true }),
      item('tool.length', 'Length', 'Tools', { accelerator: 'L', checked: false, enabled: false }),
      item('odd', 'Something new', 'A later group'),
    ];
    fake.ipc.emit(nativeChannels.menu, { ...ours(), sender: {} }, { items });
    fake.ipc.emit(nativeChannels.menu, ours(), { items: [{ id: 'x' }] });
    expect(fake.menus.length).toBe(1);
    fake.ipc.emit(nativeChannels.menu, ours(), { items });
    const menu = fake.menus.at(-1) ?? [];
    expect(menu.map(({ label }) => label)).toEqual(['&File', '&Edit', '&View', '&Tools', 'A later group']);
    const inside = (label: string) => {
      const found = menu.find((one) => one.label === label)?.submenu;
      return Array.isArray(found) ? found : [];
    };
    expect(inside('&File').map(({ label, type, role }) => label ?? type ?? role)).toEqual([
      'Open files…',
      'separator',
      'Opened before',
      'separator',
      'quit',
    ]);
    expect(inside('&Tools')[0]).toMatchObject({
      label: 'Length',
      accelerator: 'L',
      registerAccelerator: false,
      enabled: false,
      type: 'checkbox',
      checked: false,
    });
    (inside('&Tools')[0]?.click as (() => void) | undefined)?.();
    expect(fake.window().webContents.sent).toEqual([{ channel: nativeChannels.chosen, data: 'tool.length' }]);
    await quit();
  });

  it('closes the host before it ends', async () => {
    await begin();
    expect(existsSync(path.join(folder, 'home'))).toBe(true);
    let prevented = 0;
    fake.app.emit('before-quit', { preventDefault: () => (prevented += 1) });
    await expect.poll(() => fake.order.at(-1)).toBe('quit');
    fake.app.emit('before-quit', { preventDefault: () => (prevented += 1) });
    expect(prevented).toBe(1);
  });

  it('refuses to be debugged when packaged, and has no tools then', async () => {
    for (const word of ['--remote-debugging-port=9222', '--inspect', '--INSPECT-BRK=1', '--remote-debugging-pipe']) {
      expect(asksForDebugging(['seldinger', word])).toBe(true);
      await begin([word], (one) => {
        one.app.isPackaged = true;
      });
      expect(fake.order).toEqual([]);
    }
    expect(died).toEqual([2, 2, 2, 2]);
    await begin([], (one) => {
      one.app.isPackaged = true;
    });
    expect(JSON.stringify(fake.menus)).not.toMatch(/reload|toggleDevTools/i);
    expect(fake.window().options.webPreferences['devTools']).toBe(false);
    await quit();
  });
});

describe('the bridge to the page', () => {
  const source = { id: 'x', label: 'case', kind: 'folder' as const };
  const bridge = (answer: unknown = [source]) => {
    const ipc = new EventEmitter();
    const invoked: { channel: string; input: unknown }[] = [];
    const made = createBridge<{ path: string }>({
      ipc: {
        on: (channel, listener) => {
          ipc.on(channel, listener);
          return undefined as never;
        },
        invoke: (channel, input: unknown) => {
          invoked.push({ channel, input });
          return Promise.resolve(answer);
        },
        send: (channel) => void invoked.push({ channel, input: undefined }),
      },
      pathOf: ({ path: one }) => one,
    });
    return { ipc, invoked, made };
  };

  it('hands on what was opened before the page listened, and until it listens no more', () => {
    const { ipc, made } = bridge();
    const heard: unknown[] = [];
    ipc.emit(nativeChannels.open, {}, [source]);
    const stop = made.onOpen((sources) => heard.push(sources));
    ipc.emit(nativeChannels.open, {}, [source]);
    stop();
    expect(heard).toEqual([[source], [source]]);
  });

  it('hands on what was chosen in the menu, and the table as it is', () => {
    const { ipc, invoked, made } = bridge();
    const chosen: string[] = [];
    const stop = made.onChosen((id) => chosen.push(id));
    ipc.emit(nativeChannels.chosen, {}, 'undo');
    ipc.emit(nativeChannels.chosen, {}, { id: 'redo' });
    stop();
    ipc.emit(nativeChannels.chosen, {}, 'redo');
    expect(chosen).toEqual(['undo']);
    made.setMenu([]);
    expect(invoked.map(({ channel }) => channel)).toEqual([nativeChannels.menu]);
  });

  it('tells the name of a saved table, nothing of one that was cancelled, and why one could not be saved', async () => {
    const bytes = new Uint8Array(1);
    expect(await bridge({ name: 'Plan.csv' }).made.saveFile('Plan.csv', 'table', bytes)).toBe('Plan.csv');
    expect(await bridge({ name: null }).made.saveFile('Plan.csv', 'table', bytes)).toBeNull();
    const full = bridge({ fault: 'The disk is full.' }).made;
    await expect(full.saveFile('View.png', 'picture', bytes)).rejects.toThrow('The disk is full.');
  });

  it('asks for nothing where the dropped files lie on no disk', async () => {
    const { invoked, made } = bridge();
    expect(await made.grant([{ path: '' }])).toEqual([]);
    expect(invoked).toEqual([]);
    expect(await made.grant([{ path: '' }, { path: '/a' }])).toEqual([source]);
    expect(invoked).toEqual([{ channel: nativeChannels.grant, input: { paths: ['/a'] } }]);
  });
});

describe('the words of a launch', () => {
  it('are paths from where the person stands, without switches and the program itself', () => {
    const here = path.resolve('/data');
    expect(openedPaths(['electron', '/app', 'a', '--switch', '--name=value', '/b/c'], here, false)).toEqual([
      path.join(here, 'a'),
      path.resolve('/b/c'),
    ]);
    expect(openedPaths(['seldinger', 'a', '--', '--odd name'], here, true)).toEqual([
      path.join(here, 'a'),
      path.join(here, '--odd name'),
    ]);
  });

  it('never become anything but absolute paths without NUL', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.boolean(), (words, packaged) => {
        for (const one of openedPaths(words, path.resolve('/data'), packaged)) {
          expect(path.isAbsolute(one)).toBe(true);
          expect(one).not.toContain('\0');
        }
      }),
    );
  });
});
