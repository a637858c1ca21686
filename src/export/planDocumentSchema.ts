import { z } from 'zod';
import { kinds } from '../measurements/index.ts';
import { planJsonSchema } from '../plan/index.ts';
import type { JsonSchema } from '../plan/index.ts';

/** The plan's JSON Schema with those of all registered kinds: the content of docs/plan.schema.json. */
export function planDocumentSchema(): JsonSchema {
  const byKind: Record<string, JsonSchema> = {};
  for (const { name, schema } of kinds) if (schema) byKind[name] = z.toJSONSchema(schema, { io: 'input' });
  return planJsonSchema(byKind);
}
