import type { Attributes } from './attributes.ts';
import { growth, openHeader } from './fileHeader.ts';
import type { Dose } from './types.ts';

/** The totals of a Radiation Dose Structured Report (TID 10001, 10011), and how many irradiations they are of. */
export interface DoseReport extends Dose {
  readonly irradiations: number;
  /** The highest CTDIvol of one irradiation, mGy, is `ctdiVolMGy`. */
  readonly studyInstanceUID: string;
  readonly sopInstanceUID: string;
}

export type ReadDoseReport =
  | { readonly kind: 'report'; readonly report: DoseReport }
  | { readonly kind: 'more'; readonly bytes: number }
  | { readonly kind: 'none' };

const X_RAY_DOSE_REPORT = '1.2.840.10008.5.1.4.1.1.88.67';
const DEEPEST = 32;
const MOST_ITEMS = 200_000;

/** DCM codes of the numbers, and what they are to us. */
const SUMS: Readonly<Record<string, 'dlp' | 'dap' | 'reference' | 'fluoroscopy'>> = {
  '113813': 'dlp', // CT Dose Length Product Total
  '113722': 'dap', // Dose Area Product Total
  '113725': 'reference', // Dose (RP) Total
  '113730': 'fluoroscopy', // Total Fluoro Time
};
const MEAN_CTDI = '113830';
const IRRADIATIONS = new Set(['113819', '113706']); // CT Acquisition, Irradiation Event X-Ray Data

/** Units of UCUM to those of `Dose`. */
const FACTORS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  dlp: { 'mGy.cm': 1, mGycm: 1, 'Gy.cm': 1000 },
  dap: { 'Gy.m2': 1e4, Gym2: 1e4, 'dGy.cm2': 0.1, 'Gy.cm2': 1, 'mGy.cm2': 1e-3, 'uGy.m2': 1e-2 },
  reference: { Gy: 1000, mGy: 1 },
  fluoroscopy: { s: 1, min: 60, ms: 1e-3 },
  ctdi: { mGy: 1, Gy: 1000 },
};

/**
 * Reads a dose report from the first bytes of its file. Planes of a biplane system are added up.
 * A number in a unit that is not known is left out, never guessed. Never throws.
 */
export function readDoseReport(head: Uint8Array, fileSize: number): ReadDoseReport {
  const opened = openHeader(head, fileSize);
  if (opened.kind === 'more') return opened;
  if (opened.kind !== 'header') return { kind: 'none' };
  const { data, mediaStorageSOPClassUID } = opened.header;
  const sopClass = data.text('x00080016') || mediaStorageSOPClassUID;
  if (sopClass !== X_RAY_DOSE_REPORT && !isDoseDocument(data)) return { kind: 'none' };
  if (head.length < fileSize) return { kind: 'more', bytes: growth(Math.max(head.length * 4, 64 * 1024), fileSize) };
  const sums = new Map<string, number>();
  let ctdi = 0;
  let irradiations = 0;
  let left = MOST_ITEMS;
  const visit = (items: readonly Attributes[], depth: number): void => {
    for (const item of items) {
      if (depth > DEEPEST || (left -= 1) < 0) return;
      const code = codeOf(item);
      if (IRRADIATIONS.has(code)) irradiations += 1;
      const sum = SUMS[code];
      if (sum !== undefined) {
        const value = measured(item, FACTORS[sum] ?? {});
        if (value !== undefined) sums.set(sum, (sums.get(sum) ?? 0) + value);
      }
      if (code === MEAN_CTDI) ctdi = Math.max(ctdi, measured(item, FACTORS['ctdi'] ?? {}) ?? 0);
      visit(item.items('x0040a730'), depth + 1);
    }
  };
  visit(data.items('x0040a730'), 0);
  const [dlp, dap, reference, fluoroscopy] = ['dlp', 'dap', 'reference', 'fluoroscopy'].map((key) => sums.get(key));
  return {
    kind: 'report',
    report: {
      irradiations,
      studyInstanceUID: data.text('x0020000d').trim(),
      sopInstanceUID: data.text('x00080018').trim(),
      ...(ctdi > 0 ? { ctdiVolMGy: ctdi } : {}),
      ...(dlp === undefined ? {} : { dlpMGyCm: dlp }),
      ...(dap === undefined ? {} : { dapGyCm2: dap }),
      ...(reference === undefined ? {} : { referencePointMGy: reference }),
      ...(fluoroscopy === undefined ? {} : { fluoroscopySeconds: fluoroscopy }),
    },
  };
}

/** Enhanced or comprehensive SR whose title is "X-Ray Radiation Dose Report" (113701, DCM). */
function isDoseDocument(data: Attributes): boolean {
  return codeOf(data) === '113701';
}

function codeOf(item: Attributes): string {
  return item.items('x0040a043')[0]?.text('x00080100').trim() ?? '';
}

function measured(item: Attributes, factors: Readonly<Record<string, number>>): number | undefined {
  const [value] = item.items('x0040a300');
  const number = value?.decimal('x0040a30a');
  const unit = value?.items('x004008ea')[0]?.text('x00080100').trim() ?? '';
  const factor = factors[unit];
  return number === undefined || factor === undefined || number < 0 ? undefined : number * factor;
}
