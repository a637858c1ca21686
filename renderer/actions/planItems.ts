import { isLps, type Point, type Vec3 } from '../../src/geometry/index.ts';
import type { PlanItem, RecordId } from '../../src/plan/index.ts';
import { say, type Layout } from '../state/index.ts';
import type { Desk } from './desk.ts';
import { planLines, type PlanLine } from './planReading.ts';
import { possibleLayout, showSeries } from './showing.ts';

/** Changes fields of one item as one entry of the history. Nothing happens to a locked item but its unlocking. */
export function changeItem(
  desk: Desk,
  id: RecordId,
  title: string,
  fields: Partial<Pick<PlanItem, 'label' | 'hidden' | 'locked' | 'side' | 'colour'>>,
): void {
  const record = desk.plan.getState().plan.records[id];
  if (record?.type !== 'item') return;
  desk.plan.edit(title, (gesture) => gesture.put(id, { ...record, ...fields }));
}

/**
 * Puts an item before the line that stands at `place` now (0: first; the number of lines: last), as one entry of the history.
 * Every item keeps the colour it had: colours follow the order in which items were made.
 */
export function moveItem(desk: Desk, id: RecordId, place: number): void {
  const lines = planLines(desk.plan.getState(), desk.kinds);
  const moved = lines.find((line) => line.id === id);
  if (moved === undefined) return;
  const before = lines.slice(0, place).filter((line) => line.id !== id);
  const after = lines.slice(place).filter((line) => line.id !== id);
  const order = [...before, moved, ...after];
  if (order.every((line, at) => line === lines[at])) return;
  desk.plan.edit(`Move ${moved.item.label}`, (gesture) => {
    for (const [at, { id: one, item, colour }] of order.entries())
      gesture.put(one, { ...item, order: at + 1, colour: item.colour ?? colour });
  });
}

/** One place up or down. */
export function stepItem(desk: Desk, id: RecordId, by: 1 | -1): void {
  const at = planLines(desk.plan.getState(), desk.kinds).findIndex((line) => line.id === id);
  if (at >= 0) moveItem(desk, id, by > 0 ? at + 2 : Math.max(0, at - 1));
}

export function deleteItem(desk: Desk, id: RecordId): void {
  const record = desk.plan.getState().plan.records[id];
  if (record?.type !== 'item') return;
  if (record.locked === true) {
    say(desk.session, {
      tone: 'warning',
      say: `"${record.label}" is locked.`,
      remedy: 'Unlock it in the plan to delete it.',
    });
    return;
  }
  desk.plan.edit(`Delete ${record.label}`, (gesture) => gesture.remove(id));
  if (desk.session.getState().selection === id) desk.session.setState({ selection: null });
}

/** The neighbour of the selected item in the list, round the ends. */
export function stepSelection(desk: Desk, by: 1 | -1): void {
  const lines = planLines(desk.plan.getState(), desk.kinds);
  if (lines.length === 0) return;
  const { selection } = desk.session.getState();
  const at = lines.findIndex(({ id }) => id === selection);
  const next = lines[at < 0 ? (by > 0 ? 0 : lines.length - 1) : (at + by + lines.length) % lines.length];
  if (next !== undefined) void flyTo(desk, next.id);
}

/** Selects an item and brings every view to it; opens its series where it is not on screen. */
export async function flyTo(desk: Desk, id: RecordId): Promise<void> {
  const { session } = desk;
  session.setState({ selection: id });
  const line = planLines(desk.plan.getState(), desk.kinds).find((one) => one.id === id);
  if (line === undefined) return;
  const centre = centreOf(line);
  try {
    await bringUp(desk, line);
    if (line.item.on.in === 'patient') {
      // A bent line's middle may lie beside it: its place is the one that is shown.
      if (desk.along.shown()?.id === id) return desk.along.move(desk.along.positionMm());
      if (centre !== null && isLps(centre)) await desk.views.goTo(centre, undefined, line.item.on);
      return;
    }
    const { on } = line.item;
    for (const view of desk.views.all()) {
      const series = view.loaded?.series;
      if (view.kind !== 'stack' || series?.seriesInstanceUID !== on.seriesInstanceUID) continue;
      const index = series.frames.findIndex(
        ({ instance, frame }) => frame === on.frame && series.instances[instance]?.sopInstanceUID === on.sopInstanceUID,
      );
      if (index >= 0) await view.go({ index });
    }
  } catch (thrown) {
    say(session, { tone: 'warning', say: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

/** Makes sure that a view shows the item's series or, for a place in the patient, its frame of reference. */
async function bringUp(desk: Desk, { item }: PlanLine): Promise<void> {
  const { series } = desk.session.getState();
  const { on } = item;
  const fits = desk.views.all().some(({ loaded }) => {
    const one = loaded?.series;
    if (one === undefined) return false;
    if (one.seriesInstanceUID === on.seriesInstanceUID)
      return on.in === 'image' || (one.part ?? null) === (on.part ?? null);
    return on.in === 'patient' && on.frameOfReferenceUID !== null && one.frameOfReferenceUID === on.frameOfReferenceUID;
  });
  if (fits) return;
  const own = series.find(
    (one) =>
      one.seriesInstanceUID === on.seriesInstanceUID &&
      (on.in === 'patient'
        ? (one.part ?? null) === (on.part ?? null)
        : one.instances.some(({ sopInstanceUID }) => sopInstanceUID === on.sopInstanceUID)),
  );
  if (own === undefined) throw new Error(`The series of "${item.label}" is not open.`);
  const layout: Layout = on.in === 'patient' && own.volume !== null ? 'mpr' : '1x1';
  await showSeries(desk, own, { layout: possibleLayout(desk, layout) });
}

/** The middle of an item: of its handles, which every kind has. */
function centreOf({ kind, item }: PlanLine): Point | null {
  if (kind === undefined) return null;
  try {
    const points = kind.handles(kind.parse(item)).map(({ at }) => at);
    const inPatient = points.filter(isLps);
    const [first] = points;
    if (inPatient.length === 0) return first ?? null;
    // Slices hold the first handle exactly for flat items; a slanted one is met in its middle.
    const sum = inPatient.reduce<Vec3>((total, p) => [total[0] + p[0], total[1] + p[1], total[2] + p[2]], [0, 0, 0]);
    return [sum[0] / inPatient.length, sum[1] / inPatient.length, sum[2] / inPatient.length];
  } catch {
    return null;
  }
}
