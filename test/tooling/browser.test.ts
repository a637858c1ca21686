import { expect, it } from 'vitest';
import { findBrowser } from '../../scripts/browser.mjs';

it('finds the browser that SELDINGER_BROWSER names and none when that one is not there', () => {
  const before = process.env['SELDINGER_BROWSER'];
  try {
    process.env['SELDINGER_BROWSER'] = process.execPath;
    expect(findBrowser()).toBe(process.execPath);
    process.env['SELDINGER_BROWSER'] = `${process.execPath}.missing`;
    expect(findBrowser()).toBeUndefined();
  } finally {
    if (before === undefined) delete process.env['SELDINGER_BROWSER'];
    else process.env['SELDINGER_BROWSER'] = before;
  }
});
