import type { Instance } from '../../../src/dicom/index.ts';
import { readInstance } from '../../../src/dicom/index.ts';
import { openFrames } from '../../../src/pixels/index.ts';
import type { FrameSource } from '../../../renderer/cornerstone/index.ts';
import { fetchShared } from '../../support/shared.browser.ts';

export interface SharedFile {
  readonly instance: Instance;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Real files of the shared data, read whole into the page; files that are no images are left out. */
export async function sharedFiles(paths: readonly string[]): Promise<SharedFile[]> {
  const files: SharedFile[] = [];
  for (const path of paths) {
    const bytes = new Uint8Array(await fetchShared(path));
    const read = readInstance(bytes, bytes.length, path);
    if (read.kind === 'image') files.push({ instance: read.instance, bytes });
  }
  return files;
}

/** Gives frames from files in memory, as the host does from the disk. */
export function memorySource(files: readonly SharedFile[]): FrameSource {
  const bySource = new Map(
    files.map(({ instance, bytes }) => [
      instance.source,
      openFrames((offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)), instance),
    ]),
  );
  return {
    frames: async (asked, onFrame, onFault, signal) => {
      for (const [at, { token, frame }] of asked.entries()) {
        if (signal.aborted) return;
        try {
          const found = await bySource.get(token)?.frame(frame);
          if (found) onFrame(at, found.slice());
          else onFault(at, 'The file is not there.');
        } catch (why) {
          onFault(at, why instanceof Error ? why.message : 'This frame cannot be read.');
        }
      }
    },
  };
}
