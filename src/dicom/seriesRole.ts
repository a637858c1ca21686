import type { Series } from './types.ts';

/** Why a series is no scan to read from: an overview, a sheet of text, or pictures made from another series. */
export type SideRole = 'scout' | 'sheet' | 'reformat' | 'bolus';

const scoutWords = /\b(scouts?|topograms?|surview|scanograms?|localizers?|localisers?|loc|3[- ]?plane)\b/i;
const sheetWords = /\b(dose (report|info|sheet|summary)|patient protocol|exam protocol|protocol page|screen ?save)\b/i;
const bolusWords =
  /\b((pre)?monitoring|smart ?prep|sure ?start|care ?bolus|bolus ?(track\w*|timing|test)|test ?bolus|tracker)\b/i;
/** Image Type (0008,0008), third value and beyond, of pictures that a workstation or scanner made from a volume. */
const madeTypes = new Set([
  'REFORMATTED',
  'MPR',
  'CSA MPR',
  'CURVED MPR',
  'CPR',
  'PROJECTION IMAGE',
  'MIP',
  'MINIP',
  'VOLREN',
  'VOLUME RENDERING',
  'VRT',
  'SSD',
  'CSAPARALLEL',
  'RANGE',
]);
const secondaryCapture = '1.2.840.10008.5.1.4.1.1.7';

/**
 * What a series is beside the scans to read from; null for a scan. By Image Type (0008,0008) first, then by the words
 * of its description: makers agree on neither.
 */
export function sideRole(series: Series): SideRole | null {
  const [first] = series.instances;
  if (first === undefined) return null;
  const types = first.imageType.map((type) => type.trim().toUpperCase());
  const words = series.description;
  if (types.includes('LOCALIZER') || scoutWords.test(words)) return 'scout';
  const isCapture = first.sopClassUID.startsWith(secondaryCapture) && types[0] === 'DERIVED';
  if (sheetWords.test(words) || types.includes('SCREEN SAVE') || types.includes('DOSE_INFO')) return 'sheet';
  if (bolusWords.test(words)) return 'bolus';
  if (types.slice(2).some((type) => madeTypes.has(type))) return 'reformat';
  // A colour picture among the grey ones of a scanner is a saved rendering or a sheet.
  if (isCapture && ['CT', 'MR', 'PT'].includes(series.modality) && first.pixel.samplesPerPixel > 1) return 'reformat';
  return null;
}
