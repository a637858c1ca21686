import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Series } from '../../src/dicom/index.ts';
import type { Vec3 } from '../../src/geometry/index.ts';
import type { ViewName } from '../cornerstone/types.ts';
import { offsetBetween, samePlace } from './linking.ts';
import { layouts } from './sessionTypes.ts';
import type { FoundDose, Hello, Message, Scan, SessionState, Work } from './sessionTypes.ts';

export type SessionStore = StoreApi<SessionState>;

/** What the window remembers while it is open: series, layout, selection, messages. Never saved. */
export function createSession(hello: Hello | null): SessionStore {
  const store = createStore<SessionState>(() => ({
    hello,
    sources: [],
    series: [],
    scans: [],
    launched: false,
    skipped: [],
    doses: [],
    layout: '1x1',
    full: null,
    active: null,
    underMouse: null,
    shown: {},
    faults: {},
    selection: null,
    renaming: null,
    messages: [],
    works: [],
    crosshair: true,
    point: null,
    pointed: null,
    drawing: 0,
    slabMm: {},
    marksHidden: false,
    namesHidden: false,
    overlaysHidden: false,
    dialog: null,
    menu: null,
    question: null,
    linking: true,
    links: [],
    referenceLines: true,
    agreedPatients: [],
    planSource: null,
    putAside: null,
  }));
  store.subscribe((state) => {
    const messages = state.messages.filter(({ holds }) => holds?.(state) !== false);
    if (messages.length < state.messages.length) store.setState({ messages });
  });
  return store;
}

/** A series as a scan tells it; those that it replaces go. */
export interface ToldSeries {
  readonly series: Series;
  readonly retired: readonly string[];
}

/** Puts series in their places, in the order told; one that grew replaces itself, `retired` ones go. */
export function putSeries(store: SessionStore, told: readonly ToldSeries[]): void {
  if (told.length === 0) return;
  store.setState((state) => {
    const all = new Map(state.series.map((series) => [series.key, series]));
    for (const { series, retired } of told) {
      for (const key of retired) all.delete(key);
      all.set(series.key, series);
    }
    return { series: [...all.values()].sort(inListOrder) };
  });
}

export function putDose(store: SessionStore, report: FoundDose): void {
  store.setState((state) => ({
    doses: [...state.doses.filter(({ sopInstanceUID }) => sopInstanceUID !== report.sopInstanceUID), report],
  }));
}

// Made once: localeCompare makes one of its own for every comparison.
const byNumbersInText = new Intl.Collator('en', { numeric: true });

/** Studies newest first, then series by number; equal ones keep a fixed order by key. */
function inListOrder(a: Series, b: Series): number {
  return (
    compared(b.study.date + b.study.time, a.study.date + a.study.time) ||
    compared(a.study.studyInstanceUID, b.study.studyInstanceUID) ||
    (a.number ?? Number.MAX_VALUE) - (b.number ?? Number.MAX_VALUE) ||
    byNumbersInText.compare(a.key, b.key)
  );
}
function compared(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function say(store: SessionStore, message: Omit<Message, 'id'>): void {
  store.setState((state) => {
    // The same sentence twice is said once, and of one matter the last word alone.
    const others = state.messages.filter(
      (known) => known.say !== message.say && (message.matter === undefined || known.matter !== message.matter),
    );
    return { messages: [...others, { ...message, id: crypto.randomUUID() }].slice(-5) };
  });
}
export function dismiss(store: SessionStore, id: string): void {
  store.setState((state) => ({ messages: state.messages.filter((message) => message.id !== id) }));
}

export function putScan(store: SessionStore, scan: Scan): void {
  store.setState((state) => ({
    scans: state.scans.some(({ id }) => id === scan.id)
      ? state.scans.map((known) => (known.id === scan.id ? scan : known))
      : [...state.scans, scan],
  }));
}

export function putWork(store: SessionStore, work: Work): void {
  store.setState((state) => ({
    works: state.works.some(({ id }) => id === work.id)
      ? state.works.map((known) => (known.id === work.id ? work : known))
      : [...state.works, work],
  }));
}
export function endWork(store: SessionStore, id: string): void {
  store.setState((state) => ({ works: state.works.filter((work) => work.id !== id) }));
}

export function seriesByKey(state: SessionState, key: string | null | undefined): Series | null {
  return state.series.find((series) => series.key === key) ?? null;
}
/** What is on screen, in the order of the layout's views. */
export function seriesOnScreen(state: SessionState): readonly Series[] {
  return layouts[state.layout].views.flatMap((name) => seriesByKey(state, state.shown[name]) ?? []);
}
/** Whether a stack on screen follows this one only by an offset that the person set. */
export function linkedByOffset(state: SessionState, view: ViewName): Vec3 | null {
  const series = seriesByKey(state, state.shown[view]);
  if (series === null || !state.linking || !view.startsWith('Stack')) return null;
  const acrossDates = state.layout === 'compare';
  for (const other of seriesOnScreen(state)) {
    if (samePlace(series, other, acrossDates)) continue;
    const offset = offsetBetween(series, other, state.links, { acrossDates });
    if (offset !== null) return offset;
  }
  return null;
}
/** The series of the active view, else of any. */
export function shownSeries(state: SessionState): Series | null {
  const active = state.active === null ? undefined : state.shown[state.active];
  return seriesByKey(state, active ?? Object.values(state.shown)[0]);
}
