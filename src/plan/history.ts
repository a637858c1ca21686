import type { Change, Edit, Plan, PlanRecord, RecordId } from './types.ts';

/** A running change by the hand: any number of puts, one entry of the history, or none. */
export interface Gesture {
  put(id: RecordId, record: PlanRecord): void;
  remove(id: RecordId): void;
  /** One history entry of all net changes; nothing at all when nothing changed. Returns it. */
  commit(): Edit | undefined;
  /** As if it had never begun. */
  cancel(): void;
}
export type { Change, Edit, Plan };
