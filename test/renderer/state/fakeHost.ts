import type { Input, Output } from '../../../src/contract/index.ts';
import { applyEdit, emptyPlan } from '../../../src/plan/index.ts';
import type { Plan } from '../../../src/plan/index.ts';
import { HostFault } from '../../../renderer/host/client.ts';
import type { PlanHost } from '../../../renderer/state/planStore.types.ts';

type Method = 'journalOpen' | 'journalAppend' | 'journalClose' | 'sessionAlive' | 'planSave';

/** A host with a journal in memory, by the contract: edits in order, without a hole, the same one answered twice. */
export class FakeHost implements PlanHost {
  readonly appended: Input<'journalAppend'>[] = [];
  readonly saved: Input<'planSave'>[] = [];
  closed = 0;
  onDisk: Plan = emptyPlan({ id: 'plan', title: '', now: () => '2026-01-01T00:00:00.000Z' });
  unsaved = false;
  readOnly = false;
  /** Another window has not taken the journal over. */
  held = true;
  unreachable = false;
  /** So many of the next appends fail, with this code. */
  failures = 0;
  failure: 'unreadable' | 'locked' = 'unreadable';
  /** While set, an append waits for it. */
  hold: Promise<void> | undefined;

  async call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  async call(method: Method, input: unknown): Promise<unknown> {
    if (method === 'journalOpen')
      return { journal: 'journal', plan: this.onDisk, unsaved: this.unsaved, readOnly: this.readOnly };
    if (method === 'journalAppend' && isAppend(input)) {
      await this.hold;
      if (this.failures > 0) {
        this.failures -= 1;
        throw new HostFault({ code: this.failure, say: 'The disk is full.' });
      }
      if (input.sequence !== this.appended.length + 1) throw new Error(`hole before ${input.sequence}`);
      this.appended.push(input);
      this.onDisk = applyEdit(this.onDisk, input.edit);
      return { sequence: input.sequence };
    }
    if (method === 'planSave' && isSave(input)) {
      this.saved.push(input);
      return { saved: true };
    }
    if (method === 'sessionAlive') {
      if (this.unreachable) throw new HostFault({ code: 'internal', say: 'No answer.' });
      return { held: this.held };
    }
    this.closed += 1;
    return {};
  }
}
function isAppend(input: unknown): input is Input<'journalAppend'> {
  return typeof input === 'object' && input !== null && 'sequence' in input;
}
function isSave(input: unknown): input is Input<'planSave'> {
  return typeof input === 'object' && input !== null && 'source' in input;
}
