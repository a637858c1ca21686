import type { Source } from '../../src/contract/index.ts';
import { droppedFiles, isAbort, pickInBrowser, sentenceOf, uploadFiles, type ChosenFile } from '../host/index.ts';
import {
  endWork,
  putDose,
  putScan,
  putSeries,
  putWork,
  say,
  shownSeries,
  type Scan,
  type ToldSeries,
} from '../state/index.ts';
import { painted } from '../ui/painted.ts';
import type { Desk } from './desk.ts';
import { gathered } from './gathered.ts';
import { rememberedLayout } from './jobs.ts';
import { openPlanFrom, planForSeries } from './planFiles.ts';
import { bestLayout, bestSeries, possibleLayout, showSeries } from './showing.ts';

export interface OpenOptions {
  /** Open the best series when the reading is done and nothing is on screen yet. */
  readonly show: boolean;
  /** The bytes lie in the host's private folder: a plan among them has no place to be saved back to. */
  readonly uploaded?: boolean;
  /** Files beside the images that are meant to be there and need no word. */
  readonly companions?: readonly string[];
}

const cancels = new Map<string, AbortController>();
export function cancelScan(id: string): void {
  cancels.get(id)?.abort();
}

/** Reads folders and files: series appear as they are found; resolves when everything is read or the reading was cancelled. */
export async function openSources(desk: Desk, sources: readonly Source[], options: OpenOptions): Promise<void> {
  if (sources.length === 0) return;
  const { session } = desk;
  const id = crypto.randomUUID();
  const abort = new AbortController();
  cancels.set(id, abort);
  let scan: Scan = {
    id,
    label: sources.map(({ label }) => label).join(', '),
    running: true,
    filesFound: 0,
    filesRead: 0,
    seriesFound: 0,
  };
  putScan(session, scan);
  session.setState((state) => ({
    sources: [...state.sources.filter((known) => !sources.some((one) => one.id === known.id)), ...sources],
  }));
  const found: string[] = [];
  const series = gathered<ToldSeries>((told) => {
    putSeries(session, told);
    putScan(session, scan);
  });
  const plans: Source[] = [];
  const unexpected = ({ path, reason }: { readonly path: string; readonly reason: string }): boolean =>
    reason !== 'not-dicom' || options.companions?.includes(path.split('/').at(-1) ?? '') !== true;
  let failure: string | null = null;
  try {
    // The window says that it reads before all cores are at it.
    await painted(4);
    abort.signal.throwIfAborted();
    await desk.client.lines(
      'scan',
      { sources: sources.map((source) => source.id) },
      (event) => {
        switch (event.type) {
          case 'progress':
            scan = {
              ...scan,
              filesFound: event.filesFound,
              filesRead: event.filesRead,
              seriesFound: event.seriesFound,
            };
            series.tell();
            break;
          case 'series':
            series.add({ series: event.series, retired: event.retired });
            found.push(event.series.key);
            break;
          case 'plan':
            plans.push(event.source);
            break;
          case 'dose':
            putDose(session, event.report);
            break;
          case 'done':
            scan = { ...scan, filesRead: event.filesRead };
            session.setState((state) => ({ skipped: [...state.skipped, ...event.skipped.filter(unexpected)] }));
            break;
          case 'failed':
            failure = event.say;
            break;
        }
      },
      abort.signal,
    );
  } catch (thrown) {
    if (!abort.signal.aborted && !isAbort(thrown)) failure = sentenceOf(thrown).say;
  } finally {
    cancels.delete(id);
    scan = { ...scan, running: false };
    series.end();
  }
  if (abort.signal.aborted)
    say(session, {
      tone: 'warning',
      say: `Reading "${scan.label}" was cancelled: its series may lack images, and gaps named in the list may come from that.`,
      remedy: 'Open it again to read all of it.',
    });
  if (failure !== null) say(session, { tone: 'error', say: failure });
  await settle(desk, found, plans, scan.label, options);
}

