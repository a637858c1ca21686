import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { sampleCases, writeSampleCase } from '../../sample-data/index.ts';
import type { ExitCode, Io } from './io.ts';
import { printJson, UsageFault } from './io.ts';
import { readWords } from './words.ts';

/** As the window makes them. */
const usualSeed = 1;

export async function sampleData(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = readWords(argv, { '--case': 'value', '--seed': 'value', '--json': 'flag' });
  const [folder, ...more] = words.positionals;
  if (folder === undefined || more.length > 0) throw new UsageFault('sample-data needs one FOLDER.');
  const seedText = words.value('--seed') ?? String(usualSeed);
  const seed = Number(seedText);
  if (!/^\d+$/.test(seedText) || !Number.isSafeInteger(seed))
    throw new UsageFault('--seed needs a whole number from 0.');
  const wanted = words.value('--case');
  const cases = sampleCases.filter(({ name }) => wanted === undefined || name === wanted);
  if (cases.length === 0) {
    const known = sampleCases.map(({ name }) => name).join(', ');
    throw new UsageFault(`There is no sample case named "${wanted}"; there are: ${known}.`);
  }
  const made: { name: string; title: string; folder: string; files: number }[] = [];
  for (const { name, title } of cases) {
    const target = path.resolve(io.cwd, folder, name);
    let files = 0;
    let told = 0;
    try {
      await mkdir(target, { recursive: true });
      await writeSampleCase(
        name,
        { seed },
        async (relative, bytes) => {
          const file = path.join(target, relative);
          await mkdir(path.dirname(file), { recursive: true });
          await writeFile(file, bytes);
          files += 1;
        },
        {
          ...(io.signal ? { signal: io.signal } : {}),
          progress(fraction) {
            if (fraction < 1 && fraction - told < 0.25) return;
            told = fraction;
            io.stderr(`${name}: ${Math.round(100 * fraction)} %\n`);
          },
        },
      );
    } catch (error) {
      if (error instanceof Error && 'syscall' in error) {
        throw new UsageFault(`${folder}: the sample data cannot be written there.`);
      }
      throw error;
    }
    made.push({ name, title, folder: target, files });
  }
  if (words.has('--json')) printJson(io, { seed, cases: made });
  else for (const { name, title, folder: where } of made) io.stdout(`${name}: ${title}: ${where}\n`);
  return 0;
}
