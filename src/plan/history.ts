import { applyEdit, invertEdit, joinEdits, sameContent, withChanges, withKeyImages } from './edit.ts';
import type { Change, Edit, Plan, PlanRecord, RecordId } from './types.ts';

/** A running change by the hand: any number of puts, one entry of the history, or none. */
export interface Gesture {
  put(id: RecordId, record: PlanRecord): void;
  remove(id: RecordId): void;
  /** All key images of the plan, in their order. */
  putKeyImages(keyImages: NonNullable<Plan['keyImages']>): void;
  /** One history entry of all net changes, with those of the entry it joins; nothing at all when nothing changed. Returns it. */
  commit(): Edit | undefined;
  /** As if it had never begun. */
  cancel(): void;
}

/** What listeners are told. `edit`: what must reach the journal; undefined while a gesture only moves or is cancelled. */
export interface HistoryEvent {
  readonly plan: Plan;
  readonly cause: 'moving' | 'cancel' | 'commit' | 'undo' | 'redo';
  readonly edit: Edit | undefined;
}

/** The one history of a plan. Plans are immutable: each change makes a new one that shares what did not change. */
export interface History {
  /** As it looks now, a running gesture included. */
  readonly plan: Plan;
  /** Without the running gesture: what is journalled and saved. */
  readonly committed: Plan;
  /** Title of what undo would take back, or null. */
  readonly canUndo: string | null;
  readonly canRedo: string | null;
  /**
   * A hand makes one gesture at a time: one that is still running is cancelled first. `joins`: what an earlier commit
   * returned; while that is still the last entry both are one, taken back at once.
   */
  gesture(title: string, joins?: Edit): Gesture;
  /** Takes back the last entry, without limit. While a gesture runs it cancels that and takes back nothing else. Returns the edit it made. */
  undo(): Edit | undefined;
  redo(): Edit | undefined;
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: HistoryEvent) => void): () => void;
}

/** `now`: the present time, ISO 8601. */
export function createHistory(opened: Plan, { now }: { readonly now: () => string }): History {
  let committed = opened;
  let plan = opened;
  const done: Edit[] = [];
  let undone: Edit[] = [];
  let running: Gesture | undefined;
  const listeners = new Set<(event: HistoryEvent) => void>();

  function tell(cause: HistoryEvent['cause'], edit?: Edit): void {
    for (const listener of [...listeners]) listener({ plan, cause, edit });
  }
  function accept(edit: Edit): void {
    committed = applyEdit(committed, edit, now());
    plan = committed;
  }

  function gesture(title: string, joins?: Edit): Gesture {
    running?.cancel();
    const base = committed.records;
    const touched = new Map<RecordId, PlanRecord | undefined>();
    const keyImagesBefore = committed.keyImages;
    const changes = (): Change[] =>
      [...touched]
        .map(([id, after]) => ({ id, before: ownRecord(base, id), after }))
        .filter(({ before, after }) => !sameContent(before, after));
    function move(id: RecordId, record: PlanRecord | undefined): void {
      if (running !== self) return;
      touched.set(id, record);
      plan = { ...plan, records: withChanges(plan.records, [{ id, before: undefined, after: record }]) };
      tell('moving');
    }
    const self: Gesture = {
      put: move,
      remove: (id) => move(id, undefined),
      putKeyImages(keyImages) {
        if (running !== self) return;
        plan = withKeyImages(plan, keyImages);
        tell('moving');
      },
      commit() {
        if (running !== self) return undefined;
        running = undefined;
        const keyImages = { before: keyImagesBefore, after: plan.keyImages };
        const sameImages = sameContent(keyImages.before, keyImages.after);
        const edit: Edit = { title, changes: changes(), ...(sameImages ? {} : { keyImages }) };
        if (edit.changes.length === 0 && sameImages) {
          plan = committed;
          tell('cancel');
          return undefined;
        }
        accept(edit);
        const last = joins !== undefined && done.at(-1) === joins ? done.pop() : undefined;
        const joined = last === undefined ? edit : joinEdits(last, edit);
        if (joined !== undefined) done.push(joined);
        undone = [];
        tell('commit', edit);
        return joined;
      },
      cancel() {
        if (running !== self) return;
        running = undefined;
        plan = committed;
        tell('cancel');
      },
    };
    running = self;
    return self;
  }

  function step(from: Edit[], to: Edit[], cause: 'undo' | 'redo'): Edit | undefined {
    if (running) {
      running.cancel();
      return undefined;
    }
    const entry = from.pop();
    if (!entry) return undefined;
    to.push(entry);
    const edit = cause === 'undo' ? invertEdit(entry) : entry;
    accept(edit);
    tell(cause, edit);
    return edit;
  }

  return {
    get plan() {
      return plan;
    },
    get committed() {
      return committed;
    },
    get canUndo() {
      return done.at(-1)?.title ?? null;
    },
    get canRedo() {
      return undone.at(-1)?.title ?? null;
    },
    gesture,
    undo: () => step(done, undone, 'undo'),
    redo: () => step(undone, done, 'redo'),
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

function ownRecord(records: Plan['records'], id: RecordId): PlanRecord | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}
