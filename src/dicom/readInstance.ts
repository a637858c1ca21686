import type { Note } from '../quantity/index.ts';
import { layered, type Attributes } from './attributes.ts';
import { ultrasoundRegions, type PictureKind } from './calibration.ts';
import { growth, openHeader, type FileHeader } from './fileHeader.ts';
import { readDose } from './dose.ts';
import { readFrames } from './frames.ts';
import { readWindows } from './lookupTables.ts';
import { readOverlays } from './overlays.ts';
import { locatePixelData, readFrameCount, readPixelFormat, type PixelFault } from './pixelElement.ts';
import { isProjection, isUltrasound, noImageClass } from './sopClasses.ts';
import { readShutter } from './shutter.ts';
import { frameTiming } from './timing.ts';
import { transferSyntax } from './transferSyntaxes.ts';
import type { FrameFacts, Instance } from './types.ts';

/** What the head of a file turned out to be. */
export type ReadInstance =
  | { readonly kind: 'image'; readonly instance: Instance }
  /** The head is too short: call again with the first `bytes` bytes of the file (always more than before). */
  | { readonly kind: 'more'; readonly bytes: number }
  | {
      readonly kind: 'other';
      readonly reason: 'not-dicom' | 'no-image' | 'truncated' | 'unsupported-syntax' | 'unreadable' | 'too-large';
      /** A sentence for a person, without the file's name. */
      readonly message: string;
      readonly sopInstanceUID?: string;
      readonly sopClassUID?: string;
    };

/** A header longer than this is refused. */
const LONGEST_HEADER = 128 * 1024 * 1024;

/**
 * Reads one file from its first bytes, up to the pixel data and never beyond.
 *
 * @param head      the first bytes of the file; 64 KiB hold nearly every header.
 * @param fileSize  bytes of the whole file.
 * @param source    becomes `instance.source`.
 * @returns an image, a request for a longer head, or why there is no image. Never throws, whatever the bytes are.
 */
export function readInstance(head: Uint8Array, fileSize: number, source: string): ReadInstance {
  try {
    return read(head, fileSize, source);
  } catch {
    return { kind: 'other', reason: 'unreadable', message: 'The header is damaged.' };
  }
}

function read(head: Uint8Array, fileSize: number, source: string): ReadInstance {
  const opened = openHeader(head, fileSize);
  if (opened.kind === 'more') return opened;
  if (opened.kind !== 'header') return { kind: 'other', reason: opened.kind, message: opened.message };
  const { header } = opened;
  const { data } = header;
  const sopClassUID = data.text('x00080016') || header.mediaStorageSOPClassUID;
  const sopInstanceUID = data.text('x00080018') || header.mediaStorageSOPInstanceUID;
  const other = (reason: (ReadInstance & { kind: 'other' })['reason'], message: string): ReadInstance => ({
    kind: 'other',
    reason,
    message,
    ...(sopInstanceUID === '' ? {} : { sopInstanceUID }),
    ...(sopClassUID === '' ? {} : { sopClassUID }),
  });
  const nothing = noImageClass(sopClassUID);
  if (nothing !== undefined) return other('no-image', `The file holds no picture: it is ${nothing}.`);
  if (header.pixelData === undefined) {
    const more = longerHead(header, head, fileSize);
    if (more !== undefined) return more;
    if (sopInstanceUID === '' && !data.has('x00280010'))
      return header.whole
        ? other('no-image', 'The file holds no picture.')
        : other('unreadable', 'The header is damaged.');
    if (!header.whole) return other('truncated', 'The file ends inside its header.');
    if (data.has('x00280010')) return other('truncated', 'The file ends before its pixel data.');
    return other('no-image', 'The file holds no picture.');
  }
  const syntax = transferSyntax(header.transferSyntaxUID);
  if (!syntax.supported)
    return other('unsupported-syntax', `The pictures are compressed as ${syntax.name}, which is not read.`);
  const pixel = readPixelFormat(header);
  if (isFault(pixel)) return other(pixel.reason, pixel.message);
  const frames = readFrameCount(data);
  if (typeof frames !== 'number') return other(frames.reason, frames.message);
  const pixelData = locatePixelData(header, syntax, pixel, frames, fileSize);
  if (isFault(pixelData)) return other(pixelData.reason, pixelData.message);
  return {
    kind: 'image',
    instance: instanceOf(
      header,
      { source, sopClassUID, sopInstanceUID: sopInstanceUID || unnamed(header), pixel, frames, pixelData },
      startsAsProgram(head),
    ),
  };
}

