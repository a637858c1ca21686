import type { Page } from 'playwright';

/** What a hand has done in the window since the page was opened. */
export interface HandCount {
  /** Buttons of the mouse pressed, whatever was under them. */
  readonly clicks: number;
  /** Keys pressed; Shift, Ctrl, Alt and Command alone are none. */
  readonly keys: number;
  /** Messages of the wheel. */
  readonly notches: number;
}

/** Counts in the page itself what reaches it from mouse and keyboard, from its next opening on. */
export async function countHands(page: Page): Promise<void> {
  await page.addInitScript(`{
    const count = { clicks: 0, keys: 0, notches: 0 };
    window.handCount = count;
    const add = (name, what, counts = () => true) =>
      window.addEventListener(name, (event) => { if (event.isTrusted && counts(event)) count[what] += 1; },
        { capture: true, passive: true });
    add('pointerdown', 'clicks');
    add('keydown', 'keys', ({ key, repeat }) => !repeat && !['Shift', 'Control', 'Alt', 'Meta'].includes(key));
    add('wheel', 'notches');
  }`);
}

export function handCount(page: Page): Promise<HandCount> {
  return page.evaluate<HandCount>('({ ...window.handCount })');
}
