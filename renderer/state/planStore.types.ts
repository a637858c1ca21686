import type { EvaluatedItem, FailedItem } from '../../src/measurements/index.ts';
import type { Edit, Gesture, Plan, RecordId } from '../../src/plan/index.ts';

/** What the panels read of the plan. */
export interface PlanState {
  readonly plan: Plan;
  /** Newest answers by record; kept while newer ones are computed. */
  readonly results: Readonly<Record<RecordId, EvaluatedItem>>;
  readonly failed: Readonly<Record<RecordId, FailedItem>>;
  /** Records whose shown numbers are older than the plan. */
  readonly stale: ReadonlySet<RecordId>;
  readonly canUndo: string | null;
  readonly canRedo: string | null;
  readonly unsaved: boolean;
  readonly readOnly: boolean;
  /** Every committed edit is on the disk. */
  readonly journalled: boolean;
}

/** The plan in the window: one history, a journal behind it, results from `evaluate` in a worker. A zustand vanilla store with the verbs below. */
export interface PlanStore {
  getState(): PlanState;
  subscribe(listener: (state: PlanState) => void): () => void;
  /** Starts or restores: asks the host for the journal of these studies. Says so when an unsaved plan came back. */
  open(request: { readonly studies: readonly string[]; readonly plan: Plan | null; readonly source: string | null }): Promise<{ readonly restored: boolean; readonly readOnly: boolean }>;
  gesture(title: string): Gesture;
  /** One edit at once (rename, hide, lock, delete). */
  edit(title: string, change: (gesture: Gesture) => void): Edit | undefined;
  undo(): void;
  redo(): void;
  nextOrder(): number;
  save(source: string | null): Promise<void>;
  /** Resolves when results belong to the present plan. */
  settled(): Promise<void>;
  close(): Promise<void>;
}
