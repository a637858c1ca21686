import type { LpsMm } from '../src/geometry/index.ts';
import { curve } from './curve.ts';
import type { Curve, Near } from './curve.ts';
import type { Random } from './random.ts';

// All points here are pixels of the detector, [column, row], [0, 0] at the centre of the first; lengths of curves too.

export const detector = {
  columns: 512,
  rows: 512,
  pixelMm: 0.308,
  sourceToDetectorMm: 1100,
  sourceToPatientMm: 760,
} as const;
const magnification = detector.sourceToDetectorMm / detector.sourceToPatientMm;
/** At the depth of artery and catheter: pixels of the detector a millimetre. */
export const pixelsPerMm = magnification / detector.pixelMm;

/** Attenuation, 1/mm. `contrast`: of blood with the agent at its fullest. */
export const attenuation = { water: 0.02, bone: 0.034, contrast: 0.1, catheter: 0.3 } as const;
/** Counts where nothing but the usual thickness of the pelvis is in the beam. */
export const openCounts = 2050;
/** Variance of the noise is this times the counts. */
export const noiseGain = 0.12;
export const blurSigmaPixels = 0.6;

export const frames = 34;
export const frameMs = 250;
export const maskFrames = [1, 2, 3, 4] as const;

const flat = (points: readonly (readonly [number, number])[]): LpsMm[] => points.map(([x, y]) => [x, y, 0]);
export const artery = {
  axis: curve(
    flat([
      [452, -30],
      [424, 52],
      [372, 140],
      [306, 222],
      [246, 306],
      [206, 396],
      [186, 480],
      [180, 545],
    ]),
    [1, 0, 0],
    0.5,
  ),
  diameterMm: 7.6,
  narrowing: { atPixels: 326, lengthPixels: 86, stenosisPercent: 60 },
};
/** Branches leave at a station of the artery, px. */
export const branches = [
  {
    leavesAt: 232,
    diameterMm: 4.4,
    points: [
      [24, 34],
      [38, 92],
      [30, 160],
      [44, 250],
      [30, 330],
    ],
  },
  {
    leavesAt: 232,
    diameterMm: 2.2,
    points: [
      [30, 40],
      [70, 70],
      [110, 76],
      [160, 104],
    ],
  },
  {
    leavesAt: 470,
    diameterMm: 1.8,
    points: [
      [-22, -8],
      [-66, -30],
      [-104, -80],
      [-120, -140],
    ],
  },
  {
    leavesAt: 492,
    diameterMm: 1.7,
    points: [
      [20, -2],
      [44, -26],
      [56, -70],
      [62, -120],
    ],
  },
].map(({ leavesAt, diameterMm, points }) => {
  const from = artery.axis.at(leavesAt);
  return {
    leavesAt,
    diameterMm,
    axis: curve([from, ...points.map(([dx = 0, dy = 0]): LpsMm => [from[0] + dx, from[1] + dy, 0])]),
  };
});
/** A 5 French catheter: 5/3 mm outside. Its end hole is in the common iliac artery. */
export const catheter = {
  french: 5,
  diameterMm: 5 / 3,
  axis: curve(
    flat([
      [447, -34],
      [425, 48],
      [381, 126],
      [349, 170],
    ]),
    [1, 0, 0],
    0.5,
  ),
};
/** Station of the artery where the catheter ends, px. */
const tipStation = 222;

/** Healthy everywhere but in the narrowing, which is concentric and of raised-cosine shape; mm at the artery. */
export function arteryDiameterMm(station: number): number {
  const { atPixels, lengthPixels, stenosisPercent } = artery.narrowing;
  const phase = (2 * Math.PI * (station - atPixels)) / lengthPixels;
  const narrowed = Math.abs(phase) >= Math.PI ? 0 : (stenosisPercent / 200) * (1 + Math.cos(phase));
  return artery.diameterMm * (1 - narrowed);
}
/** How the patient lies in a frame (from 1) against the first, px: [columns, rows]. */
export function motionPixels(frame: number): readonly [number, number] {
  if (frame <= 9) return [0, 0];
  const seconds = ((frame - 9) * frameMs) / 1000;
  return [
    1.7 * (1 - Math.exp(-seconds / 1.6)) + 0.25 * Math.sin(1.7 * seconds),
    -1.1 * (1 - Math.exp(-seconds / 2.2)) + 0.2 * Math.sin(2.3 * seconds),
  ];
}
/** Seconds from the first frame at which the agent arrives at a station. */
function arrival(station: number): number {
  return station >= tipStation ? 1.35 + (station - tipStation) / 400 : 1.35 + (tipStation - station) / 130;
}
/** 0 to 1: how full the blood is with the agent at so many seconds. */
export function filling(seconds: number, station: number): number {
  const since = seconds - arrival(station);
  if (since <= 0) return 0;
  const upstream = station < tipStation ? Math.exp(-(tipStation - station) / 60) : 1;
  const rise = since >= 0.6 ? 1 : (1 - Math.cos((Math.PI * since) / 0.6)) / 2;
  return upstream * rise * (since > 3 ? Math.exp(-(since - 3) / 1.1) : 1);
}

