import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  applyEdit,
  createHistory,
  emptyPlan,
  invert,
  invertEdit,
  itemsInOrder,
  nextOrder,
} from '../../src/plan/index.ts';
import type { History, HistoryEvent, Plan, PlanItem, RecordId } from '../../src/plan/index.ts';

let tick = 0;
const now = (): string => new Date(Date.UTC(2026, 0, 1) + 1000 * tick++).toISOString();
const blank = (): Plan => emptyPlan({ id: 'plan', title: 'Plan', now });

function length(q: number, order = 1): PlanItem {
  return {
    type: 'item',
    kind: 'length',
    label: 'Length',
    order,
    side: null,
    on: { in: 'patient', frameOfReferenceUID: 'f', seriesInstanceUID: 's', part: null },
    points: [
      [0, 0, 0],
      [q, 0, 0],
    ],
  };
}

type Act = { readonly id: RecordId; readonly q: number | null };
const acts = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'toString'), q: fc.option(fc.integer({ min: 0, max: 3 })) }),
  { maxLength: 5 },
);
function play(history: History, gestures: readonly (readonly Act[])[]): void {
  for (const [i, gesture] of gestures.entries()) {
    const running = history.gesture(`Act ${i}`);
    for (const { id, q } of gesture) q === null ? running.remove(id) : running.put(id, length(q));
    running.commit();
  }
}
function undoAll(history: History): number {
  let steps = 0;
  while (history.undo()) steps++;
  return steps;
}

describe('the history of a plan', () => {
  it('gives the first plan back after undoing everything and the last one after redoing it', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 12 }), (gestures) => {
        const first = applyEdit(blank(), {
          title: '',
          changes: [{ id: 'a', before: undefined, after: length(1) }],
        });
        const history = createHistory(first, { now });
        play(history, gestures);
        const last = history.plan.records;
        const steps = undoAll(history);
        expect(history.plan.records).toEqual(first.records);
        expect(history.canUndo).toBeNull();
        for (let i = 0; i < steps; i++) expect(history.redo()).toBeDefined();
        expect(history.plan.records).toEqual(last);
        expect(history.canRedo).toBeNull();
      }),
    );
  });

  it('leaves no trace of a cancelled gesture: same plan, same undo, same redo', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 5 }), acts, fc.nat(3), (gestures, abandoned, undos) => {
        const history = createHistory(blank(), { now });
        play(history, gestures);
        for (let i = 0; i < undos; i++) history.undo();
        const before = { plan: history.plan, undo: history.canUndo, redo: history.canRedo };
        const running = history.gesture('Abandoned');
        for (const { id, q } of abandoned) q === null ? running.remove(id) : running.put(id, length(q));
        running.cancel();
        expect(history.plan).toBe(before.plan);
        expect({ undo: history.canUndo, redo: history.canRedo }).toEqual({ undo: before.undo, redo: before.redo });
      }),
    );
  });

  it('is told to the journal as edits that replay to the same plan', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(acts, fc.constant('undo' as const), fc.constant('redo' as const)), { maxLength: 20 }),
        (steps) => {
          const first = blank();
          const history = createHistory(first, { now });
          let replayed = first;
          history.subscribe(({ edit, plan }) => {
            if (edit) replayed = applyEdit(replayed, edit, plan.modifiedAt);
          });
          for (const step of steps) {
            if (step === 'undo') history.undo();
            else if (step === 'redo') history.redo();
            else play(history, [step]);
          }
          expect(replayed).toEqual(history.committed);
        },
      ),
    );
  });

  it('keeps one entry for a drag of a hundred moves, and undoes it in one step', () => {
    const history = createHistory(blank(), { now });
    play(history, [[{ id: 'a', q: 1 }]]);
    const before = history.plan;
    const drag = history.gesture('Move end');
    for (let i = 2; i <= 100; i++) drag.put('a', length(i));
    expect(history.plan.records['a']).toEqual(length(100));
    expect(history.committed).toBe(before);
    const edit = drag.commit();
    expect(edit?.changes).toEqual([{ id: 'a', before: length(1), after: length(100) }]);
    expect(history.canUndo).toBe('Move end');
    history.undo();
    expect(history.plan.records).toEqual(before.records);
    expect(history.canRedo).toBe('Move end');
  });

  it('makes no entry when a handle is put back where it was', () => {
    const history = createHistory(blank(), { now });
    play(history, [[{ id: 'a', q: 1 }]]);
    const before = history.plan;
    const drag = history.gesture('Move end');
    drag.put('a', length(5));
    drag.put('a', length(1));
    drag.put('new', length(1));
    drag.remove('new');
    expect(drag.commit()).toBeUndefined();
    expect(history.plan).toBe(before);
    expect(history.canUndo).toBe('Act 0');
  });

  it('shares the records that an edit does not touch and never changes an older plan', () => {
    const history = createHistory(blank(), { now });
    play(history, [[{ id: 'a', q: 1 }], [{ id: 'b', q: 1 }]]);
    const older = history.plan;
    const copy = structuredClone(older);
    play(history, [[{ id: 'b', q: 2 }]]);
    expect(history.plan.records['a']).toBe(older.records['a']);
    expect(older).toEqual(copy);
    expect(history.plan.modifiedAt > older.modifiedAt).toBe(true);
  });

  it('drops what could be redone when something new is done', () => {
    const history = createHistory(blank(), { now });
    play(history, [[{ id: 'a', q: 1 }], [{ id: 'a', q: 2 }]]);
    history.undo();
    play(history, [[{ id: 'a', q: 3 }]]);
    expect(history.canRedo).toBeNull();
    history.undo();
    expect(history.plan.records['a']).toEqual(length(1));
  });

  it('cancels the gesture under the hand when undo is pressed, and takes nothing else back', () => {
    const history = createHistory(blank(), { now });
    play(history, [[{ id: 'a', q: 1 }]]);
    const drag = history.gesture('Move end');
    drag.put('a', length(9));
    expect(history.undo()).toBeUndefined();
    expect(history.plan.records['a']).toEqual(length(1));
    drag.put('a', length(10));
    expect(drag.commit()).toBeUndefined();
    expect(history.plan.records['a']).toEqual(length(1));
    expect(history.canUndo).toBe('Act 0');
  });

  it('tells every listener until it leaves', () => {
    const history = createHistory(blank(), { now });
    const heard: HistoryEvent['cause'][] = [];
    const leave = history.subscribe(({ cause }) => heard.push(cause));
    play(history, [[{ id: 'a', q: 1 }]]);
    history.undo();
    history.redo();
    leave();
    history.undo();
    expect(heard).toEqual(['moving', 'commit', 'undo', 'redo']);
  });

  it('inverts twice to the same change', () => {
    const change = { id: 'a', before: undefined, after: length(1) };
    expect(invert(invert(change))).toEqual(change);
    const edit = { title: 'Place', changes: [change] };
    expect(applyEdit(applyEdit(blank(), edit), invertEdit(edit)).records).toEqual({});
  });

  it('lists items by order, ties by id, and gives the next order', () => {
    const plan = { ...blank(), records: { b: length(1, 2), a: length(1, 2), c: length(1, 1) } };
    expect(itemsInOrder(plan).map(([id]) => id)).toEqual(['c', 'a', 'b']);
    expect(nextOrder(plan)).toBe(3);
    expect(nextOrder(blank())).toBe(1);
  });
});
