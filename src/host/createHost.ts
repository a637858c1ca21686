import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { HostError, ScanEvent, Source } from '../contract/index.ts';
import { fault, HostFault, toHostError } from './fault.ts';
import { frameStream } from './frameStream.ts';
import { FrameTables } from './frameTables.ts';
import { Grants, type Grant } from './grants.ts';
import { privateFolder } from './home.ts';
import { readHeader } from './header.ts';
import type { Call, Host } from './host.ts';
import { eventsOf } from './eventQueue.ts';
import { openJournals } from './journal.ts';
import { loadPlan, savePlan } from './plans.ts';
import { Recents } from './recents.ts';
import { listSamples, Samples } from './samples.ts';
import type { PathScanEvent, ScanTarget } from './scanEvents.ts';
import { createScanner, type Scanner } from './scanner.ts';
import { openBytes } from './openBytes.ts';
import { Settings } from './settings.ts';
import { Unpacked } from './unpacked.ts';
import { Uploads, usualUploadLimits, type UploadLimits } from './uploads.ts';

export interface HostOptions {
  /** SELDINGER_HOME: settings, journals, samples and uploads live below it. */
  readonly home: string;
  readonly door: 'browser' | 'electron';
  /** Whether the page may carry `window.seldingerAutomation`. */
  readonly automation: boolean;
  /** Files and folders that the command line asked to open. */
  readonly launch: readonly string[];
  /** Told of a launch path that is not there; without it `createHost` throws. */
  readonly onMissing?: (why: HostError) => void;
  /** The program's version. */
  readonly program: string;
  readonly uploadLimits?: UploadLimits;
  readonly now?: () => Date;
  readonly scanner?: Scanner;
}

/**
 * The one implementation of the contract: everything that touches the disk.
 * @throws HostFault when a path of `launch` is missing or cannot be read, unless `onMissing` is given.
 */
