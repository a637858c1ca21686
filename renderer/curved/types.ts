import type { CurveFrame, LpsMm } from '../../src/geometry/index.ts';
import type { LineSection } from '../../src/measurements/index.ts';
import type { LoadedSeries, View } from '../cornerstone/types.ts';

/** A followed line of one item, as the views along it show it. */
export interface ShownLine {
  readonly id: string;
  readonly sections: readonly LineSection[];
  /** LPS mm, one of each section. */
  readonly points: readonly LpsMm[];
  /** Turned as a whole so that down on screen is as far posterior as the line lets it be. */
  readonly frames: readonly CurveFrame[];
  readonly lengthMm: number;
}

/** All that the views along a line know of the window. */
export interface LinePort {
  /** The line shown on this series; null: none. The same object until it changes. */
  line(loaded: LoadedSeries): ShownLine | null;
  /** mm along it. */
  positionMm(): number;
  move(positionMm: number): void;
  /** Line or position may have changed. */
  onChange(listener: () => void): () => void;
  /** The plane of the same series whose window is shared. */
  lead(loaded: LoadedSeries): View | undefined;
  /** The window of the planes may have changed. */
  onWindow(listener: () => void): () => void;
}
