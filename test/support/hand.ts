import type { App } from './app.ts';

type Numbers = readonly number[];

/** A person's hand at the application: real mouse and key events; the automation object only tells where things are. */
export interface Hand {
  /** Opens a series by double click on its entry in the series list. `text` is part of the entry. */
  openSeries(text: string | RegExp): Promise<void>;
  /** Arms a tool by its button. */
  tool(name: string): Promise<void>;
  /**
   * Clicks as near to a patient or image point as whole CSS pixels allow.
   * @returns the point that lies exactly under the click, by the view's own map.
   */
  click(view: string, point: Numbers): Promise<Numbers>;
  /** Where a point is on the page, whole CSS pixels. */
  place(view: string, point: Numbers): Promise<{ readonly x: number; readonly y: number }>;
  under(view: string, at: { readonly x: number; readonly y: number }): Promise<Numbers>;
  /** Middle of a viewport on the page. */
  middle(view: string): Promise<{ readonly x: number; readonly y: number }>;
  /** Presses at one place, moves in steps, releases at another. */
  drag(
    from: { readonly x: number; readonly y: number },
    to: { readonly x: number; readonly y: number },
    button?: 'left' | 'middle' | 'right',
  ): Promise<void>;
  /** Wheel notches over a viewport, down is positive. */
  wheel(view: string, notches: number): Promise<void>;
  key(keys: string): Promise<void>;
}

export function hand(app: App): Hand {
  const { page } = app;
  const ask = <T>(method: 'toPage' | 'toPoint', view: string, value: unknown): Promise<T> =>
    page.evaluate(`window.seldingerAutomation.${method}(${JSON.stringify(view)}, ${JSON.stringify(value)})`);
  const place = async (view: string, point: Numbers): Promise<{ x: number; y: number }> => {
    const { x, y } = await ask<{ x: number; y: number }>('toPage', view, point);
    return { x: Math.round(x), y: Math.round(y) };
  };
  const under = (view: string, at: { readonly x: number; readonly y: number }): Promise<Numbers> =>
    ask<Numbers>('toPoint', view, at);
  const region = (view: string) => page.getByRole('region', { name: view, exact: true });
  const middle = async (view: string): Promise<{ x: number; y: number }> => {
    const box = await region(view).boundingBox();
    if (box === null) throw new Error(`there is no viewport named ${view}`);
    return { x: Math.round(box.x + box.width / 2), y: Math.round(box.y + box.height / 2) };
  };
  return {
    async openSeries(text) {
      await page
        .getByRole('listbox', { name: 'Series' })
        .getByRole('option')
        .filter({ hasText: text })
        .first()
        .dblclick();
    },
    async tool(name) {
      await page.getByRole('button', { name, exact: true }).click();
    },
    async click(view, point) {
      const at = await place(view, point);
      const exact = await under(view, at);
      await page.mouse.move(at.x - 3, at.y - 2);
      await page.mouse.move(at.x, at.y);
      await page.mouse.down();
      await page.mouse.up();
      return exact;
    },
    place,
    under,
    middle,
    async drag(from, to, button = 'left') {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down({ button });
      for (let step = 1; step <= 8; step += 1) {
        await page.mouse.move(from.x + ((to.x - from.x) * step) / 8, from.y + ((to.y - from.y) * step) / 8);
      }
      await page.mouse.up({ button });
    },
    async wheel(view, notches) {
      const at = await middle(view);
      await page.mouse.move(at.x, at.y);
      for (let notch = 0; notch < Math.abs(notches); notch += 1) {
        await page.mouse.wheel(0, notches > 0 ? 100 : -100);
        await page.waitForTimeout(60);
      }
    },
    key: (keys) => page.keyboard.press(keys),
  };
}
