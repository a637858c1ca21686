import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { replay } from '../../src/host/journalFile.ts';
import { openJournals } from '../../src/host/journal.ts';
import { projectRoot } from '../support/shared.ts';

let folder = '';
let program = '';
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'seldinger-journal-'));
  // The child is run by bare Node, so that a kill hits the journal and not a test runner.
  await build({
    root: projectRoot,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: fileURLToPath(new URL('./child.ts', import.meta.url)), outDir: folder, minify: false },
  });
  program = path.join(folder, 'child.js');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Runs the child and kills it `delayMs` after its first acknowledged edit, or after its start. NaN: it told nothing. */
function runAndKill(
  journals: string,
  delayMs: number,
  after: 'edit' | 'start' = 'edit',
): Promise<{ found: number; acknowledged: number }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, journals, '1.2.4,1.2.3'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    let trouble = '';
    const kill = (): unknown => setTimeout(() => child.kill('SIGKILL'), delayMs);
    let armed = after === 'start';
    if (armed) kill();
    child.stderr.on('data', (data: Buffer) => (trouble += data.toString()));
    child.stdout.on('data', (data: Buffer) => {
      text += data.toString();
      if (armed || !text.includes('ack')) return;
      armed = true;
      kill();
    });
    child.on('close', (code) => {
      if (code !== null) return reject(new Error(`the child ended by itself (${code}): ${text.slice(-200)}${trouble}`));
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      const numbers = [...whole.matchAll(/^(ready|ack) (\d+)$/gm)];
      resolve({ found: Number(numbers[0]?.[2]), acknowledged: Number(numbers.at(-1)?.[2]) });
    });
  });
}

describe('a journal whose program is killed', () => {
  it(
    'loses no acknowledged edit in 100 kills at random moments, and always opens again',
    { timeout: 120_000 },
    async () => {
      const journals = path.join(folder, 'journals');
      const next = random(20260115);
      let last = 0;
      for (let kill = 0; kill < 100; kill++) {
        const early = kill % 5 === 4;
        const { found, acknowledged } = await runAndKill(
          journals,
          next() * (early ? 200 : 25),
          early ? 'start' : 'edit',
        );
        if (Number.isNaN(found)) continue;
        expect(found, `what kill ${kill} found`).toBeGreaterThanOrEqual(last);
        expect(found - last, 'at most the one edit that was under way').toBeLessThanOrEqual(1);
        expect(acknowledged - found).toBeGreaterThanOrEqual(early ? 0 : 1);
        last = acknowledged;
      }
      const host = openJournals(journals, { now: () => new Date().toISOString(), newId: () => String(next()) });
      const opened = await host.open({ session: 'judge', studies: ['1.2.3', '1.2.4'], plan: null });
      expect(opened).toMatchObject({ readOnly: false, unsaved: true });
      const counter = opened.plan.records['counter'];
      const count = counter?.type === 'item' ? counter.order : -1;
      expect([last, last + 1]).toContain(count);
      for (let j = 0; j < 7; j++) {
        const newest = count - ((count - j) % 7);
        expect(opened.plan.records[`r${j}`]).toMatchObject({ order: newest });
      }
      await host.closeAll();
      expect(count).toBeGreaterThan(200);
    },
  );

  it('opens at the last whole line when the file is cut at any byte', async () => {
    const cut = path.join(folder, 'cut');
    mkdirSync(cut);
    await runAndKill(cut, 5);
    const name = readdirSync(cut).find((entry) => entry.endsWith('.jsonl')) ?? '';
    const bytes = readFileSync(path.join(cut, name));
    const torn = path.join(cut, 'torn.jsonl');
    const next = random(7);
    const first = z.object({ n: z.number() }).parse(JSON.parse(bytes.toString('utf8', 9, bytes.indexOf(10)))).n;
    for (let i = 0; i < 200; i++) {
      const length = i < 20 ? bytes.length - i : Math.floor(next() * bytes.length);
      writeFileSync(torn, bytes.subarray(0, length));
      const whole = bytes.subarray(0, length).toString('latin1').split('\n').length - 1;
      const state = (await replay(torn))?.state ?? null;
      expect(state === null ? 0 : state.n - first + 1).toBe(whole);
    }
  });
});
