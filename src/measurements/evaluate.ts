import type { Plan, PlanItem, PlanRecord, RecordId } from '../plan/index.ts';
import { PlanFault, itemsInOrder } from '../plan/index.ts';
import type { Note, Outcome } from '../quantity/index.ts';
import { refuse } from '../quantity/index.ts';
import type { EvaluatedItem, Evaluation, FailedItem } from './evaluation.ts';
import { calibrationIds, withCalibration } from './calibrations.ts';
import { cacheKey } from './cacheKey.ts';
import type { EvaluationCache } from './cacheKey.ts';
import { depthNotes } from './depthNotes.ts';
import { otherSeriesNotes } from './otherSeriesNotes.ts';
import type { Computed, Given, ImageFacts, MeasurementKind, Run, SeriesFacts } from './kind.ts';
import { orderOfUse } from './order.ts';
import { readPixels, type PixelSource } from './pixelSource.ts';
import { profileOf } from './profiles.ts';
import { kinds as registered } from './registry.ts';
import { seriesNotes, seriesRefusal, frameOfReferenceNotes } from './spaceNotes.ts';

export interface EvaluateOptions {
  /** The program's version, told in every result. */
  readonly program: string;
  readonly kinds?: readonly MeasurementKind[];
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number) => void;
  readonly cache?: EvaluationCache;
  /** Told every number once, before the values along items are read (which may have to wait for pixels). */
  readonly numbers?: (evaluation: Evaluation) => void;
  /** Told what of an item can be shown before its numbers are there. */
  readonly partial?: (item: EvaluatedItem) => void;
}

interface Parsed {
  readonly kind: MeasurementKind;
  readonly item: PlanItem;
  readonly uses: readonly RecordId[];
}

/**
 * The only way to a number: every record of the plan, in order of use, each a result or a failure with its reason.
 * Items come back in the order of the plan's list, other records after them by id.
 * Pure but for what `source` reads. Rejects only when aborted (with the signal's reason).
 */
export async function evaluate(plan: Plan, source: PixelSource, options: EvaluateOptions): Promise<Evaluation> {
  const kinds = new Map((options.kinds ?? registered).map((kind) => [kind.name, kind]));
  const failures = new Map<RecordId, FailedItem>();
  const fail = (id: RecordId, code: string, message: string) => void failures.set(id, { id, code, message });
  const parsed = new Map<RecordId, Parsed>();
  const finished = new Map<RecordId, Computed>();

  const items = itemsInOrder(plan);
  for (const [id, record] of items) {
    const kind = kinds.get(record.kind);
    if (kind === undefined) {
      fail(id, 'unknown-kind', `This version knows no measurement of the kind "${record.kind}".`);
      continue;
    }
    try {
      const item = kind.parse(record);
      parsed.set(id, { kind, item, uses: kind.uses(item) });
    } catch (fault) {
      if (!(fault instanceof PlanFault)) throw fault;
      fail(id, fault.code, fault.message);
    }
  }
  const others = Object.keys(plan.records)
    .filter((id) => plan.records[id]?.type !== 'item')
    .sort();
  for (const id of others)
    fail(id, 'not-supported', `Records of the type "${plan.records[id]?.type}" are kept, but not computed yet.`);

  const { order, circular } = orderOfUse([...parsed.keys()], (id) => {
    const entry = parsed.get(id);
    if (entry === undefined) return [];
    return entry.kind.scale === undefined
      ? [...entry.uses, ...calibrationIds(plan.records, kinds, entry.item.on)]
      : entry.uses;
  });
  for (const id of circular) fail(id, 'cycle', 'This record depends on itself through others.');

  let count = 0;
  for (const id of order) {
    options.signal?.throwIfAborted();
    const entry = parsed.get(id);
    if (entry === undefined) continue;
    const done = count;
    const progress = (part: number): void => options.progress?.((done + part) / order.length);
    const partial = (computed: Computed): void => options.partial?.(toldOf(id, entry.kind, computed, options));
    const run = { progress, partial, ...(options.signal ? { signal: options.signal } : {}) };
    const outcome = await evaluateOne(entry, { plan, kinds, source, options, run, finished, failures });
    if (outcome.ok) finished.set(id, outcome.value);
    else fail(id, outcome.why.code, outcome.why.say);
    count += 1;
    options.progress?.(count / order.length);
  }
  options.signal?.throwIfAborted();

  const failed = [...items.map(([id]) => id), ...others].flatMap((id) => failures.get(id) ?? []);
  const answer = (): Evaluation => ({
    items: items.flatMap(([id]): EvaluatedItem[] => {
      const computed = finished.get(id);
      const kind = parsed.get(id)?.kind;
      if (computed === undefined || kind === undefined) return [];
      return [toldOf(id, kind, computed, options)];
    }),
    failed,
  });
  const withValues = [...finished].filter(([id]) => parsed.get(id)?.kind.profile !== undefined);
  if (withValues.length > 0) options.numbers?.(answer());
  for (const [id, { results, notes, ...rest }] of withValues) {
    options.signal?.throwIfAborted();
    const entry = parsed.get(id);
    if (entry === undefined) continue;
    const values = await profileOf(entry.kind, entry.item, source, options);
    finished.set(id, { ...rest, results: { ...results, ...values.results }, notes: [...notes, ...values.notes] });
  }
  return answer();
}