/** Programs hide in the 128 bytes before DICM: of Windows (MZ), Linux (ELF), macOS (Mach-O), or a script (#!). */
function startsAsProgram(head: Uint8Array): boolean {
  const [a, b, c, d] = head;
  if (head.length < 132 || String.fromCharCode(...head.subarray(128, 132)) !== 'DICM') return false;
  if ((a === 0x4d && b === 0x5a) || (a === 0x23 && b === 0x21)) return true;
  if (a === 0x7f && b === 0x45 && c === 0x4c && d === 0x46) return true;
  const magic = [a, b, c, d].map((byte) => (byte ?? 0).toString(16).padStart(2, '0')).join('');
  return ['feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe'].includes(magic);
}

function longerHead(header: FileHeader, head: Uint8Array, fileSize: number): ReadInstance | undefined {
  if (head.length >= fileSize) return undefined;
  if (head.length >= LONGEST_HEADER)
    return { kind: 'other', reason: 'too-large', message: 'The header is too long to be read.' };
  // Past group 28 without a size of picture: what follows is something else, and may be long.
  const pastImageGroup =
    !header.deflated && header.whole && header.data.has('x00080016') && head.length > 4 * 1024 * 1024;
  if (pastImageGroup && !header.data.has('x00280010')) return undefined;
  return { kind: 'more', bytes: growth(head.length * 4, fileSize) };
}

function isFault(value: object): value is PixelFault {
  return 'reason' in value;
}

type Known = Pick<Instance, 'source' | 'sopClassUID' | 'sopInstanceUID' | 'pixel' | 'frames' | 'pixelData'>;

function instanceOf(header: FileHeader, known: Known, isProgram: boolean): Instance {
  const { data } = header;
  const modality = data.text('x00080060').trim().toUpperCase();
  const regions = ultrasoundRegions(data);
  const kind = pictureKind(data, known.sopClassUID, modality);
  const { facts, notes: frameNotes } = readFrames(data, known.frames, modality, kind, regions);
  const { timing, notes: timeNotes } = frameTiming(data, known.frames);
  const placed = kind === 'patient' && facts.some(({ position }) => position !== null);
  const [vertical, horizontal] = data.decimals('x00280034') ?? [];
  const number = data.decimal('x00200013');
  const windows = readWindows(data, known.pixel.signed || (facts[0]?.rescale.intercept ?? 0) < 0);
  const overlays = readOverlays(data, known.frames);
  const dose = readDose(data);
  const shutter = kind === 'projection' ? readShutter(data) : undefined;
  const notes: Note[] = [...frameNotes, ...timeNotes];
  // One literal without spreads: this is made for every file of a scan.
  const instance: Instance = {
    source: known.source,
    sopClassUID: known.sopClassUID,
    sopInstanceUID: known.sopInstanceUID,
    pixel: known.pixel,
    frames: known.frames,
    pixelData: known.pixelData,
    transferSyntaxUID: header.transferSyntaxUID,
    seriesInstanceUID: data.text('x0020000e').trim() || known.sopInstanceUID,
    frameOfReferenceUID: data.text('x00200052').trim() || null,
    modality,
    patient: {
      name: data.personName('x00100010'),
      id: data.words('x00100020'),
      birthDate: data.text('x00100030').trim(),
      sex: data.text('x00100040').trim(),
    },
    study: {
      studyInstanceUID: data.text('x0020000d').trim(),
      date: data.text('x00080020').trim(),
      time: data.text('x00080030').trim(),
      description: data.words('x00081030'),
    },
    series: {
      number: data.decimal('x00200011') ?? null,
      description: data.words('x0008103e'),
      bodyPart: data.text('x00180015').trim(),
      date: data.text('x00080021').trim(),
      time: data.text('x00080031').trim(),
    },
    instanceNumber: number ?? null,
    acquisition: data.text('x00200012').trim(),
    imageType: data.values('x00080008'),
    patientPosition: data.text('x00185100').trim(),
    sliceThicknessMm: data.decimal('x00180050') ?? null,
    facts: facts.length > 1 && facts.every((fact) => sameFacts(fact, facts[0])) ? facts.slice(0, 1) : facts,
    pixelAspectRatio:
      vertical && horizontal && vertical > 0 && horizontal > 0 ? ([vertical, horizontal] as const) : ([1, 1] as const),
    windows: windows.length > 0 ? windows : (facts[0]?.windows ?? []),
    projection: kind === 'projection' ? projectionFacts(data) : null,
    // A stack in space is no cine, though each of its frames has a time.
    timing: placed && !data.has('x00181063') && !data.has('x00181065') ? null : timing,
    lossy: data.text('x00282110').trim() === '01',
    notes,
  };
  if (data.text('x0020000e').trim() === '')
    notes.push({ code: 'no-series-uid', message: 'The file names no series; it stands by itself.' });
  if (known.pixel.floating === true && known.pixel.bitsAllocated === 64)
    notes.push({ code: 'double-precision', message: 'Pixels of double precision are read with seven digits.' });
  if (known.frames > 1) notes.push(...subtractionNotes(data));
  if (isProgram)
    notes.push({
      code: 'program-in-preamble',
      message: 'The file begins like a program. It is read as a picture only; do not start it.',
    });
  if (data.reader.guessed)
    notes.unshift({
      code: 'character-set-undeclared',
      message: 'Names hold letters of a character set that the file does not declare; they may be spelled wrongly.',
    });
  const representative = known.frames > 1 ? representativeFrame(data, known.frames) : undefined;
  const extras = regions.length > 0 || overlays.length > 0 || dose !== undefined || shutter !== undefined;
  if (!extras && representative === undefined) return instance;
  return {
    ...instance,
    ...(representative === undefined ? {} : { representativeFrame: representative }),
    ...(regions.length > 0 ? { regions } : {}),
    ...(overlays.length > 0 ? { overlays } : {}),
    ...(dose ? { dose } : {}),
    ...(shutter ? { shutter } : {}),
  };
}

