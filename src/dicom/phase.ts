import type { Series } from './types.ts';

export type PhaseName = 'unenhanced' | 'arterial' | 'portal' | 'delayed';

/** When after the injection a series was taken, as far as its file tells. */
export interface Phase {
  readonly name: PhaseName | null;
  /** The words of the file, or the time after a series whose words say "arterial". */
  readonly by: 'name' | 'time' | null;
  /** Seconds after the first scan of the same study, modality and frame of reference; null where times are not told. */
  readonly secondsAfterFirst: number | null;
}

/** In the order of trial: "portal venous" must not be taken for a delayed venous phase, "late arterial" not for a late one. */
const words: readonly (readonly [PhaseName, RegExp])[] = [
  [
    'unenhanced',
    /\b(un-?enhanced|non-?contrast|no contrast|without( iv)? contrast|w\/?o( iv)?( contrast)?|pre-?contrast|plain|native?|nativ|ohne km|ncct|sans injection)\b/i,
  ],
  ['arterial', /(\b|_)(arterial|art|arteriell|art[eé]rielle?|hap|cta|angio(graphy)?)(\b|_)/i],
  ['portal', /(\b|_)(portal|porto|portal[- ]?ven\w*|pv|pvp|pven|venous|ven|ven[oö]s|veineux)(\b|_)/i],
  ['delayed', /(\b|_)(delay(ed)?|late|equilibrium|excret\w*|urogra\w*|sp[aä]t|tardi\w*|\d{1,2} ?min)(\b|_)/i],
];

/** Seconds after an arterial scan within which the next one is portal; from `delayedFrom` on it is delayed. Liver protocols: 35, 70, 180 s after injection. */
const portalWithin: readonly [number, number] = [15, 75];
const delayedFrom = 100;

/** The phase that the words of a series name; null where they name none. */
export function phaseByName(text: string): PhaseName | null {
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/**
 * The phase of each CT and MR series by its key: by name, else by the time after a named arterial series of the same
 * study, modality and frame of reference. A series taken at the same time as a named one (another kernel or thickness
 * of the same scan) has its phase. Others are left without a name: a guess would be read as a fact.
 */
export function phasesOf(all: readonly Series[]): ReadonlyMap<string, Phase> {
  const found = new Map<string, Phase>();
  const groups = new Map<string, Series[]>();
  for (const series of all) {
    if (series.modality !== 'CT' && series.modality !== 'MR') continue;
    const key = [series.study.studyInstanceUID, series.modality, series.frameOfReferenceUID ?? series.key].join('|');
    groups.set(key, [...(groups.get(key) ?? []), series]);
  }
  for (const group of groups.values()) {
    const told = group.map((series) => ({
      key: series.key,
      name: phaseByName(`${series.part ?? ''} ${series.description}`),
      at: acquiredAt(series),
    }));
    const first = Math.min(...told.flatMap(({ at }) => (at === null ? [] : [at])));
    const several = new Set(told.flatMap(({ at }) => (at === null ? [] : [Math.round(at)]))).size > 1;
    const arterial = told.filter(({ name, at }) => name === 'arterial' && at !== null);
    const start = arterial.length === 0 ? null : Math.min(...arterial.map(({ at }) => at ?? Infinity));
    for (const { key, name, at } of told) {
      const twin = at === null ? undefined : told.find((one) => one.name !== null && one.at === at);
      const byTime = name ?? twin?.name ?? (at === null || start === null ? null : phaseAfterArterial(at - start));
      found.set(key, {
        name: byTime,
        by: byTime === null ? null : name === null ? 'time' : 'name',
        secondsAfterFirst: at === null || !several ? null : at - first,
      });
    }
  }
  return found;
}

function phaseAfterArterial(seconds: number): PhaseName | null {
  if (seconds >= portalWithin[0] && seconds <= portalWithin[1]) return 'portal';
  return seconds >= delayedFrom && seconds < 3600 ? 'delayed' : null;
}

/** When its first image was acquired, s on a scale of days and seconds; null where the header does not tell date and time. */
export function acquiredAt(series: Series): number | null {
  let earliest: number | null = null;
  for (const { facts } of series.instances)
    for (const { marks } of facts) {
      const at = seconds(marks?.time ?? '');
      if (at !== null && (earliest === null || at < earliest)) earliest = at;
    }
  return earliest;
}

/** DICOM's date and time in one, "20240312143002.5". */
function seconds(text: string): number | null {
  const match = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2}(?:\.\d+)?)/.exec(text);
  if (match === null) return null;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return Date.UTC(year, month - 1, day) / 1000 + hour * 3600 + minute * 60 + second;
}
