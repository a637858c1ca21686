// The kinds of measurement and the only way to a number: evaluate.
export type * from './kind.ts';
export type * from './evaluation.ts';
