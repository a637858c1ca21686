import type { DoseReport, Series } from '../dicom/index.ts';
import type { PackedSeries, Skipped } from '../contract/index.ts';
import type { NamedFile } from './grants.ts';

/** What is to be scanned: files and folders as chosen, and the files of uploads with their names. */
export interface ScanTarget {
  readonly paths: readonly string[];
  readonly files: readonly NamedFile[];
}

/** What a scan tells inside the host: as the contract's ScanEvent, but Instance.source is the file's (fileSource.ts). */
export type PathScanEvent =
  | { readonly type: 'progress'; readonly filesFound: number; readonly filesRead: number; readonly seriesFound: number }
  | { readonly type: 'series'; readonly series: Series; readonly retired: readonly string[] }
  | { readonly type: 'plan'; readonly path: string; readonly shown: string }
  | { readonly type: 'dose'; readonly report: DoseReport }
  /** A folder (a real path) whose files the chosen table of contents (DICOMDIR) opens. */
  | { readonly type: 'root'; readonly path: string }
  | { readonly type: 'done'; readonly skipped: readonly Skipped[]; readonly filesRead: number };

/** Between the host and its scanning thread. */
export type ToScanThread =
  | { readonly type: 'start'; readonly job: number; readonly target: ScanTarget }
  | { readonly type: 'cancel'; readonly job: number };
export type FromScanThread =
  | { readonly type: 'event'; readonly job: number; readonly event: Exclude<PathScanEvent, { type: 'series' }> }
  | {
      readonly type: 'series';
      readonly job: number;
      readonly series: PackedSeries;
      readonly retired: readonly string[];
    }
  | { readonly type: 'failed'; readonly job: number; readonly cancelled: boolean };
