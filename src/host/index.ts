// The disk: scan folders, serve bytes, save plans; implements the contract.
export { createHost } from './createHost.ts';
export type { HostOptions } from './createHost.ts';
export type { Host } from './host.ts';
export { createApp } from './app.ts';
export type { App } from './app.ts';
export { startServer } from './server.ts';
export { homeFolder } from './home.ts';
export { HostFault } from './fault.ts';
export { writeAtomically } from './atomicFile.ts';
export { log, startLog } from './log.ts';
export { programVersion } from './programVersion.ts';
export { scanPaths } from './scanPaths.ts';
export type { ScannedPaths } from './scanPaths.ts';
export { hostPixelSource, loadFrame, loadStoredFrame, loadVolume } from './pixels.ts';
export { nodeCodecs } from './codecs.ts';
