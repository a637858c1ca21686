// Runs sandboxed before the page and gives it the bridge; a CommonJS file, as sandboxed preloads must be.
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld(
  'seldingerNative',
  createBridge<File>({ ipc: ipcRenderer, pathOf: (file) => webUtils.getPathForFile(file) }),
);
