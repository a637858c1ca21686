import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCodecs, type Codecs, type WasmFile } from '../pixels/index.ts';

/** Where each WebAssembly file lies in the installed packages, for a run from the sources. */
const PACKAGES: Readonly<Record<WasmFile, string>> = {
  'charlswasm_decode.wasm': '@cornerstonejs/codec-charls/decodewasm',
  'libjpegturbowasm_decode.wasm': '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm',
  'openjpegwasm_decode.wasm': '@cornerstonejs/codec-openjpeg/decodewasm',
  'openjphjs.wasm': '@cornerstonejs/codec-openjph/wasm',
};

/** The module whose `import.meta.resolve` finds a package's file, and the name the build copies it under (dist/codecs). */
export const codecFiles = PACKAGES;

let opened: Codecs | undefined;

/**
 * The decoders of this process, their WebAssembly read from the `codecs` folder beside the bundle (or one level up),
 * else from node_modules.
 */
export function nodeCodecs(): Codecs {
  // The codecs' loaders name __dirname while they start, which a bundled ES module does not have.
  if (!('__dirname' in globalThis)) Object.defineProperty(globalThis, '__dirname', { value: '', configurable: true });
  opened ??= openCodecs({ wasm: async (file) => new Uint8Array(await readFile(wasmPath(file))) });
  return opened;
}

function wasmPath(file: WasmFile): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = [join(here, 'codecs', file), join(here, '..', 'codecs', file)].find((path) => existsSync(path));
  return beside ?? createRequire(import.meta.url).resolve(PACKAGES[file]);
}
