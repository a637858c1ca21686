import { z } from 'zod';
import type { Series } from '../dicom/index.ts';
import type { Plan, Edit } from '../plan/index.ts';
import { isPacked, packSeries, unpackSeries } from './packedSeries.ts';

z.config({ jitless: true });

/** A file or folder that the person chose, by an opaque name of this launch. Never a path. */
export const sourceSchema = z.object({ id: z.string(), label: z.string(), kind: z.enum(['folder', 'files', 'plan']) });
export type Source = z.infer<typeof sourceSchema>;

export const recentSchema = z.object({
  id: z.string(),
  label: z.string(),
  openedAt: z.string(),
  kind: z.enum(['folder', 'files', 'plan']),
});
export type Recent = z.infer<typeof recentSchema>;

export const skippedSchema = z.object({
  path: z.string(),
  reason: z.enum([
    'not-dicom',
    'no-image',
    'truncated',
    'unsupported-syntax',
    'unreadable',
    'duplicate',
    'outside-root',
    'too-large',
  ]),
  message: z.string(),
});
export type Skipped = z.infer<typeof skippedSchema>;

/** Things that cross as whole documents of ours: typed by their own rooms, made by `src/dicom` and `src/plan` on the host's side. */
const series = z.preprocess(
  (v) => (isPacked(v) ? unpackSeries(v) : v),
  z.custom<Series>((v) => typeof v === 'object' && v !== null && 'seriesInstanceUID' in v && 'instances' in v),
);
const plan = z.custom<Plan>((v) => typeof v === 'object' && v !== null && 'records' in v);
const edit = z.custom<Edit>((v) => typeof v === 'object' && v !== null && 'changes' in v);

/** The totals of a radiation dose report (RDSR) met in a scan; belongs to all series of its study. */
export const doseReportSchema = z.object({
  studyInstanceUID: z.string(),
  sopInstanceUID: z.string(),
  irradiations: z.number(),
  ctdiVolMGy: z.number().optional(),
  dlpMGyCm: z.number().optional(),
  dapGyCm2: z.number().optional(),
  referencePointMGy: z.number().optional(),
  fluoroscopySeconds: z.number().optional(),
});

/** One line of the header view (src/dicom, listElements). */
export const headerElementSchema = z.object({
  depth: z.number(),
  tag: z.string(),
  keyword: z.string(),
  vr: z.string(),
  value: z.string(),
  cut: z.boolean(),
  bytes: z.number().nullable(),
  creator: z.string().optional(),
});

/** What a scan tells, one JSON document a line. A series that grows is told again under the same key; `retired` names keys that no longer exist (a series split into parts). */
export const scanEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), filesFound: z.number(), filesRead: z.number(), seriesFound: z.number() }),
  z.object({ type: z.literal('series'), series, retired: z.array(z.string()) }),
  z.object({ type: z.literal('plan'), source: sourceSchema }),
  z.object({ type: z.literal('dose'), report: doseReportSchema }),
  z.object({ type: z.literal('done'), skipped: z.array(skippedSchema), filesRead: z.number() }),
  z.object({ type: z.literal('failed'), code: z.string(), say: z.string() }),
]);
export type ScanEvent = z.infer<typeof scanEventSchema>;

/** A scan's event as it is written: the schema reads it as it was. */
function packScanEvent(event: unknown): unknown {
  return isSeriesEvent(event) ? { ...event, series: packSeries(event.series) } : event;
}
function isSeriesEvent(event: unknown): event is Extract<ScanEvent, { type: 'series' }> {
  return typeof event === 'object' && event !== null && 'type' in event && event.type === 'series';
}

/** Frames by token of their instance (`Instance.source`) and number from 1, sent in the order asked for. */
export const frameRequestSchema = z.object({
  frames: z
    .array(z.object({ token: z.string(), frame: z.number().int().positive() }))
    .min(1)
    .max(100_000),
});

/** Progress of making a sample case. */
export const sampleEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number() }),
  z.object({ type: z.literal('done'), source: sourceSchema }),
  z.object({ type: z.literal('failed'), code: z.string(), say: z.string() }),
]);
export type SampleEvent = z.infer<typeof sampleEventSchema>;
export const sampleCaseSchema = z.object({ name: z.string(), title: z.string(), tries: z.array(z.string()) });

/** Small: what a person chose, never what is in images. The window's own schema (renderer/state/settings.ts) knows the keys. */
export const settingsSchema = z.record(z.string().min(1).max(64), z.json());
export type StoredSettings = z.infer<typeof settingsSchema>;

/**
 * The table. Both doors and both clients are loops over it.
 * answer 'json': one JSON document; 'lines': newline-delimited JSON events, the body's end is the end, cancel by closing it;
 * 'frames': for each frame asked for, in order: uint32 LE index in the request, uint32 LE byte length, the bytes
 * (native: the frame's own bytes as stored; encapsulated: its fragments joined); length 0xFFFFFFFF: the frame cannot be read,
 * followed by a uint32 LE length and a UTF-8 JSON HostError.
 * `pack`: how an answer's event is written, where its schema reads a shorter form. `keepalive`: said while the page goes; the request must outlive it.
 */
