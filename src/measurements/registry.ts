import type { MeasurementKind } from './kind.ts';
import { ablation } from './ablation/index.ts';
import { angle } from './angle/index.ts';
import { area } from './area/index.ts';
import { length } from './length/index.ts';
import { region } from './region/index.ts';
import { stenosis } from './stenosis/index.ts';
import { trajectory } from './trajectory/index.ts';

/** Every kind of measurement. A new kind is its folder and its line here. */
export const kinds: readonly MeasurementKind[] = [length, angle, area, region, stenosis, trajectory, ablation];

export function kindOf(name: string): MeasurementKind | undefined {
  return kinds.find((kind) => kind.name === name);
}
