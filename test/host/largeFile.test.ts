import { closeSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { XA_IMAGE } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

const linux = process.platform === 'linux';
const rows = 512;
const columns = 512;
const frames = 4096;
const frameBytes = rows * columns * 2;

/** Bytes that this process has asked the system for so far, threads included. */
function bytesRead(): number {
  return Number(/rchar: (\d+)/.exec(readFileSync('/proc/self/io', 'latin1'))?.[1]);
}

describe('a multi-frame file of 2 GB', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());

  it.skipIf(!linux)('opens by its header and the frames shown, a thousandth of its bytes', async () => {
    const header = writeDicom({
      '0008,0016 UI': XA_IMAGE,
      '0008,0018 UI': '1.2.826.5',
      '0008,0060 CS': 'XA',
      '0020,000D UI': '1.2.826.0.1',
      '0020,000E UI': '1.2.826.5.1',
      '0018,1063 DS': '40',
      '0028,0002 US': 1,
      '0028,0004 CS': 'MONOCHROME2',
      '0028,0008 IS': String(frames),
      '0028,0009 AT': [0x00181063],
      '0028,0010 US': rows,
      '0028,0011 US': columns,
      '0028,0100 US': 16,
      '0028,0101 US': 16,
      '0028,0102 US': 15,
      '0028,0103 US': 0,
      '7FE0,0010 OW': new Uint8Array(2),
    });
    const start = header.length - 2;
    new DataView(header.buffer).setUint32(start - 4, frames * frameBytes, true);
    const descriptor = openSync(path.join(here.data, 'run.dcm'), 'w');
    writeSync(descriptor, header);
    ftruncateSync(descriptor, start + frames * frameBytes);
    const marked = [1, 2, 3000, frames];
    for (const frame of marked) {
      const mark = Buffer.alloc(2);
      mark.writeUInt16LE(frame);
      writeSync(descriptor, mark, 0, 2, start + frame * frameBytes - 2);
    }
    closeSync(descriptor);

    const host = here.host();
    const before = bytesRead();
    const told = seriesOf(await scanned(host, [host.grantPaths([here.data]).id]));
    const token = told[0]?.instances[0]?.source ?? '';
    expect(told[0]?.frames.length).toBe(frames);
    expect(told[0]?.frameRate).toBeCloseTo(25, 9);
    const got = await framesOf(
      host,
      marked.map((frame) => ({ token, frame })),
    );
    const read = bytesRead() - before;
    expect(got.map(({ bytes }) => bytes && Buffer.from(bytes).readUInt16LE(frameBytes - 2))).toEqual(marked);
    expect(read).toBeLessThan(marked.length * frameBytes + 1_000_000);
  });
});
