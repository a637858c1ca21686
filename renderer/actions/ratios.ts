import type { Row } from '../../src/measurements/index.ts';
import type { RecordId } from '../../src/plan/index.ts';
import type { Desk } from './desk.ts';
import { planLines, rowsOf } from './planReading.ts';

/** One number of the plan that may be divided. */
export interface PlanNumber {
  /** Item and key in one word, for lists. */
  readonly id: string;
  readonly item: RecordId;
  readonly label: string;
  readonly row: Row;
}

/** Every number of the plan that has a value, in the order of the list. */
export function planNumbers(desk: Desk): readonly PlanNumber[] {
  return planLines(desk.plan.getState(), desk.kinds).flatMap((line) =>
    rowsOf(line).flatMap((row) =>
      row.quantity.value === null ? [] : [{ id: `${line.id} ${row.key}`, item: line.id, label: line.item.label, row }],
    ),
  );
}

/** Puts numerator / denominator into the plan as an item of its own and selects it. */
export function makeRatio(desk: Desk, numerator: PlanNumber, denominator: PlanNumber): void {
  const { plan, session } = desk;
  const above = plan.getState().plan.records[numerator.item];
  if (above?.type !== 'item') return;
  const label = `${numerator.label} / ${denominator.label}`;
  const id = crypto.randomUUID();
  plan.edit(`Ratio ${label}`, (gesture) =>
    gesture.put(id, {
      type: 'item',
      kind: 'ratio',
      label,
      order: plan.nextOrder(),
      side: above.side,
      on: above.on,
      numerator: { item: numerator.item, key: numerator.row.key },
      denominator: { item: denominator.item, key: denominator.row.key },
    }),
  );
  session.setState({ selection: id, dialog: null });
}
