import { imageScale, type MeasurementKind } from '../../src/measurements/index.ts';
import type { MarksPort } from '../marks/types.ts';
import type { AlongStore, PlanState, PlanStore, SessionStore, SessionViews } from '../state/index.ts';
import { factsOfImage } from './imageScales.ts';
import { planLines, readingOf, type PlanLine } from './planReading.ts';

/** The one tool's view of the plan: it sees items and writes to a gesture, and knows no store. */
export function marksPort({
  plan,
  session,
  views,
  along,
  kinds,
}: {
  readonly plan: PlanStore;
  readonly session: SessionStore;
  readonly views: SessionViews;
  readonly along: AlongStore;
  readonly kinds: readonly MeasurementKind[];
}): MarksPort {
  let of: PlanState | undefined;
  let lines: readonly PlanLine[] = [];
  const linesNow = (): readonly PlanLine[] => {
    const state = plan.getState();
    if (state !== of) {
      of = state;
      lines = planLines(state, kinds);
    }
    return lines;
  };
  return {
    items: () => {
      const { selection } = session.getState();
      return linesNow().flatMap(({ id, item, kind, computed, stale, colour }) =>
        kind === undefined || item.hidden === true
          ? []
          : [{ id, item, kind, computed, stale, colour, selected: id === selection }],
      );
    },
    records: () => plan.getState().plan.records,
    onChange(listener) {
      const stops = [
        plan.subscribe(listener),
        session.subscribe((now, before) => {
          if (now.selection !== before.selection) listener();
        }),
      ];
      return () => {
        for (const stop of stops) stop();
      };
    },
    gesture: (title, joins) => plan.gesture(title, joins),
    newId: () => crypto.randomUUID(),
    nextOrder: () => plan.nextOrder(),
    nextLabel(kind) {
      const taken = new Set(linesNow().map(({ item }) => item.label));
      for (let n = 1; ; n++) if (!taken.has(`${kind.title} ${n}`)) return `${kind.title} ${n}`;
    },
    select: (id) => session.setState({ selection: id }),
    readOnly: () => plan.getState().readOnly,
    subject: (name) => (views.get(name)?.along === undefined ? null : (along.shown()?.id ?? null)),
    follow: (point) => void views.goTo(point, session.getState().active ?? undefined),
    pixelMm(on) {
      const facts = factsOfImage({ plan, session, kinds }, on);
      const scale = facts === null ? null : imageScale(facts);
      return scale?.unit === 'mm' ? [scale.column, scale.row] : null;
    },
    reading(id) {
      const line = linesNow().find((known) => known.id === id);
      return line === undefined ? null : readingOf(line);
    },
  };
}
