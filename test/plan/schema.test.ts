import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { planDocumentSchema } from '../../src/export/index.ts';
import { projectRoot } from '../support/shared.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(projectRoot, file), 'utf8'));
const checked = read('docs/plan.schema.json');
// Formats are told for people; the parser holds dates itself.
const validate = new Ajv2020({ validateFormats: false, strict: false }).compile(
  z.record(z.string(), z.unknown()).parse(checked),
);
const loose = z.looseObject({ records: z.record(z.string(), z.record(z.string(), z.unknown())) });
const fixture = (): z.infer<typeof loose> => loose.parse(read('test/fixtures/plans/v1-five-kinds.plan.json'));

describe('docs/plan.schema.json', () => {
  it('is what the code says (else run: node scripts/generate-schema.mjs)', () => {
    expect(checked).toEqual(JSON.parse(JSON.stringify(planDocumentSchema())));
  });

  it('accepts the plan with all five kinds', () => {
    expect(validate(fixture()), JSON.stringify(validate.errors)).toBe(true);
  });

  it('refuses a length with one point, a region without its shape and a needle without its target', () => {
    for (const [id, field, value] of [
      ['length-1', 'points', [[0, 0, 0]]],
      ['region-1', 'ellipsoid', { centre: [0, 0, 0] }],
      ['trajectory-1', 'target', undefined],
      ['length-1', 'side', 'left'],
    ] as const) {
      const plan = fixture();
      const record = plan.records[id];
      if (record) record[field] = value;
      expect(validate(JSON.parse(JSON.stringify(plan))), `${id} ${field}`).toBe(false);
    }
  });
});
