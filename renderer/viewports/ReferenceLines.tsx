import { useEffect, useReducer } from 'react';
import { useDesk, useSession } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { isOfPlanes } from '../state/index.ts';
import { referenceLines } from './referenceLines.ts';

/** Scout lines: the slices of the other stacks, seen edge on; that of the active view is drawn through. */
export function ReferenceLines({ view }: { readonly view: View }) {
  const { views } = useDesk();
  const shown = useSession((state) => state.referenceLines && !state.marksHidden && !isOfPlanes(state.layout));
  const active = useSession((state) => state.active);
  const [, again] = useReducer((count: number) => count + 1, 0);
  // The others move without this picture being drawn anew.
  useEffect(() => {
    if (!shown || view.kind !== 'stack') return undefined;
    let stops: (() => void)[] = [];
    const listen = (): void => {
      for (const stop of stops) stop();
      stops = views.all().flatMap((other) => (other === view ? [] : [other.onDrawn(again)]));
      again();
    };
    const stop = views.onChange(listen);
    listen();
    return () => {
      stop();
      for (const one of stops) one();
    };
  }, [view, views, shown]);
  const lines = shown ? referenceLines(view, views.all()) : [];
  if (lines.length === 0) return null;
  return (
    <svg className="crosshair reference-lines" aria-hidden data-count={lines.length}>
      {lines.map(({ of, from, to }) => (
        <line
          key={of}
          data-of={of}
          data-active={of === active || undefined}
          x1={from[0]}
          y1={from[1]}
          x2={to[0]}
          y2={to[1]}
        />
      ))}
    </svg>
  );
}
