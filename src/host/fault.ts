import type { HostError } from '../contract/index.ts';

/** A HostError on its way through the host's own code; at the door it becomes data again. */
export class HostFault extends Error {
  override readonly name = 'HostFault';
  readonly error: HostError;
  constructor(error: HostError) {
    super(error.say);
    this.error = error;
  }
}

/** @throws HostFault always. */
export function fault(code: HostError['code'], say: string, more: { remedy?: string; file?: string } = {}): never {
  throw new HostFault({ code, say, ...more });
}

/** The system's error code (ENOENT, EACCES …), or undefined. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Why a file cannot be read, in words; never with its path. */
export function readingTrouble(error: unknown): string {
  switch (systemCode(error)) {
    case 'ENOENT':
      return 'The file is no longer there.';
    case 'EACCES':
    case 'EPERM':
      return 'The system does not allow reading it.';
    case 'ELOOP':
      return 'Its link leads round in a circle.';
    case 'EISDIR':
      return 'It is a folder, not a file.';
    case 'ENAMETOOLONG':
      return 'Its name is too long for the system.';
    case 'EMFILE':
    case 'ENFILE':
      return 'Too many files are open at once.';
    default:
      return 'The system could not read it.';
  }
}

/** Anything thrown, as what the page may be told: no path, no stack. */
export function toHostError(error: unknown): HostError {
  if (error instanceof HostFault) return error.error;
  if (error instanceof Error && error.name === 'AbortError') return { code: 'cancelled', say: 'It was cancelled.' };
  if (systemCode(error) !== undefined) return { code: 'unreadable', say: readingTrouble(error) };
  return {
    code: 'internal',
    say: 'Something went wrong inside the program.',
    remedy: 'Try again; if it happens again, please report it.',
  };
}
