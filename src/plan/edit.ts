import type { Change, Edit, Plan, PlanRecord, RecordId } from './types.ts';

/** The change that takes this one back. */
export function invert({ id, before, after }: Change): Change {
  return { id, before: after, after: before };
}

/** The edit that takes this one back; its title stays, because it names the same act. */
export function invertEdit(edit: Edit): Edit {
  const { title, changes, keyImages } = edit;
  const back = { title, changes: changes.map(invert).reverse() };
  return keyImages === undefined ? back : { ...back, keyImages: { before: keyImages.after, after: keyImages.before } };
}

/** Two edits that follow each other as one, titled as the later; undefined where together they change nothing. */
export function joinEdits(first: Edit, then: Edit): Edit | undefined {
  const changes = new Map(first.changes.map((change) => [change.id, change]));
  for (const change of then.changes)
    changes.set(change.id, { ...change, before: (changes.get(change.id) ?? change).before });
  const left = [...changes.values()].filter(({ before, after }) => !sameContent(before, after));
  const images =
    first.keyImages || then.keyImages
      ? {
          before: (first.keyImages ?? then.keyImages)?.before,
          after: (then.keyImages ?? first.keyImages)?.after,
        }
      : undefined;
  const keyImages = images === undefined || sameContent(images.before, images.after) ? undefined : images;
  if (left.length === 0 && keyImages === undefined) return undefined;
  return { title: then.title, changes: left, ...(keyImages ? { keyImages } : {}) };
}

/**
 * A new plan with the edit's changes; records it does not name are shared with the old plan, which is untouched.
 * `modifiedAt`: ISO 8601; left out, the plan keeps its own.
 */
export function applyEdit(plan: Plan, edit: Edit, modifiedAt: string = plan.modifiedAt): Plan {
  const changed: Plan = { ...plan, modifiedAt, records: withChanges(plan.records, edit.changes) };
  return edit.keyImages === undefined ? changed : withKeyImages(changed, edit.keyImages.after);
}

/** The plan with these key images; undefined or none: without the field. */
export function withKeyImages(plan: Plan, keyImages: Plan['keyImages']): Plan {
  const { keyImages: _before, ...rest } = plan;
  const bare: Plan = rest;
  return keyImages === undefined || keyImages.length === 0 ? bare : { ...bare, keyImages };
}

/** The table with each change's `after` in place of its `before`. */
export function withChanges(records: Plan['records'], changes: readonly Change[]): Plan['records'] {
  const next: Record<RecordId, PlanRecord> = { ...records };
  for (const { id, after } of changes) {
    if (after === undefined) delete next[id];
    else next[id] = after;
  }
  return next;
}

/** Whether two values of a document say the same: plain JSON compared by content, whatever the order of keys. */
export function sameContent(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, i) => sameContent(value, b[i]))
    );
  }
  const left = new Map<string, unknown>(Object.entries(a).filter(([, value]) => value !== undefined));
  const right = new Map<string, unknown>(Object.entries(b).filter(([, value]) => value !== undefined));
  if (left.size !== right.size) return false;
  for (const [key, value] of left) if (!right.has(key) || !sameContent(value, right.get(key))) return false;
  return true;
}