export const finePerPixel = 3;
export const marginPixels = 10;
const wide = (detector.columns + 2 * marginPixels) * finePerPixel;
const high = (detector.rows + 2 * marginPixels) * finePerPixel;
const toPixel = (fine: number): number => (fine + 0.5) / finePerPixel - 0.5 - marginPixels;

export interface FineScene {
  readonly wide: number;
  readonly high: number;
  /** Part of the open counts that reaches the detector without the agent. */
  readonly transmitted: Float32Array;
  /** Where blood is that the agent reaches: index, chord in mm, station for the arrival. */
  readonly blood: { readonly index: Int32Array; readonly chordMm: Float32Array; readonly station: Float32Array };
}

/** What the beam meets on its way to each fine sample of the detector. */
export function fineScene(numbers: Random, { bones = true } = {}): FineScene {
  const log = new Float32Array(wide * high);
  if (bones) {
    for (let y = 0; y < high; y++) {
      const row = toPixel(y);
      for (let x = 0; x < wide; x++) {
        const column = toPixel(x);
        // The flank is thinner than the middle.
        const thicker = 14 * Math.cos((column - 470) / 300) - 10 + 5 * Math.cos((row - 300) / 170);
        log[y * wide + x] = attenuation.water * thicker;
      }
    }
    for (const one of pelvis()) addEllipsoid(log, one);
    for (let i = 0; i < 240; i++) {
      const radius = 8 + 34 * numbers.uniform();
      addBlob(
        log,
        540 * numbers.uniform() - 14,
        540 * numbers.uniform() - 14,
        radius,
        (numbers.uniform() - 0.5) * 0.06,
      );
    }
    // Gas in the bowel.
    for (const [x, y, a, b, mm] of [
      [330, 60, 42, 26, 17],
      [366, 84, 30, 22, 15],
      [270, 44, 28, 18, 13],
      [452, 330, 46, 30, 20],
      [418, 372, 34, 24, 15],
      [470, 400, 40, 22, 15],
    ] as const)
      addEllipsoid(log, { x, y, a, b, degrees: 15, shift: -attenuation.water * mm, soft: true });
  }
  addChord(log, catheter.axis, () => (catheter.diameterMm / 2) * pixelsPerMm, attenuation.catheter);
  const transmitted = log.map((value) => Math.exp(-value));

  const chord = new Float32Array(wide * high);
  const station = new Float32Array(wide * high);
  markBlood(chord, station, artery.axis, (s) => (arteryDiameterMm(s) / 2) * pixelsPerMm, 0);
  for (const { axis, diameterMm, leavesAt } of branches)
    markBlood(chord, station, axis, (s) => (diameterMm / 2) * pixelsPerMm * (1 - (0.45 * s) / axis.lengthMm), leavesAt);
  const count = chord.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
  const blood = { index: new Int32Array(count), chordMm: new Float32Array(count), station: new Float32Array(count) };
  let n = 0;
  for (let i = 0; i < chord.length; i++) {
    if ((chord[i] ?? 0) <= 0) continue;
    blood.index[n] = i;
    blood.chordMm[n] = (chord[i] ?? 0) / pixelsPerMm;
    blood.station[n] = station[i] ?? 0;
    n += 1;
  }
  return { wide, high, transmitted, blood };
}

