import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { scanPaths } from '../host/index.ts';
import type { ScannedPaths } from '../host/index.ts';
import type { Io } from './io.ts';
import { UsageFault } from './io.ts';

/** The paths as absolute ones. @throws UsageFault naming the first that is not there or may not be read. */
export function existing(paths: readonly string[], io: Io): readonly string[] {
  return paths.map((given) => {
    const absolute = path.resolve(io.cwd, given);
    try {
      const isFolder = statSync(absolute).isDirectory();
      accessSync(absolute, isFolder ? constants.R_OK | constants.X_OK : constants.R_OK);
    } catch (error) {
      throw new UsageFault(`${given}: ${reason(error)}.`);
    }
    return absolute;
  });
}

/** What lies in the paths. @throws UsageFault as `existing`. */
export async function openData(paths: readonly string[], io: Io): Promise<ScannedPaths> {
  return scanPaths(existing(paths, io), io.signal ? { signal: io.signal } : {});
}

/** A JSON file's content. @throws UsageFault when it is not there, cannot be read or is no JSON. */
export function readJson(given: string, io: Io): unknown {
  let text: string;
  try {
    text = readFileSync(path.resolve(io.cwd, given), 'utf8');
  } catch (error) {
    throw new UsageFault(`${given}: ${reason(error)}.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new UsageFault(`${given}: this is no JSON.`);
  }
}

function reason(error: unknown): string {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'there is no such file or folder';
    case 'EACCES':
    case 'EPERM':
      return 'the system does not allow reading it';
    case 'EISDIR':
      return 'this is a folder, not a file';
    default:
      return 'it cannot be read';
  }
}
