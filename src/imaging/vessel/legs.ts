import type { Vec3 } from '../../geometry/index.ts';
import type { Volume } from '../volume.ts';
import type { LocalVolume } from './localVolume.ts';
import { minimalPath } from './minimalPath.ts';
import type { SeedLevel } from './seedLevel.ts';

/** Legs searched last in a volume. A point moved or added changes two of them; the others are not searched again. */
const keptPerVolume = 64;
const known = new WeakMap<Volume, Map<string, readonly Vec3[]>>();

interface Leg {
  readonly from: Vec3;
  readonly to: Vec3;
  readonly level: SeedLevel;
}

/** `minimalPath`, or its answer to the same question asked before of the same volume: the same bits, at once. */
export function* legBetween(
  volume: Volume,
  local: LocalVolume,
  leg: Leg,
): Generator<number, readonly Vec3[] | undefined> {
  const key = JSON.stringify(leg);
  const before = known.get(volume) ?? new Map<string, readonly Vec3[]>();
  known.set(volume, before);
  const kept = before.get(key);
  if (kept !== undefined) return kept;
  const way = yield* minimalPath(local, leg.from, leg.to, leg.level);
  if (way === undefined) return undefined;
  before.set(key, way);
  for (const oldest of before.keys()) {
    if (before.size <= keptPerVolume) break;
    before.delete(oldest);
  }
  return way;
}
