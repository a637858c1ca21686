import type { EvaluatedItem, Evaluation, FailedItem } from '../measurements/index.ts';
import type { RecordFault } from '../plan/index.ts';

/** What `measure --json` prints. */
export interface MeasureDocument {
  readonly plan: string;
  readonly items: readonly EvaluatedItem[];
  readonly failed: readonly FailedItem[];
}

/** `faults`: records that could not even be read; they are failures among the others. */
export function measureDocument(
  planId: string,
  { items, failed }: Evaluation,
  faults: readonly RecordFault[] = [],
): MeasureDocument {
  const unread = faults.map(({ id, path, say }) => ({ id, code: 'bad-item', message: `${path}: ${say}` }));
  return {
    plan: planId,
    items: items.map(({ sections: _seen, ...item }) => item),
    failed: [...unread, ...failed],
  };
}
