import { cross, dot, norm, normalize, type LpsMm, type Vec3 } from '../geometry/index.ts';
import type { Note } from '../quantity/index.ts';
import { layered, type Attributes } from './attributes.ts';
import { pixelSpacing, type PictureKind } from './calibration.ts';
import { readMarks } from './frameMarks.ts';
import { readTable, readWindows } from './lookupTables.ts';
import { movingGantry, projectionGeometry } from './projectionGeometry.ts';
import type { FrameFacts, Rescale, UltrasoundRegion } from './types.ts';

/** The same facts of every frame, or those of each; notes told once. */
export interface FramesRead {
  readonly facts: readonly FrameFacts[];
  readonly notes: readonly Note[];
}

/**
 * The facts of the frames: of a classic image from the data set, of an enhanced one from the functional groups,
 * those of the frame before those shared by all (PS3.3 C.7.6.16).
 */
export function readFrames(
  top: Attributes,
  frames: number,
  modality: string,
  kind: PictureKind,
  regions: readonly UltrasoundRegion[],
): FramesRead {
  const shared = top.items('x52009229')[0];
  const perFrame = top.items('x52009230');
  const notes = new Map<string, Note>();
  const signed = top.uint16('x00280103') === 1;
  const sharedGroups = new Map<string, Attributes | undefined>();
  const sharedGroup = (tag: string) => {
    if (!sharedGroups.has(tag)) sharedGroups.set(tag, shared?.items(tag)[0]);
    return sharedGroups.get(tag);
  };
  const topRescale = readRescale(top, modality, signed);
  const read = (frame: Attributes | undefined): FrameFacts => {
    const group = (tag: string) => frame?.items(tag)[0] ?? sharedGroup(tag);
    const projection = kind === 'projection' ? [group('x00289443'), group('x00189476')] : [];
    const calibration = pixelSpacing(group('x00289110') ?? top, layered([...projection, top]), kind, regions);
    const transformation = group('x00289145');
    const rescale = transformation ? readRescale(transformation, modality, signed) : topRescale;
    const place = readPlace(group('x00209113') ?? top, group('x00209116') ?? top);
    for (const note of [...calibration.notes, ...rescale.notes, ...place.notes]) notes.set(note.code, note);
    const voi = group('x00289132') ?? unassignedWindows(group);
    const windows = voi && readWindows(voi, signed || rescale.rescale.intercept < 0);
    return {
      position: place.position,
      orientation: place.orientation,
      rescale: rescale.rescale,
      pixelSpacing: calibration.pixelSpacing,
      marks: readMarks(top, group),
      ...(kind === 'projection' ? { projection: projectionGeometry(top, group) } : {}),
      ...(windows ? { windows } : {}),
    };
  };
  if (perFrame.length > 0 && (frames > 1 || shared !== undefined)) {
    const facts = perFrame.slice(0, frames).map(read);
    const rest = facts.length < frames ? read(undefined) : undefined;
    while (rest !== undefined && facts.length < frames) facts.push(rest);
    return { facts, notes: [...notes.values()] };
  }
  const one = read(undefined);
  const gantry = one.projection && movingGantry(top, frames, one.projection);
  const facts = doseFrames(top, frames, one) ?? gantry?.map((projection) => ({ ...one, projection })) ?? [one];
  return { facts, notes: [...notes.values()] };
}

/** RT Dose: planes at offsets along the normal from the first (3004,000C). */
function doseFrames(top: Attributes, frames: number, first: FrameFacts): FrameFacts[] | undefined {
  const offsets = top.decimals('x3004000c');
  const { position, orientation } = first;
  if (frames < 2 || offsets?.length !== frames || !position || !orientation || offsets[0] !== 0) return undefined;
  const normal = cross(orientation[0], orientation[1]);
  return offsets.map((mm) => ({
    ...first,
    position: [position[0] + normal[0] * mm, position[1] + normal[1] * mm, position[2] + normal[2] * mm],
  }));
}

/** No place in a patient is a kilometre away: such numbers are a fault of the file, and their squares have no end. */
const FARTHEST_MM = 1e6;

function readPlace(
  positions: Attributes,
  orientations: Attributes,
): Pick<FrameFacts, 'position' | 'orientation'> & { readonly notes: readonly Note[] } {
  const position = readPosition(positions);
  const orientation = readOrientation(orientations);
  const told = [
    ...(position === null && positions.text('x00200032') !== '' ? ['Image Position (Patient)'] : []),
    ...(orientation === null && orientations.text('x00200037') !== '' ? ['Image Orientation (Patient)'] : []),
  ];
  const message = `${told.join(' and ')} ${told.length === 1 ? 'makes' : 'make'} no sense: such an image has no place in the patient.`;
  return { position, orientation, notes: told.length === 0 ? [] : [{ code: 'position-unreadable', message }] };
}

function readPosition(data: Attributes): LpsMm | null {
  const [x, y, z] = data.decimals('x00200032') ?? [];
  if (x === undefined || y === undefined || z === undefined) return null;
  return [x, y, z].every((mm) => Math.abs(mm) <= FARTHEST_MM) ? [x, y, z] : null;
}

/** null where the two are no unit vectors at right angles, within what rounded decimals may do. */
function readOrientation(data: Attributes): readonly [Vec3, Vec3] | null {
  const [a, b, c, d, e, f] = data.decimals('x00200037') ?? [];
  if (a === undefined || b === undefined || c === undefined) return null;
  if (d === undefined || e === undefined || f === undefined) return null;
  const row: Vec3 = [a, b, c];
  const column: Vec3 = [d, e, f];
  if (Math.abs(norm(row) - 1) > 0.02 || Math.abs(norm(column) - 1) > 0.02) return null;
  if (Math.abs(dot(row, column)) > 0.01) return null;
  return [normalize(row), normalize(column)];
}

/** Legacy converted objects keep the windows of the single images among what they could not place. */
function unassignedWindows(group: (tag: string) => Attributes | undefined): Attributes | undefined {
  const loose = group('x00209171') ?? group('x00209170');
  return loose?.has('x00281050') === true ? loose : undefined;
}

const UNSPECIFIED = new Set(['', 'US']);

/** The Modality LUT where there is one (as pydicom and dcmtk do), else slope and intercept. */
function readRescale(data: Attributes, modality: string, signed: boolean): { rescale: Rescale; notes: Note[] } {
  const identity: Rescale = { slope: 1, intercept: 0, unit: '1' };
  const [item] = data.items('x00283000');
  const table = item && readTable(item, signed);
  if (item && table) {
    const type = item.text('x00283004').trim();
    const { first, values } = table;
    return {
      rescale: { ...identity, unit: UNSPECIFIED.has(type.toUpperCase()) ? '1' : type, table: { first, values } },
      notes: [],
    };
  }
  if (!data.has('x00281052') && !data.has('x00281053')) {
    const message = 'The file gives its values by a table that is damaged: values are as stored.';
    return { rescale: identity, notes: item ? [{ code: 'modality-lut', message }] : [] };
  }
  const type = data.text('x00281054').trim();
  const slope = data.decimal('x00281053') ?? (data.has('x00281053') ? Number.NaN : 1);
  const intercept = data.decimal('x00281052') ?? (data.has('x00281052') ? Number.NaN : 0);
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept))
    return {
      rescale: identity,
      notes: [
        { code: 'rescale-unreadable', message: 'Rescale slope or intercept make no sense: values are as stored.' },
      ],
    };
  const unit = modality === 'CT' && type === '' ? 'HU' : UNSPECIFIED.has(type.toUpperCase()) ? '1' : type;
  return { rescale: { slope, intercept, unit }, notes: [] };
}
