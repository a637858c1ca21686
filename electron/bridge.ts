import type { IpcRenderer, IpcRendererEvent } from 'electron';
import {
  nativeChannels,
  nativeSavedSchema,
  nativeSourcesSchema,
  type NativeBridge,
  type Source,
} from '../src/contract/index.ts';

/** What the preload has of electron. */
export interface BridgeParts<FileObject> {
  readonly ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on'>;
  /** '' for a File that was made by the page and lies on no disk. */
  readonly pathOf: (file: FileObject) => string;
}

/** The page's few native calls. Paths of dropped files go to the main process, and never come back to the page. */
export function createBridge<FileObject>({ ipc, pathOf }: BridgeParts<FileObject>): NativeBridge<FileObject> {
  const ask = async (channel: string, input: unknown): Promise<Source[]> =>
    nativeSourcesSchema.parse(await ipc.invoke(channel, input));
  // Heard from the beginning: files handed over before the page listens wait for it.
  const waiting: Source[][] = [];
  const listeners = new Set<(sources: Source[]) => void>();
  ipc.on(nativeChannels.open, (_event: IpcRendererEvent, given: unknown) => {
    const sources = nativeSourcesSchema.parse(given);
    if (listeners.size === 0) waiting.push(sources);
    for (const listener of listeners) listener(sources);
  });
  const choosers = new Set<(id: string) => void>();
  ipc.on(nativeChannels.chosen, (_event: IpcRendererEvent, id: unknown) => {
    if (typeof id === 'string') for (const chosen of choosers) chosen(id);
  });
  return {
    grant: async (files) => {
      const paths = files.map((file) => pathOf(file)).filter((one) => one !== '');
      return paths.length === 0 ? [] : ask(nativeChannels.grant, { paths });
    },
    pick: (kind) => ask(nativeChannels.pick, { kind }),
    saveAs: (suggestedName) => ask(nativeChannels.saveAs, { suggestedName }),
    saveFile: async (suggestedName, type, bytes) => {
      const saved = nativeSavedSchema.parse(await ipc.invoke(nativeChannels.saveFile, { suggestedName, type, bytes }));
      if ('fault' in saved) throw new Error(saved.fault);
      return saved.name;
    },
    onOpen: (listener) => {
      listeners.add(listener);
      for (const sources of waiting.splice(0)) listener(sources);
      return () => {
        listeners.delete(listener);
      };
    },
    painted: () => ipc.send(nativeChannels.painted),
    setMenu: (items) => ipc.send(nativeChannels.menu, { items }),
    secondWindow: (sources) => ipc.send(nativeChannels.secondWindow, { sources }),
    onChosen: (listener) => {
      choosers.add(listener);
      return () => {
        choosers.delete(listener);
      };
    },
  };
}
