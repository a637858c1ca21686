import { describe, expect, it } from 'vitest';
import { createJournalQueue } from '../../../renderer/state/planStoreJournal.ts';
import type { Edit } from '../../../src/plan/index.ts';
import type { Refusal } from '../../../src/quantity/index.ts';

interface Asked {
  readonly sequence: number;
  readonly title: string;
  answer(): void;
  refuse(say: string): void;
}
const edit = (title: string): Edit => ({ title, changes: [] });
const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

function desk() {
  const asked: Asked[] = [];
  const troubles: (Refusal | null)[] = [];
  const queue = createJournalQueue({
    append: (sequence, { title }) =>
      new Promise<void>((resolve, reject) => {
        asked.push({ sequence, title, answer: resolve, refuse: (say) => reject(new Error(say)) });
      }),
    changed: (trouble) => troubles.push(trouble),
    locked: () => undefined,
    wait: () => Promise.resolve(),
  });
  const titles = (): string[] => asked.map(({ sequence, title }) => `${sequence} ${title}`);
  return { queue, asked, troubles, titles };
}

describe('the way of an edit to the disk', () => {
  it('sends each edit in the moment it is made, however long the answer to the one before takes', () => {
    const { queue, titles } = desk();
    queue.push(edit('place'));
    queue.push(edit('delete'));
    queue.push(edit('undo'));
    expect(titles()).toEqual(['1 place', '2 delete', '3 undo']);
    expect(queue.waiting).toBe(3);
  });

  it('counts edits as kept only when all before them are, whatever order the answers come in', async () => {
    const { queue, asked } = desk();
    queue.push(edit('a'));
    queue.push(edit('b'));
    asked[1]?.answer();
    await tick();
    expect(queue.waiting).toBe(2);
    asked[0]?.answer();
    await tick();
    expect(queue.waiting).toBe(0);
    expect(await queue.flushed()).toBe(true);
  });

  it('sends again, in order and without trouble, what overtook its forerunner on the way', async () => {
    const { queue, asked, titles, troubles } = desk();
    queue.push(edit('a'));
    queue.push(edit('b'));
    asked[1]?.refuse('Edit 1 is missing before edit 2.');
    await tick();
    expect(titles()).toEqual(['1 a', '2 b']);
    asked[0]?.answer();
    await tick();
    expect(titles()).toEqual(['1 a', '2 b', '2 b']);
    queue.push(edit('c'));
    asked[2]?.answer();
    await tick();
    asked[3]?.answer();
    await tick();
    expect(titles().slice(3)).toEqual(['3 c']);
    expect(queue.waiting).toBe(0);
    expect(troubles.every((trouble) => trouble === null)).toBe(true);
  });

  it('says what is not on the disk, and writes on when the disk takes it again', async () => {
    const { queue, asked, titles, troubles } = desk();
    queue.push(edit('a'));
    queue.push(edit('b'));
    asked[0]?.refuse('The disk is full.');
    asked[1]?.refuse('Edit 1 is missing before edit 2.');
    await tick();
    expect(troubles.at(-1)?.say).toBe('The last 2 changes are not on the disk yet: The disk is full.');
    expect(await queue.flushed()).toBe(false);
    asked[2]?.answer();
    await tick();
    asked[3]?.answer();
    await tick();
    expect(titles().slice(2)).toEqual(['1 a', '2 b']);
    expect(troubles.at(-1)).toBeNull();
    expect(queue.waiting).toBe(0);
    queue.push(edit('c'));
    expect(titles().at(-1)).toBe('3 c');
  });
});
