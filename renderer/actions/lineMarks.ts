import { along, type Vec2 } from '../../src/geometry/index.ts';
import type { LineMarks, LineSection } from '../../src/measurements/index.ts';
import type { PlanItem } from '../../src/plan/index.ts';
import { planeAt } from '../curved/index.ts';
import type { Desk } from './desk.ts';
import { planLines } from './planReading.ts';

/** Sets a mark of the shown line (a lesion's border, a reference) at a position, as one entry of the history. */
export function setLineMark(desk: Desk, handle: string, positionMm: number, title: string): void {
  const line = desk.along.shown()?.line;
  if (line === undefined) return;
  const { at } = planeAt(line, positionMm);
  change(desk, title, (item, marks, computed) => marks.move(item, handle, at, computed));
}

/** The wall at a section as a hand has drawn it, mm along its u and v. */
export function setWall(desk: Desk, { at, u, v }: LineSection, wall: readonly Vec2[]): void {
  const outline = wall.map(([x, y]) => along(along(at, u, x), v, y));
  change(desk, 'Change the wall', (item, { walls }) => walls?.set(item, at, outline));
}
/** The wall there is found again. */
export function clearWall(desk: Desk, { at }: LineSection): void {
  change(desk, 'Take back the wall', (item, { walls }) => walls?.clear(item, at));
}
/** Whether a person has drawn the wall there. */
export function isWallByHand(desk: Desk, { at }: LineSection): boolean {
  const shown = shownItem(desk);
  return shown?.marks.walls?.isByHand(shown.item, at) ?? false;
}

type Marks = LineMarks<PlanItem>;

function shownItem(
  desk: Desk,
): { readonly line: ReturnType<typeof planLines>[number]; readonly item: PlanItem; readonly marks: Marks } | null {
  const id = desk.along.shown()?.id;
  const line = planLines(desk.plan.getState(), desk.kinds).find((one) => one.id === id);
  const marks = line?.kind?.lineMarks;
  return line?.kind === undefined || marks === undefined ? null : { line, item: line.kind.parse(line.item), marks };
}

function change(
  desk: Desk,
  title: string,
  to: (item: PlanItem, marks: Marks, computed: Parameters<Marks['move']>[3]) => PlanItem | undefined,
): void {
  const shown = shownItem(desk);
  if (shown === null || shown.line.item.locked === true) return;
  const { line, item, marks } = shown;
  const next = to(item, marks, line.computed);
  if (next === undefined) return;
  desk.session.setState({ selection: line.id });
  desk.plan.edit(`${title} of ${item.label}`, (gesture) => gesture.put(line.id, next));
}
