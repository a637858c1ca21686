import type { Note, Outcome, ProfileQuantity, Quantity, Refusal, ResultValue } from '../quantity/index.ts';
import type { LpsMm, Point, Shape, Vec3 } from '../geometry/index.ts';
import type { ImageSpace, PatientSpace, PlanItem, PlanRecord, RecordId, Side, Space } from '../plan/index.ts';
import type { PixelSpacing, ProjectionGeometry, UltrasoundRegion, Why } from '../dicom/index.ts';
import type { Frame } from '../pixels/index.ts';
import type { SliceRange, Volume } from '../imaging/index.ts';
import type { VolumeGeometry } from '../geometry/index.ts';

/** One step of placing an item: which handle is set by the click, and what the person is asked. */
export interface PlacementStep {
  readonly handle: string;
  /** One sentence for the step line: "Click the skin entry point". */
  readonly asks: string;
  /**
   * May be left out: the tool finishes on Enter (or by the kind's own finish). An optional last step is asked again and
   * again until then.
   */
  readonly optional?: boolean;
}
/** What has been clicked so far, all in one space. Half-placed things are drafts, never items with a flag. */
export interface Draft {
  readonly on: Space;
  readonly points: readonly Point[];
  /** The view's plane at the first click: kinds that need a direction (an ellipsoid from its diameter) take it from here. */
  readonly view?: {
    readonly normal: readonly [number, number, number];
    /** Unit vector to the right on screen, in the plane, where the view knows it. */
    readonly right?: readonly [number, number, number];
  };
  /** Existing items the new one may refer to (an ablation's target, a needle's obstacles): id and record. */
  readonly others: Readonly<Record<RecordId, PlanRecord>>;
  readonly label: string;
  readonly order: number;
  readonly side: Side;
  /** What the kind's form was answered, for kinds that have one. */
  readonly answers?: Answers;
}
/** Answers to a form by the field's name, as written. */
export type Answers = Readonly<Record<string, string>>;
/** One question of a form. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly type: 'choice' | 'number' | 'text';
  readonly choices?: readonly { readonly value: string; readonly title: string }[];
  readonly unit?: string;
  /** What the present answer means: "6 F = 2.00 mm". */
  readonly hint?: string;
  /** The present answer, or what is proposed; '' where nothing may be proposed. */
  readonly value: string;
}
/** What clicks cannot tell: asked in a small form when the points are set, and open to change afterwards. */
export interface ItemForm<Item> {
  readonly title: string;
  /** The questions that follow from the answers so far. `others`: what else the plan holds. */
  fields(answers: Answers, others?: readonly OtherItem[]): readonly FormField[];
  answersOf(item: Item): Answers;
  /** Not asked when the item is placed, only offered afterwards; each answer stands at once. */
  readonly afterwards?: true;
  /** @throws PlanFault with a sentence where the answers make no item. */
  change(item: Item, answers: Answers): Item;
}
/** Another item of the plan, by which one may be measured. */
export interface OtherItem {
  readonly id: RecordId;
  readonly kind: string;
  readonly label: string;
}
/** Places on an item's line that a person may set, on its chart or in the views along it. */
export interface LineMarks<Item> {
  /** Those to be set at the present place by a command. */
  readonly offered: readonly { readonly handle: string; readonly title: string }[];
  /** A new item with the mark at a point of the line; the old one is untouched. */
  move(item: Item, handle: string, at: LpsMm, computed?: Computed): Item;
  readonly walls?: WallMarks<Item>;
}
/** Walls of the lumen drawn by hand, each in the plane across the line at `at`. */
export interface WallMarks<Item> {
  /** `outline`: around, 8 to 360 points. */
  set(item: Item, at: LpsMm, outline: readonly LpsMm[]): Item;
  /** The wall there is found again. */
  clear(item: Item, at: LpsMm): Item;
  isByHand(item: Item, at: LpsMm): boolean;
}
export interface Handle {
  readonly name: string;
  readonly at: Point;
  readonly title: string;
}

/** Which pixels a kind reads; [] for pure geometry. */
export type PixelNeed =
  | {
      readonly pixels: 'volume';
      readonly on: PatientSpace;
      /** The first and the last slice that are looked at, from 0; absent: all. A source may give more. */
      readonly slices?: SliceRange;
    }
  | { readonly pixels: 'frame'; readonly on: ImageSpace };

