import path from 'node:path';
import type { BrowserWindow, IpcMain } from 'electron';
import { nativeChannels, nativeInputs, type NativeMenuItem, type Source } from '../src/contract/index.ts';
import { HostFault, log, writeAtomically, type Host } from '../src/host/index.ts';
import type { OpenWindows } from './openWindows.ts';
import type { ElectronModule } from './shellPort.ts';

interface NativeParts {
  readonly ipcMain: Pick<IpcMain, 'handle' | 'on'>;
  readonly dialog: ElectronModule['dialog'];
  readonly host: Host;
  readonly windows: OpenWindows;
  readonly onPainted: () => void;
  readonly onMenu: (window: BrowserWindow, items: readonly NativeMenuItem[]) => void;
  readonly onSecondWindow: (sources: readonly Source[]) => void;
}

/** The few things that only the desktop can do. Every input is checked; what is granted is what the person chose. */
export function serveNative({ ipcMain, dialog, host, windows, onPainted, onMenu, onSecondWindow }: NativeParts): void {
  const guarded = <Input, Answer>(
    channel: string,
    schema: { parse(value: unknown): Input },
    answer: (input: Input, parent: BrowserWindow) => Promise<Answer>,
  ) => {
    ipcMain.handle(channel, async (event, given: unknown) => {
      const parent = windows.askedBy(event);
      if (parent === undefined) throw new Error('This page may not ask for that.');
      return answer(schema.parse(given), parent);
    });
  };
  guarded(nativeChannels.grant, nativeInputs.grant, ({ paths }) => Promise.resolve(granted(host, paths)));
  guarded(nativeChannels.pick, nativeInputs.pick, async ({ kind }, parent) => {
    const chosen = await dialog.showOpenDialog(parent, {
      title: kind === 'folder' ? 'Open folder' : kind === 'plan' ? 'Open plan' : 'Open files',
      properties:
        kind === 'folder' ? ['openDirectory'] : kind === 'plan' ? ['openFile'] : ['openFile', 'multiSelections'],
      ...(kind === 'plan' ? { filters: planFilters } : {}),
    });
    return chosen.canceled ? [] : granted(host, chosen.filePaths);
  });
  guarded(nativeChannels.saveAs, nativeInputs.saveAs, async ({ suggestedName }, parent) => {
    const defaultPath = bareName(suggestedName);
    const chosen = await dialog.showSaveDialog(parent, { title: 'Save plan', defaultPath, filters: planFilters });
    return chosen.canceled || chosen.filePath === '' ? [] : [host.grantPlanTarget(withEnding(chosen.filePath))];
  });
  guarded(nativeChannels.saveFile, nativeInputs.saveFile, async ({ suggestedName, type, bytes }, parent) => {
    const { title, extension } = exported[type];
    const filters = [{ name: title, extensions: [extension] }, allFiles];
    const defaultPath = bareName(suggestedName);
    const chosen = await dialog.showSaveDialog(parent, { title: `Save ${title.toLowerCase()}`, defaultPath, filters });
    if (chosen.canceled || chosen.filePath === '') return { name: null };
    const file = path.extname(chosen.filePath) === '' ? `${chosen.filePath}.${extension}` : chosen.filePath;
    try {
      // For other programs and people, as the system gives files: not for the owner alone as what is kept here.
      await writeAtomically(file, bytes, { mode: 0o666 });
      return { name: path.basename(file) };
    } catch (error) {
      log.error('an exported file was not written', error);
      return {
        fault: `"${path.basename(file)}" could not be written. Choose another folder, or make room on the disk.`,
      };
    }
  });
  ipcMain.on(nativeChannels.painted, (event) => {
    if (windows.askedBy(event) !== undefined) onPainted();
  });
  ipcMain.on(nativeChannels.menu, (event, given: unknown) => {
    const asking = windows.askedBy(event);
    if (asking === undefined) return;
    const parsed = nativeInputs.menu.safeParse(given);
    if (parsed.success) onMenu(asking, parsed.data.items);
    else log.error('the page asked for a menu that cannot be made');
  });
  ipcMain.on(nativeChannels.secondWindow, (event, given: unknown) => {
    if (windows.askedBy(event) === undefined) return;
    const parsed = nativeInputs.secondWindow.safeParse(given);
    if (parsed.success) onSecondWindow(parsed.data.sources);
    else log.error('the page asked for a window that cannot be made');
  });
}

const allFiles = { name: 'All files', extensions: ['*'] };
const planFilters = [{ name: 'Seldinger plan', extensions: ['plan.json', 'json'] }, allFiles];
const exported = {
  table: { title: 'Table', extension: 'csv' },
  picture: { title: 'Picture', extension: 'png' },
} as const;

/** Only a name: the page does not choose a folder. */
function bareName(suggested: string): string {
  return path.basename(suggested.replace(/[\\/:*?"<>|\0]/g, '_'));
}

function withEnding(file: string): string {
  return file.toLowerCase().endsWith('.json') ? file : `${file}.plan.json`;
}

/** What can be granted of these paths: one source, or none when nothing of them is there. */
export function granted(host: Host, paths: readonly string[]): Source[] {
  try {
    return paths.length === 0 ? [] : [host.grantPaths(paths)];
  } catch (error) {
    if (error instanceof HostFault) return [];
    log.error('granting failed', error);
    return [];
  }
}
