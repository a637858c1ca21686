import path from 'node:path';
import electronLog from 'electron-log/node.js';

/**
 * The only way into the log, and what keeps patients out of it: fixed words of ours, error codes, and the places in our
 * own code. Never messages of errors from elsewhere (they quote paths and contents), never values.
 */
export const log = {
  error(what: string, error?: unknown): void {
    if (writer !== undefined) writer.error(`${what}${describe(error)}`);
  },
  info(what: string): void {
    if (writer !== undefined) writer.info(what);
  },
};

let writer: { error(text: string): void; info(text: string): void } | undefined;

/** Begins writing to `<home>/logs/<name>.log`, turned over at 1 MB. Before this nothing is written. */
export function startLog(home: string, name: string): void {
  const logger = electronLog.create({ logId: name });
  logger.transports.console.level = false;
  logger.transports.file.level = 'info';
  logger.transports.file.maxSize = 1024 * 1024;
  logger.transports.file.resolvePathFn = () => path.join(home, 'logs', `${name}.log`);
  writer = { error: (text) => logger.error(text), info: (text) => logger.info(text) };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const code = 'code' in error && typeof error.code === 'string' ? ` ${error.code}` : '';
  return `: ${error.name}${code}${places(error.stack ?? '')}`;
}

/** Function names and line numbers; folders of the stack's paths are left out, as they hold the person's name. */
export function places(stack: string): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  const short = frames
    .slice(0, 8)
    .map((line) => line.trim().replace(/(?:file:\/\/|node:|[A-Za-z]:\\|\/)[^()]*[/\\]/g, ''));
  return short.length === 0 ? '' : `\n    ${short.join('\n    ')}`;
}
