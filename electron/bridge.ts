import type { IpcRenderer, IpcRendererEvent } from 'electron';
import { nativeChannels, nativeSourcesSchema, type NativeBridge, type Source } from '../src/contract/index.ts';

/** What the preload has of electron. */
export interface BridgeParts<FileObject> {
  readonly ipc: Pick<IpcRenderer, 'invoke' | 'send' | 'on' | 'off'>;
  /** '' for a File that was made by the page and lies on no disk. */
  readonly pathOf: (file: FileObject) => string;
}

/** The page's few native calls. Paths of dropped files go to the main process, and never come back to the page. */
export function createBridge<FileObject>({ ipc, pathOf }: BridgeParts<FileObject>): NativeBridge<FileObject> {
  const ask = async (channel: string, input: unknown): Promise<Source[]> =>
    nativeSourcesSchema.parse(await ipc.invoke(channel, input));
  return {
    grant: async (files) => {
      const paths = files.map((file) => pathOf(file)).filter((one) => one !== '');
      return paths.length === 0 ? [] : ask(nativeChannels.grant, { paths });
    },
    pick: (kind) => ask(nativeChannels.pick, { kind }),
    saveAs: (suggestedName) => ask(nativeChannels.saveAs, { suggestedName }),
    onOpen: (listener) => {
      const heard = (_event: IpcRendererEvent, given: unknown) => listener(nativeSourcesSchema.parse(given));
      ipc.on(nativeChannels.open, heard);
      return () => {
        ipc.off(nativeChannels.open, heard);
      };
    },
    painted: () => ipc.send(nativeChannels.painted),
  };
}
