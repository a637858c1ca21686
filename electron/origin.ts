import { electronHost, electronScheme, openFragmentName, type Source } from '../src/contract/index.ts';

/** The page's address. */
export const pageUrl = `${electronScheme}://${electronHost}/index.html`;

/** The page's address for a window that opens these images at once. */
export function pageUrlWith(sources: readonly Source[]): string {
  return `${pageUrl}#${new URLSearchParams({ [openFragmentName]: JSON.stringify(sources) }).toString()}`;
}

/**
 * Whether an address is of our own page. Compared by scheme and host: in Node the origin of a scheme it does not
 * know is 'null' for all of them.
 */
export function isOurs(address: string): boolean {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return false;
  }
  return (
    url.protocol === `${electronScheme}:` &&
    url.host === electronHost &&
    url.username === '' &&
    url.password === '' &&
    url.port === ''
  );
}

/** Pages that may be opened in the person's own browser: exactly these hosts, by https. */
const allowedOutside = new Set(['github.com', 'dicom.nema.org']);

export function mayOpenOutside(address: string): boolean {
  try {
    const url = new URL(address);
    return (
      url.protocol === 'https:' &&
      allowedOutside.has(url.hostname) &&
      url.username === '' &&
      url.password === '' &&
      url.port === ''
    );
  } catch {
    return false;
  }
}

/** As a request's path and method reach the app: its host must be ours. */
export function isOurRequest(request: { readonly url: string }): boolean {
  return isOurs(request.url);
}
