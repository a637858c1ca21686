import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** The secret of one launch and the key that it is traded for. */
export interface Session {
  /** Stands in the fragment of the launch's URL. */
  readonly secret: string;
  /** The session key, or undefined where the token is wrong or was used before. */
  trade(token: string): string | undefined;
  isKey(key: string | null): boolean;
}

/** @param reusable  Whether the secret may be traded again (reload, second tab, second browser: --serve). */
export function createSession(reusable: boolean): Session {
  const secret = randomBytes(32).toString('base64url');
  const key = randomBytes(32).toString('base64url');
  let used = false;
  return {
    secret,
    trade(token) {
      // Compared first, so that the time taken tells nothing of whether it was used.
      const right = sameText(token, secret);
      if (!right || (used && !reusable)) return undefined;
      used = true;
      return key;
    },
    isKey: (given) => given !== null && sameText(given, key),
  };
}

/** Compares in a time that does not depend on where the texts differ, nor on their lengths. */
function sameText(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(a), hash(b));
}
