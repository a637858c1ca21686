import {
  electronOrigin,
  electronScheme,
  fragmentName,
  hostErrorSchema,
  keyHeader,
  pageHeader,
  sessionAnswerSchema,
  sessionPath,
  type NativeBridge,
} from '../../src/contract/index.ts';
import { HostFault, type HostClient } from './client.ts';
import { createFetchClient } from './fetchClient.ts';

declare global {
  interface Window {
    readonly seldingerNative?: NativeBridge<File>;
  }
}

/** The page's way to the host, and the desktop's dialogs where there are any. */
export interface Door {
  readonly client: HostClient;
  readonly native: NativeBridge<File> | null;
}

const keyPlace = 'seldinger-key';

/**
 * Picks the door this page came through. In the browser the secret of the URL's fragment is traded for the session key, which
 * stays in this tab's session storage, so that a reload needs no second trade.
 * `page`: this page's own secret (pageSession), said with every call.
 * @throws HostFault with a sentence where the link is wrong or used up.
 */
export async function openDoor(page: Promise<string>): Promise<Door> {
  if (location.protocol === `${electronScheme}:`)
    return {
      client: createFetchClient({ origin: electronOrigin, headers: {} }),
      native: window.seldingerNative ?? null,
    };
  const name = await page;
  const withKey = (key: string): HostClient =>
    createFetchClient({ origin: '', headers: { [keyHeader]: key, [pageHeader]: name } });
  const kept = sessionStorage.getItem(keyPlace);
  if (kept !== null) {
    try {
      const client = withKey(kept);
      await client.call('hello', {});
      return { client, native: null };
    } catch (thrown) {
      // A key of an earlier launch on the same port: trade anew.
      if (!(thrown instanceof HostFault)) throw thrown;
      sessionStorage.removeItem(keyPlace);
    }
  }
  const token = new URLSearchParams(location.hash.slice(1)).get(fragmentName);
  if (token === null)
    throw new HostFault({
      code: 'forbidden',
      say: 'This address lacks the secret of the running program.',
      remedy: 'Open the whole address that the program printed.',
    });
  const key = await trade(token);
  sessionStorage.setItem(keyPlace, key);
  return { client: withKey(key), native: null };
}

async function trade(token: string): Promise<string> {
  const response = await fetch(sessionPath, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token }),
  }).catch(() => null);
  if (response === null)
    throw new HostFault({
      code: 'internal',
      say: 'The program behind this window does not answer.',
      remedy: 'Start Seldinger again; committed edits are kept.',
    });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) {
    const parsed = sessionAnswerSchema.safeParse(answer);
    if (parsed.success) return parsed.data.key;
  }
  const said = hostErrorSchema.safeParse(answer);
  throw new HostFault(
    said.success
      ? said.data
      : {
          code: 'forbidden',
          say: 'This address is not valid any more.',
          remedy: 'Open the address that the program printed last.',
        },
  );
}
