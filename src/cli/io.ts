/** What a command may touch besides files: handed in, so that a test can be the terminal. */
export interface Io {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Relative paths start here. */
  readonly cwd: string;
  readonly signal?: AbortSignal;
}

/** 0: done. 1: done as far as possible, what failed is named in the document. 2: wrong usage, or nothing could be done. */
export type ExitCode = 0 | 1 | 2;

/** Ends the command with code 2 and one sentence. */
export class UsageFault extends Error {
  override readonly name = 'UsageFault';
}

/** One JSON document; the last thing on stdout. */
export function printJson(io: Io, document: unknown): void {
  io.stdout(`${JSON.stringify(document, null, 1)}\n`);
}