/** What the header says of the image or series an item lies on. */
export interface ImageFacts {
  readonly modality: string;
  readonly rows: number;
  readonly columns: number;
  readonly pixelSpacing: PixelSpacing | null;
  readonly pixelAspectRatio: readonly [number, number];
  /** Ultrasound: each with its own scale. */
  readonly regions?: readonly UltrasoundRegion[];
  /** Projections: what must be equal for a calibration to hold on another frame too. */
  readonly projection?: ProjectionGeometry;
  /** The person's calibration that `pixelSpacing` comes from, in words: "catheter 2.0 mm". */
  readonly calibratedBy?: string;
}
/** One picture of a series and where its pixels lie in the patient. */
export interface SlicePlace {
  readonly sopInstanceUID: string;
  readonly frame: number;
  /** LPS mm of the centre of the first pixel. */
  readonly origin: LpsMm;
  /** Unit vectors along increasing column index and increasing row index. */
  readonly axes: readonly [Vec3, Vec3];
  /** mm, [between rows, between columns]. */
  readonly mm: readonly [number, number];
}
export interface SeriesFacts {
  readonly modality: string;
  readonly patientPosition: string;
  readonly volume: VolumeGeometry | null;
  readonly why: readonly Why[];
  readonly frameOfReferenceUID: string | null;
  /** MR only: the header names it as angiography with bright blood. */
  readonly angiography?: boolean;
  /** Only of a series that is no volume: its pictures that have a place, for measuring within one of them. */
  readonly slices?: readonly SlicePlace[];
}

/** All that compute may look at. */
export interface Given {
  /** For an item in image space. */
  readonly image: ImageFacts | undefined;
  /** For an item in patient space. */
  readonly series: SeriesFacts | undefined;
  /** Answers to `needs`, in its order; a refusal where the pixels cannot be had. */
  readonly pixels: readonly Outcome<Volume | Frame>[];
  record(id: RecordId): PlanRecord | undefined;
  /** What is known of the image another item lies on. */
  imageOf(on: ImageSpace): ImageFacts | undefined;
  /** Finished results of the items named by `uses`. */
  result(id: RecordId): Outcome<Computed> | undefined;
}
export interface Run {
  readonly signal?: AbortSignal;
  progress?(fraction: number): void;
  /** What can be shown before the numbers are there: the course of a line. */
  partial?(computed: Computed): void;
}

/** The numbers of one item by key (keys and units: the contract), with what must be said about them. */
export interface Computed {
  readonly results: Readonly<Record<string, ResultValue>>;
  readonly notes: readonly Note[];
  /** Planes across a followed line, for the eyes alone: documents leave them out. */
  readonly sections?: readonly LineSection[];
}
/** One plane across a followed line; frames turn as little as the line allows. */
export interface LineSection {
  /** mm along the line. */
  readonly positionMm: number;
  /** LPS mm. */
  readonly at: LpsMm;
  /** Unit vectors that span the plane, LPS; their cross product points along the line. */
  readonly u: Vec3;
  readonly v: Vec3;
  /** Points of the lumen's wall in the plane, around it, mm along `u` and `v` from `at`; null where no lumen is measured. */
  readonly wallMm: readonly (readonly [number, number])[] | null;
}

/** One line of the panel, table, report and SR. `main`: the number shown in the list. */
export interface Row {
  readonly key: string;
  readonly label: string;
  readonly quantity: Quantity;
  readonly code: { readonly value: string; readonly scheme: string; readonly meaning: string };
  readonly main?: boolean;
  /** Shown after the main number in the list and on the image, with these words between: " × ", ", mean ". */
  readonly beside?: string;
}
/** Lines over one axis, with their places in space. */
export interface Chart {
  readonly title: string;
  /** Ascending. */
  readonly x: { readonly label: string; readonly unit: string; readonly values: readonly number[] };
  readonly lines: readonly {
    readonly label: string;
    readonly unit: string;
    /** One for each of `x`; null: there is none. */
    readonly values: readonly (number | null)[];
  }[];
  /** Upright lines at places that have a name, in the unit of `x`. */
  readonly markers?: readonly {
    readonly label: string;
    readonly at: number;
    /** Of one that may be dragged (`LineMarks`). */
    readonly handle?: string;
  }[];
  /** Where each of `x` lies, to be shown in the views. */
  readonly places?: readonly Point[];
}

