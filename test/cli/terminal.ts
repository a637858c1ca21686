import { run } from '../../src/cli/index.ts';

/** What a command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process, as from a terminal in the folder `cwd`. */
export async function seldinger(argv: readonly string[], cwd: string = process.cwd()): Promise<Said> {
  let out = '';
  let err = '';
  const code = await run(argv, { stdout: (text) => (out += text), stderr: (text) => (err += text), cwd });
  return { code, out, err };
}

/** stdout as one JSON document. */
export function json(said: Said): unknown {
  return JSON.parse(said.out);
}
