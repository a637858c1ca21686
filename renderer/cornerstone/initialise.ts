import { cache, init as initCore } from '@cornerstonejs/core';
import { init as initLoader } from '@cornerstonejs/dicom-image-loader';
import type { Capability } from './capability.ts';
import { findCapability } from './capability.ts';
import { registerMetadata } from './metadata.ts';

let done: Capability | null = null;

/** Core and decode workers, once a page, however often React's StrictMode asks: the loader purges every cache when it is set up twice. */
export function initialise(): Capability {
  if (done) return done;
  initCore({ rendering: { webGlContextCount: 2 }, debug: {} });
  initLoader({ maxWebWorkers: 2 });
  registerMetadata();
  // It throws out the least used images when it thinks it is full, slices of a shown volume too. The account is ours (engine.ts).
  cache.setMaxCacheSize(Number.MAX_SAFE_INTEGER);
  done = findCapability();
  return done;
}
