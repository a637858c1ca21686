import { z } from 'zod';

/** Every way a host call can fail, as data: classes do not survive a process border. */
export const errorCodes = [
  'bad-request',
  'not-found',
  'forbidden',
  'outside-root',
  'too-large',
  'unreadable',
  'unsupported',
  'locked',
  'cancelled',
  'internal',
] as const;
export const hostErrorSchema = z.object({
  code: z.enum(errorCodes),
  /** A sentence for a person: the file, the reason. */
  say: z.string(),
  remedy: z.string().optional(),
  file: z.string().optional(),
});
export type HostError = z.infer<typeof hostErrorSchema>;
