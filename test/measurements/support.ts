import { emptyPlan } from '../../src/plan/index.ts';
import type { ImageSpace, PatientSpace, Plan, PlanRecord } from '../../src/plan/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import type { ImageFacts, PixelSource, SeriesFacts } from '../../src/measurements/index.ts';
import type { EvaluatedItem, Evaluation } from '../../src/measurements/index.ts';
import { evaluate } from '../../src/measurements/index.ts';
import type { VolumeGeometry } from '../../src/geometry/index.ts';
import { ok, refuse } from '../../src/quantity/index.ts';
import type { Quantity } from '../../src/quantity/index.ts';

export const onPatient: PatientSpace = {
  in: 'patient',
  frameOfReferenceUID: '1.2.3.9',
  seriesInstanceUID: '1.2.3',
  part: null,
};
export const onImage: ImageSpace = { in: 'image', seriesInstanceUID: '1.2.4', sopInstanceUID: '1.2.4.1', frame: 1 };

export const box: VolumeGeometry = {
  dimensions: [64, 64, 48],
  spacing: [1, 1, 1.5],
  origin: [-32, -32, -36],
  direction: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  correction: null,
};
export const ctSeries: SeriesFacts = {
  modality: 'CT',
  patientPosition: 'HFS',
  volume: box,
  why: [],
  frameOfReferenceUID: '1.2.3.9',
};
export const plainImage: ImageFacts = {
  modality: 'XA',
  rows: 512,
  columns: 512,
  pixelSpacing: null,
  pixelAspectRatio: [1, 1],
};

/** A source of one CT series and one projection. */
export function sourceOf(
  parts: {
    readonly series?: Partial<SeriesFacts>;
    readonly image?: Partial<ImageFacts>;
    readonly volume?: Volume;
  } = {},
): PixelSource {
  return {
    series: (on) => {
      if (on.seriesInstanceUID.startsWith('1.2.3')) return { ...ctSeries, ...parts.series };
      if (on.seriesInstanceUID !== '1.2.4') return undefined;
      return { modality: 'XA', patientPosition: '', volume: null, why: ['projection'], frameOfReferenceUID: null };
    },
    image: (on) => (on.sopInstanceUID === '1.2.4.1' ? { ...plainImage, ...parts.image } : undefined),
    volume: async () => (parts.volume ? ok(parts.volume) : refuse('no-pixels', 'This series was not given pixels.')),
    frame: async () => refuse('no-pixels', 'This image was not given pixels.'),
  };
}

export function planOf(records: Readonly<Record<string, PlanRecord>>): Plan {
  return { ...emptyPlan({ id: 'p', title: '', now: () => '2026-01-01T00:00:00Z' }), records };
}

let order = 0;
export function itemOf(kind: string, fields: Readonly<Record<string, unknown>>): PlanRecord {
  order += 1;
  return { type: 'item', kind, label: kind, order, side: null, on: onPatient, ...fields };
}

export async function measure(
  records: Readonly<Record<string, PlanRecord>>,
  source: PixelSource = sourceOf(),
): Promise<Evaluation> {
  return evaluate(planOf(records), source, { program: 'test' });
}
export function itemIn(evaluation: Evaluation, id: string): EvaluatedItem {
  const item = evaluation.items.find((each) => each.id === id);
  if (item === undefined) throw new Error(`"${id}" was not computed: ${JSON.stringify(evaluation.failed)}`);
  return item;
}
export function scalar(item: EvaluatedItem, key: string): Quantity {
  const value = item.results[key];
  if (value === undefined || !('uncertainty' in value)) throw new Error(`no scalar result "${key}"`);
  return value;
}
export function numberOf(item: EvaluatedItem, key: string): number {
  const { value } = scalar(item, key);
  if (value === null) throw new Error(`"${key}" is null: ${JSON.stringify(item.notes)}`);
  return value;
}
export const codes = (item: EvaluatedItem): readonly string[] => item.notes.map(({ code }) => code);
