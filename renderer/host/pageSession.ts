const place = 'seldinger-page';

/**
 * This page's own secret for the locks of journals: the same after a reload, another in every other tab. A duplicated tab
 * copies the session storage, so the name is held by a lock of the browser, and who finds it held takes a new one.
 */
export async function pageSession(): Promise<string> {
  const kept = sessionStorage.getItem(place);
  if (kept !== null && (await hold(kept))) return kept;
  const fresh = crypto.randomUUID();
  sessionStorage.setItem(place, fresh);
  await hold(fresh);
  return fresh;
}

function hold(name: string): Promise<boolean> {
  if (!('locks' in navigator)) return Promise.resolve(true);
  return new Promise((resolve) => {
    void navigator.locks.request(`seldinger-page:${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held until the page goes.
      return lock === null ? undefined : new Promise<void>(() => undefined);
    });
  });
}
