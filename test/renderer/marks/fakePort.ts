import { kinds } from '../../../src/measurements/index.ts';
import type { MeasurementKind } from '../../../src/measurements/index.ts';
import { createHistory, emptyPlan, itemsInOrder, nextOrder } from '../../../src/plan/index.ts';
import type { Edit, PatientSpace, Plan, RecordId } from '../../../src/plan/index.ts';
import type { MarksPort } from '../../../renderer/marks/types.ts';

export const now = (): string => '2026-01-01T00:00:00.000Z';
export const patient: PatientSpace = {
  in: 'patient',
  frameOfReferenceUID: '1.2.3',
  seriesInstanceUID: '1.2',
  part: null,
};

/** A whole plan behind the tool's port: a true history, no window. */
export interface FakePort extends MarksPort {
  readonly edits: readonly Edit[];
  readonly selection: RecordId | null;
  readonly followed: readonly (readonly [number, number, number])[];
  plan(): Plan;
  edit(change: (records: Plan['records']) => Plan['records']): void;
  lock: boolean;
  undo(): void;
  /** Millimetres of a column and a row, by SOP Instance UID. */
  readonly scales: Map<string, readonly [number, number]>;
}

export function fakePort(more: readonly MeasurementKind[] = []): FakePort {
  const known = [...kinds, ...more];
  const history = createHistory(emptyPlan({ id: 'plan', title: '', now }), { now });
  const edits: Edit[] = [];
  const followed: (readonly [number, number, number])[] = [];
  const listeners = new Set<() => void>();
  const tell = (): void => listeners.forEach((listener) => listener());
  let selection: RecordId | null = null;
  const scales = new Map<string, readonly [number, number]>();
  let ids = 0;
  history.subscribe(({ edit }) => {
    if (edit) edits.push(edit);
    tell();
  });
  return {
    edits,
    followed,
    lock: false,
    scales,
    get selection() {
      return selection;
    },
    plan: () => history.plan,
    edit(change) {
      const gesture = history.gesture('change');
      const after = change(history.plan.records);
      for (const [id, record] of Object.entries(after)) gesture.put(id, record);
      for (const id of Object.keys(history.plan.records)) if (!(id in after)) gesture.remove(id);
      gesture.commit();
      edits.pop();
    },
    items: () =>
      itemsInOrder(history.plan).flatMap(([id, item]) => {
        const kind = known.find(({ name }) => name === item.kind);
        const selected = id === selection;
        return kind ? [{ id, item, kind, computed: undefined, stale: false, selected, colour: '#4ec9ff' }] : [];
      }),
    records: () => history.plan.records,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    gesture: (title, joins) => history.gesture(title, joins),
    undo: () => void history.undo(),
    newId: () => `item-${++ids}`,
    nextOrder: () => nextOrder(history.plan),
    nextLabel: (kind) => `${kind.title} ${ids + 1}`,
    select(id) {
      selection = id;
      tell();
    },
    readOnly() {
      return this.lock;
    },
    follow: (point) => void followed.push(point),
    pixelMm: (on) => scales.get(on.sopInstanceUID) ?? null,
    reading: () => '12.3 mm',
  };
}
