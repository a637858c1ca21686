import { cross, distance, normalize, type Vec3 } from '../geometry/index.ts';
import { shown } from './attributes.ts';
import { samePair } from './calibration.ts';
import type { Entry } from './entry.ts';
import { MARKS, labelsOf, type Mark } from './partMarks.ts';
import { SAME_PLACE_MM, sliceOffset, stackGeometry } from './stackGeometry.ts';
import type { FrameFacts, Why } from './types.ts';

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
  by(keyed(patientKey(entries), (key) => `patient ${shown(key.split('\0')[0] ?? '') || 'without a name'}`));
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
  return parts.flatMap(splitRepeats).flatMap(splitShifted);
}

/**
 * Who is in the picture: the ID, and the name where one ID goes with several names or the ID is missing. Spelling in
 * capitals or without delimiters is no other name.
 */
export function patientKey(entries: readonly Entry[]): (entry: Entry) => string {
  const namesOf = new Map<string, Set<string>>();
  const plain = (name: string) => (name.split('=')[0] ?? '').toUpperCase().replace(/[\s^.,]+/g, '');
  for (const { instance } of entries) {
    const { id, name } = instance.patient;
    const names = namesOf.get(id) ?? new Set();
    namesOf.set(id, names);
    if (plain(name) !== '') names.add(plain(name));
  }
  return ({ instance: { patient } }) =>
    patient.id !== '' && (namesOf.get(patient.id)?.size ?? 0) <= 1
      ? patient.id
      : `${patient.id || patient.name}\0${plain(patient.name)}`;
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
  const names = clusters.map(({ like }) => planeName(like));
  const told = clusters.map(({ like }, i) => {
    const name = names[i] ?? '';
    // Two gantry positions in one series lie in one plane by name: their tilts tell them apart.
    return names.indexOf(name) === names.lastIndexOf(name) ? name : `${name}, tilted ${tiltDegrees(like).toFixed(1)}°`;
  });
  return clusters.map(({ entries }, i) => ({ ...part, entries, labels: [...part.labels, told[i] ?? ''] }));
}

/** Between the slices' normal and the nearest axis of the patient. */
function tiltDegrees([row, column]: readonly [Vec3, Vec3]): number {
  const most = Math.max(...normalize(cross(row, column)).map(Math.abs));
  return (Math.acos(Math.min(1, most)) * 180) / Math.PI;
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

/** Several pictures at one place: phases, times, echoes; told apart by what the file marks them with, else by order. */
function splitRepeats(part: Part): Part[] {
  if (part.mixedOrientation || !part.entries.every(({ facts }) => isPlaced(facts))) return [part];
  const places = placesOf(part.entries);
  const most = Math.max(...places.map((place) => place.length));
  if (most < 2) return [part];
  for (const mark of MARKS) {
    const groups = groupBy(part.entries, (entry) => mark.of(entry));
    if (groups.size < 2 || groups.size > 2 * most) continue;
    const apart = places.some((place) => new Set(place.map((entry) => mark.of(entry))).size > 1);
    if (apart) return parted(part, mark, groups).flatMap(splitRepeats);
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

function parted(part: Part, mark: Mark, groups: ReadonlyMap<string, readonly Entry[]>): Part[] {
  const labels = labelsOf(mark, groups);
  return [...groups.values()].map((entries, i) => ({ ...part, entries, labels: [...part.labels, labels[i] ?? ''] }));
}

/**
 * Phases whose places do not meet (another breath, another start of the table): an uneven stack that a mark parts into
 * even ones. An even stack is left whole, unless what differs makes another picture of the same places' neighbours
 * (time, echo, b-value), not merely another part of one acquisition (interleaved slices).
 */
function splitShifted(part: Part): Part[] {
  const { entries } = part;
  if (part.mixedOrientation || entries.length < 4 || !entries.every(({ facts }) => isPlaced(facts))) return [part];
  const verdict = evenness(entries);
  for (const mark of MARKS) {
    if (!mark.ownPlaces || (verdict === undefined && !mark.otherPicture)) continue;
    const groups = groupBy(entries, (entry) => mark.of(entry));
    if (groups.size < 2 || groups.size > 64) continue;
    const lists = [...groups.values()];
    if (!lists.every((list) => list.length > 1 && evenness(list) === undefined)) continue;
    if (verdict !== 'uneven-spacing' && !mark.isStack && !overlapping(lists)) continue;
    return parted(part, mark, groups);
  }
  return [part];
}

/** Why these slices make no volume; undefined where they do. */
function evenness(entries: readonly Entry[]): Why | undefined {
  const orientation = entries[0]?.facts.orientation;
  if (!orientation) return 'no-position';
  const slices = entries.flatMap(({ facts }) => (facts.position ? [{ position: facts.position, name: '' }] : []));
  slices.sort((a, b) => sliceOffset(a.position, orientation) - sliceOffset(b.position, orientation));
  return stackGeometry(slices, orientation, { mm: [1, 1], basis: 'patient' }, 1, 1).why[0];
}

/** Whether each stack shares more than half of its extent, or of the first's, with the first. */
function overlapping(lists: readonly (readonly Entry[])[]): boolean {
  const ranges = lists.map((list) => {
    const at = list.map(({ facts: { position, orientation } }) =>
      position && orientation ? sliceOffset(position, orientation) : 0,
    );
    return { low: Math.min(...at), high: Math.max(...at) };
  });
  const [first] = ranges;
  return ranges.every(({ low, high }) => {
    if (first === undefined) return false;
    const shared = Math.min(high, first.high) - Math.max(low, first.low);
    return shared > 0.5 * Math.min(high - low, first.high - first.low);
  });
}

/** Every place holds as many pictures: the first of each make the first stack, and so on. */
function byRank(part: Part, places: readonly (readonly Entry[])[], count: number): Part[] {
  const timed = part.entries.every(({ facts }) => (facts.marks?.time ?? '') !== '');
  const triggered = part.entries.every(({ facts }) => facts.marks?.trigger !== undefined);
  const rank = (a: Entry, b: Entry) =>
    (triggered ? Number(a.facts.marks?.trigger) - Number(b.facts.marks?.trigger) : 0) ||
    (timed ? compareText(timeOf(a), timeOf(b)) : 0) ||
    inOrder(a, b);
  const sorted = places.map((place) => [...place].sort(rank));
  return Array.from({ length: count }, (_, k) => ({
    ...part,
    entries: sorted.flatMap((place) => place.slice(k, k + 1)),
    labels: [...part.labels, `${timed || triggered ? 'phase' : 'set'} ${k + 1}`],
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
