import { cross, dot, norm, normalize, type LpsMm, type Vec3 } from '../geometry/index.ts';
import type { Note } from '../quantity/index.ts';
import type { Attributes } from './attributes.ts';
import { pixelSpacing, type PictureKind } from './calibration.ts';
import type { FrameFacts, FrameMarks, Rescale, UltrasoundRegion, WindowPreset } from './types.ts';

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
  const read = (frame: Attributes | undefined): FrameFacts => {
    const group = (tag: string) => frame?.items(tag)[0] ?? shared?.items(tag)[0];
    const calibration = pixelSpacing(group('x00289110') ?? top, top, kind, regions);
    const rescale = readRescale(group('x00289145') ?? top, modality);
    for (const note of [...calibration.notes, ...rescale.notes]) notes.set(note.code, note);
    const windows = readWindows(group('x00289132') ?? top);
    return {
      position: readPosition(group('x00209113') ?? top),
      orientation: readOrientation(group('x00209116') ?? top),
      rescale: rescale.rescale,
      pixelSpacing: calibration.pixelSpacing,
      marks: readMarks(top, group),
      ...(group('x00289132') ? { windows } : {}),
    };
  };
  if (perFrame.length > 0 && (frames > 1 || shared !== undefined)) {
    const facts = perFrame.slice(0, frames).map(read);
    while (facts.length < frames) facts.push(read(undefined));
    return { facts, notes: [...notes.values()] };
  }
  const one = read(undefined);
  return { facts: doseFrames(top, frames, one) ?? [one], notes: [...notes.values()] };
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

function readPosition(data: Attributes): LpsMm | null {
  const [x, y, z] = data.decimals('x00200032') ?? [];
  return x === undefined || y === undefined || z === undefined ? null : [x, y, z];
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

function readRescale(data: Attributes, modality: string): { rescale: Rescale; notes: Note[] } {
  const identity: Rescale = { slope: 1, intercept: 0, unit: '1' };
  const type = data.text('x00281054').trim();
  if (!data.has('x00281052') && !data.has('x00281053')) {
    const notes = data.has('x00283000')
      ? [
          {
            code: 'modality-lut',
            message: 'The file gives its values by a table, which is not applied: values are as stored.',
          },
        ]
      : [];
    return { rescale: identity, notes };
  }
  const slope = data.decimal('x00281053') ?? (data.has('x00281053') ? Number.NaN : 1);
  const intercept = data.decimal('x00281052') ?? (data.has('x00281052') ? Number.NaN : 0);
  if (!Number.isFinite(slope) || slope === 0 || !Number.isFinite(intercept))
    return {
      rescale: identity,
      notes: [
        { code: 'rescale-unreadable', message: 'Rescale slope or intercept make no sense: values are as stored.' },
      ],
    };
  const unspecified = type === '' || type === 'US';
  const unit = modality === 'CT' && type === '' ? 'HU' : unspecified ? '1' : type;
  return { rescale: { slope, intercept, unit }, notes: [] };
}

export function readWindows(data: Attributes): WindowPreset[] {
  const centres = data.decimals('x00281050') ?? [];
  const widths = data.decimals('x00281051') ?? [];
  const names = data.values('x00281055');
  return centres.flatMap((centre, i) => {
    const width = widths[i];
    return width === undefined || !(width > 0) ? [] : [{ centre, width, name: names[i] || null }];
  });
}

function readMarks(top: Attributes, group: (tag: string) => Attributes | undefined): FrameMarks {
  const content = group('x00209111');
  const frameType = group('x00189226') ?? group('x00189329') ?? group('x00189301');
  const first = (...texts: (string | number | undefined)[]) => {
    const found = texts.find((text) => text !== undefined && text !== '');
    return found === undefined ? '' : String(found);
  };
  const date = top.text('x00080022') || top.text('x00080023');
  const time = top.text('x00080032') || top.text('x00080033');
  const trigger = top.decimal('x00181060');
  return {
    stack: content?.text('x00209056') ?? '',
    temporalPosition: first(content?.uint32('x00209128'), top.text('x00200100').trim()),
    acquisition: first(content?.uint16('x00209156'), top.text('x00200012').trim()),
    echo: first(group('x00189114')?.double('x00189082'), top.text('x00180081').trim()),
    bValue: first(group('x00189117')?.double('x00189087'), top.double('x00189087')),
    imageType: first(frameType?.text('x00089007'), top.text('x00080008')),
    segment: first(group('x0062000a')?.uint16('x0062000b')),
    time:
      first(content?.text('x00189074'), content?.text('x00189151'), top.text('x0008002a'), date + time) +
      (trigger === undefined ? '' : `+${trigger.toFixed(3).padStart(12, '0')}`),
  };
}
