import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from './shared.ts';

/** Runs the built command line. @returns exit code, what it wrote, and its JSON where there is any. */
export function commandLine(
  words: readonly string[],
  home?: string,
): Promise<{ code: number; out: string; err: string; json: unknown }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(projectRoot, 'dist/cli/main.js'), ...words],
      {
        cwd: projectRoot,
        maxBuffer: 1 << 28,
        env: home === undefined ? process.env : { ...process.env, SELDINGER_HOME: home },
      },
      (error, out, err) => {
        let json: unknown;
        try {
          json = JSON.parse(out);
        } catch {
          json = undefined;
        }
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
        resolve({ code, out, err, json });
      },
    );
  });
}
