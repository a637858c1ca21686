import type { Note } from '../quantity/index.ts';
import { samePair } from './calibration.ts';
import type { Entry } from './entry.ts';
import { compareText, inOrder, isPlaced, patientKey, splitIntoParts, type Part } from './parts.ts';
import { isUltrasound } from './sopClasses.ts';
import { sliceOffset, stackGeometry, type Slice } from './stackGeometry.ts';
import type { FrameFacts, Instance, PixelSpacing, Series, Why } from './types.ts';

export interface BuiltSeries {
  readonly series: readonly Series[];
  /** Files with the SOP Instance UID of another, which are left out. Whether their pixels differ, their reader can tell. */
  readonly duplicates: readonly { readonly kept: Instance; readonly dropped: Instance }[];
}

/** Unique among everything scanned. */
export function seriesKey(seriesInstanceUID: string, part: string | null): string {
  return part === null ? seriesInstanceUID : `${seriesInstanceUID}#${part}`;
}

const NOTHING: FrameFacts = {
  position: null,
  orientation: null,
  rescale: { slope: 1, intercept: 0, unit: '1' },
  pixelSpacing: null,
};

/** The facts of one frame (from 1). */
export function frameFacts(instance: Instance, frame: number): FrameFacts {
  return (instance.facts.length > 1 ? instance.facts[frame - 1] : instance.facts[0]) ?? NOTHING;
}

/**
 * Series from instances, in any order, the same for the same set. Called again as files come in; O(n log n).
 * One Series Instance UID that holds several stacks gives several entries, each with its `part`.
 *
 * @param nameOf how a person finds an image in a note: a path relative to what was opened; default its SOP Instance UID.
 */
export function buildSeries(
  instances: readonly Instance[],
  nameOf: (instance: Instance) => string = ({ sopInstanceUID }) => sopInstanceUID,
): BuiltSeries {
  const sorted = [...instances].sort((a, b) => compareText(a.source, b.source));
  const kept = new Map<string, Instance>();
  const duplicates: { kept: Instance; dropped: Instance }[] = [];
  for (const instance of sorted) {
    const first = kept.get(instance.sopInstanceUID);
    if (first === undefined) kept.set(instance.sopInstanceUID, instance);
    else if (first.source !== instance.source) duplicates.push({ kept: first, dropped: instance });
  }
  const bySeries = new Map<string, Entry[]>();
  for (const instance of kept.values()) {
    const entries = bySeries.get(instance.seriesInstanceUID) ?? [];
    bySeries.set(instance.seriesInstanceUID, entries);
    for (let frame = 1; frame <= instance.frames; frame++)
      entries.push({ instance, frame, facts: frameFacts(instance, frame) });
  }
  const series = [...bySeries].flatMap(([uid, entries]) => seriesOf(uid, entries, nameOf));
  return { series, duplicates };
}

function seriesOf(uid: string, entries: readonly Entry[], nameOf: (instance: Instance) => string): Series[] {
  const parts = splitIntoParts([...entries].sort(inOrder));
  const labels = uniqueLabels(parts);
  const patients = new Set(entries.map(patientKey(entries)));
  const shared: Note[] = [];
  if (patients.size > 1)
    shared.push({
      code: 'mixed-patients',
      message: `This series mixes ${patients.size} patients; each stands by itself.`,
    });
  if (parts.length > 1)
    shared.push({
      code: 'split-into-parts',
      message: `This series holds ${parts.length} stacks, told apart by: ${labels.join('; ')}. Each is shown and measured by itself.`,
    });
  return parts.map((part, i) => seriesOfPart(uid, parts.length > 1 ? (labels[i] ?? null) : null, part, shared, nameOf));
}

