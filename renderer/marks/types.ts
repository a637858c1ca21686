import type { Point } from '../../src/geometry/index.ts';
import type { Answers, MeasurementKind } from '../../src/measurements/index.ts';
import type { Edit, Gesture, ImageSpace, PlanItem, PlanRecord, RecordId, Space } from '../../src/plan/index.ts';
import type { EvaluatedItem } from '../../src/measurements/index.ts';
import type { View, ViewName } from '../cornerstone/types.ts';

/** All the one tool knows of the world: items to draw, a gesture to write to. It imports no store. */
export interface MarksPort {
  items(): readonly {
    readonly id: RecordId;
    readonly item: PlanItem;
    readonly kind: MeasurementKind;
    readonly computed: EvaluatedItem | undefined;
    readonly stale: boolean;
    readonly selected: boolean;
    readonly colour: string;
  }[];
  records(): Readonly<Record<RecordId, PlanRecord>>;
  /** Calls back whenever the answer of items() may differ. */
  onChange(listener: () => void): () => void;
  /** `joins`: see History. */
  gesture(title: string, joins?: Edit): Gesture;
  newId(): RecordId;
  nextOrder(): number;
  nextLabel(kind: MeasurementKind): string;
  select(id: RecordId | null): void;
  readOnly(): boolean;
  /** The item along whose line a view is made; null: none. */
  subject?(view: ViewName): RecordId | null;
  /** Scroll the other views of the same frame of reference to a point just placed or grabbed. */
  follow?(point: readonly [number, number, number]): void;
  /** Millimetres of a column's and a row's step of an image; null where it has no true ones. */
  pixelMm(on: ImageSpace): readonly [number, number] | null;
  /** The main number of an item, ready to show beside it ("12.3 mm", "stale" is shown by style). */
  reading(id: RecordId): string | null;
}

/** idle; placing one kind's next step; dragging one handle. Escape returns to the state before. */
export type ToolState =
  | { readonly state: 'idle' }
  | {
      readonly state: 'placing';
      readonly kind: string;
      /** The name of the kind's tool: a kind may have several. */
      readonly tool: string;
      readonly step: number;
      /** How many points are set. */
      readonly set: number;
      readonly asks: string;
      readonly sticky: boolean;
    }
  /** All points are set; the kind's form is to be answered. */
  | { readonly state: 'asking'; readonly kind: string }
  | { readonly state: 'dragging'; readonly id: RecordId; readonly handle: string };

/** An item whose points are set and whose form is to be answered. */
export interface Asking {
  readonly kind: MeasurementKind;
  readonly on: Space;
  readonly points: readonly Point[];
}

export interface Tool {
  getState(): ToolState;
  subscribe(listener: (state: ToolState) => void): () => void;
  arm(kind: MeasurementKind, options?: { readonly sticky?: boolean }): void;
  /** Leaves no trace of what was half done. Returns false when there was nothing to leave. */
  escape(): boolean;
  /** Ends optional steps (Enter). */
  confirm(): void;
  /** Takes the point set last back. Returns false where there is none. */
  takeBack(): boolean;
  asking(): Asking | undefined;
  /** Ends the item with the form's answers. Returns a sentence where they make none. */
  answer(answers: Answers): string | undefined;
  /** Draws all items in the view and takes its clicks; returns the detacher. */
  attach(view: View): () => void;
  /** The item whose mark is drawn at that place of the view (CSS px in its element). */
  markAt(view: ViewName, canvas: readonly [number, number]): RecordId | null;
  /**
   * What a cross moved by keys does at a place of the view (CSS px in its element): enter sets a point, or ends the item
   * where the last one was set there. false where it was refused.
   */
  pointAt(view: ViewName, canvas: readonly [number, number], how: 'enter' | 'hover'): boolean;
  setHidden(hidden: boolean): void;
}
export type CreateTool = (port: MarksPort) => Tool;
