import { beforeEach, describe, expect, it } from 'vitest';
import { kinds } from '../../../src/measurements/index.ts';
import type { EvaluatedItem, Evaluation } from '../../../src/measurements/index.ts';
import type { Plan, PlanItem } from '../../../src/plan/index.ts';
import { createPlanStore } from '../../../renderer/state/planStore.ts';
import type { PlanStore } from '../../../renderer/state/planStore.types.ts';
import { FakeHost } from './fakeHost.ts';

const containing = (text: string): unknown => expect.stringContaining(text);

interface Question {
  readonly plan: Plan;
  readonly signal: AbortSignal;
  answer(): void;
  /** Only the numbers: what takes longer comes with the answer. */
  numbers(): void;
  /** A result of an item that can be shown before its numbers. */
  partial(id: string, results: EvaluatedItem['results']): void;
  fail(say: string): void;
}
let host: FakeHost;
let store: PlanStore;
let asked: Question[];
let waits: number[];

function item(label: string, order = 1, x = 10): PlanItem {
  const on = { in: 'patient', frameOfReferenceUID: '1', seriesInstanceUID: '2', part: null } as const;
  return { type: 'item', kind: 'length', label, order, side: null, on, points: [[0, 0, 0], [x, 0, 0]] }; // prettier-ignore
}
/** The answer says of which plan it is: the label of each item is its kind's stand-in number. */
function evaluationOf(plan: Plan): Evaluation {
  const items = Object.entries(plan.records).map(([id, record]) => ({
    id,
    kind: 'length',
    computedBy: { kindVersion: 1, program: String('label' in record ? record.label : '') },
    results: {},
    notes: [],
  }));
  return { items, failed: [] };
}
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const shown = (id: string): string | undefined => store.getState().results[id]?.computedBy.program;
const put = (id: string, record: PlanItem) => store.edit(`put ${record.label}`, (gesture) => gesture.put(id, record));

beforeEach(async () => {
  host = new FakeHost();
  asked = [];
  waits = [];
  store = createPlanStore({
    host,
    kinds,
    newId: () => 'new',
    now: () => '2026-01-01T00:00:00.000Z',
    session: 'secret',
    wait(milliseconds) {
      waits.push(milliseconds);
      return tick();
    },
    evaluateInWorker: (plan, { signal, numbers, partial }) =>
      new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
        asked.push({ plan, signal, answer: () => resolve(evaluationOf(plan)), numbers: () => numbers?.(evaluationOf(plan)), partial: (id, results) => partial?.({ id, kind: 'length', computedBy: { kindVersion: 1, program: 'course' }, results, notes: [] }), fail: (say) => reject(new Error(say)) }); // prettier-ignore
      }),
  });
  await store.open({ studies: ['study'], plan: null, source: null });
  asked.at(-1)?.answer();
  await store.settled();
  asked.length = 0;
});

