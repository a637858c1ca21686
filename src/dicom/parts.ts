import { cross, distance, normalize, type Vec3 } from '../geometry/index.ts';
import { samePair } from './calibration.ts';
import { SAME_PLACE_MM, sliceOffset } from './stackGeometry.ts';
import type { FrameFacts, FrameMarks, Instance } from './types.ts';

/** One picture on its way into a series. */
export interface Entry {
  readonly instance: Instance;
  readonly frame: number;
  readonly facts: FrameFacts;
}

/** Pictures that make one stack, and what tells them from the rest of their series. */
export interface Part {
  readonly entries: readonly Entry[];
  readonly labels: readonly string[];
  readonly mixedOrientation: boolean;
  /** Pictures at a place that another of this part already holds, which nothing tells apart from it. */
  readonly repeated: readonly { readonly used: Entry; readonly left: Entry }[];
}

/** Components of two unit vectors that differ by less point the same way (0.06 degrees). */
const SAME_DIRECTION = 1e-3;

type Group = { readonly label: string; readonly entries: readonly Entry[] };

/** The stacks that lie in one Series Instance UID; one part without labels where there is but one. */
export function splitIntoParts(entries: readonly Entry[]): Part[] {
  let parts: Part[] = [{ entries, labels: [], mixedOrientation: false, repeated: [] }];
  const by = (split: (entries: readonly Entry[]) => Group[]) => {
    parts = parts.flatMap((part) => {
      const groups = split(part.entries);
      if (groups.length < 2) return [part];
      return groups.map((group) => ({ ...part, entries: group.entries, labels: [...part.labels, group.label] }));
    });
  };
  by(
    keyed(
      ({ instance }) => instance.patient.id || instance.patient.name,
      (key) => `patient ${key || 'without a name'}`,
    ),
  );
  by(
    keyed(
      ({ instance }) => instance.study.studyInstanceUID,
      (_, i) => `study ${i + 1}`,
    ),
  );
  by(
    keyed(
      ({ instance }) => String(instance.imageType.includes('LOCALIZER')),
      (key) => (key === 'true' ? 'localizer' : 'images'),
    ),
  );
  by(runs);
  by(
    keyed(
      ({ instance }) => instance.frameOfReferenceUID ?? '',
      (_, i) => `frame of reference ${i + 1}`,
    ),
  );
  by(
    keyed(
      ({ facts }) => String(isPlaced(facts)),
      (key) => (key === 'true' ? 'placed' : 'without position'),
    ),
  );
  parts = parts.flatMap(splitByOrientation);
  by(keyed(sizeOf, (key) => key));
  by(splitBySpacing);
  return parts.flatMap(splitRepeats);
}

export function isPlaced(facts: FrameFacts): boolean {
  return facts.position !== null && facts.orientation !== null;
}

function sizeOf({ instance: { pixel } }: Entry): string {
  return `${pixel.columns}x${pixel.rows}${pixel.samplesPerPixel === 3 || pixel.photometricInterpretation === 'PALETTE COLOR' ? ' colour' : ''}`;
}

function keyed(keyOf: (entry: Entry) => string, label: (key: string, index: number) => string) {
  return (entries: readonly Entry[]): Group[] =>
    [...groupBy(entries, keyOf)].map(([key, members], index) => ({ label: label(key, index), entries: members }));
}

function groupBy<T>(list: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of list) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Runs and clips: each file of several frames without places is a stack in time of its own. */
function runs(entries: readonly Entry[]): Group[] {
  const isClip = ({ instance, facts }: Entry) => instance.frames > 1 && !isPlaced(facts);
  const clips = groupBy(entries.filter(isClip), ({ instance }) => instance.sopInstanceUID);
  const stills = entries.filter((entry) => !isClip(entry));
  if (clips.size < 2 && stills.length === 0) return [];
  const ordered = [...clips.values()].sort(
    (a, b) => (a[0]?.instance.instanceNumber ?? 0) - (b[0]?.instance.instanceNumber ?? 0),
  );
  return [
    ...(stills.length > 0 ? [{ label: 'single images', entries: stills }] : []),
    ...ordered.map((group, i) => ({ label: `run ${group[0]?.instance.instanceNumber ?? i + 1}`, entries: group })),
  ];
}

function splitByOrientation(part: Part): Part[] {
  const clusters: { readonly like: readonly [Vec3, Vec3]; readonly entries: Entry[] }[] = [];
  for (const entry of part.entries) {
    const { orientation } = entry.facts;
    if (orientation === null || entry.facts.position === null) return [part];
    const same = clusters.find(
      ({ like }) =>
        distance(like[0], orientation[0]) <= SAME_DIRECTION && distance(like[1], orientation[1]) <= SAME_DIRECTION,
    );
    if (same !== undefined) same.entries.push(entry);
    else clusters.push({ like: orientation, entries: [entry] });
    // Turning about an axis (radial, rotational): every picture stands differently. No use in comparing on.
    if (clusters.length > 64) return [{ ...part, mixedOrientation: true }];
  }
  if (clusters.length < 2) return [part];
  const alone = clusters.filter(({ entries }) => entries.length === 1).length;
  if (alone > part.entries.length / 2) return [{ ...part, mixedOrientation: true }];
  return clusters.map(({ like, entries }) => ({ ...part, entries, labels: [...part.labels, planeName(like)] }));
}