/**
 * Values along an item that come from pixels, as its result `profile`. Read after the numbers, which never wait for them:
 * where they cannot be had the item stands without, and a note of the key `profile` says why.
 */
export interface ItemProfile<Item extends PlanItem = PlanItem> {
  needs(item: Item, series?: SeriesFacts): readonly PixelNeed[];
  /** `given.pixels`: the answers to its own `needs`. */
  compute(
    item: Item,
    given: { readonly series: SeriesFacts; readonly pixels: Given['pixels'] },
  ): Outcome<{ readonly profile: ProfileQuantity; readonly notes: readonly Note[] }>;
}

/** One kind of measurement: plain data and pure functions. No DOM, React, Cornerstone, clock or global. */
export interface MeasurementKind<Item extends PlanItem = PlanItem> {
  readonly name: string;
  readonly title: string;
  /** The accessible name of its tool's button, and its key. */
  readonly tool: {
    readonly name: string;
    readonly key: string;
    /** Where it can be placed; none: it is made from other items, without a tool. */
    readonly spaces: readonly Space['in'][];
    /** What it gives, for the tooltip, where the name alone does not tell. */
    readonly hint?: string;
    /** The kind whose tool serves where this one cannot be placed. */
    readonly otherwise?: string;
  };
  /** Raised when the same item can give another number. */
  readonly version: number;
  /** The item's schema, from which the plan's JSON Schema in docs/ is made. */
  readonly schema?: import('zod').ZodType;
  /** @throws PlanFault naming the path of the bad field. */
  parse(json: unknown): Item;
  readonly migrations: readonly ((old: unknown) => unknown)[];
  readonly steps: readonly PlacementStep[];
  /** undefined: more steps to come. `confirmed`: the person pressed Enter, optional steps end here. */
  finish(draft: Draft, confirmed?: boolean): Item | undefined;
  handles(item: Item): readonly Handle[];
  /** A new item; the old one is untouched. */
  moveHandle(item: Item, handle: string, to: Point): Item;
  /**
   * One point more. `within`: the line was clicked, and the point comes between its neighbours on it; `beyond`: the item goes on to
   * the clicked place from its nearer end. undefined: there is one already.
   */
  addPoint?(item: Item, at: Point, how: 'within' | 'beyond', computed?: Computed): Item | undefined;
  /** Records whose results or shapes it reads. */
  uses(item: Item): readonly RecordId[];
  /** `series`: what is known of the series the item lies on. */
  needs(item: Item, series?: SeriesFacts): readonly PixelNeed[];
  compute(item: Item, given: Given, run: Run): Promise<Outcome<Computed>>;
  /** Works without a result too. */
  shapes(item: Item, computed?: Computed): readonly Shape[];
  rows(item: Item, computed: Computed): readonly Row[];
  /** What an item is called by what it turned out to measure; absent: by `title`. */
  titleOf?(computed: Computed): string;
  /** Of a kind without numbers: what is written in their place. */
  words?(item: Item): string;
  /** Of words that may be moved away from what they point at: `moveHandle` moves their middle by this name. */
  readonly wordsHandle?: {
    readonly name: string;
    readonly title: string;
    /** undefined: they stand beside the item, wherever there is room. */
    at(item: Item): Point | undefined;
  };
  readonly form?: ItemForm<Item>;
  /** Of a kind that gives images their scale (calibrations.ts): mm a column's width; undefined where it has none. */
  scale?(item: Item, computed: Computed): { readonly millimetresPerPixel: number; readonly says: string } | undefined;
  /** It reads numbers of other items, not their places: frames of reference do not matter. */
  readonly numbersOnly?: boolean;
  readonly profile?: ItemProfile<Item>;
  charts?(item: Item, computed: Computed): readonly Chart[];
  readonly lineMarks?: LineMarks<Item>;
  /** Other ways to place the same kind, each a tool with its own button: arm `{ ...kind, ...way }`. */
  readonly otherTools?: readonly Pick<MeasurementKind<Item>, 'tool' | 'steps' | 'finish'>[];
}
export type { Refusal };
