import type { Note, ResultValue } from '../quantity/index.ts';
import type { RecordId } from '../plan/index.ts';
import type { LineSection } from './kind.ts';

/** One finished record, in the contract's `measure` form. */
export interface EvaluatedItem {
  readonly id: RecordId;
  readonly kind: string;
  readonly computedBy: { readonly kindVersion: number; readonly program: string };
  readonly results: Readonly<Record<string, ResultValue>>;
  readonly notes: readonly Note[];
  /** For the window alone; no document holds them. */
  readonly sections?: readonly LineSection[];
}
export interface FailedItem {
  readonly id: RecordId;
  readonly code: string;
  readonly message: string;
}
export interface Evaluation {
  readonly items: readonly EvaluatedItem[];
  readonly failed: readonly FailedItem[];
}
