import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { buildSeries, type Instance, type Series } from '../../src/dicom/index.ts';
import { voxelToPatient } from '../../src/geometry/index.ts';
import { sampleVolume, type Volume } from '../../src/imaging/index.ts';
import { fillFrame, pickArrayType, seriesBytes, viewOn } from '../../src/pixels/index.ts';
import { decodeOf, filesBelow, instanceIn } from '../support/dicomFiles.ts';
import { projectRoot, shared, sharedPath } from '../support/shared.ts';

const open = (file: string) => instanceIn(new Uint8Array(readFileSync(file)), file);

async function volumeOf(instances: readonly Instance[]): Promise<{ series: Series; volume: Volume }> {
  const [series] = buildSeries(instances).series;
  if (!series?.volume) throw new Error('no volume');
  const data = viewOn(pickArrayType(series), new ArrayBuffer(seriesBytes(series)));
  for (const [k, { instance, frame }] of series.frames.entries()) {
    const from = series.instances[instance];
    if (from) fillFrame(series, k, await decodeOf(from, frame), data);
  }
  return { series, volume: { geometry: series.volume, data, unit: 'HU' } };
}

describe.skipIf(!shared)('one phantom as single images and as one multi-frame file', () => {
  const both = async () => {
    const files = filesBelow(sharedPath('data/real/ct-phantom-single-and-multiframe')).filter((file) =>
      file.endsWith('.dcm'),
    );
    const instances = files.map(open);
    const single = await volumeOf(instances.filter(({ frames }) => frames === 1));
    const multi = await volumeOf(instances.filter(({ frames }) => frames > 1));
    return { single, multi };
  };
  it('is one volume to both, of the same place, spacing and direction', async () => {
    const { single, multi } = await both();
    expect(multi.series.instances).toHaveLength(1);
    expect(single.series.instances).toHaveLength(7);
    const [a, b] = [single.volume.geometry, multi.volume.geometry];
    expect(b.dimensions).toEqual(a.dimensions);
    for (const i of [0, 1, 2] as const) {
      expect(b.spacing[i]).toBeCloseTo(a.spacing[i], 9);
      expect(b.origin[i]).toBeCloseTo(a.origin[i], 9);
      for (const j of [0, 1, 2] as const) expect(b.direction[i][j]).toBeCloseTo(a.direction[i][j], 12);
    }
  });
  it('gives the same lengths and the same values at every voxel', async () => {
    const { single, multi } = await both();
    for (const [from, to] of [
      [
        [0, 0, 0],
        [511, 511, 6],
      ],
      [
        [100, 37, 1],
        [400, 37, 5],
      ],
      [
        [10, 20, 3],
        [10, 300, 3],
      ],
    ] as const) {
      const lengths = [single, multi].map(({ volume: { geometry } }) => {
        const p = voxelToPatient(geometry, from);
        const q = voxelToPatient(geometry, to);
        return Math.hypot(q[0] - p[0], q[1] - p[1], q[2] - p[2]);
      });
      expect(lengths[1]).toBeCloseTo(lengths[0] ?? 0, 9);
    }
    expect(multi.volume.data).toHaveLength(single.volume.data.length);
    let differing = 0;
    multi.volume.data.forEach((hu, i) => {
      if (hu !== single.volume.data[i]) differing += 1;
    });
    expect(differing).toBe(0);
    const middle = voxelToPatient(single.volume.geometry, [256.5, 255.25, 3.5]);
    expect(sampleVolume(multi.volume, middle)).toBe(sampleVolume(single.volume, middle));
  });
});

/** Made by test/support/fragment-hashes.py: gdcm 3.0 (`gdcmconv --raw`), and dcmtk 3.6.7 (`dcmdjpeg`) for JPEG lossless. */
const hashes = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(`${projectRoot}/test/fixtures/fragmented-mr.json`, 'utf8')));

describe.skipIf(!shared)('MR images whose frames lie in many fragments', () => {
  for (const folder of ['real/mr-j2k-many-fragments', 'real/mr-jpegll-many-fragments'])
    it(`decode in ${folder} bit for bit as gdcm and dcmtk decode them`, async () => {
      const files = Object.keys(hashes).filter((path) => path.startsWith(folder));
      expect(files.length).toBeGreaterThanOrEqual(24);
      for (const path of files) {
        const { data } = await decodeOf(open(sharedPath(`data/${path}`)));
        const got = createHash('sha256')
          .update(new Uint8Array(Int32Array.from(data).buffer))
          .digest('hex');
        expect(got, path).toBe(hashes[path]);
      }
    });
});
