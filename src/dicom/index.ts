// Header bytes to instance, series and volume geometry, or a refusal that says why.
export type * from './types.ts';
