import { listElements } from '../dicom/index.ts';
import type { Output } from '../contract/index.ts';
import { fault } from './fault.ts';
import { openBytes } from './openBytes.ts';
import type { Unpacked } from './unpacked.ts';

/** All elements of a file's header, as many as are shown. @throws HostFault 'unreadable', or the system's error. */
export async function readHeader(source: string, unpacked: Unpacked): Promise<Output<'header'>> {
  const file = await openBytes(source, unpacked);
  try {
    for (let wanted = Math.min(64 * 1024, file.size); ;) {
      const head = new Uint8Array(wanted);
      const got = await file.read(head, 0, wanted, 0);
      const list = listElements(head.subarray(0, got), file.size);
      if (list.kind === 'none') fault('unreadable', list.message);
      if (list.kind === 'elements') {
        const { transferSyntaxUID, leftOut, whole } = list;
        return { transferSyntaxUID, elements: list.elements.map((element) => ({ ...element })), leftOut, whole };
      }
      if (got < wanted || list.bytes <= wanted) fault('unreadable', 'The file ends inside its header.');
      wanted = list.bytes;
    }
  } finally {
    await file.close();
  }
}
