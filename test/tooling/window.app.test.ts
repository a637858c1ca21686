import { expect, it } from 'vitest';
import { openApp } from '../support/app.ts';

it('comes up isolated, without console error, policy violation or request to another machine; a foreign script does not run', async () => {
  const app = await openApp([], { expectedErrors: [/script-src|inline script/] });
  try {
    await app.until('the window is painted', (state) => state.ready);
    expect(await app.page.evaluate('globalThis.crossOriginIsolated')).toBe(true);
    await app.page.evaluate(`
      document.addEventListener('securitypolicyviolation', (event) => (window.refused = event.violatedDirective));
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);`);
    await expect.poll(() => app.page.evaluate('window.refused')).toMatch(/^script-src/);
    expect(await app.page.evaluate('window.intruder')).toBeUndefined();
  } finally {
    await app.close();
  }
});

it('carries no automation object unless asked', async () => {
  const app = await openApp([], { automation: false });
  try {
    await app.page.waitForSelector('#root > *');
    expect(await app.page.evaluate("'seldingerAutomation' in window")).toBe(false);
  } finally {
    await app.close();
  }
});
