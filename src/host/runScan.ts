import type { Skipped } from '../contract/index.ts';
import type { Instance } from '../dicom/index.ts';
import { conflictsAmong, type Copies } from './copies.ts';
import { isPlanName, type NamedFile } from './grants.ts';
import { HeadReader } from './headReader.ts';
import type { PathScanEvent, ScanTarget } from './scanEvents.ts';
import { SeriesAssembly } from './seriesAssembly.ts';
import { walk, type WalkStep } from './walk.ts';

/** How often the window hears of progress, and how long reading goes on before others get their turn. */
const tellEveryMs = 100;
const turnMs = 20;

/**
 * Reads the headers of all files of a target, in the order of their paths, and tells series as they are found:
 * progress and new or much grown series every 100 ms, everything once more where it has changed at the end.
 * Reads are synchronous; between turns of 20 ms the event loop runs, so that a cancel is heard.
 *
 * @throws the signal's reason when aborted.
 */
export async function runScan(
  target: ScanTarget,
  signal: AbortSignal,
  onEvent: (event: PathScanEvent) => void,
): Promise<void> {
  const reader = new HeadReader();
  const assembly = new SeriesAssembly();
  const skipped: Skipped[] = [];
  const firstOf = new Map<string, { readonly file: NamedFile; readonly instance: Instance }>();
  const copies: Copies[] = [];
  let filesFound = 0;
  let filesRead = 0;
  let lastTold = performance.now();
  let turnBegan = lastTold;

  const progress = () => onEvent({ type: 'progress', filesFound, filesRead, seriesFound: assembly.count });
  const rest = async () => {
    await new Promise<void>((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    turnBegan = performance.now();
  };

  const readFile = (file: NamedFile) => {
    filesRead += 1;
    if (isPlanName(file.shown)) {
      onEvent({ type: 'plan', path: file.path, shown: file.shown });
      return;
    }
    const answer = reader.read(file);
    if ('skipped' in answer) {
      skipped.push(answer.skipped);
      return;
    }
    const { instance } = answer;
    const first = firstOf.get(instance.sopInstanceUID);
    if (first === undefined) {
      firstOf.set(instance.sopInstanceUID, { file, instance });
      assembly.add(instance, file.shown);
      return;
    }
    copies.push({ first: first.file, firstInstance: first.instance, second: file, secondInstance: instance });
    skipped.push({
      path: file.shown,
      reason: 'duplicate',
      message: `The same image as “${first.file.shown}”, which is used.`,
    });
  };

  signal.throwIfAborted();
  for (const step of steps(target)) {
    if (step.type === 'found') filesFound += step.files;
    else if (step.type === 'skipped') skipped.push(step.skipped);
    else readFile(step.file);
    const now = performance.now();
    if (now - lastTold >= tellEveryMs) {
      for (const tell of assembly.due()) onEvent({ type: 'series', ...tell });
      progress();
      lastTold = performance.now();
    }
    if (now - turnBegan >= turnMs) await rest();
  }
  for (const tell of assembly.rest()) onEvent({ type: 'series', ...tell });
  progress();
  // Only now, since it reads pixels: nobody waits for it to see a picture.
  for (const conflict of await conflictsAmong(copies, rest)) assembly.note(conflict.instance, conflict.note);
  for (const tell of assembly.rest()) onEvent({ type: 'series', ...tell });
  onEvent({ type: 'done', skipped, filesRead });
}

function* steps(target: ScanTarget): Generator<WalkStep> {
  yield* walk(target.paths);
  if (target.files.length === 0) return;
  yield { type: 'found', files: target.files.length };
  const inOrder = [...target.files].sort((a, b) => (a.shown < b.shown ? -1 : a.shown > b.shown ? 1 : 0));
  for (const file of inOrder) yield { type: 'file', file };
}
