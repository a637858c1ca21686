import { followVessel } from '../../imaging/index.ts';
import type { FollowRequest, FollowedVessel, Volume } from '../../imaging/index.ts';
import type { Outcome } from '../../quantity/index.ts';

/** Vessels followed last in a volume: another reference, border or territory needs no path anew. */
const keptPerVolume = 8;
const known = new WeakMap<Volume, Map<string, Outcome<FollowedVessel>>>();

/** `followVessel`, or its answer to the same question asked before of the same volume: the same bits, at once. */
export function* followedVessel(request: FollowRequest): Generator<number, Outcome<FollowedVessel>> {
  const { volume, onCourse: _told, ...question } = request;
  const key = JSON.stringify(question);
  const before = known.get(volume) ?? new Map<string, Outcome<FollowedVessel>>();
  known.set(volume, before);
  const kept = before.get(key);
  if (kept !== undefined) return kept;
  const answer = yield* followVessel(request);
  before.set(key, answer);
  for (const oldest of before.keys()) {
    if (before.size <= keptPerVolume) break;
    before.delete(oldest);
  }
  return answer;
}