export const methods = {
  hello: {
    input: z.object({}),
    answer: 'json',
    output: z.object({
      program: z.string(),
      automation: z.boolean(),
      door: z.enum(['browser', 'electron']),
      /** What the command line asked to open. */
      launch: z.array(sourceSchema),
      recents: z.array(recentSchema),
      samples: z.array(sampleCaseSchema),
      uploadLimits: z.object({ files: z.number(), bytes: z.number() }),
    }),
  },
  scan: {
    input: z.object({ sources: z.array(z.string()).min(1) }),
    answer: 'lines',
    output: scanEventSchema,
    pack: packScanEvent,
  },
  frames: { input: frameRequestSchema, answer: 'frames', output: z.null() },
  /** All elements of the image behind a token, up to its pixels, in the file's order; `leftOut`: how many are beyond the limit. */
  header: {
    input: z.object({ token: z.string() }),
    answer: 'json',
    output: z.object({
      transferSyntaxUID: z.string(),
      elements: z.array(headerElementSchema),
      leftOut: z.number(),
      /** false where the header is damaged: what follows the fault is missing. */
      whole: z.boolean(),
    }),
  },
  reopen: { input: z.object({ recent: z.string() }), answer: 'json', output: z.object({ source: sourceSchema }) },
  uploadBegin: {
    input: z.object({
      label: z.string(),
      kind: z.enum(['folder', 'files']),
      files: z.number().int().nonnegative(),
      bytes: z.number().nonnegative(),
    }),
    answer: 'json',
    output: z.object({ upload: z.string() }),
  },
  /** The bytes of one piece go as the request's body; this is the query. `offset` 0 makes the file. */
  uploadPiece: {
    input: z.object({ upload: z.string(), path: z.string(), offset: z.number().nonnegative() }),
    answer: 'json',
    output: z.object({ received: z.number() }),
    body: 'bytes',
  },
  uploadEnd: {
    input: z.object({ upload: z.string(), cancel: z.boolean().optional() }),
    answer: 'json',
    output: z.object({ source: sourceSchema.nullable() }),
  },
  makeSample: { input: z.object({ name: z.string() }), answer: 'lines', output: sampleEventSchema },
  /**
   * Opens the journal of these studies (or of this plan): the plan as last committed, if there is one.
   * `readOnly`: another window holds it. `session`: this page's own secret, so that a reload of the same page takes its lock again.
   */
  journalOpen: {
    input: z.object({ session: z.string(), studies: z.array(z.string()), plan: plan.nullable() }),
    answer: 'json',
    output: z.object({ journal: z.string(), plan: plan.nullable(), unsaved: z.boolean(), readOnly: z.boolean() }),
  },
  /** Returns after the edit is on the disk (fsync). `sequence` counts from 1 without a hole. */
  journalAppend: {
    input: z.object({ journal: z.string(), session: z.string(), sequence: z.number().int().positive(), edit }),
    answer: 'json',
    output: z.object({ sequence: z.number() }),
  },
  journalClose: {
    input: z.object({ journal: z.string(), session: z.string() }),
    answer: 'json',
    output: z.object({}),
    keepalive: true,
  },
  /**
   * Said every 20 s by a page that is there, with the journal it works on. `held`: that journal is still its to write.
   * A page that has said so once and is then silent for 150 s loses its journals to a window that asks for them.
   */
  sessionAlive: {
    input: z.object({ session: z.string(), journal: z.string().nullable() }),
    answer: 'json',
    output: z.object({ held: z.boolean() }),
  },
  /** Said by a page that goes (`pagehide`, when it is not kept for coming back): all that it held is free again. */
  sessionClose: {
    input: z.object({ session: z.string() }),
    answer: 'json',
    output: z.object({}),
    keepalive: true,
  },
  planLoad: {
    input: z.object({ source: z.string() }),
    answer: 'json',
    output: z.object({ plan, source: sourceSchema }),
  },
  /** Writes where the person chose (a granted plan source); atomically. `journal`: marked as saved. Without a source: only marks. */
  planSave: {
    input: z.object({ plan, source: z.string().nullable(), journal: z.string().nullable() }),
    answer: 'json',
    output: z.object({ saved: z.boolean() }),
  },
  forgetRecents: { input: z.object({}), answer: 'json', output: z.object({}) },
  /** The person's choices (panel widths, keys, theme), as last written; `{}` where there are none. */
  settingsRead: { input: z.object({}), answer: 'json', output: settingsSchema },
  /** Puts top-level keys in the place of those there, keeps all others, also unknown ones; null takes a key away. Answers the whole. */
  settingsWrite: {
    input: z.object({ changes: settingsSchema }),
    answer: 'json',
    output: settingsSchema,
    keepalive: true,
  },
} as const;
export type MethodName = keyof typeof methods;
export type Input<M extends MethodName> = z.input<(typeof methods)[M]['input']>;
export type Output<M extends MethodName> = z.output<(typeof methods)[M]['output']>;
