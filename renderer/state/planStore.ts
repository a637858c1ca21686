import { createStore } from 'zustand/vanilla';
import type { Refusal } from '../../src/quantity/index.ts';
import type { Evaluation } from '../../src/measurements/index.ts';
import { createHistory, emptyPlan, nextOrder } from '../../src/plan/index.ts';
import type { Edit, Gesture, History, HistoryEvent, Plan } from '../../src/plan/index.ts';
import { sentenceOf } from '../host/client.ts';
import type { PlanState, PlanStore, PlanStorePort } from './planStore.types.ts';
import { createJournalQueue } from './planStoreJournal.ts';
import type { JournalQueue } from './planStoreJournal.ts';
import { createResultsLoop, staleRecords } from './planStoreResults.ts';

const deadGesture: Gesture = { put() {}, remove() {}, putKeyImages() {}, commit: () => undefined, cancel() {} };

/** What belongs to one opened plan. */
interface Sitting {
  readonly history: History;
  readonly journal: string | null;
  readonly queue: JournalQueue;
  source: string | null;
  /** Committed records that are saved where the person chose, if any. */
  savedRecords: Plan['records'] | null;
}

/**
 * The plan in the window. Before `open` (and where another window holds the journal) it is read-only: gestures do nothing.
 * Trouble with the disk is told in the state and never loses an edit; only `open`, `save` and `close` reject.
 */
