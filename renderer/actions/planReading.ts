import type { Chart, EvaluatedItem, FailedItem, MeasurementKind, Row } from '../../src/measurements/index.ts';
import { itemsInOrder, type PlanItem, type RecordId } from '../../src/plan/index.ts';
import type { PlanState } from '../state/index.ts';
import { calibrationMark, markMeaning, quantityText } from '../ui/quantityText.ts';

/** One line of the plan, as list, overlay and details read it. */
export interface PlanLine {
  readonly id: RecordId;
  readonly item: PlanItem;
  /** undefined for a kind that this version does not know. */
  readonly kind: MeasurementKind | undefined;
  readonly computed: EvaluatedItem | undefined;
  readonly failed: FailedItem | undefined;
  readonly stale: boolean;
  readonly colour: string;
}

/** Told apart on grey images and by most colour-blind eyes; red is kept for danger. */
export const itemColours = [
  { title: 'Yellow', colour: '#f5c542' },
  { title: 'Blue', colour: '#4fc3f7' },
  { title: 'Green', colour: '#81c784' },
  { title: 'Violet', colour: '#ce93d8' },
  { title: 'Orange', colour: '#ffab91' },
  { title: 'Teal', colour: '#80cbc4' },
  { title: 'Lime', colour: '#c5e1a5' },
  { title: 'Indigo', colour: '#9fa8da' },
] as const;

/** The item's own colour, or the one of its place in the order. */
export function colourOf({ colour, order }: PlanItem): string {
  return colour ?? (itemColours[(Math.max(1, Math.round(order)) - 1) % itemColours.length] ?? itemColours[0]).colour;
}

export function planLines(state: PlanState, kinds: readonly MeasurementKind[]): readonly PlanLine[] {
  return itemsInOrder(state.plan).map(([id, item]) => ({
    id,
    item,
    kind: kinds.find(({ name }) => name === item.kind),
    computed: state.results[id],
    failed: state.failed[id],
    stale: state.stale.has(id),
    colour: colourOf(item),
  }));
}

/** The rows of a finished item; none where its kind is not known or its record is damaged. */
export function rowsOf({ kind, item, computed }: PlanLine): readonly Row[] {
  if (kind === undefined || computed === undefined) return [];
  try {
    return kind.rows(kind.parse(item), computed);
  } catch {
    return [];
  }
}

/** Its charts, or the sentence in their place: why there are none, or that they are on their way. Nothing of a kind without. */
export function chartsOf({ kind, item, computed }: PlanLine): readonly Chart[] | string {
  if (kind?.charts === undefined || computed === undefined) return [];
  try {
    const charts = kind.charts(kind.parse(item), computed);
    if (charts.length > 0 || kind.profile === undefined) return charts;
  } catch {
    return [];
  }
  return computed.notes.find(({ key }) => key === 'profile')?.message ?? 'Reading the values along it…';
}

/** The main number with its unit, and the one shown beside it ("24.1 × 15.0 mm"); or words; null where there is none yet. */
export function readingOf(line: PlanLine): string | null {
  const { kind, item } = line;
  if (kind?.words !== undefined) {
    try {
      return kind.words(kind.parse(item));
    } catch {
      return null;
    }
  }
  const rows = rowsOf(line);
  const main = mainOf(rows);
  if (main === undefined) return null;
  const also = rows.find((row) => row.beside !== undefined && row.quantity.value !== null);
  const text = quantityText(main.quantity);
  if (main.quantity.value === null) return text;
  const by = calibrationMark(main.quantity);
  if (also?.beside === undefined) return text + by;
  const { unit } = main.quantity;
  const other = quantityText(also.quantity);
  return also.quantity.unit === unit
    ? `${text.slice(0, -unit.length).trim()}${also.beside}${other}${by}`
    : `${text}${by}${also.beside}${other}`;
}

/** What must be known to read the main number right: of "cal.", or of pixels on an assumed scale; '' where nothing. */
export function readingMeaning(line: PlanLine): string {
  const main = line.kind?.words === undefined ? mainOf(rowsOf(line)) : undefined;
  return main === undefined ? '' : markMeaning(main.quantity);
}

/** Why there is a dash instead of a number: the sentence that belongs to it; null where there is a number. */
export function dashReasonOf(line: PlanLine): string | null {
  const main = mainOf(rowsOf(line));
  if (main === undefined || main.quantity.value !== null) return null;
  return line.computed?.notes.find(({ key }) => key === main.key)?.message ?? null;
}

function mainOf(rows: readonly Row[]): Row | undefined {
  return rows.find((row) => row.main === true) ?? rows[0];
}
