// Scanning some 5,000 files beside dcmtk's and pydicom's loops over the same files, in one run on one machine.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, linkSync, mkdirSync, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { scanPaths } from '../src/host/index.ts';
import { copies, sets, sharedData, writeManyFiles } from './manyFiles.ts';
import { median, type Row } from './row.ts';

export const name = 'scan';
const repeats = 3;
const tags = [
  '0008,0018',
  '0008,0060',
  '0010,0010',
  '0020,000d',
  '0020,000e',
  '0020,0032',
  '0020,0037',
  '0028,0010',
  '0028,0011',
  '0028,0030',
];
const run = promisify(execFile);

export { bench as run };

async function bench(): Promise<Row[]> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-scan-'));
  try {
    const files = layOut(home);
    writeManyFiles(join(home, 'distinct'));
    const linked = join(home, 'linked');
    const distinct = join(home, 'distinct');
    const what = `${files.length} files, hard-linked`;
    const rows: Row[] = [];
    const rate = (who: string, ms: number) =>
      rows.push({ what, who, value: (files.length * 1000) / ms, unit: 'files/s' });
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      ours.push(await timed(() => scanPaths([linked])));
      const dump = await peer(['dcmdump'], ['-M', '-q', ...tags.flatMap((tag) => ['+P', tag]), ...files]);
      if (dump !== undefined) theirs.push(dump);
    }
    rate('Seldinger', median(ours));
    if (theirs.length > 0) {
      rate('dcmdump +P', median(theirs));
      rows.push({
        what: 'time for it, of dcmdump’s',
        who: 'Seldinger',
        value: median(ours) / median(theirs),
        unit: 'ratio',
      });
    }
    // The system's own Python is where a distribution puts pydicom; another may stand before it in the path.
    const python = await peer(['python3', '/usr/bin/python3'], ['-c', headerLoop, linked]);
    if (python !== undefined) rate('pydicom', python);
    rows.push(...(await inProgram('hard-linked', linked)), ...(await inProgram('distinct', distinct)));
    return rows;
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

const headerLoop = `
import os, sys, pydicom
for folder, _, names in os.walk(sys.argv[1]):
    for name in names:
        try: pydicom.dcmread(os.path.join(folder, name), stop_before_pixels=True).get('SOPInstanceUID')
        except Exception: pass
`;

/** The real files under many names. */
function layOut(home: string): string[] {
  const files: string[] = [];
  for (const set of sets) {
    const whole = join(home, 'whole', set);
    mkdirSync(whole, { recursive: true });
    for (const file of readdirSync(join(sharedData, set))) {
      const bytes = readFileSync(join(sharedData, set, file));
      const descriptor = openSync(join(whole, file), 'w');
      writeSync(descriptor, bytes);
      closeSync(descriptor);
      for (let copy = 0; copy < copies; copy += 1) {
        const linked = join(home, 'linked', String(copy), set);
        mkdirSync(linked, { recursive: true });
        linkSync(join(whole, file), join(linked, file));
        files.push(join(linked, file));
      }
    }
  }
  return files;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Milliseconds of the first of these programs that works; undefined, with a sentence, where none is installed. */
async function peer(programs: readonly string[], words: readonly string[]): Promise<number | undefined> {
  for (const program of programs) {
    try {
      return await timed(() => run(program, words, { maxBuffer: 1024 ** 3 }).catch(endedWithFault));
    } catch {
      // Not installed, or without what it needs: the next, if there is one.
    }
  }
  process.stderr.write(`${programs[0]} (or what it needs) is not installed: its row is left out.\n`);
  return undefined;
}

/** dcmdump ends with code 1 when one of the files is no image; what is not there ends in another way. */
function endedWithFault(error: unknown): void {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 1 || stderr.includes('ModuleNotFoundError')) throw error;
}

/** The program behind the window: time to the last word, bytes told, growth of memory, and how soon a cancel is obeyed. */
async function inProgram(what: string, folder: string): Promise<Row[]> {
  const home = await mkdtemp(join(tmpdir(), 'seldinger-home-'));
  const program = spawn(process.execPath, ['dist/host/main.js', '--serve', folder], {
    env: { ...process.env, SELDINGER_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const { origin, secret } = await address(program);
    const post = (path: string, body: unknown, more: Record<string, string> = {}, signal?: AbortSignal) =>
      fetch(origin + path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin, ...more },
        body: JSON.stringify(body),
        ...(signal ? { signal } : {}),
      });
    const { key } = (await (await post('/session', { token: secret })).json()) as { key: string };
    const headers = { 'x-seldinger-key': key };
    const { launch } = (await (await post('/api/hello', {}, headers)).json()) as { launch: { id: string }[] };
    const sources = launch.map(({ id }) => id);
    const idle = residentMb(program, 'VmRSS');
    const controller = new AbortController();
    const cancelled = await post('/api/scan', { sources }, headers, controller.signal);
    await cancelled.body?.getReader().read();
    const busy = ticks(program);
    controller.abort();
    const cancel = await timed(() => untilQuiet(program, busy));
    let bytes = 0;
    const ms = await timed(async () => {
      const answer = await post('/api/scan', { sources }, headers);
      for await (const piece of answer.body ?? []) bytes += (piece as Uint8Array).length;
    });
    const who = 'Seldinger, served';
    return [
      { what: `${what}: scan told to its end`, who, value: ms, unit: 'ms' },
      { what: `${what}: bytes told`, who, value: bytes / 1e6, unit: 'MB' },
      { what: `${what}: memory above idle, at most`, who, value: residentMb(program, 'VmHWM') - idle, unit: 'MB' },
      { what: `${what}: quiet after cancel`, who, value: cancel, unit: 'ms' },
    ];
  } finally {
    program.kill('SIGTERM');
    await new Promise((resolve) => program.once('exit', resolve));
    await rm(home, { recursive: true, force: true });
  }
}

function address(program: ChildProcess): Promise<{ origin: string; secret: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    program.once('exit', () => reject(new Error('the program ended')));
    program.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const found = /listening: (http:\/\/[^/]+)\/?#t=(\S+)/.exec(said);
      if (found) resolve({ origin: found[1] ?? '', secret: found[2] ?? '' });
    });
  });
}

/** Linux only; NaN elsewhere. */
function residentMb(program: ChildProcess, field: string): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(proc(program, 'status'))?.[1]) / 1024;
}
function ticks(program: ChildProcess): number {
  const fields = proc(program, 'stat').split(') ')[1]?.split(' ') ?? [];
  return Number(fields[11]) + Number(fields[12]);
}
function proc(program: ChildProcess, file: string): string {
  try {
    return readFileSync(`/proc/${program.pid}/${file}`, 'latin1');
  } catch {
    return '';
  }
}

/** Resolves when the program has used no processor time for 50 ms. */
async function untilQuiet(program: ChildProcess, from: number): Promise<void> {
  let last = from;
  for (let tries = 0; tries < 200; tries += 1) {
    await new Promise((done) => setTimeout(done, 50));
    const now = ticks(program);
    if (!(now > last)) return;
    last = now;
  }
}
