import { loadStoredFrame, nodeCodecs } from '../host/index.ts';
import type { StoredFrame } from '../pixels/index.ts';
import type { ExitCode, Io } from './io.ts';
import { printJson, UsageFault } from './io.ts';
import { openData, readJson } from './openData.ts';
import { readAsked, readListed } from './probeRequest.ts';
import { probeValue } from './probeValue.ts';
import type { ProbeError, ProbeValue, ReadStored } from './probeValue.ts';
import { readWords } from './words.ts';

export async function probe(argv: readonly string[], io: Io): Promise<ExitCode> {
  const words = readWords(argv, {
    '--data': 'list',
    '--series': 'value',
    '--part': 'value',
    '--at': 'value',
    '--nearest': 'flag',
    '--sop': 'value',
    '--frame': 'value',
    '--pixel': 'value',
    '--batch': 'value',
    '--json': 'flag',
  });
  const [stray] = words.positionals;
  if (stray !== undefined) throw new UsageFault(`"${stray}" stands where an option should: data go behind --data.`);
  const data = words.list('--data');
  if (data.length === 0) throw new UsageFault('probe needs --data PATH….');
  const readStored = lastFrames(64);
  const batch = words.value('--batch');
  if (batch === undefined) {
    const request = readAsked(words);
    const { series } = await openData(data, io);
    const answer = await probeValue(series, request, readStored);
    print(io, words.has('--json'), answer, [answer]);
    return 'error' in answer ? 1 : 0;
  }

  for (const option of ['--series', '--part', '--at', '--nearest', '--sop', '--frame', '--pixel']) {
    if (words.has(option)) throw new UsageFault(`The option ${option} does not go with --batch.`);
  }
  const list = readJson(batch, io);
  if (!Array.isArray(list)) throw new UsageFault(`${batch}: this is no list of questions.`);
  const { series } = await openData(data, io);
  const values: (ProbeValue | ProbeError)[] = [];
  for (const entry of list) {
    const request = readListed(entry);
    values.push(
      request
        ? await probeValue(series, request, readStored)
        : { error: { code: 'bad-request', message: 'This is no question: see --batch in the contract.' } },
    );
  }
  print(io, words.has('--json'), { values }, values);
  return values.some((value) => 'error' in value) ? 1 : 0;
}

function print(io: Io, json: boolean, document: unknown, values: readonly (ProbeValue | ProbeError)[]): void {
  if (json) return printJson(io, document);
  for (const answer of values) {
    if ('error' in answer) io.stderr(`${answer.error.message}\n`);
    else io.stdout(`${[answer.value].flat().map(asRead).join(' ')}${answer.unit === '1' ? '' : ` ${answer.unit}`}\n`);
  }
}

/** As many decimals as tell values apart; `--json` gives all. */
function asRead(value: number): string {
  return String(Number(value.toFixed(3)));
}

/** Reads each frame once as long as it is among the last so many: the questions of a batch mostly share slices. */
function lastFrames(count: number): ReadStored {
  const kept = new Map<string, Promise<StoredFrame>>();
  return (instance, frame) => {
    const key = `${instance.source}#${frame}`;
    const reading = kept.get(key) ?? loadStoredFrame(instance, frame, nodeCodecs());
    kept.delete(key);
    kept.set(key, reading);
    for (const oldest of kept.keys()) if (kept.size > count) kept.delete(oldest);
    return reading;
  };
}
