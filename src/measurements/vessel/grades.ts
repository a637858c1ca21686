import type { VesselItem } from './item.ts';

interface Grade {
  /** Per cent diameter stenosis from which it holds, up to the next. */
  readonly from: number;
  readonly name: string;
}
interface GradeTable {
  readonly territory: string;
  /** Holds for NASCET's measure alone. */
  readonly nascet: boolean;
  readonly source: string;
  readonly grades: readonly Grade[];
}

/** Only tables that were looked up. Peripheral, renal and mesenteric ones are left out until their source is. */
const tables: readonly GradeTable[] = [
  {
    territory: 'carotid',
    nascet: true,
    source: 'NASCET (N Engl J Med 325:445), 1991',
    grades: [
      { from: 0, name: 'Mild (below 50 %)' },
      { from: 50, name: 'Moderate (50 to 69 %)' },
      { from: 70, name: 'Severe (70 % or more)' },
    ],
  },
  {
    territory: 'dialysis',
    nascet: false,
    source: 'doi 10.1177/1129729819851323 (50 % rule), 2019',
    grades: [
      { from: 0, name: 'Below 50 %' },
      { from: 50, name: '50 % or more' },
    ],
  },
];

/** How many standard deviations a border must be away for a class to be named. */
const deviations = 2;

/**
 * The class of a diameter stenosis, in words with its source; where the uncertainty reaches over a border both classes
 * and no single one. undefined: no table for this territory, or the measure is not the table's.
 */
export function gradeSentence(
  { options }: VesselItem,
  { percent, deviation, nascet }: { readonly percent: number; readonly deviation: number; readonly nascet: boolean },
): string | undefined {
  const table = tables.find(({ territory }) => territory === (options?.territory ?? null));
  if (table === undefined || (table.nascet && !nascet) || percent < 0) return undefined;
  const gradeAt = (value: number): Grade | undefined => table.grades.findLast(({ from }) => Math.max(0, value) >= from);
  const [low, high] = [percent - deviations * deviation, percent + deviations * deviation];
  const [least, most] = [gradeAt(low), gradeAt(high)];
  const range = `${Math.max(0, low).toFixed(0)} to ${Math.min(100, high).toFixed(0)} %`;
  const source = `Grade from ${table.source}; boundaries set by this site.`;
  if (least === undefined || most === undefined) return undefined;
  return least === most
    ? `${least.name}: ${range}. ${source}`
    : `Not sure: ${least.name} or ${most.name}, the range is ${range}. ${source}`;
}