function pictureKind(data: Attributes, sopClassUID: string, modality: string): PictureKind {
  const groups = data.has('x52009229') || data.has('x52009230');
  const positioned = groups || (data.has('x00200032') && data.has('x00200037'));
  if (isProjection(sopClassUID, modality, positioned)) return 'projection';
  if (isUltrasound(sopClassUID, modality) && !positioned) return 'ultrasound';
  if (positioned || ['CT', 'MR', 'PT', 'NM'].includes(modality)) return 'patient';
  return 'other';
}

/** Enhanced XA keeps them in functional groups; those of the first frame are told. */
function projectionFacts(top: Attributes): Instance['projection'] {
  const shared = top.items('x52009229')[0];
  const frame = top.items('x52009230')[0];
  const group = (tag: string) => frame?.items(tag)[0] ?? shared?.items(tag)[0];
  const data = layered([group('x00289443'), group('x00189476'), group('x00189405'), top]);
  const [rows, columns] = data.decimals('x00181164') ?? [];
  return {
    imagerPixelSpacing: rows && columns && rows > 0 && columns > 0 ? [rows, columns] : null,
    sourceToDetectorMm: data.decimal('x00181110') ?? null,
    sourceToPatientMm: data.decimal('x00181111') ?? data.float('x00189402') ?? null,
    primaryAngleDeg: data.decimal('x00181510') ?? null,
    secondaryAngleDeg: data.decimal('x00181511') ?? null,
  };
}

/** A name for an image that has none: the same bytes give the same name. */
function unnamed(header: FileHeader): string {
  let hash = 0x811c9dc5;
  for (const byte of header.bytes.subarray(0, 8192)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return `unnamed-${hash.toString(16)}`;
}

/** Tables are compared by identity: one that all frames share is read once. */
function sameFacts(a: FrameFacts, b: FrameFacts | undefined): boolean {
  if (a.rescale.table !== b?.rescale.table) return false;
  return JSON.stringify(a, withoutTables) === JSON.stringify(b, withoutTables);
}

function withoutTables(key: string, value: unknown): unknown {
  return key === 'table' ? undefined : value;
}

function representativeFrame(data: Attributes, frames: number): number | undefined {
  const named = data.uint16('x00286010');
  return named !== undefined && named >= 1 && named <= frames ? named : undefined;
}

/** A mask of more frames than this is told by its first ones. */
const mostMaskFrames = 8;
function maskFrames(item: Attributes): number[] {
  const found: number[] = [];
  // One more than are named, to know that there are more.
  for (let i = 0; i <= mostMaskFrames; i += 1) {
    const frame = item.uint16('x00286110', i);
    if (frame === undefined) break;
    found.push(frame);
  }
  return found;
}

/** A run with mask frames (PS3.3 C.7.6.10) is shown as acquired: a reader must know that the vessels are meant to be seen without bone. */
function subtractionNotes(data: Attributes): readonly Note[] {
  const masks = [...new Set(data.items('x00286100').flatMap(maskFrames))];
  const wanted = data.text('x00281090').trim() === 'SUB';
  if (masks.length === 0 && !wanted) return [];
  const some = masks.slice(0, mostMaskFrames).map(String);
  const last = masks.length > mostMaskFrames ? 'more' : some.pop();
  const list = [some.join(', '), last].filter(Boolean).join(' and ');
  const named = masks.length === 0 ? '' : ` with mask ${masks.length === 1 ? 'frame' : 'frames'} ${list}`;
  // The first sentence stands on the picture.
  const message = `A subtraction run (DSA), shown as acquired. The file ${wanted ? 'recommends' : 'allows'} subtraction${named}.`;
  return [{ code: 'subtraction-run', message }];
}
