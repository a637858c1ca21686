import { createContext, useContext, useEffect, useReducer, useSyncExternalStore } from 'react';
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
export function useToolState(): ToolState {
  const { tool } = useDesk();
  return useSyncExternalStore(tool.subscribe, tool.getState);
}
/** The view of that name, once it has a picture. */
export function useView(name: ViewName | null): View | undefined {
  const { views } = useDesk();
  return useSyncExternalStore(views.onChange, () => (name === null ? undefined : views.get(name)));
}
/** Renders again, at most once a frame, when the view has drawn. */
export function useDrawn(view: View | undefined): void {
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (view === undefined) return undefined;
    let frame = 0;
    const stop = view.onDrawn(() => {
      if (frame === 0)
        frame = requestAnimationFrame(() => {
          frame = 0;
          again();
        });
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [view]);
}
