import type { Series } from '../../src/dicom/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import type { EvaluatedItem, Evaluation } from '../../src/measurements/index.ts';
import type { Frame } from '../../src/pixels/index.ts';
import type { Plan } from '../../src/plan/index.ts';
import type { Outcome } from '../../src/quantity/index.ts';

/** Which pixels the worker asks for: a whole series, or one frame of one of its images (counted from 1). */
export interface PixelRequest {
  readonly key: string;
  readonly frame: { readonly sopInstanceUID: string; readonly frame: number } | null;
}

/** What the window says to the compute worker. */
export type ToCompute =
  | { readonly type: 'begin'; readonly program: string }
  /** Headers of a series; told once, and again when it has changed. */
  | { readonly type: 'series'; readonly series: Series }
  /** The series is closed: its headers, or only its pixels, are let go. */
  | { readonly type: 'forget'; readonly key: string; readonly headers: boolean }
  /** `stop`: one shared number, not 0 when the call is aborted; null where memory cannot be shared. */
  | { readonly type: 'evaluate'; readonly call: number; readonly plan: Plan; readonly stop: Int32Array | null }
  | { readonly type: 'abort'; readonly call: number }
  | { readonly type: 'pixels'; readonly request: number; readonly outcome: Outcome<Volume | Frame> };

/** What the compute worker says to the window. */
export type FromCompute =
  | { readonly type: 'progress'; readonly call: number; readonly fraction: number }
  /** What of an item can be shown before its numbers are there. */
  | { readonly type: 'partial'; readonly call: number; readonly item: EvaluatedItem }
  /** All numbers, while the values along items wait for pixels. */
  | { readonly type: 'numbers'; readonly call: number; readonly evaluation: Evaluation }
  | { readonly type: 'done'; readonly call: number; readonly evaluation: Evaluation }
  | { readonly type: 'failed'; readonly call: number; readonly say: string }
  | { readonly type: 'aborted'; readonly call: number }
  | { readonly type: 'pixels'; readonly request: number; readonly asked: PixelRequest };
