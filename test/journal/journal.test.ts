import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFault } from '../../src/host/fault.ts';
import { openJournals } from '../../src/host/journal.ts';
import type { Journals } from '../../src/host/journal.ts';
import type { Edit, PlanItem } from '../../src/plan/index.ts';

let folder = '';
let ids = 0;
const options = {
  now: () => new Date(Date.UTC(2026, 0, 15, 9, 0, ids++)).toISOString(),
  newId: () => `id-${ids++}`,
};
const open: Journals[] = [];
function program(more: { editsPerSnapshot?: number } = {}): Journals {
  const journals = openJournals(folder, { ...options, ...more });
  open.push(journals);
  return journals;
}
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'seldinger-journal-'));
});
afterEach(async () => {
  for (const journals of open.splice(0)) await journals.closeAll();
  rmSync(folder, { recursive: true, force: true });
});

function length(q: number): PlanItem {
  const on = { in: 'patient', frameOfReferenceUID: 'f', seriesInstanceUID: 's', part: null } as const;
  return {
    type: 'item',
    kind: 'length',
    label: 'L',
    order: 1,
    side: null,
    on,
    points: [
      [0, 0, 0],
      [q, 0, 0],
    ],
  };
}
const put = (id: string, q: number): Edit => ({
  title: 'Place',
  changes: [{ id, before: undefined, after: length(q) }],
});
const studies = ['1.2.3', '1.2.4'];
const codeOf = (promise: Promise<unknown>): Promise<string | undefined> =>
  promise.then(
    () => undefined,
    (error: unknown) => (error instanceof HostFault ? error.error.code : String(error)),
  );

