import type { Series } from '../dicom/index.ts';
import type { Skipped } from '../contract/index.ts';
import { runScan } from './runScan.ts';
import type { PathScanEvent } from './scanEvents.ts';

/** What lies in the paths: series in the order of their first files by path, and what was passed over. */
export interface ScannedPaths {
  readonly series: readonly Series[];
  readonly skipped: readonly Skipped[];
  /** `*.plan.json` files met, absolute. */
  readonly plans: readonly string[];
  readonly filesRead: number;
}

/**
 * The scan for callers without a window (the command line): the same code on the caller's own thread.
 * Instance.source is the file's absolute, real path.
 *
 * @param paths  Files and folders; missing ones are listed as skipped.
 * @throws the signal's reason when aborted.
 */
export async function scanPaths(
  paths: readonly string[],
  options: { readonly signal?: AbortSignal; readonly onEvent?: (event: PathScanEvent) => void } = {},
): Promise<ScannedPaths> {
  const series = new Map<string, Series>();
  const plans: string[] = [];
  let skipped: readonly Skipped[] = [];
  let filesRead = 0;
  await runScan({ paths, files: [] }, options.signal ?? new AbortController().signal, (event) => {
    if (event.type === 'series') {
      for (const key of event.retired) series.delete(key);
      series.set(event.series.key, event.series);
    } else if (event.type === 'plan') {
      plans.push(event.path);
    } else if (event.type === 'done') {
      ({ skipped, filesRead } = event);
    }
    options.onEvent?.(event);
  });
  return { series: inOrderOfPaths([...series.values()]), skipped, plans, filesRead };
}

/** The order in which series are told depends on time; this one does not. */
function inOrderOfPaths(series: readonly Series[]): Series[] {
  const first = (one: Series) =>
    one.instances.reduce((least, { source }) => (source < least ? source : least), one.instances[0]?.source ?? '');
  return series
    .map((one) => ({ one, at: `${first(one)}\0${one.key}` }))
    .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    .map(({ one }) => one);
}
