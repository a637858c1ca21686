import { createContext, useContext, useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import type { View, ViewName } from '../cornerstone/types.ts';
import type { ToolState } from '../marks/types.ts';
import type { PlanState, SessionState } from '../state/index.ts';
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
export function usePlan(): PlanState {
  const { plan } = useDesk();
  return useSyncExternalStore(plan.subscribe, plan.getState);
}
/** The tool makes its state anew on every question, so the last one told is kept. */
export function useToolState(): ToolState {
  const { tool } = useDesk();
  const [state, setState] = useState(() => tool.getState());
  useEffect(() => {
    setState(tool.getState());
    return tool.subscribe(setState);
  }, [tool]);
  return state;
}
/** The view of that name, once it has a picture. */
export function useView(name: ViewName | null): View | undefined {
  const { views } = useDesk();
  return useSyncExternalStore(views.onChange, () => (name === null ? undefined : views.get(name)));
}
/** Renders again, at most once a frame, when the view has drawn or more of its series has come. */
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
    const stops = [view.onDrawn(soon), view.loaded?.onProgress(soon)];
    return () => {
      for (const stop of stops) stop?.();
      cancelAnimationFrame(frame);
    };
  }, [view]);
}
