import type { Note } from '../quantity/index.ts';
import { buildSeries, type Instance, type Series } from '../dicom/index.ts';

export interface TellSeries {
  readonly series: Series;
  readonly retired: readonly string[];
}

interface Growing {
  readonly instances: Instance[];
  /** How many instances the last telling held; 0: not told yet. */
  told: number;
  keys: readonly string[];
  readonly notes: { readonly instance: Instance; readonly note: Note }[];
}

/** Gathers instances into series while a scan runs, and says which are worth telling (again). */
export class SeriesAssembly {
  readonly #growing = new Map<string, Growing>();
  /** By Instance.source: how a person finds the file. */
  readonly #shown = new Map<string, string>();
  #seriesKnown = 0;

  add(instance: Instance, shown: string): void {
    this.#shown.set(instance.source, shown);
    const known = this.#growing.get(instance.seriesInstanceUID);
    if (known === undefined)
      this.#growing.set(instance.seriesInstanceUID, { instances: [instance], told: 0, keys: [], notes: [] });
    else known.instances.push(instance);
  }

  /** Adds a note to the series that holds this instance; it is told again with the rest. */
  note(instance: Instance, note: Note): void {
    const growing = this.#growing.get(instance.seriesInstanceUID);
    if (growing === undefined) return;
    growing.notes.push({ instance, note });
    growing.told = 0;
  }

  /** Series so far, parts counted where they are known. */
  get count(): number {
    return Math.max(this.#seriesKnown, this.#growing.size);
  }

  /**
   * Series that are new, or have trebled since they were told (a series of thousands is then told some eight times,
   * not once a tick: telling costs as much as it holds).
   */
  *due(): Generator<TellSeries> {
    for (const growing of this.#growing.values()) {
      if (growing.told === 0 || growing.instances.length >= 3 * growing.told) yield* this.#tell(growing);
    }
  }

  /** Everything not told in its present state. */
  *rest(): Generator<TellSeries> {
    for (const growing of this.#growing.values()) {
      if (growing.told !== growing.instances.length) yield* this.#tell(growing);
    }
  }

  *#tell(growing: Growing): Generator<TellSeries> {
    if (growing.told === growing.instances.length) return;
    growing.told = growing.instances.length;
    const built = buildSeries(growing.instances, (one) => this.#shown.get(one.source) ?? one.sopInstanceUID);
    const all = built.series.map((series) => withNotes(series, growing.notes));
    const before = growing.keys;
    growing.keys = all.map((series) => series.key);
    this.#seriesKnown += all.length - before.length;
    const retired = before.filter((key) => !growing.keys.includes(key));
    for (const [index, series] of all.entries()) yield { series, retired: index === 0 ? retired : [] };
  }
}

function withNotes(series: Series, notes: Growing['notes']): Series {
  if (notes.length === 0) return series;
  const held = new Set(series.instances.map((instance) => instance.source));
  const own = notes.filter(({ instance }) => held.has(instance.source)).map(({ note }) => note);
  return own.length === 0 ? series : { ...series, notes: [...series.notes, ...own] };
}
