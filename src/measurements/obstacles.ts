import type { Ellipsoid } from '../geometry/index.ts';
import type { PlanRecord, RecordId } from '../plan/index.ts';
import type { Note } from '../quantity/index.ts';
import { ellipsoidOf } from './region/item.ts';

export interface Obstacle {
  readonly id: RecordId;
  readonly ellipsoid: Ellipsoid;
}

/** Of the named records, those whose distance can be told, and notes that say which were and which were not. */
export function obstaclesAmong(
  ids: readonly RecordId[],
  record: (id: RecordId) => PlanRecord | undefined,
  key: string,
): { readonly obstacles: readonly Obstacle[]; readonly notes: readonly Note[] } {
  const obstacles: Obstacle[] = [];
  const left: RecordId[] = [];
  for (const id of ids) {
    const ellipsoid = ellipsoidOf(record(id));
    if (ellipsoid === undefined) left.push(id);
    else obstacles.push({ id, ellipsoid });
  }
  const names = (all: readonly RecordId[]) =>
    all.map((id) => {
      const label = record(id)?.['label'] ?? record(id)?.['name'];
      return typeof label === 'string' && label !== '' ? `${label} (${id})` : id;
    });
  const notes: Note[] = [];
  if (obstacles.length > 0)
    notes.push({ code: 'assessed', key, message: `Assessed: ${names(obstacles.map(({ id }) => id)).join(', ')}.` });
  if (left.length > 0)
    notes.push({
      code: 'notAssessed',
      key,
      message: `Not assessed: ${names(left).join(', ')}. Only regions drawn as ellipsoids can be assessed so far.`,
    });
  if (obstacles.length === 0)
    notes.push({
      code: 'not-assessed',
      key,
      message: 'Nothing was assessed. Clearance is unknown, not clear.',
    });
  return { obstacles, notes };
}
