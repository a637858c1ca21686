import { expect, it } from 'vitest';

it('runs browser tests in a cross-origin isolated page with WebGL2', () => {
  expect(globalThis.crossOriginIsolated).toBe(true);
  expect(new SharedArrayBuffer(8).byteLength).toBe(8);
  const context = document.createElement('canvas').getContext('webgl2');
  expect(context).not.toBeNull();
});
