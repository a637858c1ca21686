import { cdp, page } from 'vitest/browser';

/** What Playwright's session does; the test runner leaves the type to its provider. */
declare module 'vitest/browser' {
  interface CDPSession {
    send(method: string, parameters: Record<string, unknown>): Promise<unknown>;
  }
}
type Button = 'left' | 'middle' | 'right';
const bits: Record<Button, number> = { left: 1, right: 2, middle: 4 };

/** A real mouse and keyboard: events made by the browser, not by script. Coordinates: CSS px of the test's page. */
export interface Hand {
  move(x: number, y: number): Promise<void>;
  down(button?: Button): Promise<void>;
  up(button?: Button): Promise<void>;
  click(x: number, y: number): Promise<void>;
  wheel(x: number, y: number, by: number): Promise<void>;
  key(key: string, shift?: boolean): Promise<void>;
  /** Gives the page its usual size back. */
  end(): Promise<void>;
}

/** The test runs in a frame that may be moved and scaled in the browser's window: where, is found by moving the mouse. */
export async function realHand(): Promise<Hand> {
  // Small enough to be shown unscaled: a click then hits whole pixels.
  await page.viewport(840, 440);
  const session = cdp();
  let at: readonly [number, number] = [0, 0];
  const send = (type: string, more: Record<string, unknown>): Promise<unknown> =>
    session.send('Input.dispatchMouseEvent', { type, x: at[0], y: at[1], ...more });

  async function seen(x: number, y: number): Promise<readonly [number, number]> {
    const heard = new Promise<readonly [number, number]>((resolve) =>
      window.addEventListener('pointermove', ({ clientX, clientY }) => resolve([clientX, clientY]), {
        once: true,
        capture: true,
      }),
    );
    at = [x, y];
    await send('mouseMoved', {});
    return heard;
  }
  const [ax, ay] = await seen(300, 200);
  const [bx, by] = await seen(400, 300);
  const toWindow = (x: number, y: number): readonly [number, number] => [
    300 + ((x - ax) * 100) / (bx - ax),
    200 + ((y - ay) * 100) / (by - ay),
  ];
  let held = 0;

  const hand: Hand = {
    async move(x, y) {
      at = toWindow(x, y);
      await send('mouseMoved', { buttons: held, button: held === 0 ? 'none' : 'left' });
    },
    async down(button = 'left') {
      held |= bits[button];
      await send('mousePressed', { button, buttons: held, clickCount: 1 });
    },
    async up(button = 'left') {
      held &= ~bits[button];
      await send('mouseReleased', { button, buttons: held, clickCount: 1 });
    },
    async click(x, y) {
      await hand.move(x, y);
      await hand.down();
      await hand.up();
    },
    async wheel(x, y, by) {
      at = toWindow(x, y);
      await send('mouseWheel', { deltaX: 0, deltaY: by });
    },
    async key(key, shift = false) {
      const press = { key, code: key, modifiers: shift ? 8 : 0, windowsVirtualKeyCode: keyCodes[key] ?? 0 };
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...press });
      await session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...press });
    },
    end: () => page.viewport(1280, 800),
  };
  return hand;
}
const keyCodes: Record<string, number> = { ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Tab: 9 };
