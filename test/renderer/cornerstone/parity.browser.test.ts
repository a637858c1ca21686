import { describe, expect, it } from 'vitest';
import { loaderCodecs } from '../../../renderer/cornerstone/loaderCodecs.ts';
import { initialise } from '../../../renderer/cornerstone/initialise.ts';
import { decodeFrame, openCodecs } from '../../../src/pixels/index.ts';
import charls from '@cornerstonejs/codec-charls/decodewasm?url';
import turbo from '@cornerstonejs/codec-libjpeg-turbo-8bit/decodewasm?url';
import openjpeg from '@cornerstonejs/codec-openjpeg/decodewasm?url';
import openjph from '@cornerstonejs/codec-openjph/wasm?url';
import { shared } from '../../support/shared.browser.ts';
import { memorySource, sharedFiles } from './sharedSeries.ts';

const names = ['CT1', 'CT2', 'MR1', 'MR2', 'MR3', 'MR4', 'NM1', 'SC1', 'US1', 'XA1'];
const folders = ['J2KI', 'J2KR', 'JLSN', 'JLSL', 'JPLL', 'JPLY', 'RLE'];
const wasm: Readonly<Record<string, string>> = {
  'charlswasm_decode.wasm': charls,
  'libjpegturbowasm_decode.wasm': turbo,
  'openjpegwasm_decode.wasm': openjpeg,
  'openjphjs.wasm': openjph,
};

describe.skipIf(!shared)('the window and the command line decode to the same pixels', () => {
  for (const folder of folders) {
    it(`every frame of ${folder} is equal, sample by sample`, async () => {
      initialise();
      const codecs = openCodecs({
        wasm: async (file) => new Uint8Array(await (await fetch(wasm[file] ?? '')).arrayBuffer()),
      });
      const answers = await Promise.allSettled(
        names.map((name) => sharedFiles([`data/syntax/${folder}/${name}_${folder}`])),
      );
      const files = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      expect(files.length).toBeGreaterThan(3);
      let compared = 0;
      for (const { instance, bytes } of files) {
        const source = memorySource([{ instance, bytes }]);
        let encoded: Uint8Array<ArrayBuffer> | null = null;
        await source.frames(
          [{ token: instance.source, frame: 1 }],
          (_, found) => (encoded = found),
          () => {},
          new AbortController().signal,
        );
        if (!encoded) throw new Error(`no frame in ${instance.source}`);
        const [here, there] = await Promise.allSettled([
          decodeFrame(encoded, instance.pixel, instance.transferSyntaxUID, loaderCodecs(instance.pixel)),
          decodeFrame(encoded, instance.pixel, instance.transferSyntaxUID, codecs),
        ]);
        expect(here.status, `${instance.source}: ${here.status === 'rejected' ? String(here.reason) : ''}`).toBe(
          there.status,
        );
        if (here.status !== 'fulfilled' || there.status !== 'fulfilled') continue;
        expect(here.value.data.length).toBe(instance.pixel.rows * instance.pixel.columns * here.value.samplesPerPixel);
        const other = there.value.data;
        let differing = 0;
        for (const [i, value] of here.value.data.entries()) if (value !== other[i]) differing += 1;
        expect(differing, instance.source).toBe(0);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(3);
    });
  }
});