describe('the journal', () => {
  it('gives the plan back to the next program, the studies in whatever order, and says that it is unsaved', async () => {
    const first = program();
    const opened = await first.open({ session: 'a', studies, plan: null });
    expect(opened).toMatchObject({ unsaved: false, readOnly: false, plan: { records: {} } });
    await first.append({ journal: opened.journal, session: 'a', sequence: 1, edit: put('x', 5) });
    await first.append({ journal: opened.journal, session: 'a', sequence: 2, edit: put('y', 6) });
    await first.closeAll();
    const again = await program().open({ session: 'b', studies: [...studies].reverse(), plan: null });
    expect(again).toMatchObject({ unsaved: true, readOnly: false, plan: { id: opened.plan.id } });
    expect(again.plan.records).toEqual({ x: length(5), y: length(6) });
    const other = await program().open({ session: 'b', studies: ['1.2.3'], plan: null });
    expect(other).toMatchObject({ unsaved: false, plan: { records: {} } });
  });

  it('takes edits that overtook each other on the way in the order they were made; one that never comes is named', async () => {
    const host = program();
    const { journal } = await host.open({ session: 'a', studies, plan: null });
    const append = (sequence: number, q: number) => host.append({ journal, session: 'a', sequence, edit: put('x', q) });
    const answers = await Promise.all([append(3, 7), append(2, 6), append(1, 5)]);
    expect(answers).toEqual([{ sequence: 3 }, { sequence: 2 }, { sequence: 1 }]);
    expect(await codeOf(append(5, 9))).toBe('bad-request');
    await host.closeAll();
    const again = await program().open({ session: 'b', studies, plan: null });
    expect(again.plan.records).toEqual({ x: length(7) });
  });

  it('writes nothing before the first edit but its lock, and leaves nothing of that', async () => {
    const first = program();
    await first.open({ session: 'a', studies, plan: null });
    await first.closeAll();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is read-only to a second window of the same program, and that is refused by name', async () => {
    const host = program();
    const [one, two] = await Promise.all([
      host.open({ session: 'a', studies, plan: null }),
      host.open({ session: 'b', studies, plan: null }),
    ]);
    expect([one.readOnly, two.readOnly]).toEqual([false, true]);
    const edit = put('x', 1);
    expect(await codeOf(host.append({ journal: two.journal, session: 'b', sequence: 1, edit }))).toBe('locked');
    expect(await codeOf(host.append({ journal: one.journal, session: 'b', sequence: 1, edit }))).toBe('forbidden');
    await host.append({ journal: one.journal, session: 'a', sequence: 1, edit });
    await host.close({ journal: one.journal, session: 'a' });
    expect((await host.open({ session: 'c', studies, plan: null })).readOnly).toBe(false);
  });

  it('is read-only to a second program, which sees the plan all the same', async () => {
    const host = program();
    const one = await host.open({ session: 'a', studies, plan: null });
    await host.append({ journal: one.journal, session: 'a', sequence: 1, edit: put('x', 5) });
    const two = await program().open({ session: 'b', studies, plan: null });
    expect(two).toMatchObject({ readOnly: true, unsaved: true, plan: { records: { x: length(5) } } });
    await host.append({ journal: one.journal, session: 'a', sequence: 2, edit: put('y', 5) });
  });

  it('breaks the lock of a dead program', async () => {
    const first = program();
    const opened = await first.open({ session: 'a', studies, plan: null });
    await first.append({ journal: opened.journal, session: 'a', sequence: 1, edit: put('x', 5) });
    await first.closeAll();
    const name = readdirSync(folder).find((entry) => entry.endsWith('.jsonl')) ?? '';
    const lock = path.join(folder, name.replace('.jsonl', '.lock'));
    // No process has this number; the largest that Linux gives is 4194304.
    for (const text of [JSON.stringify({ pid: 99_999_999, started: '1', launch: 'dead' }), '', '{"pid":']) {
      writeFileSync(lock, text);
      const next = program();
      expect((await next.open({ session: 'b', studies, plan: null })).readOnly).toBe(false);
      await next.closeAll();
    }
  });

  it('lets a reloaded page go on, and its former self no more', async () => {
    const host = program();
    const before = await host.open({ session: 'a', studies, plan: null });
    await host.append({ journal: before.journal, session: 'a', sequence: 1, edit: put('x', 5) });
    const after = await host.open({ session: 'a', studies, plan: null });
    expect(after).toMatchObject({ readOnly: false, unsaved: true, plan: { records: { x: length(5) } } });
    expect(await codeOf(host.append({ journal: before.journal, session: 'a', sequence: 2, edit: put('y', 1) }))).toBe(
      'locked',
    );
    await host.append({ journal: after.journal, session: 'a', sequence: 1, edit: put('y', 6) });
    await host.closeAll();
    const again = await program().open({ session: 'b', studies, plan: null });
    expect(again.plan.records).toEqual({ x: length(5), y: length(6) });
  });

  it('answers the same edit twice but keeps it once, and refuses a hole and a wrong edit', async () => {
    const host = program();
    const { journal } = await host.open({ session: 'a', studies, plan: null });
    const send = (sequence: number, edit: unknown): Promise<{ sequence: number }> =>
      host.append({ journal, session: 'a', sequence, edit });
    expect(await send(1, put('x', 5))).toEqual({ sequence: 1 });
    expect(await send(1, put('x', 5))).toEqual({ sequence: 1 });
    expect(await codeOf(send(3, put('y', 5)))).toBe('bad-request');
    expect(await codeOf(send(2, { title: 'Bad', changes: [{ id: 'z', after: { type: 'item' } }] }))).toBe(
      'bad-request',
    );
    expect(await codeOf(send(2, { title: 'Bad', changes: [{ id: '__proto__', after: length(1) }] }))).toBe(
      'bad-request',
    );
    expect(await send(2, put('y', 6))).toEqual({ sequence: 2 });
    const name = readdirSync(folder).find((entry) => entry.endsWith('.jsonl')) ?? '';
    expect(readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n')).toHaveLength(3);
  });

  it('says unsaved only until the plan is saved, and again after the next edit', async () => {
    const host = program();
    const { journal, plan } = await host.open({ session: 'a', studies, plan: null });
    await host.append({ journal, session: 'a', sequence: 1, edit: put('x', 5) });
    const now = { ...plan, title: 'Liver', records: { x: length(5) } };
    // A save that left before the last edit arrived must not hide that edit.
    await host.markSaved({ journal, plan: { ...now, records: {} } });
    await host.closeAll();
    const second = program();
    const opened = await second.open({ session: 'a', studies, plan: null });
    expect(opened.unsaved).toBe(true);
    await second.markSaved({ journal: opened.journal, plan: now });
    await second.closeAll();
    const third = program();
    const saved = await third.open({ session: 'a', studies, plan: null });
    expect(saved).toMatchObject({ unsaved: false, plan: { title: 'Liver' } });
    await third.append({ journal: saved.journal, session: 'a', sequence: 1, edit: put('x', 6) });
    await third.closeAll();
    expect((await program().open({ session: 'a', studies, plan: null })).unsaved).toBe(true);
  });

  it('prefers unsaved edits of an opened plan file to the file, and the file to a journal that was saved', async () => {
    const host = program();
    const file = { ...(await host.open({ session: 'a', studies, plan: null })).plan, records: { x: length(1) } };
    const opened = await host.open({ session: 'a', studies, plan: file });
    await host.append({ journal: opened.journal, session: 'a', sequence: 1, edit: put('x', 2) });
    await host.closeAll();
    const second = program();
    const restored = await second.open({ session: 'a', studies: [], plan: file });
    expect(restored).toMatchObject({ unsaved: true, plan: { records: { x: length(2) } } });
    await second.markSaved({ journal: restored.journal, plan: restored.plan });
    await second.closeAll();
    const elsewhere = { ...file, records: { x: length(3) } };
    const fresh = await program().open({ session: 'a', studies: [], plan: elsewhere });
    expect(fresh).toMatchObject({ unsaved: false, plan: { records: { x: length(3) } } });
    expect(await codeOf(program().open({ session: 'a', studies: [], plan: { records: {} } }))).toBe('bad-request');
    expect(await codeOf(program().open({ session: 'a', studies: [], plan: null }))).toBe('bad-request');
  });

  it('stays small: many edits become one snapshot, and go on from there', async () => {
    const host = program({ editsPerSnapshot: 10 });
    const { journal } = await host.open({ session: 'a', studies, plan: null });
    for (let q = 1; q <= 25; q++) await host.append({ journal, session: 'a', sequence: q, edit: put('x', q) });
    const name = readdirSync(folder).find((entry) => entry.endsWith('.jsonl')) ?? '';
    expect(readFileSync(path.join(folder, name), 'utf8').trimEnd().split('\n')).toHaveLength(6);
    await host.closeAll();
    expect((await program().open({ session: 'b', studies, plan: null })).plan.records).toEqual({ x: length(25) });
  });

  it('keeps what is before a damaged line, and a copy of the damaged file', async () => {
    const host = program();
    const { journal } = await host.open({ session: 'a', studies, plan: null });
    for (let q = 1; q <= 5; q++) await host.append({ journal, session: 'a', sequence: q, edit: put('x', q) });
    await host.closeAll();
    const name = readdirSync(folder).find((entry) => entry.endsWith('.jsonl')) ?? '';
    const lines = readFileSync(path.join(folder, name), 'utf8').split('\n');
    lines[4] = lines[4]?.replace('[4,0,0]', '[9,0,0]') ?? '';
    const damaged = lines.join('\n');
    writeFileSync(path.join(folder, name), damaged);
    const opened = await program().open({ session: 'b', studies, plan: null });
    expect(opened.plan.records).toEqual({ x: length(3) });
    const copy = readdirSync(folder).find((entry) => entry.endsWith('.damaged')) ?? '';
    expect(readFileSync(path.join(folder, copy), 'utf8')).toBe(damaged);
  });
});
