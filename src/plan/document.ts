import { z } from 'zod';
import { pathText, PlanFault } from './fault.ts';
import { migrations, presentVersion } from './migrations.ts';
import type { Edit, Plan, RecordId } from './types.ts';

// Makes zod work under a content security policy without unsafe-eval.
z.config({ jitless: true });

const finite = z.number();
const vec3 = z.tuple([finite, finite, finite]);

export const patientSpaceSchema = z.looseObject({
  in: z.literal('patient'),
  frameOfReferenceUID: z.string().nullable().default(null),
  seriesInstanceUID: z.string().min(1),
  part: z.string().nullable().default(null),
});
export const imageSpaceSchema = z.looseObject({
  in: z.literal('image'),
  seriesInstanceUID: z.string().min(1),
  sopInstanceUID: z.string().min(1),
  frame: z.int().min(1).default(1),
  derived: z.string().nullable().optional(),
});
export const spaceSchema = z.discriminatedUnion('in', [patientSpaceSchema, imageSpaceSchema]);

const slabModeSchema = z.enum(['mip', 'minip', 'mean']);

/** What every item has; the fields of its kind are held by the kind's own parser. */
export const itemSchema = z.looseObject({
  type: z.literal('item'),
  kind: z.string().min(1),
  label: z.string().default(''),
  order: finite.default(0),
  side: z.enum(['R', 'L', 'midline']).nullable().default(null),
  on: spaceSchema,
  hidden: z.boolean().optional(),
  locked: z.boolean().optional(),
  colour: z.string().optional(),
  depthFrom: z
    .array(z.looseObject({ handle: z.string(), by: slabModeSchema, slabMm: z.number().positive() }))
    .optional(),
  pointsFrom: z
    .array(
      z.looseObject({
        handle: z.string(),
        seriesInstanceUID: z.string().min(1),
        part: z.string().nullable().default(null),
      }),
    )
    .optional(),
});
const maskSchema = z.looseObject({
  type: z.literal('mask'),
  name: z.string().optional(),
  on: patientSpaceSchema,
  dimensions: z.tuple([z.int().min(1), z.int().min(1), z.int().min(1)]),
  spacing: vec3,
  origin: vec3,
  direction: z.tuple([vec3, vec3, vec3]),
  file: z.string().min(1),
});
const stackSchema = z.looseObject({ seriesInstanceUID: z.string().min(1), part: z.string().nullable().default(null) });
const registrationSchema = z.looseObject({
  type: z.literal('registration'),
  fixed: stackSchema,
  moving: stackSchema,
  method: z.string(),
  matrix: z.union([z.array(finite).length(16), z.literal('compute')]),
  around: vec3.nullable().optional(),
});
const derivedImageSchema = z.looseObject({
  type: z.literal('derivedImage'),
  method: z.string(),
  seriesInstanceUID: z.string().min(1),
  sopInstanceUID: z.string().min(1),
  frame: z.int().min(1).nullable(),
  maskFrames: z.union([z.array(z.int().min(1)), z.enum(['header', 'auto'])]).optional(),
  shift: z.union([z.tuple([finite, finite]), z.enum(['auto', 'header'])]).optional(),
  domain: z.enum(['auto', 'linear', 'log']).optional(),
});
export const recordSchema = z.discriminatedUnion('type', [
  itemSchema,
  maskSchema,
  registrationSchema,
  derivedImageSchema,
]);

const keyImageSchema = z.looseObject({
  id: z.string().min(1),
  label: z.string().default(''),
  createdAt: z.iso.datetime({ offset: true }),
  seriesInstanceUID: z.string().min(1),
  part: z.string().nullable().default(null),
  view: z.string().min(1),
  sopInstanceUID: z.string().min(1).nullable().default(null),
  frame: z.int().min(1).nullable().default(null),
  plane: z.looseObject({ point: vec3, right: vec3, down: vec3 }).nullable().default(null),
  slab: z.looseObject({ mode: slabModeSchema, mm: z.number().positive() }).optional(),
  middle: z.tuple([finite, finite]).nullable().default(null),
  window: z
    .looseObject({ centre: finite, width: z.number().positive(), name: z.string().nullable().default(null) })
    .nullable()
    .default(null),
  inverted: z.boolean().default(false),
  zoom: z.number().positive().default(1),
});
const keyImagesSchema = z.array(keyImageSchema).optional();

