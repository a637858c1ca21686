import type { RecordId } from '../plan/index.ts';

/**
 * Ids so that every one comes after those it depends on; ids of one level stay in the order given.
 * `circular`: those that lie on a circle. Ids that only depend on a circle are in `order`, after it.
 */
export function orderOfUse(
  ids: readonly RecordId[],
  dependsOn: (id: RecordId) => readonly RecordId[],
): { readonly order: readonly RecordId[]; readonly circular: ReadonlySet<RecordId> } {
  const known = new Set(ids);
  const edges = new Map(ids.map((id) => [id, dependsOn(id).filter((other) => known.has(other))]));
  const circular = new Set(ids.filter((id) => reachesItself(id, edges)));
  const order: RecordId[] = [];
  const done = new Set<RecordId>(circular);
  let waiting = ids.filter((id) => !circular.has(id));
  while (waiting.length > 0) {
    const ready = waiting.filter((id) => (edges.get(id) ?? []).every((other) => done.has(other)));
    order.push(...ready);
    ready.forEach((id) => done.add(id));
    waiting = waiting.filter((id) => !done.has(id));
  }
  return { order, circular };
}

function reachesItself(start: RecordId, edges: ReadonlyMap<RecordId, readonly RecordId[]>): boolean {
  const seen = new Set<RecordId>();
  const stack = [...(edges.get(start) ?? [])];
  for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
    if (id === start) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    stack.push(...(edges.get(id) ?? []));
  }
  return false;
}
