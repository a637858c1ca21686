import type { PlanItem, PointFrom } from '../plan/index.ts';
import type { Note } from '../quantity/index.ts';
import type { MeasurementKind } from './kind.ts';

/**
 * What must be said about points that were set on another series (or part) than the item lies on: the coordinates are
 * common, but phases stored apart show the organ where it was at their own time. One sentence for each such series.
 */
export function otherSeriesNotes(item: PlanItem, kind: MeasurementKind): readonly Note[] {
  const { pointsFrom = [] } = item;
  if (pointsFrom.length === 0) return [];
  const titles = new Map(kind.handles(item).map(({ name, title }) => [name, title]));
  const groups = new Map<string, { readonly from: PointFrom; readonly points: Set<string> }>();
  for (const from of pointsFrom) {
    const key = JSON.stringify([from.seriesInstanceUID, from.part]);
    const group = groups.get(key) ?? { from, points: new Set() };
    group.points.add(titles.get(from.handle) ?? 'A point');
    groups.set(key, group);
  }
  return [...groups.values()].map(({ from, points }) => {
    const many = points.size > 1;
    const where =
      from.seriesInstanceUID === item.on.seriesInstanceUID
        ? `another part of the series${from.part === null ? '' : ` (${from.part})`}`
        : `another series${from.part === null ? '' : ` (part ${from.part})`}`;
    return {
      code: 'point-on-other-series',
      message: `${listed([...points])} ${many ? 'were' : 'was'} set on ${where}: the organ may have moved between the two.`,
    };
  });
}

function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
