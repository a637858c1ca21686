import type { Refusal } from '../../src/quantity/index.ts';
import type { Input, Output } from '../../src/contract/index.ts';
import type { EvaluatedItem, Evaluation, FailedItem, MeasurementKind } from '../../src/measurements/index.ts';
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
  /** Why edits are not on the disk, or numbers are not computed; kept until it works again. */
  readonly trouble?: Refusal | null;
  /** Fraction of the computing that runs, 0 to 1; null when nothing runs. */
  readonly progress?: number | null;
}

/** The calls of the host that a plan needs; a `HostClient` is one. */
export interface PlanHost {
  call<M extends 'journalOpen' | 'journalAppend' | 'journalClose' | 'sessionAlive' | 'planSave'>(
    method: M,
    input: Input<M>,
  ): Promise<Output<M>>;
}

/** The one way to a number, in the worker (`createComputeClient(...).evaluate`). Rejects with an AbortError when aborted. */
export type EvaluateInWorker = (
  plan: Plan,
  run: {
    readonly signal: AbortSignal;
    readonly progress?: (fraction: number) => void;
    /** All numbers, where the values along items take longer. */
    readonly numbers?: (evaluation: Evaluation) => void;
    /** What of an item can be shown before its numbers are there. */
    readonly partial?: (item: EvaluatedItem) => void;
  },
) => Promise<Evaluation>;

export interface PlanStorePort {
  readonly host: PlanHost;
  readonly evaluateInWorker: EvaluateInWorker;
  readonly kinds: readonly MeasurementKind[];
  newId(): string;
  /** ISO 8601. */
  now(): string;
  /** This page's own secret for journal locks: the same after a reload of the page, another in another window. */
  readonly session: string;
  /** Adds to a plan that is saved the studies its items lie on; absent: as it is. */
  readonly withStudies?: (plan: Plan) => Plan;
  /** Waits before the journal is tried again; handed in by tests. */
  readonly wait?: (milliseconds: number) => Promise<void>;
}

/** The plan in the window: one history, a journal behind it, results from `evaluate` in a worker. A zustand vanilla store with the verbs below. */
export interface PlanStore {
  getState(): PlanState;
  subscribe(listener: (state: PlanState) => void): () => void;
  /** Starts or restores: asks the host for the journal of these studies. Says so when an unsaved plan came back. */
  open(request: {
    readonly studies: readonly string[];
    readonly plan: Plan | null;
    readonly source: string | null;
  }): Promise<{ readonly restored: boolean; readonly readOnly: boolean }>;
  gesture(title: string, joins?: Edit): Gesture;
  /** One edit at once (rename, hide, lock, delete). */
  edit(title: string, change: (gesture: Gesture) => void): Edit | undefined;
  undo(): void;
  redo(): void;
  nextOrder(): number;
  /** null: to the source the plan was opened from or last saved to. */
  save(source: string | null): Promise<void>;
  /** Shows the plan as another window has it now; of no effect where this window may change it, or on another plan. */
  follow(plan: Plan): void;
  /** Computes again with the same plan: to be called when series were found or lost. */
  recompute(): void;
  /** Resolves when results belong to the present plan. */
  settled(): Promise<void>;
  /**
   * To be called every 20 s: says that this page is there. Where another window has taken the journal over, the plan
   * becomes read-only and says so. An unreachable host is no news: the next edit tells.
   */
  alive(): Promise<void>;
  close(): Promise<void>;
}
