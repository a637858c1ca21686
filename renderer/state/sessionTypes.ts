import type { LpsMm, Point, Vec2 } from '../../src/geometry/index.ts';
import type { Output, ScanEvent, Skipped, Source } from '../../src/contract/index.ts';
import type { Series } from '../../src/dicom/index.ts';
import type { SlabMode } from '../../src/imaging/index.ts';
import type { RecordId, Space } from '../../src/plan/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import type { OffsetLink } from './linking.ts';

export type Hello = Output<'hello'>;

/** How the middle of the window is divided. Later layouts (needle) are further names here and in `layouts`. */
export type Layout = '1x1' | '1x2' | '2x2' | 'mpr' | 'vessel' | 'compare';
export const layouts: Readonly<Record<Layout, { readonly title: string; readonly views: readonly ViewName[] }>> = {
  '1x1': { title: 'One image', views: ['Stack'] },
  '1x2': { title: 'Two images', views: ['Stack', 'Stack 2'] },
  '2x2': { title: 'Four images', views: ['Stack', 'Stack 2', 'Stack 3', 'Stack 4'] },
  mpr: { title: 'MPR: three planes and 3D', views: ['Axial', 'Coronal', 'Sagittal', '3D'] },
  vessel: {
    title: 'Vessel: planes, curved view, cross-section',
    views: ['Axial', 'Coronal', 'Sagittal', 'Curved', 'Cross-section'],
  },
  compare: { title: 'Compare two dates', views: ['Stack', 'Stack 2'] },
};
export function isLayout(text: string): text is Layout {
  return Object.hasOwn(layouts, text);
}

/** All its views show one volume, linked at one point. */
export function isOfPlanes(layout: Layout): boolean {
  return layout === 'mpr' || layout === 'vessel';
}

/** A sentence for the person, shown beside the images and never over them. */
export interface Message {
  readonly id: string;
  readonly tone: 'info' | 'warning' | 'error';
  readonly say: string;
  readonly remedy?: string;
  /** What it is about: a newer message of the same matter takes its place. */
  readonly matter?: 'linking' | 'comparing';
  /** It goes as soon as it is no longer true; without this it stays until someone dismisses it. */
  readonly holds?: (state: SessionState) => boolean;
}

/** A running or finished reading of a folder. */
export interface Scan {
  readonly id: string;
  readonly label: string;
  readonly running: boolean;
  readonly filesFound: number;
  readonly filesRead: number;
  readonly seriesFound: number;
}

/** Long work with its way out; `fraction` null: it cannot be said. */
export interface Work {
  readonly id: string;
  readonly title: string;
  readonly fraction: number | null;
  readonly cancel: (() => void) | null;
}

/** What lies under the mouse; a store of its own because it changes with every move. */
export interface PointerReading {
  readonly point: Point;
  /** With its unit, ready to read; null outside the picture. */
  readonly value: string | null;
}

export type DialogName = 'palette' | 'help' | 'header' | 'settings' | 'ratio' | 'about' | 'compare' | 'window';

/** What a menu is of. */
export type MenuFor =
  | { readonly type: 'picture'; readonly view: ViewName }
  | { readonly type: 'item'; readonly id: RecordId }
  | { readonly type: 'series'; readonly key: string };
/** An open menu of a place: where, CSS px in the window, and what lay under the mouse there. */
export interface MenuPlace {
  readonly at: Vec2;
  readonly of: MenuFor;
  readonly reading: PointerReading | null;
}

/** Something a person must decide before it is done. */
export interface Question {
  readonly title: string;
  readonly say: string;
  readonly lines: readonly string[];
  readonly choices: readonly { readonly id: string; readonly label: string }[];
  /** null: closed without a choice. */
  readonly answer: (choice: string | null) => void;
}

/** The totals of a dose report met in a scan; it belongs to all series of its study. */
export type FoundDose = Extract<ScanEvent, { type: 'dose' }>['report'];

/** All that the window knows and never saves. */
export interface SessionState {
  readonly hello: Hello | null;
  /** What was opened, in that order, each once. */
  readonly sources: readonly Source[];
  /** In the order of the list: studies newest first, then by series number. */
  readonly series: readonly Series[];
  readonly scans: readonly Scan[];
  /** The scan of the command line's paths has ended (or there was none). */
  readonly launched: boolean;
  readonly skipped: readonly Skipped[];
  /** Dose reports found, each once. */
  readonly doses: readonly FoundDose[];
  readonly layout: Layout;
  /** The one view that a double click made full. */
  readonly full: ViewName | null;
  readonly active: ViewName | null;
  /** The view that the mouse moved over last and has not left; null also once the keys have chosen a view. */
  readonly underMouse: ViewName | null;
  /** Series keys by view. */
  readonly shown: Readonly<Partial<Record<ViewName, string>>>;
  /** Why a view could not show its series, as sentences. */
  readonly faults: Readonly<Partial<Record<ViewName, string>>>;
  readonly selection: RecordId | null;
  /** Item whose name is being typed. */
  readonly renaming: RecordId | null;
  readonly messages: readonly Message[];
  readonly works: readonly Work[];
  readonly crosshair: boolean;
  /** The point through which the linked planes pass. */
  readonly point: LpsMm | null;
  /** A place that a chart points at; the views mark it. */
  readonly pointed: { readonly point: Point; readonly on: Space } | null;
  /** Raised when every picture has to be made anew. */
  readonly drawing: number;
  /** Thickness last chosen by hand for each kind of slab, mm. */
  readonly slabMm: Readonly<Partial<Record<SlabMode, number>>>;
  readonly marksHidden: boolean;
  readonly namesHidden: boolean;
  /** Overlay planes of the files (60xx). */
  readonly overlaysHidden: boolean;
  readonly dialog: DialogName | null;
  readonly menu: MenuPlace | null;
  /** Name of the plan that was put aside because the images are another patient's, as long as they are; null: none. */
  readonly putAside: string | null;
  readonly question: Question | null;
  /** Stacks of one place scroll together. */
  readonly linking: boolean;
  /** Offsets that the person set between dates or frames of reference. */
  readonly links: readonly OffsetLink[];
  /** Where the other stacks' slices cut a picture. */
  readonly referenceLines: boolean;
  /** Pairs of patients that the person has agreed to see side by side. */
  readonly agreedPatients: readonly string[];
  /** Where the open plan was opened from or saved to; null: nowhere yet. */
  readonly planSource: { readonly id: string; readonly label: string } | null;
}
