import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openJournals } from '../../src/host/journal.ts';

/**
 * What the kill test kills: opens the journal in the folder it is given and commits edits until it dies.
 * Each acknowledged edit is told on stdout after, and only after, the journal has answered.
 */
const [folder = '', studies = ''] = process.argv.slice(2);
const journals = openJournals(folder, { now: () => new Date().toISOString(), newId: randomUUID, editsPerSnapshot: 6 });
const opened = await journals.open({ session: 'child', studies: studies.split(','), plan: null });
if (opened.readOnly) {
  writeSync(1, 'readonly\n');
  process.exit(3);
}
const counter = opened.plan.records['counter'];
let count = counter?.type === 'item' ? counter.order : 0;
let before = counter;
writeSync(1, `ready ${count}\n`);

const on = { in: 'patient', frameOfReferenceUID: null, seriesInstanceUID: 's', part: null } as const;
for (let sequence = 1; ; sequence++) {
  count += 1;
  const item = {
    type: 'item',
    kind: 'note',
    label: 'x'.repeat((count * 37) % 900),
    order: count,
    side: null,
    on,
  } as const;
  const changes = [
    { id: 'counter', before, after: item },
    { id: `r${count % 7}`, before: undefined, after: item },
  ];
  await journals.append({
    journal: opened.journal,
    session: 'child',
    sequence,
    edit: { title: `Edit ${count}`, changes },
  });
  before = item;
  writeSync(1, `ack ${count}\n`);
}
