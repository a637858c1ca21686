import type { LpsMm, PixelXY, Vec2, Vec3 } from '../../src/geometry/index.ts';
import type { FrameRef, Series } from '../../src/dicom/index.ts';
import type { ImageSpace, PatientSpace } from '../../src/plan/index.ts';
import type { Shape } from '../../src/geometry/index.ts';
import type { PixelArray } from '../../src/pixels/index.ts';
import type { Slab } from '../../src/imaging/index.ts';

/** Bytes of frames, in the order asked for: the host client behind a small port. */
export interface FrameSource {
  frames(
    asked: readonly { token: string; frame: number }[],
    onFrame: (index: number, bytes: Uint8Array<ArrayBuffer>) => void,
    onFault: (index: number, say: string) => void,
    signal: AbortSignal,
  ): Promise<void>;
}

/** A series in memory: one buffer for all its frames, filled as they arrive. */
export interface LoadedSeries {
  readonly series: Series;
  /** Modality values, slice order (frame k at k * rows * columns * samples); shared where the page is isolated. */
  readonly data: PixelArray;
  readonly samplesPerPixel: 1 | 3;
  readonly unit: string;
  /** Frames decoded so far. */
  readonly landed: number;
  has(frameIndex: number): boolean;
  /** Resolves when that frame (or all) is decoded; rejects with a sentence when it cannot be. */
  whenFrame(frameIndex: number): Promise<void>;
  whenAll(): Promise<void>;
  faults(): ReadonlyMap<number, string>;
  onProgress(listener: () => void): () => void;
  readonly loadingFraction: number;
}

export type ViewName =
  'Stack' | 'Stack 2' | 'Stack 3' | 'Stack 4' | 'Axial' | 'Coronal' | 'Sagittal' | '3D' | 'Curved' | 'Cross-section';
/** `curved`: a surface along a followed line; `section`: the plane across it. */
export type ViewKind = 'stack' | 'mpr' | 'volume' | 'curved' | 'section';

/** How the picture lies on the element, exact to 1e-6 CSS px (the CPU mode's half pixel corrected). */
export type ViewMap =
  | {
      readonly in: 'patient';
      readonly on: PatientSpace;
      /** CSS px in the element: x = m[0] P.x + m[1] P.y + m[2] P.z + m[3]; y = m[4] .. m[7]. */
      readonly toCanvas: readonly [number, number, number, number, number, number, number, number];
      /** The plane shown: through `through` (LPS mm, at the middle of the element), unit vectors to the right and down on screen. */
      readonly plane: { readonly through: LpsMm; readonly right: Vec3; readonly down: Vec3; readonly normal: Vec3 };
      /** Patient point under a place of the element, on the plane. */
      toPoint(canvas: Vec2): LpsMm;
      /** Half the distance to the next slice or slab, mm: nearer than this is "in the plane". */
      readonly halfThicknessMm: number;
      /** Where more than a thin plane is shown; absent or null: it is not. */
      readonly slab?: Slab | null;
      /** In a MIP or MinIP, under a place of the element: the point that is seen there, at the depth of its voxel; on the plane where there is none. */
      readonly seenAt?: (canvas: Vec2) => LpsMm;
      readonly millimetresPerPixel: number;
      /** true for the 3D view: everything is projected, no plane. */
      readonly projection: boolean;
    }
  | {
      /** A curved surface: no affine map. */
      readonly in: 'sheet';
      readonly on: PatientSpace;
      /** Where a point is seen, CSS px in the element, and its signed distance from the surface. */
      place(point: LpsMm): { readonly canvas: Vec2; readonly depthMm: number };
      /** Patient point under a place of the element, on the surface. */
      toPoint(canvas: Vec2): LpsMm;
      /** Unit vector square to the surface there, LPS, the way `depthMm` counts. */
      normalAt(canvas: Vec2): Vec3;
      readonly halfThicknessMm: number;
      readonly millimetresPerPixel: number;
    }
  | {
      readonly in: 'image';
      readonly on: ImageSpace;
      /** CSS px in the element: x = m[0] col + m[1] row + m[2]; y = m[3] col + m[4] row + m[5]. */
      readonly toCanvas: readonly [number, number, number, number, number, number];
      toPoint(canvas: Vec2): PixelXY;
    };

export interface WindowLevel {
  readonly centre: number;
  readonly width: number;
}
/** How a playing film truly comes on screen. */
export interface ShownRate {
  /** Different frames a second that truly came on screen. */
  readonly perSecond: number;
  /** Of the frames that were due, the share that was never on screen, 0 to 1. */
  readonly leftOut: number;
}
export interface ViewState {
  readonly name: ViewName;
  readonly kind: ViewKind;
  readonly seriesKey: string | null;
  readonly seriesInstanceUID: string | null;
  /** Frame number from 1 of the instance shown (stack), else null. */
  readonly frame: number | null;
  readonly frameRef: FrameRef | null;
  readonly index: number;
  readonly count: number;
  /** Patient point at the middle of the view, or null. */
  readonly position: LpsMm | null;
  readonly rendered: boolean;
  readonly framesPainted: number;
  readonly complete: boolean;
  readonly window: WindowLevel | null;
  readonly windowName: string | null;
  readonly inverted: boolean;
  readonly zoom: number;
  readonly letters: {
    readonly left: string;
    readonly right: string;
    readonly top: string;
    readonly bottom: string;
  } | null;
  readonly playing: boolean;
  /** Share of the file's own rate at which it plays; 1: as acquired. */
  readonly pace: number;
  /** While it plays, once that can be told. */
  readonly shownRate: ShownRate | null;
  /** Planes: what of a thick slab is shown; null: a thin plane. */
  readonly slab: Slab | null;
  /** Planes: turned away from the direction of the name. */
  readonly oblique: boolean;
}

