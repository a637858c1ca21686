import { realpathSync } from 'node:fs';
import path from 'node:path';
import { usualArchiveLimits, walkArchive, type ArchiveLimits } from './archive.ts';
import { conflictsAmong } from './copies.ts';
import { followIndex, plainName, type FoundIndex } from './directoryIndex.ts';
import { packedPlace } from './fileSource.ts';
import { isPlanName, type NamedFile } from './grants.ts';
import { Intake } from './intake.ts';
import type { PathScanEvent, ScanTarget } from './scanEvents.ts';
import { walk, type WalkStep } from './walk.ts';

/** How often the window hears of progress, and how long reading goes on before others get their turn. */
const tellEveryMs = 100;
const turnMs = 20;

/**
 * Reads the headers of all files of a target, in the order of their paths, archives like folders, and tells series as
 * they are found: progress and new or much grown series every 100 ms, everything once more where it has changed at the
 * end. Reads are synchronous; between turns of 20 ms the event loop runs, so that a cancel is heard.
 *
 * @throws the signal's reason when aborted.
 */
export async function runScan(
  target: ScanTarget,
  signal: AbortSignal,
  onEvent: (event: PathScanEvent) => void,
  limits: ArchiveLimits = usualArchiveLimits,
): Promise<void> {
  const intake = new Intake();
  const { assembly, skipped } = intake;
  const indexes: FoundIndex[] = [];
  const uploaded = new Set(target.files.map((file) => file.path));
  /** Names of what is packed or was handed over, and all that was read. */
  const named = new Set<string>();
  const seen = new Set<string>();
  let lastTold = performance.now();
  let turnBegan = lastTold;

  const progress = () => {
    const { filesFound, filesRead } = intake;
    onEvent({ type: 'progress', filesFound, filesRead, seriesFound: assembly.count });
  };
  const rest = async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    turnBegan = performance.now();
  };
  const turn = (): Promise<void> | undefined => {
    const now = performance.now();
    if (now - lastTold >= tellEveryMs) {
      for (const tell of assembly.due()) onEvent({ type: 'series', ...tell });
      progress();
      lastTold = performance.now();
    }
    return now - turnBegan >= turnMs ? rest() : undefined;
  };

  const take = (file: NamedFile, chosen: boolean): NamedFile | undefined => {
    if (seen.has(file.path)) return undefined;
    seen.add(file.path);
    const isNamed = packedPlace(file.path) !== undefined || uploaded.has(file.path);
    if (isNamed) named.add(plainName(file.shown));
    if (isPlanName(file.shown)) {
      intake.filesRead += 1;
      onEvent({ type: 'plan', path: file.path, shown: file.shown });
      return undefined;
    }
    const taken = intake.take(file);
    if (taken === 'index') indexes.push({ file, kind: isNamed ? 'named' : chosen ? 'chosen' : 'folder' });
    return taken === 'archive' ? file : undefined;
  };
  const follow = async (steps: Iterable<WalkStep> | AsyncIterable<WalkStep>) => {
    for await (const step of steps) {
      if (step.type === 'found') intake.filesFound += step.files;
      else if (step.type === 'skipped') skipped.push(step.skipped);
      else {
        const archive = take(step.file, step.chosen === true);
        if (archive !== undefined) await follow(walkArchive(archive, limits));
      }
      await turn();
    }
  };
  const open = async (index: FoundIndex) => {
    if (index.kind === 'chosen') onEvent({ type: 'root', path: realpathSync(path.dirname(index.file.path)) });
    const taker = {
      has: (uid: string) => intake.has(uid),
      isNamed: (shown: string) => named.has(plainName(shown)),
      skip: (one: (typeof skipped)[number]) => void skipped.push(one),
      take: (file: NamedFile) => {
        intake.filesFound += 1;
        if (take(file, false) === undefined) return;
        skipped.push({ path: file.shown, reason: 'not-dicom', message: 'It is an archive, not an image.' });
      },
      takeImage: (file: NamedFile, uid: string) => {
        if (seen.has(file.path) || !intake.takeImage(file, uid)) return false;
        seen.add(file.path);
        intake.filesFound += 1;
        return true;
      },
    };
    for (const _ of followIndex(index, taker)) await turn();
  };

  signal.throwIfAborted();
  await follow(steps(target));
  for (const index of indexes) await open(index);
  for (const tell of assembly.rest()) onEvent({ type: 'series', ...tell });
  progress();
  // Only now, since it reads pixels: nobody waits for it to see a picture.
  for (const conflict of await conflictsAmong(intake.copies, rest)) assembly.note(conflict.instance, conflict.note);
  for (const tell of assembly.rest()) onEvent({ type: 'series', ...tell });
  for (const report of intake.doses.values()) onEvent({ type: 'dose', report });
  onEvent({ type: 'done', skipped, filesRead: intake.filesRead });
}

function* steps(target: ScanTarget): Generator<WalkStep> {
  yield* walk(target.paths);
  if (target.files.length === 0) return;
  yield { type: 'found', files: target.files.length };
  const inOrder = [...target.files].sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0));
  for (const file of inOrder) yield { type: 'file', file };
}
