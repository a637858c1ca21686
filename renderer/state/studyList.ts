import { kernelOf, phasesOf, sideRole, sliceThicknessOf, type Phase, type Series } from '../../src/dicom/index.ts';
import { grouped } from '../ui/grouped.ts';
import { patientKey } from '../ui/text.ts';

/** One line of the browser. */
export interface ListedSeries {
  readonly series: Series;
  readonly phase: Phase | null;
  /** Of one slice, mm. */
  readonly thicknessMm: number | null;
  /** Of the first part of a series with several: how many; of the other parts 0; null for a series that is whole. */
  readonly parts: number | null;
}
/** One study of the browser. */
export interface ListedStudy {
  readonly id: string;
  readonly first: Series;
  /** Scans to read from: the thinnest soft one of each phase first, in the order they were taken; the rest by number. */
  readonly scans: readonly ListedSeries[];
  /** Scouts, dose sheets, saved reformats and bolus tracking; folded. */
  readonly others: readonly ListedSeries[];
}

/** What was opened, study by study in the order given (newest first), each study's series as a person reads them. */
export function studyList(all: readonly Series[]): readonly ListedStudy[] {
  const studies = grouped(
    all,
    ({ patient, study }) => `${patientKey(patient, study.studyInstanceUID)}|${study.studyInstanceUID}`,
  );
  return studies.flatMap(([id, list]): readonly ListedStudy[] => {
    const [first] = list;
    if (first === undefined) return [];
    const phases = phasesOf(list);
    const blocks = grouped(list, ({ seriesInstanceUID }) => seriesInstanceUID).map(([, parts]) => block(parts, phases));
    const scans = blocks.filter(({ side }) => !side);
    // A study of nothing but scouts shows them.
    const [shown, folded] = scans.length === 0 ? [blocks, []] : [scans, blocks.filter(({ side }) => side)];
    return [{ id, first, scans: leadersFirst(shown), others: folded.flatMap(({ lines }) => lines) }];
  });
}

/** The parts of one series stay together. */
interface Block {
  readonly lines: readonly ListedSeries[];
  readonly lead: ListedSeries | null;
  readonly side: boolean;
}
function block(parts: readonly Series[], phases: ReadonlyMap<string, Phase>): Block {
  const lines = parts.map((series, at): ListedSeries => ({
    series,
    phase: phases.get(series.key) ?? null,
    thicknessMm: ['CT', 'MR', 'PT'].includes(series.modality) ? sliceThicknessOf(series) : null,
    parts: parts.length === 1 ? null : at === 0 ? parts.length : 0,
  }));
  return { lines, lead: lines[0] ?? null, side: parts.every((series) => sideRole(series) !== null) };
}

function leadersFirst(blocks: readonly Block[]): readonly ListedSeries[] {
  const leaders = new Set(
    grouped(
      blocks.filter(({ lead }) => lead !== null && canLead(lead)),
      ({ lead }) => phaseKey(lead),
    ).flatMap(([, rivals]) => rivals.toSorted((a, b) => rank(a) - rank(b)).slice(0, 1)),
  );
  const first = blocks.filter((one) => leaders.has(one)).toSorted((a, b) => takenAt(a) - takenAt(b));
  return [...first, ...blocks.filter((one) => !leaders.has(one))].flatMap(({ lines }) => lines);
}

/** A CT volume: for other modalities the order of the scanner's numbers is the one a reader knows. */
function canLead({ series }: ListedSeries): boolean {
  return series.modality === 'CT' && series.volume !== null && series.frames.length > 3;
}
/** Scans of one phase: of one name, or without a name taken at one time. */
function phaseKey(lead: ListedSeries | null): string {
  const { name = null, secondsAfterFirst = null } = lead?.phase ?? {};
  const region = lead?.series.frameOfReferenceUID ?? lead?.series.key ?? '';
  return `${region}|${name ?? `at ${secondsAfterFirst ?? ''}`}`;
}
/** Soft before unknown before sharp; then thin before thick. */
function rank({ lead }: Block): number {
  if (lead === null) return Infinity;
  const kernel = { soft: 0, unknown: 1, sharp: 2 }[kernelOf(lead.series)];
  return kernel * 1000 + (lead.thicknessMm ?? 999);
}
function takenAt({ lead }: Block): number {
  return lead?.phase?.secondsAfterFirst ?? 0;
}