interface Ellipse {
  readonly x: number;
  readonly y: number;
  readonly a: number;
  readonly b: number;
  readonly degrees: number;
  /** Added at its middle. */
  readonly shift: number;
  readonly soft?: boolean;
  /** A shell so many px thick, rather than a full body. */
  readonly shell?: number;
}
function pelvis(): Ellipse[] {
  const bone = attenuation.bone;
  const full = (x: number, y: number, a: number, b: number, degrees: number, mm: number): Ellipse[] => [
    { x, y, a, b, degrees, shift: bone * mm * 0.45 },
    { x, y, a, b, degrees, shift: bone * mm * 0.9, shell: 5 },
  ];
  return [
    // Wing of the ilium, sacrum with its holes, the lowest vertebra, the head of the femur in its socket.
    ...full(96, 130, 190, 118, -58, 15),
    ...full(470, 150, 120, 190, 12, 26),
    ...full(500, -30, 120, 66, 0, 30),
    ...full(64, 492, 98, 96, 0, 30),
    ...full(30, 470, 140, 128, 0, 12),
    ...full(330, 520, 190, 34, -14, 16),
    ...[
      [404, 110],
      [416, 186],
      [432, 256],
    ].map(([x = 0, y = 0]): Ellipse => ({ x, y, a: 17, b: 13, degrees: 20, shift: -bone * 12 })),
    // The joint between sacrum and ilium.
    { x: 330, y: 128, a: 5, b: 104, degrees: 14, shift: -bone * 2.5, soft: true },
    { x: 346, y: 132, a: 9, b: 108, degrees: 14, shift: bone * 4, soft: true },
  ];
}

function addEllipsoid(log: Float32Array, { x, y, a, b, degrees, shift, soft = false, shell }: Ellipse): void {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  const inner = shell === undefined ? 0 : 1 - shell / Math.min(a, b);
  each(x, y, Math.max(a, b), (index, column, row) => {
    const p = ((column - x) * cosine + (row - y) * sine) / a;
    const q = ((row - y) * cosine - (column - x) * sine) / b;
    const square = p * p + q * q;
    if (square >= 1) return;
    let way = soft ? (1 - square) ** 1.5 : Math.sqrt(1 - square);
    if (shell !== undefined) way -= square < inner * inner ? Math.sqrt(inner * inner - square) : 0;
    log[index] = (log[index] ?? 0) + shift * way;
  });
}
function addBlob(log: Float32Array, x: number, y: number, radius: number, shift: number): void {
  each(x, y, radius, (index, column, row) => {
    const square = ((column - x) ** 2 + (row - y) ** 2) / (radius * radius);
    if (square < 1) log[index] = (log[index] ?? 0) + shift * (1 - square) ** 2;
  });
}
function each(x: number, y: number, reach: number, does: (index: number, column: number, row: number) => void): void {
  const toFine = (pixel: number): number => (pixel + 0.5 + marginPixels) * finePerPixel - 0.5;
  for (let j = Math.max(0, Math.floor(toFine(y - reach))); j <= Math.min(high - 1, toFine(y + reach) + 1); j++)
    for (let i = Math.max(0, Math.floor(toFine(x - reach))); i <= Math.min(wide - 1, toFine(x + reach) + 1); i++)
      does(j * wide + i, toPixel(i), toPixel(j));
}
/** Calls for every fine sample within the tube: its half chord and station, px. */
function alongTube(
  axis: Curve,
  radius: (station: number) => number,
  does: (index: number, chord: number, station: number) => void,
): void {
  const near: Near = { station: 0, side: 0, across: 0 };
  let widest = 0;
  for (let s = 0; s <= axis.lengthMm; s++) widest = Math.max(widest, radius(s));
  const seen = new Set<number>();
  for (const { centre, radiusMm } of axis.balls(widest)) {
    each(centre[0], centre[1], radiusMm, (index, column, row) => {
      if (axis.gapMm(column, row, 0) > widest || seen.has(index)) return;
      axis.nearest(column, row, 0, near);
      const r = radius(near.station);
      const square = r * r - near.side * near.side - near.across * near.across;
      if (square <= 0) return;
      seen.add(index);
      does(index, 2 * Math.sqrt(square), near.station);
    });
  }
}
function addChord(log: Float32Array, axis: Curve, radius: (s: number) => number, perMm: number): void {
  alongTube(axis, radius, (index, chord) => {
    log[index] = (log[index] ?? 0) + (perMm * chord) / pixelsPerMm;
  });
}
function markBlood(
  chords: Float32Array,
  stations: Float32Array,
  axis: Curve,
  radius: (s: number) => number,
  leavesAt: number,
): void {
  alongTube(axis, radius, (index, chord, station) => {
    if (chord <= (chords[index] ?? 0)) return;
    chords[index] = chord;
    stations[index] = leavesAt + station;
  });
}
