import type { Slab, SlabMode } from '../../src/imaging/index.ts';
import { trimmed } from './text.ts';

export const slabNames: Readonly<Record<SlabMode, string>> = { mip: 'MIP', minip: 'MinIP', mean: 'Mean' };

/** "MIP 10 mm". */
export function slabText({ mode, mm }: Slab): string {
  return `${slabNames[mode]} ${trimmed(mm)} mm`;
}