/** After the reading: the plan of these images, then a picture. */
async function settle(
  desk: Desk,
  found: readonly string[],
  plans: readonly Source[],
  label: string,
  options: OpenOptions,
): Promise<void> {
  const { session } = desk;
  const series = session.getState().series.filter(({ key }) => found.includes(key));
  const [plan] = plans;
  if (plans.length > 1)
    say(session, { tone: 'warning', say: `${plans.length} plans were found; "${plan?.label ?? ''}" was opened.` });
  if (plan !== undefined) await openPlanFrom(desk, plan, options.uploaded === true);
  else {
    const best = bestSeries(series);
    if (best !== null && shownSeries(session.getState()) === null) await planForSeries(desk, best);
  }
  desk.plan.recompute();
  if (series.length === 0 && plan === undefined) {
    if (session.getState().messages.every(({ tone }) => tone !== 'error'))
      say(session, { tone: 'warning', say: `No images that can be shown were found in "${label}".` });
    return;
  }
  const best = bestSeries(series);
  if (options.show && best !== null && shownSeries(session.getState()) === null)
    await showSeries(desk, best, { layout: possibleLayout(desk, rememberedLayout(desk, best) ?? bestLayout(best)) });
}

/** Hands chosen files over: read in place on the desktop, streamed to the host in a browser. */
export async function openChosen(desk: Desk, chosen: readonly ChosenFile[]): Promise<void> {
  if (chosen.length === 0) return;
  const { session, native, client } = desk;
  if (native !== null) {
    await openSources(desk, await native.grant(chosen.map(({ file }) => file)), { show: true });
    return;
  }
  const limits = session.getState().hello?.uploadLimits ?? { files: Infinity, bytes: Infinity };
  const id = crypto.randomUUID();
  const abort = new AbortController();
  const work = { id, title: 'Handing files over', cancel: () => abort.abort() };
  putWork(session, { ...work, fraction: 0 });
  try {
    const source = await uploadFiles(
      client,
      chosen,
      limits,
      (fraction) => putWork(session, { ...work, fraction }),
      abort.signal,
    );
    endWork(session, id);
    await openSources(desk, [source], { show: true, uploaded: true });
  } catch (thrown) {
    if (!abort.signal.aborted) say(session, { tone: 'error', ...sentenceOf(thrown) });
  } finally {
    endWork(session, id);
  }
}

/** A drop anywhere on the window. On the desktop a dropped folder is read in place. */
export async function openDropped(desk: Desk, transfer: DataTransfer): Promise<void> {
  try {
    if (desk.native !== null) {
      const files = [...transfer.files];
      await openSources(desk, await desk.native.grant(files), { show: true });
      return;
    }
    // Of no use any more once something has been waited for.
    const files = transfer.types.includes('Files');
    const dropped = await droppedFiles(transfer);
    if (dropped.length === 0 && files) say(desk.session, { tone: 'warning', say: 'What was dropped holds no file.' });
    await openChosen(desk, dropped);
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/** The dialog for files, a folder or a plan. */
export async function openByDialog(desk: Desk, what: 'files' | 'folder' | 'plan'): Promise<void> {
  try {
    if (desk.native !== null) await openSources(desk, await desk.native.pick(what), { show: true });
    else await openChosen(desk, await pickInBrowser(what));
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

export async function openRecent(desk: Desk, recent: string): Promise<void> {
  try {
    const { source } = await desk.client.call('reopen', { recent });
    await openSources(desk, [source], { show: true });
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

export async function forgetRecents(desk: Desk): Promise<void> {
  await desk.client.call('forgetRecents', {});
  desk.session.setState(({ hello }) => ({ hello: hello === null ? null : { ...hello, recents: [] } }));
}

/** Makes a sample case on the spot and opens it. */
export async function openSample(desk: Desk, name: string): Promise<void> {
  const { session, client } = desk;
  const title = session.getState().hello?.samples.find((sample) => sample.name === name)?.title ?? name;
  const id = crypto.randomUUID();
  const abort = new AbortController();
  const work = { id, title: `Making the sample case "${title}"`, cancel: () => abort.abort() };
  putWork(session, { ...work, fraction: 0 });
  const made: Source[] = [];
  try {
    await client.lines(
      'makeSample',
      { name },
      (event) => {
        if (event.type === 'progress') putWork(session, { ...work, fraction: event.fraction });
        else if (event.type === 'done') made.push(event.source);
        else say(session, { tone: 'error', say: event.say });
      },
      abort.signal,
    );
    endWork(session, id);
    await openSources(desk, made, { show: true, companions: ['truth.json'] });
  } catch (thrown) {
    if (!abort.signal.aborted) say(session, { tone: 'error', ...sentenceOf(thrown) });
  } finally {
    endWork(session, id);
  }
}
