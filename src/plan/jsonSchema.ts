import { z } from 'zod';
import { planSchema } from './document.ts';

/** A JSON Schema, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The plan document's JSON Schema (draft 2020-12), for docs/plan.schema.json.
 * `kinds`: each kind's own schema by its name; it holds the items of that kind beside the common fields.
 */
export function planJsonSchema(kinds: Readonly<Record<string, JsonSchema>> = {}): JsonSchema {
  const base = z.toJSONSchema(planSchema, { io: 'input', unrepresentable: 'throw' });
  const definitions = Object.fromEntries(
    Object.entries(kinds).map(([name, { $schema: _dialect, ...schema }]) => [name, schema]),
  );
  const perKind = Object.keys(kinds).map((name) => ({
    if: { type: 'object', properties: { type: { const: 'item' }, kind: { const: name } }, required: ['type', 'kind'] },
    then: { $ref: `#/$defs/${name}` },
  }));
  const { $schema, properties, ...rest } = base;
  const records = properties?.['records'];
  return {
    $schema,
    title: 'Seldinger plan',
    description: 'Every measurement is a record of this document. Meanings: the contract, "The plan document".',
    ...rest,
    properties: { ...properties, records: perKind.length === 0 ? records : withKinds(records, perKind) },
    ...(perKind.length === 0 ? {} : { $defs: definitions }),
  };
}

function withKinds(records: unknown, perKind: readonly JsonSchema[]): JsonSchema {
  const table = z.looseObject({ additionalProperties: z.looseObject({}) }).parse(records);
  return { ...table, additionalProperties: { ...table.additionalProperties, allOf: perKind } };
}
