import type { DepthFrom, PlanItem } from '../plan/index.ts';
import type { Note } from '../quantity/index.ts';

const names: Readonly<Record<DepthFrom['by'], string>> = { mip: 'MIP', minip: 'MinIP', mean: 'mean' };

/** What must be said about points that were set on a thick slab (S-10 of the clinical page), each sentence once. */
export function depthNotes({ depthFrom = [] }: PlanItem): readonly Note[] {
  const sentences = depthFrom.map(({ by, slabMm }) => {
    const slab = `Measured on a ${Math.round(slabMm * 100) / 100} mm ${names[by]}`;
    return by === 'mean' ? `${slab}: depth is that of its middle plane.` : `${slab}: depth uncertain.`;
  });
  return [...new Set(sentences)].map((message) => ({ code: 'slab-depth', message }));
}
