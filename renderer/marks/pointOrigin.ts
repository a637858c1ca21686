import type { DepthFrom, PlanItem, PointFrom, Space } from '../../src/plan/index.ts';

export type Depth = Omit<DepthFrom, 'handle'>;

/** The item with how the depth of a point was found; null: it lies in a thin plane, nothing is said. */
export function withDepth({ depthFrom = [], ...item }: PlanItem, handle: string, depth: Depth | null): PlanItem {
  const others = depthFrom.filter((one) => one.handle !== handle);
  const now = depth === null ? others : [...others, { handle, ...depth }];
  return now.length === 0 ? item : { ...item, depthFrom: now };
}

/** The item with the series (and part) on which a point was set, where that is not the item's own: the organ may have moved. */
export function withSeries({ pointsFrom = [], ...item }: PlanItem, handle: string, from: Space): PlanItem {
  const others = pointsFrom.filter((one) => one.handle !== handle);
  const now = isOwn(item.on, from) ? others : [...others, pointFrom(handle, from)];
  return now.length === 0 ? item : { ...item, pointsFrom: now };
}

/** Image space has no second series: a mark lies on one frame. */
function isOwn(on: Space, from: Space): boolean {
  if (on.in !== 'patient' || from.in !== 'patient') return true;
  return on.seriesInstanceUID === from.seriesInstanceUID && on.part === from.part;
}
function pointFrom(handle: string, from: Space): PointFrom {
  return { handle, seriesInstanceUID: from.seriesInstanceUID, part: from.in === 'patient' ? from.part : null };
}
