import type { Vec3 } from '../../src/geometry/index.ts';

export interface Letters {
  readonly left: string;
  readonly right: string;
  readonly top: string;
  readonly bottom: string;
}

const names: readonly (readonly [string, string])[] = [
  ['L', 'R'],
  ['P', 'A'],
  ['H', 'F'],
];

/** Where a direction in LPS points to, as a radiologist writes it: the main axis first, a second one when it is turned by more than about 15 degrees ("RA"). */
export function directionLetters(direction: Vec3): string {
  return direction
    .map((value, axis) => ({ value, axis }))
    .filter(({ value }) => Math.abs(value) > 0.26)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .slice(0, 2)
    .map(({ value, axis }) => names[axis]?.[value > 0 ? 0 : 1] ?? '')
    .join('');
}

/** The letters at the four sides of a picture whose right and down directions in the patient are given. */
export function sideLetters(right: Vec3, down: Vec3): Letters {
  const opposite = (v: Vec3): Vec3 => [-v[0], -v[1], -v[2]];
  return {
    left: directionLetters(opposite(right)),
    right: directionLetters(right),
    top: directionLetters(opposite(down)),
    bottom: directionLetters(down),
  };
}