function uniqueLabels(parts: readonly Part[]): string[] {
  const seen = new Map<string, number>();
  return parts.map(({ labels }) => {
    const label = labels.join(', ') || 'images';
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${label} (${times})`;
  });
}

function seriesOfPart(
  uid: string,
  label: string | null,
  part: Part,
  shared: readonly Note[],
  nameOf: (instance: Instance) => string,
): Series {
  const ordered = inDisplayOrder(part);
  const instances: Instance[] = [];
  const indexOf = new Map<Instance, number>();
  const index = (instance: Instance) => {
    const known = indexOf.get(instance);
    if (known !== undefined) return known;
    indexOf.set(instance, instances.length);
    instances.push(instance);
    return instances.length - 1;
  };
  const frames = ordered.map(({ instance, frame }) => ({ instance: index(instance), frame }));
  for (const { left } of part.repeated) index(left.instance);
  const first = ordered[0]?.instance ?? part.entries[0]?.instance;
  if (first === undefined) throw new RangeError('a part of a series holds no picture');
  const name = ({ instance, frame }: Entry) => nameOf(instance) + (instance.frames > 1 ? ` frame ${frame}` : '');
  const repeats = part.repeated.map(({ used, left }): Note => ({
    code: 'duplicate-slices',
    message: `Two images lie at one place: ${name(used)} is used, ${name(left)} is not.`,
  }));
  const spacing = commonSpacing(ordered);
  const geometry = geometryOf(part, ordered, first, spacing, name);
  return {
    key: seriesKey(uid, label),
    seriesInstanceUID: uid,
    part: label,
    frameOfReferenceUID: first.frameOfReferenceUID,
    modality: first.modality,
    description: first.series.description,
    number: first.series.number,
    patient: first.patient,
    study: first.study,
    rows: first.pixel.rows,
    columns: first.pixel.columns,
    instances,
    frames,
    volume: geometry.volume,
    why: geometry.why,
    pixelSpacing: spacing,
    ...frameTimes(instances),
    notes: [...shared, ...repeats, ...geometry.notes, ...stackOrder(ordered), ...instanceNotes(instances, nameOf)],
  };
}

/** Enhanced images number the places in a stack; where the positions disagree, the positions are right. */
function stackOrder(ordered: readonly Entry[]): Note[] {
  const numbers = ordered.flatMap(({ facts }) => facts.marks?.inStack ?? []);
  if (numbers.length < ordered.length || numbers.length < 2) return [];
  const ascending = numbers.every((number, i) => i === 0 || number > (numbers[i - 1] ?? 0));
  const descending = numbers.every((number, i) => i === 0 || number < (numbers[i - 1] ?? 0));
  if (ascending || descending) return [];
  return [
    {
      code: 'frame-order-disagrees',
      message: 'The numbers of the frames in their stack do not follow their positions; the positions are used.',
    },
  ];
}

function inDisplayOrder(part: Part): Entry[] {
  const stack = !part.mixedOrientation && part.entries.every(({ facts }) => isPlaced(facts));
  const reference = part.entries[0]?.facts.orientation;
  if (!stack || !reference) return [...part.entries].sort(inOrder);
  const at = new Map(
    part.entries.map((entry) => [entry, entry.facts.position ? sliceOffset(entry.facts.position, reference) : 0]),
  );
  return [...part.entries].sort((a, b) => (at.get(a) ?? 0) - (at.get(b) ?? 0) || inOrder(a, b));
}

function geometryOf(
  part: Part,
  ordered: readonly Entry[],
  first: Instance,
  spacing: PixelSpacing | null,
  name: (entry: Entry) => string,
): Pick<Series, 'volume' | 'why' | 'notes'> {
  const why: Why[] = [];
  const placed = ordered.every(({ facts }) => isPlaced(facts));
  if (first.projection !== null) why.push('projection');
  else if (!placed && isUltrasound(first.sopClassUID, first.modality)) why.push('ultrasound');
  if (first.pixel.samplesPerPixel === 3 || first.pixel.photometricInterpretation === 'PALETTE COLOR') why.push('color');
  if (ordered.length === 1) why.push('single-image');
  else if (!placed && why.length === 0) why.push('no-position');
  if (part.mixedOrientation) why.push('mixed-orientation');
  const orientation = ordered[0]?.facts.orientation;
  if (why.length > 0 || !orientation) return { volume: null, why, notes: [] };
  const slices = ordered.flatMap((entry): Slice[] =>
    entry.facts.position === null ? [] : [{ position: entry.facts.position, name: name(entry) }],
  );
  return stackGeometry(slices, orientation, spacing, first.pixel.rows, first.pixel.columns);
}

/** null also where it differs between frames. */
function commonSpacing(entries: readonly Entry[]): PixelSpacing | null {
  const first = entries[0]?.facts.pixelSpacing ?? null;
  if (first === null) return null;
  const alike = entries.every(
    ({ facts: { pixelSpacing } }) =>
      pixelSpacing !== null && pixelSpacing.basis === first.basis && samePair(pixelSpacing.mm, first.mm),
  );
  return alike ? first : null;
}

function frameTimes(instances: readonly Instance[]): Pick<Series, 'frameRate' | 'frameTimes'> {
  const timing = instances[0]?.timing ?? null;
  if (timing === null || instances.length > 1) return { frameRate: null, frameTimes: null };
  return 'intervalMs' in timing
    ? { frameRate: 1000 / timing.intervalMs, frameTimes: null }
    : { frameRate: null, frameTimes: timing.timesMs };
}

/** What the images say of themselves, once for the series; where not all say it, which is the first. */
function instanceNotes(instances: readonly Instance[], nameOf: (instance: Instance) => string): Note[] {
  const told = new Map<string, { note: Note; first: Instance; count: number }>();
  for (const instance of instances)
    for (const note of instance.notes) {
      const known = told.get(note.code);
      if (known === undefined) told.set(note.code, { note, first: instance, count: 1 });
      else known.count += 1;
    }
  return [...told.values()].map(({ note, first, count }) =>
    count === instances.length
      ? note
      : { ...note, message: `${note.message} (${count} of ${instances.length} images, first ${nameOf(first)})` },
  );
}
