import type { FrameFacts, Instance, Overlay, Series, WindowPreset } from '../../../src/dicom/index.ts';
import type { LpsMm, Vec3, VolumeGeometry } from '../../../src/geometry/index.ts';
import { voxelToPatient } from '../../../src/geometry/index.ts';
import type { FrameSource } from '../../../renderer/cornerstone/index.ts';

export interface Phantom {
  readonly series: Series;
  readonly source: FrameSource;
  /** Frames (from 0) asked for so far, in order. */
  readonly asked: number[];
  /** Lets the frames held back come. */
  letCome(): void;
}

export interface PhantomSpec {
  readonly geometry: VolumeGeometry;
  /** Stored value at a voxel; 16 bit unsigned unless `bits` says 8, colour as three values. */
  readonly value: (i: number, j: number, k: number) => number | readonly [number, number, number];
  readonly modality?: string;
  readonly isVolume?: boolean;
  readonly patient?: boolean;
  readonly aspect?: readonly [number, number];
  readonly bits?: 8 | 16;
  readonly colour?: boolean;
  readonly intercept?: number;
  readonly slope?: number;
  /** Frames that come only after `letCome`. */
  readonly late?: readonly number[];
  /** Frames that never come. */
  readonly broken?: readonly number[];
  readonly cine?: number;
  readonly photometric?: string;
  readonly windows?: readonly WindowPreset[];
  /** Stored. */
  readonly padding?: number;
  readonly overlays?: readonly Overlay[];
}

let made = 0;

/** A series of our own making, one instance a slice (a film: one instance), uncompressed little endian. */
export function phantom(spec: PhantomSpec): Phantom {
  made += 1;
  const uid = `1.2.3.${made}`;
  const { geometry } = spec;
  const [columns, rows, slices] = geometry.dimensions;
  const samples = spec.colour ? 3 : 1;
  const bits = spec.colour ? 8 : (spec.bits ?? 16);
  const patient = spec.patient ?? true;
  const facts = (k: number): FrameFacts => ({
    position: patient ? voxelToPatient(geometry, [0, 0, k]) : null,
    orientation: patient ? [geometry.direction[0], geometry.direction[1]] : null,
    rescale: { slope: spec.slope ?? 1, intercept: spec.intercept ?? 0, unit: spec.modality === 'CT' ? 'HU' : '1' },
    pixelSpacing: patient ? { mm: [geometry.spacing[1], geometry.spacing[0]], basis: 'patient' } : null,
  });
  const film = spec.cine !== undefined;
  const instance = (number: number, frames: number): Instance => ({
    source: `token-${made}-${number}`,
    sopInstanceUID: `${uid}.${number + 1}`,
    sopClassUID: '1.2.840.10008.5.1.4.1.1.2',
    transferSyntaxUID: '1.2.840.10008.1.2.1',
    seriesInstanceUID: uid,
    frameOfReferenceUID: patient ? `${uid}.9` : null,
    modality: spec.modality ?? 'CT',
    patient: { name: '', id: '', birthDate: '', sex: '' },
    study: { studyInstanceUID: `${uid}.8`, date: '', time: '', description: '' },
    series: { number: 1, description: '', bodyPart: '', date: '', time: '' },
    instanceNumber: number + 1,
    acquisition: '',
    imageType: ['ORIGINAL', 'PRIMARY'],
    patientPosition: 'HFS',
    sliceThicknessMm: geometry.spacing[2],
    pixel: {
      rows,
      columns,
      samplesPerPixel: samples,
      photometricInterpretation: spec.photometric ?? (spec.colour ? 'RGB' : 'MONOCHROME2'),
      planarConfiguration: 0,
      bitsAllocated: bits,
      bitsStored: bits === 16 ? 12 : 8,
      highBit: bits === 16 ? 11 : 7,
      signed: false,
      paddingValue: spec.padding ?? null,
    },
    pixelData: { offset: 0, length: null, encapsulated: false },
    frames,
    facts: film ? Array.from({ length: frames }, (_, k) => facts(k)) : [facts(number)],
    pixelAspectRatio: spec.aspect ?? [1, 1],
    windows: spec.windows ?? [],
    ...(spec.overlays ? { overlays: spec.overlays } : {}),
    projection: null,
    timing: null,
    lossy: false,
    notes: [],
  });
  const instances = film ? [instance(0, slices)] : Array.from({ length: slices }, (_, k) => instance(k, 1));
  const series: Series = {
    key: uid,
    seriesInstanceUID: uid,
    part: null,
    frameOfReferenceUID: patient ? `${uid}.9` : null,
    modality: spec.modality ?? 'CT',
    description: '',
    number: 1,
    patient: { name: '', id: '', birthDate: '', sex: '' },
    study: { studyInstanceUID: `${uid}.8`, date: '', time: '', description: '' },
    rows,
    columns,
    instances,
    frames: film
      ? Array.from({ length: slices }, (_, k) => ({ instance: 0, frame: k + 1 }))
      : instances.map((_, k) => ({ instance: k, frame: 1 })),
    volume: (spec.isVolume ?? true) && patient && !film ? geometry : null,
    why: [],
    pixelSpacing: patient ? { mm: [geometry.spacing[1], geometry.spacing[0]], basis: 'patient' } : null,
    frameRate: spec.cine ?? null,
    frameTimes: null,
    notes: [],
  };

  let come: () => void = () => {};
  const late = new Promise<void>((resolve) => (come = resolve));
  const asked: number[] = [];
  const bytesOf = (k: number): Uint8Array<ArrayBuffer> => {
    const buffer = new ArrayBuffer(columns * rows * samples * (bits / 8));
    const view = new DataView(buffer);
    let at = 0;
    for (let j = 0; j < rows; j += 1) {
      for (let i = 0; i < columns; i += 1) {
        const value = spec.value(i, j, k);
        for (const one of typeof value === 'number' ? [value] : value) {
          if (bits === 8) view.setUint8(at, one);
          else view.setUint16(at, one, true);
          at += bits / 8;
        }
      }
    }
    return new Uint8Array(buffer);
  };
  const source: FrameSource = {
    frames: async (wanted, onFrame, onFault, signal) => {
      await Promise.all(
        wanted.map(async ({ token, frame }, at) => {
          const k = film ? frame - 1 : instances.findIndex((one) => one.source === token);
          asked.push(k);
          await Promise.resolve();
          if (spec.late?.includes(k)) await late;
          if (signal.aborted) return;
          if (spec.broken?.includes(k)) onFault(at, `Image ${k + 1} is cut short.`);
          else onFrame(at, bytesOf(k));
        }),
      );
    },
  };
  return { series, source, asked, letCome: come };
}

