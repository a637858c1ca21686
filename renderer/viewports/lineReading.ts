import type { Chart } from '../../src/measurements/index.ts';
import { chartsOf, planLines, type Desk, type PlanLine } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import type { ShownLine } from '../curved/index.ts';

/** What stands beside a followed line: its item, its chart, the numbers of each place. */
export interface LineReading {
  readonly line: ShownLine;
  readonly plan: PlanLine;
  readonly chart: Chart | null;
}

/** Of the line that a view shows; null where it shows none. */
export function lineReading(desk: Desk, view: View): LineReading | null {
  const shown = desk.along.shown();
  if (shown === null || view.loaded === null || desk.along.line(view.loaded) === null) return null;
  const plan = planLines(desk.plan.getState(), desk.kinds).find(({ id }) => id === shown.id);
  if (plan === undefined) return null;
  const charts = chartsOf(plan);
  return { line: shown.line, plan, chart: typeof charts === 'string' ? null : (charts[0] ?? null) };
}

/** A column of the item's profile at a position, between its two nearest places; null where there is none. */
export function profileAt({ plan }: LineReading, column: string, positionMm: number): number | null {
  const profile = plan.computed?.results['profile'];
  if (profile === undefined || !('columns' in profile)) return null;
  const at = profile.columns['position'] ?? [];
  const values = profile.columns[column] ?? [];
  let low = 0;
  while (low < at.length - 2 && (at[low + 1] ?? Infinity) <= positionMm) low += 1;
  const [from, to] = [at[low] ?? 0, at[low + 1] ?? at[low] ?? 0];
  const [a, b] = [values[low] ?? null, values[low + 1] ?? values[low] ?? null];
  if (a === null || b === null) return null;
  const part = to > from ? Math.min(1, Math.max(0, (positionMm - from) / (to - from))) : 0;
  return a + part * (b - a);
}

/** A named place on the line, in the hand's place while one holds it. */
export interface LineMarker {
  readonly label: string;
  readonly at: number;
  readonly handle?: string;
}
export function markersOf({ chart }: LineReading, { along }: Desk): readonly LineMarker[] {
  const held = along.marking();
  return (chart?.markers ?? []).map((marker) =>
    held !== null && marker.handle === held.handle ? { ...marker, at: held.positionMm } : marker,
  );
}

/** The marker that may be dragged, within a few px of a place of the view; null where there is none. */
export function markerAt(desk: Desk, view: View, canvasX: number): LineMarker | null {
  const reading = lineReading(desk, view);
  const { along } = view;
  if (reading === null || along === undefined || desk.plan.getState().readOnly || reading.plan.item.locked === true)
    return null;
  const near = markersOf(reading, desk)
    .filter(({ handle }) => handle !== undefined)
    .map((marker) => ({ marker, px: Math.abs(along.canvasX(marker.at) - canvasX) }))
    .toSorted((a, b) => a.px - b.px)[0];
  return near !== undefined && near.px <= markerReachPx ? near.marker : null;
}
const markerReachPx = 5;
