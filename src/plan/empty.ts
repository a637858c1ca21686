import type { Plan, PlanItem, RecordId } from './types.ts';

/** A plan without records. `now`: the present time, ISO 8601. */
export function emptyPlan({
  id,
  title,
  now,
}: {
  readonly id: string;
  readonly title: string;
  readonly now: () => string;
}): Plan {
  const time = now();
  return { format: 'seldinger-plan', version: 1, id, title, createdAt: time, modifiedAt: time, records: {} };
}

/** The plan's items in the order of its list: by `order`, ties by id. */
export function itemsInOrder(plan: Plan): readonly (readonly [RecordId, PlanItem])[] {
  return Object.entries(plan.records)
    .flatMap(([id, record]): [RecordId, PlanItem][] => (record.type === 'item' ? [[id, record]] : []))
    .sort(([a, p], [b, q]) => p.order - q.order || (a < b ? -1 : 1));
}

/** The `order` that puts a new item at the end of the list. */
export function nextOrder(plan: Plan): number {
  return itemsInOrder(plan).reduce((highest, [, item]) => Math.max(highest, Math.floor(item.order)), 0) + 1;
}

/** Whether there is anything in it that somebody made. */
export function isEmptyPlan({ records, keyImages = [] }: Plan): boolean {
  return Object.keys(records).length === 0 && keyImages.length === 0;
}