/** How tissue is drawn in 3D: CT looks, `bright` and `soft` of other modalities, MIP of both. */
export type VolumeLook = 'ct-vessel' | 'ct-bone' | 'ct-soft' | 'bright' | 'soft' | 'mip';

/** What only the 3D view has. */
export interface Solid {
  /** Offered for the series; it opens with the first. */
  readonly looks: readonly VolumeLook[];
  readonly look: VolumeLook;
  show(look: VolumeLook): void;
  /** Turns to unit vectors right and down on screen (LPS, square); zoom and place stay. */
  face(to: { readonly right: Vec3; readonly down: Vec3 }): void;
  /** Voxels of the series between two of the copy drawn, on its coarsest axis; 1: all are drawn. null: not drawn yet. */
  readonly everyVoxel: number | null;
  /** Voxels that are not drawn, a bit each in the order of the volume, least significant first; null: all are drawn. */
  readonly hidden: Uint8Array | null;
  /** Resolves when drawn. */
  hide(voxels: Uint8Array | null): Promise<void>;
}

/** How the surface through a followed line is made: bends taken out, or laid flat with them. */
export type CurvedShape = 'straightened' | 'stretched';

/** What only the views of a followed line have. */
export interface AlongLine {
  /** mm along the line. */
  readonly positionMm: number;
  /** mm; null: no line is shown. */
  readonly lengthMm: number | null;
  /** Of the surface, about the line. */
  readonly angleDeg: number;
  turnBy(degrees: number): void;
  readonly shape: CurvedShape;
  show(shape: CurvedShape): void;
  /** Where a position stands in the picture, CSS px from the element's left; of the curved view alone. */
  canvasX(positionMm: number): number;
  positionAt(canvasX: number): number;
}

/** A viewport, whatever engine draws it. */
export interface View {
  readonly name: ViewName;
  readonly kind: ViewKind;
  readonly element: HTMLDivElement;
  readonly loaded: LoadedSeries | null;
  state(): ViewState;
  /** undefined before the first picture and while another view is full. Made anew on every call. */
  map(): ViewMap | undefined;
  /** Resolves after painting. Indices from 0, points LPS mm. */
  go(to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm }): Promise<void>;
  scroll(by: number): void;
  setWindow(window: WindowLevel, name?: string): void;
  invert(): void;
  fit(): void;
  reset(): void;
  zoomBy(factor: number, at?: Vec2): void;
  panBy(canvas: Vec2): void;
  play(on: boolean): void;
  /** One step faster or slower. */
  changePace(by: 1 | -1): void;
  /** Only planes of a volume. A slab (null: the thin plane) about the plane; thickness within `thinnestSlabMm` and `thickestSlabMm`. */
  setSlab?(slab: Slab | null): void;
  /** Only planes of a volume: turns to unit vectors right and down on screen (LPS, square), through `about`, which keeps its place on screen; null: back to the direction of the name. */
  orient?(to: { readonly right: Vec3; readonly down: Vec3 } | null, about: LpsMm): void;
  /** Only the 3D view. */
  readonly solid?: Solid;
  /** Only the views of a followed line. */
  readonly along?: AlongLine;
  /** How bright a value is drawn, 0 black to 1 white; of planes. */
  brightness?(value: number): number;
  /** What a drag of the mouse does to the window, CSS px; of stacks and planes. */
  dragWindow?(dx: number, dy: number): void;
  /** Marks to show in 3D (only the 3D view draws them with depth; others ignore the call). */
  showShapes(
    shapes: readonly { readonly id: string; readonly shapes: readonly Shape[]; readonly colour: string }[],
  ): void;
  /** After every painted picture and every change of camera. */
  onDrawn(listener: () => void): () => void;
  /** Value under a place of the element, with its unit; null outside the picture. */
  valueAt(
    canvas: Vec2,
  ): { readonly point: LpsMm | PixelXY; readonly value: number | readonly number[]; readonly unit: string } | null;
  resize(): void;
  destroy(): void;
}

/** A run before it is opened: some of its frames, and which of them shows most contrast medium. */
export interface Preview {
  readonly pictures: readonly ImageData[];
  /** Index in `pictures`. */
  readonly densest: number;
}

export interface Engine {
  readonly isolated: boolean;
  /** null where there is WebGL2; else a sentence that says what does not work. */
  readonly limitation: string | null;
  load(series: Series): LoadedSeries;
  release(key: string): void;
  /**
   * The graphics were lost (driver reset, another program, a machine that slept): called before the views are gone. They are
   * destroyed then and can be made anew at once. Returns what stops listening.
   */
  onLost(listener: () => void): () => void;
  thumbnail(series: Series, signal: AbortSignal): Promise<ImageData>;
  /** A few frames of a run, small. */
  preview(series: Series, signal: AbortSignal): Promise<Preview>;
  /** Shows the series in the element. 'mpr' and 'volume' need a volume; refusal as a rejected promise with a sentence. Resolves at the first picture. */
  createView(element: HTMLDivElement, name: ViewName, loaded: LoadedSeries): Promise<View>;
  destroy(): void;
}
/** Made once per page. */
export type StartEngine = (source: FrameSource) => Promise<Engine>;
