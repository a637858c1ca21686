import type { Series } from '../dicom/index.ts';
import { kindOf, type Evaluation } from '../measurements/index.ts';
import { itemsInOrder, type Plan, type PlanItem } from '../plan/index.ts';
import { estimateSentence } from './estimateSentence.ts';
import type { ResultValue } from '../quantity/index.ts';
import { actCautions, caution } from './caution.ts';
import { csvLine, type Cell } from './csv.ts';

export interface PlanTableOptions {
  readonly program: string;
  /** For the patient's name and ID, which stand in the table only when `patient` is true. */
  readonly series?: readonly Series[];
  readonly patient?: boolean;
  /** Whole days since an item's scan, for S-9 among the notes; null or absent: not known. */
  daysSinceScan?(item: PlanItem): number | null;
  /**
   * Begins with the UTF-8 byte order mark: spreadsheets read Greek and umlauts wrongly without it. Leave it out for a
   * copy to the clipboard, which is text already.
   */
  readonly byteOrderMark: boolean;
}

const head = [
  'item_id',
  'kind',
  'label',
  'side',
  'key',
  'value',
  'unit',
  'uncertainty',
  'basis',
  'method',
  'notes',
  'series_uid',
  'frame',
  'kind_version',
  'program',
] as const;

/**
 * The plan as a table: sentence S-1, the names of the columns, then one line a number (RFC 4180, CRLF). A point or
 * direction takes three lines (`tip.x`, `tip.y`, `tip.z`); a profile one without a value, which says where to find it; an
 * item that failed one without a value and its reason among the notes. S-9 (age of the scan, side to be confirmed) ends
 * the notes of each line.
 */
export function planTable(plan: Plan, { items, failed }: Evaluation, options: PlanTableOptions): string {
  const withPatient = options.patient === true;
  const lines: string[] = [
    csvLine([caution]),
    csvLine(withPatient ? [...head, 'patient_name', 'patient_id'] : [...head]),
  ];
  for (const [id, item] of itemsInOrder(plan)) {
    const { on } = item;
    const frame = on.in === 'image' ? on.frame : null;
    const who = options.series?.find(({ seriesInstanceUID }) => seriesInstanceUID === on.seriesInstanceUID)?.patient;
    const patient = withPatient ? [who?.name ?? '', who?.id ?? ''] : [];
    const act = actCautions(item.side, options.daysSinceScan?.(item) ?? null);
    const row = (middle: readonly Cell[], version: number | null): void => {
      const first = [id, item.kind, item.label, item.side];
      const last = [on.seriesInstanceUID, frame, version, options.program];
      lines.push(csvLine([...first, ...middle, ...last, ...patient]));
    };
    const failure = failed.find((one) => one.id === id);
    if (failure !== undefined) row([null, null, null, null, null, null, [failure.message, ...act].join(' ')], null);
    const done = items.find((one) => one.id === id);
    if (done === undefined) continue;
    const version = done.computedBy.kindVersion;
    // What concerns the whole item stands on each of its lines: lines are sorted and copied apart.
    // Why there is no profile is no one else's matter.
    const general = done.notes.filter(({ key }) => key === undefined || (key !== 'profile' && !(key in done.results)));
    for (const [key, result] of Object.entries(done.results)) {
      const own = done.notes.filter((note) => note.key === key);
      const method = own.filter(({ code }) => code === 'method').map(({ message }) => message);
      const said = [...own.filter(({ code }) => code !== 'method'), ...general].map(({ message }) => message);
      const estimate = 'basis' in result ? estimateSentence(result) : undefined;
      const notes = [...(estimate === undefined ? [] : [estimate]), ...said, ...act];
      for (const [name, cells] of cellsOf(key, result))
        row([name, ...cells, method.join(' '), notes.join(' ')], version);
    }
    const words = wordsOf(item);
    if (words !== null)
      row(
        ['text', words, null, null, null, null, [...general.map(({ message }) => message), ...act].join(' ')],
        version,
      );
    else if (Object.keys(done.results).length === 0)
      row([null, null, null, null, null, null, [...general.map(({ message }) => message), ...act].join(' ')], version);
  }
  return `${options.byteOrderMark ? '\uFEFF' : ''}${lines.join('')}`;
}

/** What a kind without numbers writes in their place. */
function wordsOf(item: PlanItem): string | null {
  const kind = kindOf(item.kind);
  return kind?.words?.(kind.parse(item)) ?? null;
}

/** Name, and value, unit, uncertainty, basis of each line of a result. */
function cellsOf(key: string, result: ResultValue): readonly (readonly [string, readonly Cell[]])[] {
  if ('columns' in result) return [[key, ['see measure --json', null, null, null]]];
  const { value, unit } = result;
  if (typeof value === 'object' && value !== null)
    return value.flatMap((part, axis) =>
      typeof part === 'number' ? [[`${key}.${'xyz'[axis] ?? axis}`, [part, unit, null, null]] as const] : [],
    );
  const { uncertainty = null, basis = null } = 'basis' in result ? result : {};
  return [[key, [value, unit, uncertainty, basis]]];
}
