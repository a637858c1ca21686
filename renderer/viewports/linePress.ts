import { setLineMark, type Desk } from '../actions/index.ts';
import type { View } from '../cornerstone/types.ts';
import { markerAt, type LineMarker } from './lineReading.ts';

/** A press on the curved view or its plot: it holds a mark where one lies there, else the present place. */
export interface LinePress {
  readonly marker: LineMarker | null;
  move(canvasX: number): void;
  end(): void;
  cancel(): void;
}

export function linePress(desk: Desk, view: View, canvasX: number): LinePress {
  const marker = markerAt(desk, view, canvasX);
  const { along } = view;
  let moved = false;
  return {
    marker,
    move(x) {
      if (along === undefined) return;
      const positionMm = along.positionAt(x);
      if (marker?.handle === undefined) return desk.along.move(positionMm, view.name);
      moved = true;
      desk.along.setMarking({ handle: marker.handle, positionMm });
    },
    end() {
      const held = desk.along.marking();
      if (marker === null || held === null) return;
      if (moved) setLineMark(desk, held.handle, held.positionMm, `Move ${marker.label.toLowerCase()}`);
      else desk.along.setMarking(null);
    },
    cancel: () => desk.along.setMarking(null),
  };
}
