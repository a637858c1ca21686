import { planeAt } from '../curved/index.ts';
import type { Desk } from './desk.ts';
import { planLines } from './planReading.ts';

/** Sets a mark of the shown line (a lesion's border, a reference) at a position, as one entry of the history. */
export function setLineMark(desk: Desk, handle: string, positionMm: number, title: string): void {
  const shown = desk.along.shown();
  const line = planLines(desk.plan.getState(), desk.kinds).find(({ id }) => id === shown?.id);
  const marks = line?.kind?.lineMarks;
  if (shown === null || line === undefined || line.kind === undefined || marks === undefined) return;
  if (line.item.locked === true) return;
  desk.session.setState({ selection: line.id });
  const { at } = planeAt(shown.line, positionMm);
  const next = marks.move(line.kind.parse(line.item), handle, at, line.computed);
  desk.plan.edit(`${title} of ${line.item.label}`, (gesture) => gesture.put(line.id, next));
}