const headSchema = z.looseObject({
  format: z.literal('seldinger-plan'),
  version: z.literal(1),
  id: z.string().min(1),
  title: z.string(),
  createdAt: z.iso.datetime({ offset: true }),
  modifiedAt: z.iso.datetime({ offset: true }),
  studies: z.array(z.looseObject({ studyInstanceUID: z.string().min(1), patientKey: z.string() })).optional(),
  keyImages: keyImagesSchema,
});
/** The whole document. */
export const planSchema = headSchema.extend({ records: z.record(z.string(), recordSchema) });

const changeSchema = z.object({
  id: z
    .string()
    .min(1)
    .refine((id) => id !== '__proto__', { error: 'is not allowed as the id of a record' }),
  before: recordSchema.optional(),
  after: recordSchema.optional(),
});
const editSchema = z.object({
  title: z.string(),
  changes: z.array(changeSchema),
  keyImages: z.object({ before: keyImagesSchema, after: keyImagesSchema }).optional(),
});

/** @throws PlanFault with the path of the first bad field. */
export function parseEdit(json: unknown): Edit {
  const edit = editSchema.safeParse(json);
  if (!edit.success) throw fault(edit.error, [], 'bad-edit');
  const { title, changes, keyImages } = edit.data;
  const records = changes.map(({ id, before, after }) => ({ id, before, after }));
  if (keyImages === undefined) return { title, changes: records };
  return { title, changes: records, keyImages: { before: keyImages.before, after: keyImages.after } };
}

/** One record that cannot be used, while the rest of its plan can. */
export interface RecordFault {
  readonly id: RecordId;
  readonly path: string;
  readonly say: string;
}

/**
 * The document as a plan, brought to the present version; unknown fields are kept.
 * @throws PlanFault with the path of the first bad field.
 */
export function parsePlan(json: unknown): Plan {
  const { plan, faults } = readPlan(json);
  const first = faults[0];
  if (first) throw new PlanFault(first.path, first.say);
  return plan;
}

/**
 * As `parsePlan`, but a record that is wrong is left out and told, so that one slip in a hand-written plan does not
 * take the other records with it. Not for documents that will be saved again.
 * @throws PlanFault when the document's own head is wrong.
 */
export function readPlan(json: unknown): { readonly plan: Plan; readonly faults: readonly RecordFault[] } {
  const document = migrate(json);
  const table = z.record(z.string(), z.unknown());
  const outer = headSchema.extend({ records: table }).safeParse(document);
  if (!outer.success) throw fault(outer.error, [], 'bad-plan');
  const records: Record<RecordId, z.infer<typeof recordSchema>> = {};
  const faults: RecordFault[] = [];
  for (const [id, value] of Object.entries(outer.data.records)) {
    const record = recordSchema.safeParse(value);
    if (record.success) records[id] = record.data;
    else faults.push({ id, ...placeAndWords(fault(record.error, ['records', id])) });
  }
  return { plan: { ...outer.data, records }, faults };
}

function migrate(json: unknown): unknown {
  const head = z
    .looseObject({ format: z.literal('seldinger-plan'), version: z.int().min(1), records: z.unknown() })
    .safeParse(json);
  if (!head.success) {
    const first = head.error.issues[0];
    const where = pathText(first?.path ?? []);
    const say = where === 'version' ? 'must be a whole number' : 'this is no Seldinger plan';
    throw new PlanFault(where, say, 'bad-plan');
  }
  // A key that would reach into the table's prototype is no record id.
  const keys = head.data.records;
  if (typeof keys === 'object' && keys !== null && Object.hasOwn(keys, '__proto__')) {
    throw new PlanFault('records.__proto__', 'is not allowed as the id of a record', 'bad-plan');
  }
  if (head.data.version > presentVersion) {
    throw new PlanFault(
      'version',
      `was made by a newer Seldinger (document version ${head.data.version}; this one reads up to ${presentVersion})`,
      'newer-plan',
    );
  }
  let document: unknown = json;
  for (let version = head.data.version; version < presentVersion; version++) {
    const step = migrations[version];
    if (!step)
      throw new PlanFault('version', `no way is known from document version ${version} to the present one`, 'bad-plan');
    document = step(document);
  }
  return document;
}

function fault(error: z.ZodError, before: readonly PropertyKey[], code?: string): PlanFault {
  const first = error.issues[0];
  return new PlanFault(pathText([...before, ...(first?.path ?? [])]), first?.message ?? 'is not valid', code);
}
function placeAndWords({ path, say }: PlanFault): { path: string; say: string } {
  return { path, say };
}
