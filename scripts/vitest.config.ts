import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import { findBrowser, sandboxFlags, testFlags } from './browser.mjs';
import { cornerstoneOptimizeDeps, windowDependencies } from './vite.shared.mjs';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const sharedRoot = resolve(process.env.SELDINGER_SHARED ?? join(root, '../shared'));
const deep = process.env.SELDINGER_DEEP === '1';

/** As in the application: the test page may use SharedArrayBuffer. */
const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Shared data for browser tests (test/support/shared.browser.ts). */
function sharedData(): Plugin {
  return {
    name: 'shared-data',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
        if (!path.startsWith('/__shared/')) return next();
        const file = normalize(join(sharedRoot, path.slice('/__shared/'.length)));
        if (!file.startsWith(sharedRoot + sep)) return next();
        readFile(file).then(
          (bytes) => response.end(bytes),
          () => {
            response.statusCode = 404;
            response.end();
          },
        );
      });
    },
  };
}

const deepOnly = ['**/node_modules/**', ...(deep ? [] : ['test/**/*.deep.test.ts'])];

export default defineConfig({
  root,
  cacheDir: 'node_modules/.vite',
  test: {
    projects: [
      {
        plugins: [react()],
        root,
        test: {
          name: 'unit',
          environment: 'node',
          include: deep ? ['test/**/*.deep.test.ts'] : ['test/**/*.test.{ts,tsx}'],
          exclude: [
            ...deepOnly,
            'test/**/*.browser.test.{ts,tsx}',
            'test/**/*.app.test.ts',
            'test/**/*.electron.test.ts',
          ],
          testTimeout: deep ? 600_000 : 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [react(), sharedData()],
        root,
        // react-aria's Virtualizer switches itself off under a test runner without this.
        define: {
          'process.env.VIRT_ON': '"1"',
          __SHARED_DATA__: JSON.stringify(existsSync(join(sharedRoot, 'data'))),
        },
        server: { headers: isolation },
        worker: { format: 'es' as const },
        optimizeDeps: {
          ...cornerstoneOptimizeDeps,
          include: [...cornerstoneOptimizeDeps.include, ...windowDependencies],
        },
        test: {
          name: 'browser',
          include: deep ? [] : ['test/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            fileParallelism: false,
            viewport: { width: 1280, height: 800 },
            provider: playwright({
              launchOptions: { executablePath: findBrowser(), args: [...testFlags, ...sandboxFlags()] },
            }),
            instances: [{ browser: 'chromium' as const }],
          },
        },
      },
      {
        root,
        test: {
          name: 'app',
          environment: 'node',
          include: deep ? [] : ['test/**/*.app.test.ts'],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        root,
        test: {
          name: 'electron',
          environment: 'node',
          // Only where the real binary is: npm run test:electron.
          include: process.env.SELDINGER_ELECTRON ? ['test/**/*.electron.test.ts'] : [],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
