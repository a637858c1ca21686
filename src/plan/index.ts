// The plan document, its edits and its one history.
export type * from './types.ts';
export type * from './history.ts';
