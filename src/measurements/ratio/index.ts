import { PlanFault } from '../../plan/index.ts';
import type { MeasurementKind } from '../kind.ts';
import { parseItem } from '../itemSchema.ts';
import { privateCode, rowOf } from '../rowOf.ts';
import { computeRatio } from './compute.ts';
import { ratioSchema } from './item.ts';
import type { RatioItem } from './item.ts';

export const ratio: MeasurementKind<RatioItem> = {
  name: 'ratio',
  title: 'Ratio',
  tool: { name: 'Ratio', key: '', spaces: [] },
  version: 1,
  schema: ratioSchema,
  parse: (json) => parseItem(ratioSchema, json),
  migrations: [],
  steps: [],
  finish: () => undefined,
  handles: () => [],
  moveHandle() {
    throw new PlanFault('', 'a ratio has no handles');
  },
  uses: ({ numerator, denominator }) => [...new Set([numerator.item, denominator.item])],
  needs: () => [],
  numbersOnly: true,
  compute: async (item, given) => computeRatio(item, given),
  shapes: () => [],
  rows: (_item, computed) => rowOf(computed, 'ratio', 'Ratio', privateCode('RATIO', 'Ratio of two numbers'), true),
};
