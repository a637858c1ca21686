// Encoded frame to modality values, with the same codecs in Node, in workers and in the window.
export type * from './types.ts';
