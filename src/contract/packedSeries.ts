import type { Instance, Series } from '../dicom/index.ts';

/**
 * A series on its way: the instances of one series differ in little, so all but the first are told by what is different,
 * as paths (`facts.0.position`) with their values. A sixth of the bytes; and what is equal is one object again when unpacked.
 */
export interface PackedSeries extends Omit<Series, 'instances'> {
  readonly first: Instance | null;
  /** For each further instance: its differences from the first; or the whole where its shape is another. */
  readonly others: readonly ({ readonly d: Readonly<Record<string, unknown>> } | { readonly whole: Instance })[];
}

export function packSeries({ instances, ...rest }: Series): PackedSeries {
  const [first, ...others] = instances;
  if (first === undefined) return { ...rest, first: null, others: [] };
  return {
    ...rest,
    first,
    others: others.map((whole) => {
      const d: Record<string, unknown> = {};
      return isObject(first) && isObject(whole) && differences(first, whole, '', d) ? { d } : { whole };
    }),
  };
}

export function unpackSeries({ first, others, ...rest }: PackedSeries): Series {
  if (first === null) return { ...rest, instances: [] };
  const restored = others.map((one) => ('whole' in one ? one.whole : withDifferences(first, one.d)));
  return { ...rest, instances: [first, ...restored] };
}

export function isPacked(series: unknown): series is PackedSeries {
  return typeof series === 'object' && series !== null && 'first' in series && 'others' in series;
}

/** Longer lists (tables, the frames of a run) are told as a whole or not at all. */
const longList = 16;

/** Gathers what differs into `into`. False where the two have not the same keys. */
function differences(base: Plain, other: Plain, path: string, into: Record<string, unknown>): boolean {
  let keys = 0;
  for (const key in base) {
    keys += 1;
    const was = base[key];
    const is = other[key];
    if (is === was && is !== undefined) continue;
    // What is undefined would be lost on its way.
    if (is === undefined) return false;
    if (!isObject(is) || !isObject(was)) {
      into[path + key] = is;
    } else if (Array.isArray(is) && is.length > longList) {
      if (JSON.stringify(is) !== JSON.stringify(was)) into[path + key] = is;
    } else if (Array.isArray(was) !== Array.isArray(is) || !differences(was, is, `${path}${key}.`, into)) {
      // Said last, it holds whatever was gathered inside before the two were seen to differ in shape.
      into[path + key] = is;
    }
  }
  for (const _ in other) keys -= 1;
  return keys === 0;
}

/** A copy of the first in which only what differs is new. */
function withDifferences(first: Instance, d: Readonly<Record<string, unknown>>): Instance {
  const instance: Instance = { ...first };
  const own = new Set<object>([instance]);
  for (const path in d) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let at: object | undefined = instance;
    for (const key of keys) at = at && copied(at, key, own);
    if (at !== undefined) Reflect.set(at, last, d[path]);
  }
  return instance;
}

/** The inner object as a copy of the outer's own. */
function copied(outer: object, key: string, own: Set<object>): object | undefined {
  const inner: unknown = Reflect.get(outer, key);
  if (!isObject(inner)) return undefined;
  if (own.has(inner)) return inner;
  const copy = Array.isArray(inner) ? [...inner] : { ...inner };
  own.add(copy);
  Reflect.set(outer, key, copy);
  return copy;
}

type Plain = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null;
}
