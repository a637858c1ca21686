// Places where pure functions run beside the window's own thread.
export { createComputeClient } from './compute.ts';
export type { ComputeClient, ComputePort, ComputeWire } from './compute.ts';