function toldOf(id: RecordId, kind: MeasurementKind, computed: Computed, { program }: EvaluateOptions): EvaluatedItem {
  return { id, kind: kind.name, computedBy: { kindVersion: kind.version, program }, ...computed };
}

interface Round {
  readonly plan: Plan;
  readonly kinds: ReadonlyMap<string, MeasurementKind>;
  readonly source: PixelSource;
  readonly options: EvaluateOptions;
  readonly run: Run;
  readonly finished: ReadonlyMap<RecordId, Computed>;
  readonly failures: ReadonlyMap<RecordId, FailedItem>;
}

async function evaluateOne(
  { kind, item, uses }: Parsed,
  { plan, kinds, source, options, run, finished, failures }: Round,
): Promise<Outcome<Computed>> {
  const { signal } = options;
  const derived = item.on.in === 'image' ? item.on.derived : null;
  for (const id of derived ? [...uses, derived] : uses) {
    const record = recordOf(plan, id);
    if (record === undefined) return refuse('depends-on-failed', `The record "${id}" it needs has been deleted.`);
    const failure = failures.get(id);
    // Masks and registrations are weighed by the kind itself: an obstacle may be left out, a target may not.
    if (failure !== undefined && (record.type === 'item' || id === derived))
      return refuse('depends-on-failed', `The record "${id}" it needs failed: ${failure.message}`);
  }

  const series = source.series(item.on);
  if (series === undefined)
    return refuse('series-missing', `The series ${item.on.seriesInstanceUID} is not among the open data.`);
  let image: ImageFacts | undefined;
  if (item.on.in === 'image') {
    image = source.image(item.on);
    if (image === undefined)
      return refuse('image-missing', `Frame ${item.on.frame} of image ${item.on.sopInstanceUID} is not in its series.`);
    if (kind.scale === undefined)
      image = withCalibration(image, item.on, {
        records: plan.records,
        kinds,
        result: (id) => finished.get(id),
        imageOf: (on) => source.image(on),
      });
  } else {
    const refusal = seriesRefusal(series);
    if (refusal !== undefined) return { ok: false, why: refusal };
  }

  const usedRecords = uses.map((id) => recordOf(plan, id));
  const usedImages = usedRecords.map((record) =>
    record?.type === 'item' && record.on.in === 'image' ? source.image(record.on) : undefined,
  );
  const needs = kind.needs(item, series);
  const key = cacheKey(
    kind,
    item,
    { series, image, needs },
    usedRecords,
    uses.map((id) => finished.get(id)),
    kind.numbersOnly === true ? [usedImages, usedRecords.map((record) => record?.['label'])] : [],
  );
  const known = options.cache?.get(key);
  if (known !== undefined) return { ok: true, value: known };

  const pixels: Given['pixels'][number][] = [];
  for (const need of needs) {
    signal?.throwIfAborted();
    pixels.push(await readPixels(need, source, signal));
  }
  const given: Given = {
    image,
    series,
    pixels,
    record: (id) => recordOf(plan, id),
    imageOf: (on) => source.image(on),
    result(id) {
      const value = finished.get(id);
      if (value !== undefined) return { ok: true, value };
      const failure = failures.get(id);
      return failure && refuse(failure.code, failure.message);
    },
  };
  const outcome = await computeSafely(kind, item, given, run);
  if (!outcome.ok) return outcome;
  const computed: Computed = {
    ...outcome.value,
    notes: [...outcome.value.notes, ...spaceNotes(kind, item, series, kind.numbersOnly === true ? [] : uses, plan)],
  };
  if (pixels.every(({ ok }) => ok)) options.cache?.set(key, computed);
  return { ok: true, value: computed };
}

function recordOf(plan: Plan, id: RecordId): PlanRecord | undefined {
  return Object.hasOwn(plan.records, id) ? plan.records[id] : undefined;
}

function spaceNotes(
  kind: MeasurementKind,
  item: PlanItem,
  series: SeriesFacts,
  uses: readonly RecordId[],
  plan: Plan,
): readonly Note[] {
  if (item.on.in !== 'patient') return [];
  return [
    ...depthNotes(item),
    ...otherSeriesNotes(item, kind),
    ...seriesNotes(series),
    ...frameOfReferenceNotes(item.on, series, uses, plan),
  ];
}

/** A fault of ours in one kind must not take the other items' numbers with it. */
async function computeSafely(
  kind: MeasurementKind,
  item: PlanItem,
  given: Given,
  run: Run,
): Promise<Outcome<Computed>> {
  try {
    return await kind.compute(item, given, run);
  } catch (error) {
    run.signal?.throwIfAborted();
    return refuse(
      'internal',
      `The ${kind.name} could not be computed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
