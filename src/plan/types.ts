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
  readonly [field: string]: unknown;
}
/** A mask, registration or derived image: kept whole, computed by later capabilities. */
export interface OtherRecord {
  readonly type: 'mask' | 'registration' | 'derivedImage';
  readonly [field: string]: unknown;
}
export type PlanRecord = PlanItem | OtherRecord;

export interface Plan {
  readonly format: 'seldinger-plan';
  readonly version: 1;
  readonly id: string;
  readonly title: string;
  readonly createdAt: string;
  readonly modifiedAt: string;
  readonly studies?: readonly { readonly studyInstanceUID: string; readonly patientKey: string }[];
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
}
