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
  'jpegxlwasm_decode.wasm': '@cornerstonejs/codec-libjxl/decodewasm',
};

let opened: Codecs | undefined;

/**
 * The decoders of this process, their WebAssembly read from the `codecs` folder beside the bundle (or one level up),
 * else from node_modules. (The codecs' own loaders name __dirname, which a bundled ES module lacks: the build defines it.)
 */
export function nodeCodecs(): Codecs {
  opened ??= openCodecs({ wasm: async (file) => new Uint8Array(await readFile(wasmPath(file))) });
  return opened;
}

function wasmPath(file: WasmFile): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const beside = [join(here, 'codecs', file), join(here, '..', 'codecs', file)].find((path) => existsSync(path));
  return beside ?? createRequire(import.meta.url).resolve(PACKAGES[file]);
}