export function createPlanStore(port: PlanStorePort): PlanStore {
  const kinds = new Map(port.kinds.map((kind) => [kind.name, kind]));
  const wait = port.wait ?? ((milliseconds) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)));
  const now = (): string => port.now();
  const blank = (): Plan => emptyPlan({ id: port.newId(), title: '', now });
  let sitting: Sitting | undefined;
  let computedOf: Plan['records'] = {};
  let journalTrouble: PlanState['trouble'] = null;
  let computeTrouble: PlanState['trouble'] = null;

  const store = createStore<PlanState>(() => initialState(blank()));
  const trouble = (): PlanState['trouble'] => journalTrouble ?? computeTrouble ?? null;

  const results = createResultsLoop({
    evaluate: port.evaluateInWorker,
    answered(evaluation, of) {
      computeTrouble = null;
      computedOf = of.records;
      const { plan } = store.getState();
      store.setState({
        ...byRecord(evaluation, plan),
        stale: staleRecords(computedOf, plan.records, kinds),
        trouble: trouble(),
      });
    },
    partial(item) {
      const { plan, results: known } = store.getState();
      if (!(item.id in plan.records)) return;
      const before = known[item.id];
      const shown =
        before === undefined
          ? item
          : { ...before, ...item, results: { ...before.results, ...item.results }, notes: before.notes };
      store.setState({ results: { ...known, [item.id]: shown } });
    },
    failed(thrown) {
      computeTrouble = { code: 'compute-failed', ...sentenceOf(thrown) };
      store.setState({ trouble: trouble() });
    },
    progress: (progress) => store.setState({ progress }),
  });

  function historyChanged({ plan, cause, edit }: HistoryEvent): void {
    if (!sitting) return;
    if (edit) sitting.queue.push(edit);
    const { history, queue, savedRecords } = sitting;
    store.setState({
      plan,
      stale: staleRecords(computedOf, plan.records, kinds),
      canUndo: history.canUndo,
      canRedo: history.canRedo,
      journalled: queue.waiting === 0,
      ...(edit ? { unsaved: history.committed.records !== savedRecords } : {}),
    });
    results.plan(plan, cause === 'moving');
  }

  function locked(why: Refusal): void {
    journalTrouble = why;
    store.setState({ journalled: (sitting?.queue.waiting ?? 0) === 0, readOnly: true, trouble: trouble() });
  }

  function begin(plan: Plan, journal: string | null, source: string | null, saved: boolean, readOnly: boolean): void {
    const history = createHistory(plan, { now });
    const queue = createJournalQueue({
      async append(sequence, edit) {
        if (journal !== null) await port.host.call('journalAppend', { journal, session: port.session, sequence, edit });
      },
      changed(why) {
        journalTrouble = why;
        store.setState({ journalled: queue.waiting === 0, trouble: trouble() });
      },
      locked,
      wait,
    });
    sitting = { history, journal, queue, source, savedRecords: saved ? plan.records : null };
    history.subscribe(historyChanged);
    journalTrouble = null;
    computeTrouble = null;
    computedOf = {};
    store.setState(
      { ...initialState(plan), stale: staleRecords({}, plan.records, kinds), unsaved: !saved, readOnly },
      true,
    );
    results.plan(plan, false);
  }

  async function close(): Promise<void> {
    const old = sitting;
    if (!old) return;
    old.history.gesture('').cancel();
    // What cannot be written to the journal may go only once it is saved elsewhere.
    if (!(await old.queue.flushed()) && old.savedRecords !== old.history.committed.records)
      throw new Error(
        journalTrouble?.say ?? 'The last changes are not on the disk yet. Save the plan before you open another.',
      );
    results.stop();
    old.queue.stop();
    sitting = undefined;
    store.setState(initialState(blank()), true);
    if (old.journal !== null) await port.host.call('journalClose', { journal: old.journal, session: port.session });
  }

  function begun(title: string, joins?: Edit): Gesture {
    return sitting && !store.getState().readOnly ? sitting.history.gesture(title, joins) : deadGesture;
  }

  return {
    getState: store.getState,
    subscribe: (listener) => store.subscribe(listener),
    async open({ studies, plan: asked, source }) {
      await close();
      const answer = await port.host.call('journalOpen', { session: port.session, studies: [...studies], plan: asked });
      const plan = answer.plan ?? asked ?? blank();
      const restored = answer.plan !== null && answer.unsaved;
      begin(plan, answer.journal, source, !answer.unsaved, answer.readOnly);
      return { restored, readOnly: answer.readOnly };
    },
    gesture: begun,
    edit(title, change) {
      const gesture = begun(title);
      try {
        change(gesture);
      } catch (thrown) {
        gesture.cancel();
        throw thrown;
      }
      return gesture.commit();
    },
    undo() {
      if (!store.getState().readOnly) sitting?.history.undo();
    },
    redo() {
      if (!store.getState().readOnly) sitting?.history.redo();
    },
    nextOrder: () => nextOrder(store.getState().plan),
    async save(source) {
      const saving = sitting;
      if (!saving) return;
      // In order behind the edits it contains; where those cannot be written the plan must still reach its place.
      await saving.queue.flushed();
      const committed = saving.history.committed;
      const plan = port.withStudies?.(committed) ?? committed;
      const target = source ?? saving.source;
      await port.host.call('planSave', { plan, source: target, journal: saving.journal });
      saving.source = target;
      saving.savedRecords = plan.records;
      if (sitting === saving) store.setState({ unsaved: saving.history.committed.records !== plan.records });
    },
    follow(plan) {
      const shown = store.getState();
      if (!sitting || !shown.readOnly || plan.id !== shown.plan.id) return;
      const history = createHistory(plan, { now });
      history.subscribe(historyChanged);
      sitting = { ...sitting, history };
      store.setState({ plan, stale: staleRecords(computedOf, plan.records, kinds) });
      results.plan(plan, false);
    },
    recompute: () => results.again(store.getState().plan),
    settled: () => results.settled(),
    async alive() {
      const asked = sitting;
      const journal = asked?.journal ?? null;
      const answer = await port.host.call('sessionAlive', { session: port.session, journal }).catch(() => null);
      if (answer === null || answer.held || journal === null || asked !== sitting || store.getState().readOnly) return;
      sitting?.history.gesture('').cancel();
      locked({
        code: 'journal-locked',
        say: 'Another window has taken over this plan. Here it can be read, but not changed.',
        remedy: 'Work on in the other window, or close it and load this page again.',
      });
    },
    close,
  };
}

function initialState(plan: Plan): PlanState {
  return {
    plan,
    results: {},
    failed: {},
    stale: new Set(),
    canUndo: null,
    canRedo: null,
    unsaved: false,
    readOnly: true,
    journalled: true,
    trouble: null,
    progress: null,
  };
}

/** Answers by record; those of records that are gone by now are dropped. */
function byRecord({ items, failed }: Evaluation, { records }: Plan): Pick<PlanState, 'results' | 'failed'> {
  const present = <T extends { readonly id: string }>(list: readonly T[]): Record<string, T> =>
    Object.fromEntries(list.filter(({ id }) => id in records).map((entry) => [entry.id, entry]));
  return { results: present(items), failed: present(failed) };
}
