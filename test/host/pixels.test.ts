import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Series } from '../../src/dicom/index.ts';
import { evaluate, type PixelSource } from '../../src/measurements/index.ts';
import { emptyPlan, type PlanItem } from '../../src/plan/index.ts';
import { hostPixelSource, loadFrame, loadVolume, nodeCodecs, scanPaths } from '../../src/host/index.ts';
import { decodeFrame } from '../../src/pixels/index.ts';
import { ctSlice } from '../support/dicomCases.ts';
import { writeDicom } from '../support/dicomWriter.ts';
import { shared, sharedPath } from '../support/shared.ts';
import { jpegLs } from '../support/trouble/encoders.ts';
import { framesOf, scanned, seriesOf } from './hostCalls.ts';
import { hostCase, type HostCase } from './hostCase.ts';

const only = (series: readonly Series[]): Series => {
  const [first] = series;
  if (first === undefined || series.length !== 1) throw new Error(`${series.length} series, not one`);
  return first;
};

describe('pixels for the command line', () => {
  let here: HostCase;
  beforeEach(() => {
    here = hostCase();
  });
  afterEach(() => here.remove());

  it('are modality values: a stack written as HU = 10 z + column comes back so', async () => {
    for (const z of [0, 2, 4, 6]) {
      const stored = Array.from({ length: 64 }, (_, index) => 1024 + 10 * z + (index % 8));
      here.write(`IM${z}`, writeDicom(ctSlice({ number: 100 - z, position: [0, 0, z], stored, sopUID: `1.2.${z}` })));
    }
    const series = only((await scanPaths([here.data])).series);
    const volume = await loadVolume(series, nodeCodecs());
    expect(volume.unit).toBe('HU');
    for (let k = 0; k < 4; k += 1) {
      for (let column = 0; column < 8; column += 1) expect(volume.data[k * 64 + 8 + column]).toBe(20 * k + column);
    }
  });

  it('are refused in a sentence where a file is cut, and where the series is not there', async () => {
    for (const z of [0, 1, 2]) here.write(`IM${z}`, writeDicom(ctSlice({ number: z + 1, position: [0, 0, z] })));
    const scan = await scanPaths([here.data]);
    const series = only(scan.series);
    here.write('IM1', writeDicom(ctSlice({ number: 2 })).subarray(0, 600));
    const source = hostPixelSource(scan.series, nodeCodecs());
    const on = {
      in: 'patient' as const,
      frameOfReferenceUID: null,
      seriesInstanceUID: series.seriesInstanceUID,
      part: null,
    };
    const cut = await source.volume(on);
    expect(cut.ok ? '' : cut.why.say).toMatch(/^Image 2 of 3 cannot be read: .*\.$/);
    const gone = await source.volume({ ...on, seriesInstanceUID: '9' });
    expect(gone.ok ? '' : gone.why.code).toBe('series-missing');
    expect(source.series({ ...on, seriesInstanceUID: '9' })).toBeUndefined();
    expect(source.series(on)?.volume?.dimensions).toEqual([8, 8, 3]);
  });

  it('along a needle are those of the slices it touches: these alone are decoded, each once, and the numbers are the same', async () => {
    // HU = 10 z + column, compressed, so that a codec is asked for every slice.
    for (let z = 0; z < 30; z += 1) {
      const stored = Uint16Array.from({ length: 64 }, (_, index) => 1024 + 10 * z + (index % 8));
      const picture = { '7FE0,0010 OW': undefined, '7FE0,0010 OB': { fragments: [await jpegLs(stored, 8, 8, 16)] } };
      const slice = ctSlice({ number: z + 1, position: [0, 0, z], sopUID: `1.2.${z}`, more: picture });
      here.write(`IM${z}`, writeDicom(slice, { transferSyntaxUID: '1.2.840.10008.1.2.4.80' }));
    }
    const { series } = await scanPaths([here.data]);
    const { seriesInstanceUID, frameOfReferenceUID } = only(series);
    const on = { in: 'patient' as const, frameOfReferenceUID, seriesInstanceUID, part: null };
    const needle = (entry: readonly number[], target: readonly number[]): PlanItem => {
      const fields = { entry, target, options: { extension: 1.2 } };
      return { type: 'item', kind: 'trajectory', label: 'Needle', order: 1, side: null, on, ...fields };
    };
    const measured = async (records: Readonly<Record<string, PlanItem>>, whole = false) => {
      let decoded = 0;
      const real = nodeCodecs();
      const source = hostPixelSource(series, {
        decode(codec, bytes) {
          decoded += 1;
          return real.decode(codec, bytes);
        },
      });
      const plan = { ...emptyPlan({ id: 'p', title: '', now: () => '2026-01-01T00:00:00Z' }), records };
      const all: PixelSource = { ...source, volume: (asked, signal) => source.volume(asked, signal) };
      const evaluation = await evaluate(plan, whole ? all : source, { program: 'test' });
      return { evaluation, decoded };
    };
    // In the plane of slice 11 (read with its neighbours: rounding must not fall between); from 20.5 mm down to 23.3 mm and 1.2 mm on; beyond the scan's end.
    const level = needle([1, 2, 11], [6, 2, 11]);
    const steep = needle([2, 2, 20.5], [2, 2, 23.3]);
    const leaving = needle([3, 3, 27.5], [3, 3, 40]);
    expect((await measured({ level })).decoded).toBe(3);
    expect((await measured({ steep })).decoded).toBe(6);
    expect((await measured({ leaving })).decoded).toBe(3);
    expect((await measured({ outside: needle([3, 3, 50], [3, 3, 60]) })).decoded).toBe(1);
    const few = await measured({ level, steep, again: needle([4, 2, 21], [4, 5, 24]), leaving });
    const every = await measured({ level, steep, again: needle([4, 2, 21], [4, 5, 24]), leaving }, true);
    // 10 to 12; 20 to 25, of which the third needs no other; 27 to 29.
    expect([few.decoded, every.decoded]).toEqual([12, 30]);
    expect(few.evaluation).toEqual(every.evaluation);
    const profile = few.evaluation.items.find(({ id }) => id === 'steep')?.results['profile'];
    const { position = [], value = [] } = profile !== undefined && 'columns' in profile ? profile.columns : {};
    expect(position.length).toBe(9);
    for (const [at, mm] of position.entries()) expect(value[at]).toBeCloseTo(10 * (20.5 + (mm ?? NaN)) + 2, 6);
  });

  it('are refused through slices whose values have different units', async () => {
    for (const z of [0, 1, 2])
      here.write(
        `IM${z}`,
        writeDicom(ctSlice({ number: z + 1, position: [0, 0, z], more: { '0028,1054 LO': z === 1 ? 'Z_EFF' : 'HU' } })),
      );
    const { series } = await scanPaths([here.data]);
    const { seriesInstanceUID } = only(series);
    const on = { in: 'patient' as const, frameOfReferenceUID: null, seriesInstanceUID, part: null };
    expect(await hostPixelSource(series, nodeCodecs()).volume(on)).toMatchObject({
      ok: false,
      why: { code: 'units-differ' },
    });
    await expect(loadVolume(only(series), nodeCodecs())).rejects.toThrow('different units (HU, Z_EFF)');
  });

  it('stop being read when cancelled', async () => {
    for (const z of [0, 1]) here.write(`IM${z}`, writeDicom(ctSlice({ number: z + 1, position: [0, 0, z] })));
    const series = only((await scanPaths([here.data])).series);
    const controller = new AbortController();
    controller.abort();
    await expect(loadVolume(series, nodeCodecs(), controller.signal)).rejects.toThrow(/abort/i);
  });

  it.skipIf(!shared)('of a real-shaped CT follow its formula HU = 2x - 4y + 8z (G01)', async () => {
    const scan = await scanPaths([sharedPath('data/trouble/G01_ct_names_and_thickness_lie')]);
    const series = only(scan.series);
    const volume = await loadVolume(series, nodeCodecs());
    const { dimensions, origin, spacing } = volume.geometry;
    expect(dimensions[2]).toBe(12);
    for (const [i, j, k] of [
      [0, 0, 0],
      [3, 5, 7],
      [10, 2, 11],
    ] as const) {
      const [x, y, z] = [origin[0] + i * spacing[0], origin[1] + j * spacing[1], origin[2] + k * spacing[2]];
      const value = volume.data[i + dimensions[0] * (j + dimensions[1] * k)];
      expect(Math.abs((value ?? Number.NaN) - (2 * x - 4 * y + 8 * z))).toBeLessThanOrEqual(1);
    }
  });

  describe.skipIf(!shared)('compressed frames in every form of fragments (G16)', () => {
    const folder = sharedPath('data/trouble/G16_encapsulated_frames');
    const files = shared ? readdirSync(folder).filter((name) => name.endsWith('.dcm')) : [];
    it.each(files)('%s: frame f holds 1000 + 100 f, to the command line and to the window', async (name) => {
      const file = `${folder}/${name}`;
      const series = only((await scanPaths([file])).series);
      const host = here.host();
      const told = only(seriesOf(await scanned(host, [host.grantPaths([file]).id])));
      const token = told.instances[0]?.source ?? '';
      const sent = await framesOf(
        host,
        [1, 2, 3, 4, 5].map((frame) => ({ token, frame })),
      );
      for (let f = 0; f < 5; f += 1) {
        const [instance] = series.instances;
        if (instance === undefined) throw new Error('no instance');
        const frame = await loadFrame(instance, f + 1, nodeCodecs());
        const bytes = sent[f]?.bytes;
        if (bytes === undefined) throw new Error(sent[f]?.error?.say);
        const stored = await decodeFrame(bytes, instance.pixel, instance.transferSyntaxUID, nodeCodecs());
        for (const data of [frame.data, stored.data]) {
          for (let row = 0; row < 8; row += 1) {
            expect([...data.slice(row * frame.columns, row * frame.columns + 8)]).toEqual(
              new Array(8).fill(1000 + 100 * f),
            );
          }
        }
      }
    });
  });

  it.skipIf(!shared)('of an XA run come as 96 JPEG streams, each whole', async () => {
    const host = here.host();
    const series = only(seriesOf(await scanned(host, [host.grantPaths([sharedPath('data/xa-cine-96')]).id])));
    const sent = await framesOf(
      host,
      series.frames.map(({ instance, frame }) => ({ token: series.instances[instance]?.source ?? '', frame })),
    );
    expect(sent.length).toBe(96);
    for (const { bytes } of sent) expect([bytes?.[0], bytes?.[1]]).toEqual([0xff, 0xd8]);
    // Sizes as pydicom finds them (the file pads its frames with rubbish after their end marks).
    const sizes = sent.map(({ bytes }) => bytes?.length ?? 0);
    expect([sizes[0], sizes[95], sizes.reduce((sum, size) => sum + size, 0)]).toEqual([17_912, 17_976, 1_690_504]);
  });
});