describe('journal', () => {
  it('becomes read-only and says so when another window has taken the plan over', async () => {
    put('a', item('one'));
    await tick();
    await store.alive();
    expect(store.getState()).toMatchObject({ readOnly: false, trouble: null });
    host.held = false;
    const moving = store.gesture('move');
    moving.put('a', item('moved'));
    await store.alive();
    expect(store.getState()).toMatchObject({
      readOnly: true,
      journalled: true,
      plan: { records: { a: { label: 'one' } } },
      trouble: { code: 'journal-locked', say: containing('Another window has taken over this plan.') },
    });
    put('b', item('two', 2));
    expect(Object.keys(store.getState().plan.records)).toEqual(['a']);
  });
  it('takes no harm from a host that does not answer whether it is alive', async () => {
    host.unreachable = true;
    await store.alive();
    expect(store.getState()).toMatchObject({ readOnly: false, trouble: null });
  });
  it('writes every edit, undo and redo in the order they were made, and tells when all are on the disk', async () => {
    let open = (): void => {};
    host.hold = new Promise((resolve) => (open = resolve));
    put('a', item('one'));
    put('a', item('two'));
    store.undo();
    store.redo();
    expect(store.getState()).toMatchObject({ journalled: false, unsaved: true, canUndo: 'put two' });
    expect(store.getState().plan.records.a).toMatchObject({ label: 'two' });
    open();
    await tick();
    expect(host.appended.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4]);
    expect(host.appended.map(({ edit }) => edit.changes[0]?.after)).toMatchObject([
      { label: 'one' },
      { label: 'two' },
      { label: 'one' },
      { label: 'two' },
    ]);
    expect(host.onDisk.records).toEqual(store.getState().plan.records);
    expect(store.getState()).toMatchObject({ journalled: true, trouble: null });
  });
  it('writes one edit for a gesture of many moves, and none for one that is cancelled', async () => {
    const gesture = store.gesture('move');
    for (let x = 1; x < 50; x++) gesture.put('a', item('moved', 1, x));
    expect(host.appended).toHaveLength(0);
    gesture.commit();
    store.gesture('nothing').cancel();
    await tick();
    expect(host.appended).toHaveLength(1);
  });
  it('says that the disk refuses, keeps the edits, and writes them in order when it can', async () => {
    // Two on their way at once, then two attempts of the first.
    host.failures = 4;
    put('a', item('one'));
    put('b', item('two', 2));
    await tick();
    expect(store.getState().trouble).toMatchObject({ code: 'journal-failed', say: containing('The disk is full.') }); // prettier-ignore
    expect(store.getState().journalled).toBe(false);
    expect(Object.keys(store.getState().plan.records)).toEqual(['a', 'b']);
    for (let i = 0; i < 8; i++) await tick();
    expect(waits).toEqual([250, 500, 1000]);
    expect(host.appended.map(({ edit }) => edit.title)).toEqual(['put one', 'put two']);
    expect(store.getState()).toMatchObject({ journalled: true, trouble: null });
  });
  it('becomes read-only, and says so, when another window has taken the journal', async () => {
    host.failures = 1;
    host.failure = 'locked';
    put('a', item('one'));
    await tick();
    expect(store.getState()).toMatchObject({ readOnly: true, journalled: false, trouble: { code: 'journal-locked' } });
    expect(put('b', item('two'))).toBeUndefined();
    expect(store.getState().plan.records.b).toBeUndefined();
  });
  it('does not leave a plan whose last edits are not on the disk', async () => {
    host.failures = 1000;
    put('a', item('one'));
    await tick();
    await expect(store.close()).rejects.toThrow('not on the disk');
    expect(store.getState().plan.records.a).toBeDefined();
    host.failures = 0;
    for (let i = 0; i < 4; i++) await tick();
    await store.close();
    expect(host.closed).toBe(1);
    expect(store.getState()).toMatchObject({ readOnly: true, plan: { records: {} } });
  });
  it('lets go of edits the journal refuses once they are saved elsewhere', async () => {
    host.failures = 1;
    host.failure = 'locked';
    put('a', item('one'));
    await tick();
    await expect(store.close()).rejects.toThrow();
    await store.save('elsewhere');
    await store.close();
    expect(host.saved[0]?.plan.records.a).toBeDefined();
    expect(host.closed).toBe(1);
  });
  it('restores an unsaved plan and says so; one that another window holds is read-only', async () => {
    await store.close();
    host.unsaved = true;
    host.readOnly = true;
    host.onDisk = { ...host.onDisk, records: { a: item('kept') } };
    const opened = await store.open({ studies: ['study'], plan: null, source: null });
    expect(opened).toEqual({ restored: true, readOnly: true });
    expect(store.getState()).toMatchObject({ readOnly: true, unsaved: true });
    expect(put('a', item('changed'))).toBeUndefined();
    store.undo();
    expect(store.getState().plan.records.a).toMatchObject({ label: 'kept' });
  });
  it('saves what is committed, after the edits it contains, and is unsaved again with the next edit', async () => {
    put('a', item('one'));
    await store.save('place');
    expect(host.appended).toHaveLength(1);
    expect(host.saved).toMatchObject([{ source: 'place', journal: 'journal', plan: { records: { a: { label: 'one' } } } }]); // prettier-ignore
    expect(store.getState().unsaved).toBe(false);
    put('a', item('two'));
    expect(store.getState().unsaved).toBe(true);
    await store.save(null);
    expect(host.saved[1]).toMatchObject({ source: 'place' });
  });
  it('saves even while the journal cannot be written', async () => {
    host.failures = 1000;
    put('a', item('one'));
    await tick();
    await store.save('place');
    expect(host.saved[0]?.plan.records.a).toMatchObject({ label: 'one' });
    host.failures = 0;
  });
});