/** Directions of an ordinary, an oblique and a gantry-tilted scan. */
export const straight: readonly [Vec3, Vec3, Vec3] = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
export function turned(degrees: readonly [number, number, number]): readonly [Vec3, Vec3, Vec3] {
  const [a, b, c] = degrees.map((d) => (d * Math.PI) / 180) as [number, number, number];
  const turn = (v: Vec3): Vec3 => {
    const x: Vec3 = [v[0], v[1] * Math.cos(a) - v[2] * Math.sin(a), v[1] * Math.sin(a) + v[2] * Math.cos(a)];
    const y: Vec3 = [x[0] * Math.cos(b) + x[2] * Math.sin(b), x[1], -x[0] * Math.sin(b) + x[2] * Math.cos(b)];
    return [y[0] * Math.cos(c) - y[1] * Math.sin(c), y[0] * Math.sin(c) + y[1] * Math.cos(c), y[2]];
  };
  return [turn([1, 0, 0]), turn([0, 1, 0]), turn([0, 0, 1])];
}
export function tilted(degrees: number): readonly [Vec3, Vec3, Vec3] {
  const a = (degrees * Math.PI) / 180;
  return [
    [1, 0, 0],
    [0, Math.cos(a), Math.sin(a)],
    [0, 0, 1],
  ];
}

export function grid(
  dimensions: Vec3,
  spacing: Vec3,
  direction: readonly [Vec3, Vec3, Vec3] = straight,
  origin: LpsMm = [-60, -180, -1200],
): VolumeGeometry {
  return { dimensions, spacing, origin, direction, correction: null };
}

/** A page element of fixed size for a view. */
export function place(width = 400, height = 400): HTMLDivElement {
  const element = document.createElement('div');
  element.style.cssText = `position:relative;width:${width}px;height:${height}px;background:#000`;
  document.body.append(element);
  return element;
}

/** The drawn picture. */
export function picture(element: HTMLElement): ImageData {
  const canvas = element.querySelector('canvas');
  if (!canvas) throw new Error('nothing is drawn');
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  const context = copy.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no context');
  context.drawImage(canvas, 0, 0);
  return context.getImageData(0, 0, copy.width, copy.height);
}

/** Centre of brightness of the picture, CSS px (the middle of the first pixel is at 0.5). */
export function brightCentre(element: HTMLElement): readonly [number, number] {
  const { data, width, height } = picture(element);
  let sum = 0;
  let sx = 0;
  let sy = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const grey = data[(y * width + x) * 4] ?? 0;
      sum += grey;
      sx += grey * (x + 0.5);
      sy += grey * (y + 0.5);
    }
  }
  return [sx / sum / devicePixelRatio, sy / sum / devicePixelRatio];
}

/** How many pixels are not black. */
export function lit(element: HTMLElement): number {
  const { data } = picture(element);
  let count = 0;
  for (let i = 0; i < data.length; i += 4) if ((data[i] ?? 0) > 0) count += 1;
  return count;
}
