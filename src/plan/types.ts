import type { Vec3 } from '../geometry/index.ts';

/** Points live in patient space (LPS mm) of a frame of reference, seen on a series ... */
export interface PatientSpace {
  readonly in: 'patient';
  readonly frameOfReferenceUID: string | null;
  readonly seriesInstanceUID: string;
  readonly part: string | null;
}
/** ... or in pixels of one frame (counted from 1). No millimetres by themselves. */
export interface ImageSpace {
  readonly in: 'image';
  readonly seriesInstanceUID: string;
  readonly sopInstanceUID: string;
  readonly frame: number;
  readonly derived?: string | null;
}
export type Space = PatientSpace | ImageSpace;
export type Side = 'R' | 'L' | 'midline' | null;
export type RecordId = string;

/** How the depth of a point was found that was set on a thick slab: at the brightest (darkest) voxel, or on its middle plane. */
export interface DepthFrom {
  /** Of the point. */
  readonly handle: string;
  readonly by: 'mip' | 'minip' | 'mean';
  readonly slabMm: number;
}

/** A point that was set on another series, or part of one, than its item lies on; the frame of reference is the same. */
export interface PointFrom {
  /** Of the point. */
  readonly handle: string;
  readonly seriesInstanceUID: string;
  readonly part: string | null;
}

/** What every item of a plan has; each kind adds its own fields. Unknown fields are kept. */
export interface PlanItem {
  readonly type: 'item';
  readonly kind: string;
  readonly label: string;
  readonly order: number;
  readonly side: Side;
  readonly on: Space;
  readonly hidden?: boolean;
  readonly locked?: boolean;
  readonly colour?: string;
  readonly depthFrom?: readonly DepthFrom[];
  readonly pointsFrom?: readonly PointFrom[];
  readonly [field: string]: unknown;
}
/** A mask, registration or derived image: kept whole, computed by later capabilities. */
export interface OtherRecord {
  readonly type: 'mask' | 'registration' | 'derivedImage';
  readonly [field: string]: unknown;
}
export type PlanRecord = PlanItem | OtherRecord;

/** A view that was kept to be seen again: which picture, how much of it, with which window. */
export interface KeyImage {
  readonly id: string;
  readonly label: string;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly seriesInstanceUID: string;
  readonly part: string | null;
  /** The view it was kept of ("Axial", "Stack"). */
  readonly view: string;
  /** The single picture (frame counted from 1), or null for a plane through a volume. */
  readonly sopInstanceUID: string | null;
  readonly frame: number | null;
  /** Through which point (the middle of the view, LPS mm) and which way it lay; null for pictures without a place in the patient. */
  readonly plane: { readonly point: Vec3; readonly right: Vec3; readonly down: Vec3 } | null;
  /** For those: the pixel in the middle of the view, column and row. */
  readonly middle: readonly [number, number] | null;
  /** Of a plane: what of a thick slab it showed; absent: a thin plane. */
  readonly slab?: { readonly mode: 'mip' | 'minip' | 'mean'; readonly mm: number };
  readonly window: { readonly centre: number; readonly width: number; readonly name: string | null } | null;
  readonly inverted: boolean;
  /** 1: the whole picture fits the view. */
  readonly zoom: number;
  readonly [field: string]: unknown;
}

export interface Plan {
  readonly format: 'seldinger-plan';
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly studies?: readonly { readonly studyInstanceUID: string; readonly patientKey: string }[];
  readonly keyImages?: readonly KeyImage[];
  /** One flat table; an item's place in the list is its `order`, ties by id. */
  readonly records: Readonly<Record<RecordId, PlanRecord>>;
  readonly [field: string]: unknown;
}

/** What one edit changed in one record; undefined: it was not there. Enough to go both ways. */
export interface Change {
  readonly id: RecordId;
  readonly before: PlanRecord | undefined;
  readonly after: PlanRecord | undefined;
}
/** One entry of the history: what undo takes back in one step. */
export interface Edit {
  readonly title: string;
  readonly changes: readonly Change[];
  /** The key images before and after, where the edit concerns them; undefined: there were none. */
  readonly keyImages?: { readonly before: Plan['keyImages']; readonly after: Plan['keyImages'] };
}
