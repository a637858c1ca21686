import axe from 'axe-core';
import type { App } from './app.ts';

const themes = ['dark', 'light'] as const;

/** What axe finds by WCAG 2.2 AA and its best practices, in both themes; [] where nothing. */
export async function axeFaults({ page }: App, { palette = false, dialog = false } = {}): Promise<string[]> {
  if (!(await page.evaluate<boolean>(`'axe' in window`))) await page.evaluate(axe.source);
  const found: string[] = [];
  for (const name of themes) {
    await page.evaluate(`document.documentElement.dataset.theme = '${name}'`);
    found.push(
      ...(await page.evaluate<string[]>(`(async () => {
        const { violations } = await axe.run(document, {
          rules: { 'target-size': { enabled: true }, region: { enabled: false },
            // The palette's list is moved by the arrow keys of its text field, which axe cannot see.
            'scrollable-region-focusable': { enabled: ${!palette} },
            // Behind a dialog the page is hidden from everyone.
            'landmark-one-main': { enabled: ${!dialog} },
            'page-has-heading-one': { enabled: ${!dialog} } },
        });
        return violations.map(({ id, nodes }) => '${name} ' + id + ': ' + nodes.map(({ html, failureSummary }) =>
          html.slice(0, 120) + ' ' + failureSummary.slice(0, 160)).join(' | '));
      })()`)),
    );
  }
  await page.evaluate(`document.documentElement.dataset.theme = 'dark'`);
  return found;
}
