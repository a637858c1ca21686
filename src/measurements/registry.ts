import type { MeasurementKind } from './kind.ts';
import { ablation } from './ablation/index.ts';
import { angle } from './angle/index.ts';
import { area } from './area/index.ts';
import { bidirectional } from './bidirectional/index.ts';
import { calibration } from './calibration/index.ts';
import { length } from './length/index.ts';
import { note } from './note/index.ts';
import { ratio } from './ratio/index.ts';
import { region } from './region/index.ts';
import { stenosis } from './stenosis/index.ts';
import { trajectory } from './trajectory/index.ts';
import { vessel } from './vessel/index.ts';

/** Every kind of measurement. A new kind is its folder and its line here. */
export const kinds: readonly MeasurementKind[] = [
  length,
  bidirectional,
  angle,
  area,
  region,
  stenosis,
  vessel,
  trajectory,
  ablation,
  calibration,
  note,
  ratio,
];

export function kindOf(name: string): MeasurementKind | undefined {
  return kinds.find((kind) => kind.name === name);
}
