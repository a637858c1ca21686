import type { FrameFacts, Instance } from './types.ts';

/** One picture on its way into a series. */
export interface Entry {
  readonly instance: Instance;
  readonly frame: number;
  readonly facts: FrameFacts;
}
