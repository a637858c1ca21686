import type { Vec3 } from '../../geometry/index.ts';
import { cross, dot, radians } from '../../geometry/index.ts';
import type { ProcedurePosition } from './item.ts';

export type BodyPosition = Exclude<ProcedurePosition, 'as-scanned'>;

/** How the patient lay in the scan, from Patient Position (0018,5100); undefined where it does not say (sitting, empty). */
export function scannedPosition(patientPosition: string): BodyPosition | undefined {
  switch (patientPosition.trim().toUpperCase()) {
    case 'HFS':
    case 'FFS':
      return 'supine';
    case 'HFP':
    case 'FFP':
      return 'prone';
    case 'HFDR':
    case 'FFDR':
      return 'right-decubitus';
    case 'HFDL':
    case 'FFDL':
      return 'left-decubitus';
    default:
      return undefined;
  }
}

const gravity: Readonly<Record<BodyPosition, Vec3>> = {
  supine: [0, 1, 0],
  prone: [0, -1, 0],
  'right-decubitus': [-1, 0, 0],
  'left-decubitus': [1, 0, 0],
};

/** Down on the table in LPS. `rollDeg`: supine and prone only, positive with the patient's left side down. */
export function downIn(position: BodyPosition, rollDeg: number): Vec3 {
  const g = gravity[position];
  if (rollDeg === 0 || g[1] === 0) return g;
  const roll = radians(rollDeg);
  return [Math.sin(roll), Math.cos(roll) * g[1], 0];
}

/**
 * S-14: from where the table angle counts and to which side of the patient this needle's tip goes; without a side within
 * half a degree of straight down. The second sentence is for whoever sets the same angles on a C-arm.
 */
export function anglesSentence(position: BodyPosition, rollDeg: number, direction: Vec3): string {
  const across = cross(downIn(position, rollDeg), [0, 0, 1]);
  const lateral = dot(direction, across);
  const towards = Math.sign(lateral);
  const [x, y] = [across[0] * towards, across[1] * towards];
  const side = Math.abs(x) > Math.abs(y) ? (x > 0 ? 'LEFT' : 'RIGHT') : y > 0 ? 'BACK' : 'FRONT';
  const tip = Math.abs(lateral) < Math.sin(radians(0.5)) ? '' : `, tip to patient's ${side}`;
  const lying = position.toUpperCase().replace('-', ' ');
  return `Angles: from vertical for ${lying} patient${tip}. C-arm: console set to supine.`;
}

/** Outer diameters by gauge, mm (clinical page 1.7, from memory there: shown with a note). */
export const gaugeDiameterMm: Readonly<Record<number, number>> = {
  11: 3.05,
  13: 2.41,
  17: 1.47,
  18: 1.27,
  19: 1.07,
  20: 0.91,
  21: 0.82,
  22: 0.72,
};
