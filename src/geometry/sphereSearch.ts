import type { Vec3 } from './spaces.ts';
import { along, cross, normalize } from './vec.ts';
import { planeBasis } from './plane.ts';

/** `count` unit vectors spread evenly over the sphere (a golden spiral): the same ones every time. */
export function sphereDirections(count: number): readonly Vec3[] {
  const golden = Math.PI * (3 - Math.sqrt(5));
  return Array.from({ length: count }, (_, i): Vec3 => {
    const z = 1 - (2 * i + 1) / count;
    const across = Math.sqrt(1 - z * z);
    return [across * Math.cos(golden * i), across * Math.sin(golden * i), z];
  });
}

export interface SphereSearch {
  /** Directions looked at before refining. */
  readonly samples?: number;
  /** How many of the lowest, apart from each other, are refined. */
  readonly starts?: number;
  /** The first step of a walk, radians; from the samples' spacing when not given. */
  readonly firstStep?: number;
  /** The last step, radians. */
  readonly finest?: number;
  /** More starting directions that deserve a look. */
  readonly also?: readonly Vec3[];
  readonly signal?: AbortSignal;
}

/**
 * The least value of a continuous function of a direction, and where. Looks everywhere first, then walks down from
 * the lowest places in steps that shrink to `finest`, in eight directions that turn each round, so that creases do not
 * hold it. Where the function is smooth the error goes with the square of the last step.
 * `value` may give Infinity for directions that do not count.
 * @throws the signal's reason when aborted.
 */
export function leastOnSphere(
  value: (direction: Vec3) => number,
  { samples = 1500, starts = 8, firstStep, finest = 1e-7, also = [], signal }: SphereSearch = {},
): { readonly value: number; readonly at: Vec3 } {
  const looked = [...sphereDirections(samples), ...also.map(normalize)]
    .map((at) => ({ at, value: value(at) }))
    .sort((a, b) => a.value - b.value);
  signal?.throwIfAborted();
  const apart = firstStep ?? 4 / Math.sqrt(samples);
  const chosen: { at: Vec3; value: number }[] = [];
  for (const each of looked) {
    if (chosen.length >= starts || each.value === Infinity) break;
    if (chosen.every(({ at }) => Math.hypot(at[0] - each.at[0], at[1] - each.at[1], at[2] - each.at[2]) > apart))
      chosen.push(each);
  }
  let best = looked[0] ?? { at: [0, 0, 1] as const, value: Infinity };
  for (const start of chosen) {
    signal?.throwIfAborted();
    const found = walkDown(value, start, apart, finest);
    if (found.value < best.value) best = found;
  }
  return best;
}

function walkDown(
  value: (direction: Vec3) => number,
  start: { readonly at: Vec3; readonly value: number },
  firstStep: number,
  finest: number,
): { readonly at: Vec3; readonly value: number } {
  let best = start;
  let step = firstStep;
  let turn = 0;
  for (let round = 0; step > finest && round < 2000; round += 1) {
    const [u] = planeBasis(best.at);
    const v = cross(best.at, u);
    let better = best;
    for (let i = 0; i < 8; i += 1) {
      const angle = turn + (i * Math.PI) / 4;
      const at = normalize(along(along(best.at, u, step * Math.cos(angle)), v, step * Math.sin(angle)));
      const here = value(at);
      if (here < better.value) better = { at, value: here };
    }
    // 2.4 rad is no part of the eighth turn: every direction is tried in the end.
    turn += 2.4;
    if (better === best) step /= 2;
    else best = better;
  }
  return best;
}
