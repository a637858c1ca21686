import { describe, expect, it } from 'vitest';
import { agrees, tooOld } from '../../scripts/install.mjs';

describe('the Node that runs us', () => {
  it('is told in one sentence when it is older than 20.19', () => {
    for (const version of ['18.20.4', '20.18.3', '20.0.0']) expect(tooOld(version)).toContain(version);
    for (const version of ['20.19.0', '20.20.2', '22.0.0', '24.1.0']) expect(tooOld(version)).toBeUndefined();
  });
});

describe('packages that npm installed before us', () => {
  const lock = {
    packages: {
      '': { name: 'x' },
      'node_modules/a': { version: '1.0.0' },
      'node_modules/for-windows': { version: '2.0.0', optional: true },
    },
  };
  it('are taken as they are when every version is that of the lock', () => {
    expect(agrees(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true);
  });
  it('are installed again when one is missing or of another version', () => {
    expect(agrees(lock, { packages: {} })).toBe(false);
    expect(agrees(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe(false);
    expect(
      agrees(lock, {
        packages: { 'node_modules/a': { version: '1.0.0' }, 'node_modules/for-windows': { version: '1.0.0' } },
      }),
    ).toBe(false);
  });
});
