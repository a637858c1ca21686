import { kinds } from '../../src/measurements/index.ts';
import { toolsOf } from '../../renderer/actions/tools.ts';
import type { App } from './app.ts';

/** How the cross goes on before each further point: no two legs in one line. */
const legs = [
  ['ArrowRight'],
  ['Shift+ArrowRight', 'ArrowDown'],
  ['Shift+ArrowDown', 'ArrowRight'],
  ['Shift+ArrowLeft', 'ArrowLeft', 'ArrowDown'],
  ['Shift+ArrowUp', 'ArrowLeft'],
  ['ArrowUp', 'ArrowUp', 'ArrowLeft'],
] as const;

/** The tools that serve in a patient: what their item is, and how many points it has at least. */
export const patientTools = toolsOf(kinds).flatMap(({ kind }) =>
  kind.tool.spaces.includes('patient')
    ? [{ name: kind.tool.name, kind: kind.name, key: kind.tool.key.toLowerCase(), points: kind.steps.length }]
    : [],
);

/** Places one item of every such tool by keys alone in the view that has the focus, each a little away from the last. */
export async function placeAllByKeys(app: App): Promise<void> {
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await app.page.keyboard.press(key);
  };
  const step = app.page.locator('.footer-step');
  const before = Object.keys((await app.state()).plan.records).length;
  for (const [n, { name, key, points }] of patientTools.entries()) {
    await press(key);
    await step.waitFor();
    // A tool's own row: all that was placed before stays apart.
    await press(
      'ArrowRight',
      ...Array<string>(n % 3).fill('Shift+ArrowUp'),
      ...Array<string>(n % 2).fill('Shift+ArrowLeft'),
    );
    for (const leg of legs.slice(0, points)) await press(...leg, 'Enter');
    if ((await app.page.locator('.key-cursor').count()) > 0) await press('Enter');
    if (name === 'Note') {
      await app.page.getByRole('textbox', { name: 'Text' }).waitFor();
      await app.page.keyboard.type('what is seen here');
      await press('Enter');
    }
    await app.until(`${name} by keys`, ({ plan }) => Object.keys(plan.records).length === before + n + 1, 5000);
  }
}
