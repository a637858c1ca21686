import type { Note } from '../quantity/index.ts';
import { parseDecimal, shown, type Attributes } from './attributes.ts';
import type { PixelSpacing, UltrasoundRegion } from './types.ts';

/** What sort of picture the spacing belongs to decides what its millimetres mean. */
export type PictureKind = 'patient' | 'projection' | 'ultrasound' | 'other';

export interface Calibration {
  readonly pixelSpacing: PixelSpacing | null;
  readonly notes: readonly Note[];
}

type Pair = readonly [number, number];
/** Two spacings are one where they differ by less than a tenth of a per cent (rounding of decimal text). */
const SAME = 1e-3;

/**
 * Pixel spacing with its basis, contract.md "Basis of a pixel spacing" and measures.md section 7.
 *
 * @param data  where Pixel Spacing stands: the data set, or a Pixel Measures item.
 * @param top   the data set, for calibration type and the projection's distances.
 * @returns [between rows, between columns] in mm, or null with a note where the text is no pair of positive numbers.
 */
export function pixelSpacing(
  data: Attributes,
  top: Attributes,
  kind: PictureKind,
  regions: readonly UltrasoundRegion[],
): Calibration {
  const own = readPair(data, 'x00280030', 'Pixel Spacing');
  if (kind === 'patient') return { pixelSpacing: own.mm ? { mm: own.mm, basis: 'patient' } : null, notes: own.notes };
  if (kind === 'ultrasound' && regions.length > 0) return regionSpacing(regions);
  const detector = readPair(top, 'x00181164', 'Imager Pixel Spacing');
  const scanned = readPair(top, 'x00182010', 'Nominal Scanned Pixel Spacing');
  const notes = [...own.notes, ...detector.notes, ...scanned.notes];
  const type = top.text('x00280a02').toUpperCase();
  if (own.mm && type === 'FIDUCIAL') return { pixelSpacing: { mm: own.mm, basis: 'calibrated' }, notes };
  if (own.mm && type === 'GEOMETRY') return { pixelSpacing: { mm: own.mm, basis: 'estimated' }, notes };
  if (own.mm && detector.mm && !samePair(own.mm, detector.mm))
    return { pixelSpacing: { mm: own.mm, basis: 'estimated' }, notes };
  const plane = detector.mm ?? (scanned.mm && own.mm && samePair(own.mm, scanned.mm) ? scanned.mm : undefined);
  if (plane) return { pixelSpacing: { mm: plane, basis: 'detector' }, notes: [...notes, ...isocentre(top, plane)] };
  if (own.mm)
    return {
      pixelSpacing: { mm: own.mm, basis: 'estimated' },
      notes: [
        ...notes,
        {
          code: 'calibration-unknown',
          message: 'The file gives a pixel spacing but does not say in which plane it holds: lengths are in pixels.',
        },
      ],
    };
  if (scanned.mm) return { pixelSpacing: { mm: scanned.mm, basis: 'detector' }, notes };
  return { pixelSpacing: null, notes };
}

/** Source to detector, source to patient: the scale at the isocentre is told, never used unasked. */
function isocentre(top: Attributes, detector: Pair): Note[] {
  const sourceToDetector = top.decimal('x00181110');
  const sourceToPatient = top.decimal('x00181111') ?? top.float('x00189402');
  if (!sourceToDetector || !sourceToPatient || sourceToDetector <= 0 || sourceToPatient <= 0) return [];
  const factor = sourceToPatient / sourceToDetector;
  if (!(factor > 0 && factor <= 1)) return [];
  const [rows, columns] = detector.map((mm) => Number((mm * factor).toFixed(4)));
  return [
    {
      code: 'calibration-isocentre',
      message: `Spacing is the detector's; at the isocentre it would be ${rows} x ${columns} mm (rows x columns).`,
    },
  ];
}

/** One scale for the picture only where every region in centimetres has the same and none has other units. */
function regionSpacing(regions: readonly UltrasoundRegion[]): Calibration {
  const scales = regions.filter((region) => region.unitsX === 3 && region.unitsY === 3);
  const [first] = scales;
  if (first === undefined || scales.length < regions.length) return { pixelSpacing: null, notes: [] };
  const mm: Pair = [Math.abs(first.deltaY) * 10, Math.abs(first.deltaX) * 10];
  const alike = scales.every((region) => samePair(mm, [Math.abs(region.deltaY) * 10, Math.abs(region.deltaX) * 10]));
  return { pixelSpacing: alike && mm[0] > 0 && mm[1] > 0 ? { mm, basis: 'region' } : null, notes: [] };
}

function readPair(data: Attributes, tag: string, name: string): { mm: Pair | undefined; notes: Note[] } {
  if (!data.has(tag)) return { mm: undefined, notes: [] };
  const written = data.text(tag).trim();
  const bad = (why: string) => ({
    mm: undefined,
    notes: [{ code: 'calibration-unreadable', message: `${name} ${why}: no millimetres in this image.` }],
  });
  if (written === '') return bad('is empty');
  const parts = data.values(tag);
  const numbers = parts.map(parseDecimal);
  if (numbers.some((n) => n === undefined)) return bad(`is not a number ("${shown(written)}")`);
  const [rows, columns] = numbers;
  if (rows === undefined || columns === undefined) return bad(`has one value instead of two ("${shown(written)}")`);
  if (!(rows > 0 && columns > 0)) return bad(`is not positive ("${shown(written)}")`);
  return { mm: [rows, columns], notes: [] };
}

export function samePair(a: Pair, b: Pair): boolean {
  return Math.abs(a[0] - b[0]) <= SAME * a[0] && Math.abs(a[1] - b[1]) <= SAME * a[1];
}

/** No screen has more. */
const MOST_REGIONS = 256;

/** Sequence of Ultrasound Regions; those without positive steps are left out. */
export function ultrasoundRegions(data: Attributes): UltrasoundRegion[] {
  return data
    .items('x00186011')
    .slice(0, MOST_REGIONS)
    .flatMap((item) => {
      const deltaX = item.double('x0018602c');
      const deltaY = item.double('x0018602e');
      if (!deltaX || !deltaY || !Number.isFinite(deltaX) || !Number.isFinite(deltaY)) return [];
      return [
        {
          x0: item.uint32('x00186018') ?? 0,
          y0: item.uint32('x0018601a') ?? 0,
          x1: item.uint32('x0018601c') ?? 0,
          y1: item.uint32('x0018601e') ?? 0,
          spatialFormat: item.uint16('x00186012') ?? 0,
          dataType: item.uint16('x00186014') ?? 0,
          unitsX: item.uint16('x00186024') ?? 0,
          unitsY: item.uint16('x00186026') ?? 0,
          deltaX,
          deltaY,
          flags: item.uint32('x00186016') ?? 0,
        },
      ];
    });
}
