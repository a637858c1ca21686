import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { writeSampleCase } from '../../sample-data/index.ts';
import { homeFolder } from '../../src/host/index.ts';
import { projectRoot } from './shared.ts';

/** A case's files by their path in its folder. */
export type SampleFiles = ReadonlyMap<string, Uint8Array>;

/** One small variant of a sample case: the same variant of the same generator has the same bytes. */
export interface SmallVariant {
  readonly name: string;
  readonly seed?: number;
  readonly noise?: boolean;
  readonly finding?: boolean;
}

/** Where variants are kept, by which content of the generator, and how one is made. */
export interface SampleCache {
  readonly folder: string;
  readonly generator: string;
  readonly make: (variant: SmallVariant) => Promise<SampleFiles>;
}

/** Variants of a generator that was last used longer ago are removed. */
const keptDays = 14;

/** All that the bytes depend on: rooms of the generator, and the engine whose sines and roots it takes. */
const rooms = ['sample-data', 'src/geometry'];

/** Makes a small variant, past every cache. */
export async function makeSmall({ name, seed = 1, noise = true, finding = true }: SmallVariant): Promise<SampleFiles> {
  const files = new Map<string, Uint8Array>();
  const keep = (path: string, bytes: Uint8Array): void => void files.set(path, bytes);
  await writeSampleCase(name, { seed }, keep, { size: 'small', noise, finding });
  return files;
}

/** Changes with any source of the sample cases. */
export function generatorKey(root = projectRoot): string {
  const hash = createHash('sha256').update(process.version);
  for (const room of rooms)
    for (const file of filesBelow(join(root, room)).filter((one) => one.endsWith('.ts')))
      hash
        .update(`${room}/${file}\0`)
        .update(readFileSync(join(root, room, file)))
        .update('\0');
  return hash.digest('hex').slice(0, 24);
}

let usual: SampleCache | undefined;
function usualCache(): SampleCache {
  usual ??= { folder: join(homeFolder(), 'test-samples'), generator: generatorKey(), make: makeSmall };
  return usual;
}

/**
 * A small variant, made once for each content of the generator and found again below SELDINGER_HOME. Workers side by side
 * may ask for the same one: each writes its own folder, and the first to rename it has the place. Where nothing can be
 * kept it is made all the same.
 */
export async function smallSample(variant: SmallVariant, cache: SampleCache = usualCache()): Promise<SampleFiles> {
  const { name, seed = 1, noise = true, finding = true } = variant;
  const place = join(cache.folder, cache.generator);
  const folder = join(place, [name, seed, noise ? '' : 'quiet', finding ? '' : 'empty'].filter(Boolean).join('-'));
  const known = kept(folder);
  if (known !== null) return known;
  const files = await cache.make(variant);
  const unfinished = join(place, `.${randomUUID()}`);
  try {
    mkdirSync(unfinished, { recursive: true, mode: 0o700 });
    for (const [path, bytes] of files) {
      const file = join(unfinished, path);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, bytes);
    }
    renameSync(unfinished, folder);
    removeOld(cache, new Date());
  } catch {
    // Another worker was first, or the disc is full or read-only: the files are here either way.
    if (existsSync(unfinished)) rmSync(unfinished, { recursive: true, force: true });
  }
  return files;
}

function kept(folder: string): SampleFiles | null {
  try {
    const now = new Date();
    utimesSync(dirname(folder), now, now);
    return new Map(filesBelow(folder).map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]));
  } catch {
    return null;
  }
}

function removeOld({ folder, generator }: SampleCache, now: Date): void {
  for (const name of readdirSync(folder)) {
    const age = now.getTime() - statSync(join(folder, name)).mtimeMs;
    if (name !== generator && age > keptDays * 86_400_000) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Sorted, with forward slashes. @throws Error where the folder is not there. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((path) => path.replaceAll(sep, '/'))
    .sort();
}
