import { createContext, useContext, useEffect, useMemo, useReducer, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { View, ViewName } from '../cornerstone/types.ts';
import type { Tool, ToolState } from '../marks/types.ts';
import type { PlanState, SessionState, Settings } from '../state/index.ts';
import type { Desk } from './desk.ts';

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('No desk around this part of the window.');
  return desk;
}
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useDesk().session, select);
}
export function useSettings<T>(select: (state: Settings) => T): T {
  const { settings } = useDesk();
  return useSyncExternalStore(settings.subscribe, () => select(settings.getState()));
}
export function usePlan(): PlanState {
  const { plan } = useDesk();
  return useSyncExternalStore(plan.subscribe, plan.getState);
}
export function useToolState(): ToolState {
  const { tool } = useDesk();
  const kept = useMemo(() => keptState(tool), [tool]);
  return useSyncExternalStore(kept.subscribe, kept.state);
}
/** The tool makes its state anew on every question, and React asks twice: the last one told is kept. */
function keptState(tool: Tool): { state(): ToolState; subscribe(listener: () => void): () => void } {
  let last = tool.getState();
  return {
    state: () => last,
    subscribe: (listener) =>
      tool.subscribe((state) => {
        last = state;
        listener();
      }),
  };
}
/** The view of that name, once it has a picture. */
export function useView(name: ViewName | null): View | undefined {
  const { views } = useDesk();
  return useSyncExternalStore(views.onChange, () => (name === null ? undefined : views.get(name)));
}
/** How often the words around a picture follow its loading, ms: telling of every slice would take longer than reading it. */
const progressMs = 250;
/** Renders again when the view has drawn (at most once a frame) and, now and then, while its series is coming. */
export function useDrawn(view: View | undefined): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (view === undefined) return undefined;
    let frame = 0;
    const soon = (): void => {
      if (frame !== 0) return;
      frame = requestAnimationFrame(() => {
        frame = 0;
        again();
      });
    };
    let later: ReturnType<typeof setTimeout> | null = null;
    const sometimes = (): void => {
      later ??= setTimeout(() => {
        later = null;
        soon();
      }, progressMs);
    };
    const stops = [view.onDrawn(soon), view.loaded?.onProgress(sometimes)];
    return () => {
      for (const stop of stops) stop?.();
      cancelAnimationFrame(frame);
      if (later !== null) clearTimeout(later);
    };
  }, [view]);
}