export function createHost(options: HostOptions): Host {
  const home = privateFolder(options.home);
  const now = options.now ?? (() => new Date());
  const grants = new Grants();
  const launch = grantLaunch(grants, options);
  const scanner = options.scanner ?? createScanner();
  const uploads = new Uploads(home, options.uploadLimits ?? usualUploadLimits, grants);
  const recents = new Recents(home, now);
  const settings = new Settings(home);
  const samples = new Samples(home, options.program, grants);
  const tables = new FrameTables();
  const unpacked = new Unpacked(home);
  const journals = openJournals(path.join(home, 'journals'), { now: () => now().toISOString(), newId: randomUUID });
  let closing: Promise<void> | undefined;

  const host: Host['methods'] = {
    hello: () =>
      Promise.resolve({
        program: options.program,
        automation: options.automation,
        door: options.door,
        launch,
        recents: recents.list(),
        samples: listSamples(),
        uploadLimits: { ...uploads.limits },
      }),

    scan: ({ sources }, { signal }) => {
      const opened = sources.map((id) => grants.source(id));
      return eventsOf<ScanEvent>(
        signal,
        async (tell, stop) => {
          let anything = false;
          const roots = opened.flatMap((grant) => grant.roots);
          await scanner.scan(targetOf(opened), stop, (event) => {
            anything ||= event.type === 'series';
            // What the chosen table of contents lists was chosen with it.
            if (event.type === 'root') roots.push(event.path);
            else tell(toldEvent(event, grants, opened, roots));
          });
          if (anything) await remember(recents, opened);
        },
        (error) => (signal.aborted ? undefined : failedEvent(error)),
      );
    },

    frames: ({ frames }, { signal }) =>
      frameStream(
        frames,
        {
          file: (token) => grants.file(token),
          open: (source) => openBytes(source, unpacked),
          instance: (token) => grants.instance(token),
          tables,
        },
        signal,
      ),

    header: ({ token }) => Promise.resolve().then(() => readHeader(grants.file(token).path, unpacked)),

    reopen: async ({ recent }) => ({ source: await recents.reopen(recent, grants) }),

    uploadBegin: (input) => Promise.resolve().then(() => ({ upload: uploads.begin(input) })),
    uploadPiece: async (input, { body }: Call) => ({ received: await uploads.piece(input, body ?? nothing()) }),
    uploadEnd: async ({ upload, cancel }) => ({ source: await uploads.end(upload, cancel === true) }),

    makeSample: ({ name }, { signal }) =>
      eventsOf(
        signal,
        async (tell, stop) => {
          const source = await samples.make(name, stop, (fraction) => tell({ type: 'progress', fraction }));
          tell({ type: 'done', source });
        },
        (error) => (signal.aborted ? undefined : failedEvent(error)),
      ),

    journalOpen: (input) => journals.open(input),
    journalAppend: (input) => journals.append(input),
    journalClose: async (input) => {
      await journals.close(input);
      return {};
    },

    sessionAlive: (input) => Promise.resolve({ held: journals.alive(input) }),
    sessionClose: async ({ session }) => {
      await journals.closeSession(session);
      return {};
    },

    planLoad: async ({ source }) => {
      const grant = grants.source(source);
      const plan = await loadPlan(grant, unpacked);
      await remember(recents, [grant]);
      return { plan, source: grant.source };
    },
    planSave: async ({ plan, source, journal }) => {
      if (source === null && journal === null) fault('bad-request', 'There is nothing to save to.');
      if (source !== null) {
        const grant = grants.source(source);
        await savePlan(grant, plan);
        await remember(recents, [grant]);
      }
      if (journal !== null) await journals.markSaved({ journal, plan });
      return { saved: true };
    },
    forgetRecents: async () => {
      await recents.forget();
      return {};
    },

    settingsRead: () => settings.read(),
    settingsWrite: ({ changes }) => settings.write(changes),
  };

  return {
    methods: host,
    grantPaths: (paths) => grants.grantPaths(paths),
    grantPlanTarget: (target) => grants.grantPlanTarget(target),
    pageLost: (page) => journals.lost(page),
    close: () =>
      (closing ??= (async () => {
        await Promise.allSettled([journals.closeAll(), scanner.close()]);
        await Promise.allSettled([uploads.close(), unpacked.close()]);
      })()),
  };
}

function grantLaunch(grants: Grants, { launch, onMissing }: HostOptions): Source[] {
  return launch.flatMap((one) => {
    try {
      return [grants.grantPath(one)];
    } catch (error) {
      if (onMissing === undefined || !(error instanceof HostFault)) throw error;
      onMissing(error.error);
      return [];
    }
  });
}

function targetOf(grants: readonly Grant[]): ScanTarget {
  return {
    paths: grants.flatMap(({ read }) => ('paths' in read ? read.paths : [])),
    files: grants.flatMap(({ read }) => ('files' in read ? read.files : [])),
  };
}

/** A scan's event as the page may know it: tokens in the place of paths. */
function toldEvent(
  event: Exclude<PathScanEvent, { type: 'root' }>,
  grants: Grants,
  opened: readonly Grant[],
  roots: readonly string[],
): ScanEvent {
  switch (event.type) {
    case 'progress':
      return event;
    case 'dose':
      return { type: 'dose', report: { ...event.report } };
    case 'plan':
      return { type: 'plan', source: grants.grantPlanFound(event, opened) };
    case 'done':
      return { type: 'done', skipped: [...event.skipped], filesRead: event.filesRead };
    case 'series': {
      const instances = event.series.instances.map((instance) => ({
        ...instance,
        source: grants.tokenOf(instance, roots),
      }));
      return { type: 'series', series: { ...event.series, instances }, retired: [...event.retired] };
    }
  }
}

/** Recents are a convenience: a disk that cannot take them stops nothing. */
async function remember(recents: Recents, opened: readonly Grant[]): Promise<void> {
  for (const grant of opened) await recents.remember(grant).catch(() => undefined);
}

function failedEvent(error: unknown): { readonly type: 'failed'; readonly code: string; readonly say: string } {
  const { code, say } = toHostError(error);
  return { type: 'failed', code, say };
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
