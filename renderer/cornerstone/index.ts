// Cornerstone behind one door: engine, views, shared buffers, metadata. No other folder imports @cornerstonejs.
export type * from './types.ts';
export { startEngine } from './engine.ts';