describe('results', () => {
  it('shows the newest answer and drops one that was asked for before the last edit', async () => {
    put('a', item('one'));
    put('a', item('two'));
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    expect(store.getState().stale).toEqual(new Set(['a']));
    asked[1]?.answer();
    asked[0]?.answer();
    await store.settled();
    expect(shown('a')).toBe('two');
    expect(store.getState().stale.size).toBe(0);
  });
  it('follows the hand: while one answer is on its way only the newest plan waits, and nothing is aborted', async () => {
    put('a', item('start'));
    asked[0]?.answer();
    await store.settled();
    const gesture = store.gesture('move');
    for (let x = 1; x <= 100; x++) gesture.put('a', item(`at ${x}`, 1, x));
    expect(asked).toHaveLength(2);
    expect(store.getState().stale.has('a')).toBe(true);
    asked[1]?.answer();
    await tick();
    expect(shown('a')).toBe('at 1');
    expect(asked).toHaveLength(3);
    asked[2]?.answer();
    await tick();
    expect(shown('a')).toBe('at 100');
    gesture.commit();
    asked.at(-1)?.answer();
    await store.settled();
    expect(asked.some(({ signal }) => signal.aborted)).toBe(false);
    expect(store.getState().stale.size).toBe(0);
  });
  it('follows the hand also while the values along a needle wait for pixels: its numbers are told alone', async () => {
    put('a', item('start'));
    asked[0]?.numbers();
    expect(shown('a')).toBe('start');
    expect(store.getState().stale.size).toBe(0);
    const gesture = store.gesture('move');
    for (let x = 1; x <= 3; x++) {
      gesture.put('a', item(`at ${x}`, 1, x));
      asked.at(-1)?.numbers();
      expect(shown('a')).toBe(`at ${x}`);
    }
    gesture.commit();
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, true, true, false]);
    asked.at(-1)?.answer();
    await store.settled();
    expect(shown('a')).toBe('at 3');
  });
  it('shows the course of a line before its numbers, marked as old, and lets a hand that moves on not wait for them', async () => {
    const quantity = (value: number) => ({ value, unit: 'mm', uncertainty: null, basis: 'patient' }) as const;
    const gesture = store.gesture('drag');
    gesture.put('a', item('one'));
    await tick();
    asked[0]?.partial('a', { vesselLength: quantity(50) });
    expect(store.getState().results['a']?.results).toEqual({ vesselLength: quantity(50) });
    expect(store.getState().stale.has('a')).toBe(true);
    // What can be seen is there: the next place of the hand is asked for at once.
    gesture.put('a', item('two'));
    await tick();
    expect(asked[0]?.signal.aborted).toBe(true);
    expect(asked).toHaveLength(2);
    asked[1]?.partial('gone', { vesselLength: quantity(1) });
    expect(store.getState().results['gone']).toBeUndefined();
    gesture.commit();
    await tick();
    asked.at(-1)?.answer();
    await store.settled();
    expect(store.getState().stale.has('a')).toBe(false);
    expect(shown('a')).toBe('two');
  });

  it('keeps the old numbers, marked, while newer ones are computed, also of what depends on the changed record', async () => {
    const zone: PlanItem = { ...item('zone', 2), kind: 'uses-a' };
    const uses = { ...kinds[0]!, name: 'uses-a', uses: () => ['a'] };
    store = createPlanStore({
      host: new FakeHost(),
      kinds: [...kinds, uses],
      newId: () => 'new',
      now: () => '',
      session: '',
      evaluateInWorker: (plan) => new Promise((resolve) => asked.push({ plan, signal: new AbortController().signal, answer: () => resolve(evaluationOf(plan)), numbers() {}, partial() {}, fail() {} })), // prettier-ignore
    });
    await store.open({ studies: ['study'], plan: null, source: null });
    put('a', item('one'));
    put('z', zone);
    put('c', item('other', 3));
    asked.at(-1)?.answer();
    await store.settled();
    put('a', item('two'));
    expect(shown('a')).toBe('one');
    expect(store.getState().stale).toEqual(new Set(['a', 'z']));
  });
  it('says when computing fails and computes again when asked', async () => {
    put('a', item('one'));
    asked[0]?.fail('The computing has stopped.');
    await store.settled();
    expect(store.getState().trouble).toMatchObject({ code: 'compute-failed', say: 'The computing has stopped.' });
    expect(store.getState().stale.has('a')).toBe(true);
    store.recompute();
    asked[1]?.answer();
    await store.settled();
    expect(store.getState().trouble).toBeNull();
    expect(shown('a')).toBe('one');
  });
  it('forgets the numbers of a deleted record', async () => {
    put('a', item('one'));
    asked[0]?.answer();
    await store.settled();
    store.edit('Delete', (gesture) => gesture.remove('a'));
    asked[1]?.answer();
    await store.settled();
    expect(store.getState().results).toEqual({});
  });
});
