import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HostFault } from '../../src/host/fault.ts';
import { openJournals, type Journals } from '../../src/host/journal.ts';
import type { Edit, PlanItem } from '../../src/plan/index.ts';
import { hostCase } from '../host/hostCase.ts';

const on = { in: 'patient', frameOfReferenceUID: 'f', seriesInstanceUID: 's', part: null } as const;
const note: PlanItem = { type: 'item', kind: 'note', label: 'N', order: 1, side: null, on, point: [0, 0, 0], text: '' };
const edit: Edit = { title: 'Note', changes: [{ id: 'n', before: undefined, after: note }] };
const ask = (session: string) => ({ session, studies: ['1.2.3'], plan: null });

describe('a window that vanishes', () => {
  let folder = '';
  let nowMs = 0;
  let journals: Journals;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'seldinger-session-'));
    nowMs = 1_000_000;
    let ids = 0;
    journals = openJournals(folder, {
      now: () => '2026-01-15T09:00:00.000Z',
      newId: () => `id-${(ids += 1)}`,
      clockMs: () => nowMs,
      silentAfterMs: 150_000,
    });
  });
  afterEach(async () => {
    await journals.closeAll();
    rmSync(folder, { recursive: true, force: true });
  });
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => (error instanceof HostFault ? error.error.code : String(error)),
    );

  it('without a word leaves its plan to the next that asks after 150 s, with every committed edit', async () => {
    const first = await journals.open(ask('a'));
    expect(journals.alive({ session: 'a', journal: first.journal })).toBe(true);
    await journals.append({ journal: first.journal, session: 'a', sequence: 1, edit });
    nowMs += 150_000;
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
    nowMs += 1;
    const third = await journals.open(ask('c'));
    expect(third).toMatchObject({ readOnly: false, unsaved: true, plan: { records: { n: { kind: 'note' } } } });
    // Should it come back after all, it is told, and can write nothing.
    expect(journals.alive({ session: 'a', journal: first.journal })).toBe(false);
    expect(await codeOf(journals.append({ journal: first.journal, session: 'a', sequence: 2, edit }))).toBe('locked');
    await journals.append({ journal: third.journal, session: 'c', sequence: 1, edit });
  });

  it('keeps its plan as long as it is heard of, by its sign or by its edits', async () => {
    const first = await journals.open(ask('a'));
    journals.alive({ session: 'a', journal: first.journal });
    nowMs += 140_000;
    await journals.append({ journal: first.journal, session: 'a', sequence: 1, edit });
    nowMs += 140_000;
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
    journals.alive({ session: 'a', journal: first.journal });
    nowMs += 140_000;
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
  });

  it('and never gave a sign keeps its plan: it may be of a program that gives none', async () => {
    await journals.open(ask('a'));
    nowMs += 10_000_000;
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
  });

  it('with its connections leaves its plan to the next that asks, unless it is heard of again', async () => {
    const first = await journals.open(ask('a'));
    await journals.append({ journal: first.journal, session: 'a', sequence: 1, edit });
    journals.lost('a');
    journals.alive({ session: 'a', journal: first.journal });
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
    journals.lost('a');
    // Nobody has asked: it may go on.
    await journals.append({ journal: first.journal, session: 'a', sequence: 2, edit });
    expect((await journals.open(ask('b'))).readOnly).toBe(true);
    journals.lost('a');
    const next = await journals.open(ask('c'));
    expect(next).toMatchObject({ readOnly: false, unsaved: true, plan: { records: { n: { kind: 'note' } } } });
    expect(await codeOf(journals.append({ journal: first.journal, session: 'a', sequence: 3, edit }))).toBe('locked');
  });

  it('with a word leaves its plan at once, also to another program', async () => {
    await journals.open(ask('a'));
    journals.alive({ session: 'a', journal: null });
    await journals.closeSession('a');
    const other = openJournals(folder, { now: () => '2026-01-15T09:00:00.000Z', newId: () => 'other' });
    expect((await other.open(ask('b'))).readOnly).toBe(false);
    await other.closeAll();
  });

  it('says so through the contract', async () => {
    const here = hostCase();
    const { methods } = here.host();
    const { signal } = new AbortController();
    const { journal } = await methods.journalOpen(ask('a'), { signal });
    expect(await methods.sessionAlive({ session: 'a', journal }, { signal })).toEqual({ held: true });
    expect(await methods.sessionAlive({ session: 'b', journal }, { signal })).toEqual({ held: false });
    await methods.sessionClose({ session: 'a' }, { signal });
    expect(await methods.sessionAlive({ session: 'a', journal }, { signal })).toEqual({ held: false });
    expect((await methods.journalOpen(ask('b'), { signal })).readOnly).toBe(false);
    await here.remove();
  });
});
