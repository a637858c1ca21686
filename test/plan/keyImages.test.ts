import { describe, expect, it } from 'vitest';
import { applyEdit, createHistory, emptyPlan, parseEdit, parsePlan, PlanFault } from '../../src/plan/index.ts';
import type { Edit, KeyImage } from '../../src/plan/index.ts';

const now = (): string => '2026-01-01T00:00:00.000Z';

function kept(id: string): KeyImage {
  return {
    id,
    label: `Axial ${id}`,
    createdAt: now(),
    seriesInstanceUID: '1.2.3',
    part: null,
    view: 'Axial',
    sopInstanceUID: null,
    frame: null,
    plane: { point: [1, 2, 3], right: [1, 0, 0], down: [0, 1, 0] },
    middle: null,
    window: { centre: 40, width: 400, name: 'Abdomen' },
    inverted: false,
    zoom: 2,
  };
}

describe('key images of a plan', () => {
  const opened = emptyPlan({ id: 'plan', title: 'Plan', now });

  it('are kept, taken back and kept again by the history, and leave no empty field behind', () => {
    const history = createHistory(opened, { now });
    const gesture = history.gesture('Keep Axial a');
    gesture.putKeyImages([kept('a')]);
    gesture.commit();
    expect(history.plan.keyImages).toEqual([kept('a')]);
    history.undo();
    expect(history.plan).toEqual(opened);
    expect('keyImages' in history.plan).toBe(false);
    history.redo();
    expect(history.plan.keyImages).toEqual([kept('a')]);
  });

  it('come back from the journal, edit by edit, as they were', () => {
    const edits: Edit[] = [];
    const history = createHistory(opened, { now });
    history.subscribe(({ edit }) => edit && edits.push(edit));
    for (const list of [[kept('a')], [kept('a'), kept('b')], [kept('b')], []]) {
      const gesture = history.gesture('Change');
      gesture.putKeyImages(list);
      gesture.commit();
    }
    history.undo();
    const read = edits.map((edit) => parseEdit(JSON.parse(JSON.stringify(edit))));
    const again = read.reduce((plan, edit) => applyEdit(plan, edit, now()), opened);
    expect(again).toEqual(history.committed);
    expect(again.keyImages).toEqual([kept('b')]);
  });

  it('are no entry of the history when nothing changes', () => {
    const history = createHistory({ ...opened, keyImages: [kept('a')] }, { now });
    const gesture = history.gesture('Nothing');
    gesture.putKeyImages([kept('a')]);
    expect(gesture.commit()).toBeUndefined();
    expect(history.canUndo).toBeNull();
  });

  it('are read with fields that nobody knows, and refused where a field is wrong by its place', () => {
    const document = { ...opened, keyImages: [{ ...kept('a'), fusion: { opacity: 0.5 } }] };
    expect(parsePlan(JSON.parse(JSON.stringify(document)))).toEqual(document);
    const wrong = { ...opened, keyImages: [{ ...kept('a'), zoom: 0 }] };
    expect(() => parsePlan(wrong)).toThrow(PlanFault);
    expect(() => parsePlan(wrong)).toThrow(/keyImages/);
  });
});