/** The anatomical plane a stack lies in, within 30 degrees; else oblique. */
function planeName([row, column]: readonly [Vec3, Vec3]): string {
  const [x, y, z] = normalize(cross(row, column)).map(Math.abs);
  const limit = Math.cos(Math.PI / 6);
  if ((z ?? 0) > limit) return 'axial';
  if ((y ?? 0) > limit) return 'coronal';
  if ((x ?? 0) > limit) return 'sagittal';
  return 'oblique';
}

function splitBySpacing(entries: readonly Entry[]): Group[] {
  const clusters: { label: string; mm: readonly [number, number] | null; entries: Entry[] }[] = [];
  for (const entry of entries) {
    const mm = isPlaced(entry.facts) ? (entry.facts.pixelSpacing?.mm ?? null) : null;
    const same = clusters.find((cluster) =>
      mm === null || cluster.mm === null ? mm === cluster.mm : samePair(mm, cluster.mm),
    );
    if (same !== undefined) same.entries.push(entry);
    else if (clusters.length > 64) return [];
    else
      clusters.push({ label: mm === null ? 'without spacing' : `pixels ${mm.join(' x ')} mm`, mm, entries: [entry] });
  }
  return clusters;
}

const MARKS: readonly {
  readonly key: Exclude<keyof FrameMarks, 'inStack'>;
  readonly label: (value: string) => string;
}[] = [
  { key: 'temporalPosition', label: (value) => `time ${value}` },
  { key: 'acquisition', label: (value) => `acquisition ${value}` },
  { key: 'echo', label: (value) => `echo ${value} ms` },
  { key: 'bValue', label: (value) => `b ${value}` },
  { key: 'segment', label: (value) => `segment ${value}` },
  { key: 'imageType', label: (value) => value.split('\\').slice(2).join('/') || value },
  { key: 'stack', label: (value) => `stack ${value}` },
  { key: 'time', label: (value) => `time ${value}` },
];

/** Several pictures at one place: phases, times, echoes; told apart by what the file marks them with, else by order. */
function splitRepeats(part: Part): Part[] {
  if (part.mixedOrientation || !part.entries.every(({ facts }) => isPlaced(facts))) return [part];
  const places = placesOf(part.entries);
  const most = Math.max(...places.map((place) => place.length));
  if (most < 2) return [part];
  for (const { key, label } of MARKS) {
    const groups = groupBy(part.entries, ({ facts }) => facts.marks?.[key] ?? '');
    if (groups.size < 2 || groups.size > 2 * most) continue;
    const apart = places.some((place) => new Set(place.map(({ facts }) => facts.marks?.[key] ?? '')).size > 1);
    if (!apart) continue;
    return [...groups].flatMap(([value, entries]) =>
      splitRepeats({ ...part, entries, labels: [...part.labels, label(value || 'unknown')] }),
    );
  }
  if (places.every((place) => place.length === most)) return byRank(part, places, most);
  const used: Entry[] = [];
  const repeated: { used: Entry; left: Entry }[] = [];
  for (const place of places) {
    const [first, ...rest] = [...place].sort(inOrder);
    if (first === undefined) continue;
    used.push(first);
    for (const left of rest) repeated.push({ used: first, left });
  }
  return [{ ...part, entries: used, repeated }];
}

/** Every place holds as many pictures: the first of each make the first stack, and so on. */
function byRank(part: Part, places: readonly (readonly Entry[])[], count: number): Part[] {
  const timed = part.entries.every(({ facts }) => (facts.marks?.time ?? '') !== '');
  const rank = timed ? (a: Entry, b: Entry) => compareText(timeOf(a), timeOf(b)) || inOrder(a, b) : inOrder;
  const sorted = places.map((place) => [...place].sort(rank));
  return Array.from({ length: count }, (_, k) => ({
    ...part,
    entries: sorted.flatMap((place) => place.slice(k, k + 1)),
    labels: [...part.labels, `${timed ? 'phase' : 'set'} ${k + 1}`],
  }));
}

function timeOf({ facts }: Entry): string {
  return facts.marks?.time ?? '';
}

/** Entries by place, ascending along row x column. */
function placesOf(entries: readonly Entry[]): Entry[][] {
  const placed = entries.flatMap((entry) => {
    const { position, orientation } = entry.facts;
    return position === null || orientation === null
      ? []
      : [{ entry, position, at: sliceOffset(position, orientation) }];
  });
  placed.sort((a, b) => a.at - b.at || inOrder(a.entry, b.entry));
  const places: Entry[][] = [];
  let last: (typeof placed)[number] | undefined;
  for (const item of placed) {
    if (last !== undefined && distance(last.position, item.position) <= SAME_PLACE_MM) places.at(-1)?.push(item.entry);
    else places.push([item.entry]);
    last = item;
  }
  return places;
}

/** By number of the image, then by file, then by frame: used only where no position decides. */
export function inOrder(a: Entry, b: Entry): number {
  const number = (a.instance.instanceNumber ?? Infinity) - (b.instance.instanceNumber ?? Infinity);
  if (number !== 0 && !Number.isNaN(number)) return number;
  return compareText(a.instance.source, b.instance.source) || a.frame - b.frame;
}

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
