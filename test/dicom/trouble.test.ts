import { describe, expect, it } from 'vitest';
import { lengthInRegions, type Series } from '../../src/dicom/index.ts';
import { dot, cross, norm, subtract, type LpsMm, type VolumeGeometry } from '../../src/geometry/index.ts';
import { sampleVolume, type Volume } from '../../src/imaging/index.ts';
import { troubleSources, type OpenedCase, type TroubleName } from '../support/troubleCases.ts';

/**
 * The trouble cases: inputs that misled other viewers. Truth: the sentences of EXPECT.md of the shared data, which are the
 * formulas the inputs are made by. Each runs on the tests' own files and, where they are, on the shared ones.
 */
function trouble(name: TroubleName, body: (open: () => Promise<OpenedCase>) => void): void {
  for (const [source, open] of troubleSources(name))
    describe(`${name} (${source})`, () => {
      body(open);
    });
}
const codes = (series: Series | undefined) => (series?.notes ?? []).map(({ code }) => code);
function first(list: readonly Series[]): Series {
  const [series] = list;
  if (series === undefined) throw new Error('no series');
  return series;
}
function geometryOf(series: Series): VolumeGeometry {
  if (series.volume === null) throw new Error(`no volume: ${series.why.join()}`);
  return series.volume;
}
async function volumeOf(opened: OpenedCase, series: Series): Promise<Volume> {
  return { geometry: geometryOf(series), data: await opened.values(series), unit: 'HU' };
}
/** The whole volume of the case's only series, and what a probe in it says. */
async function probing(open: () => Promise<OpenedCase>): Promise<(at: LpsMm) => number | undefined> {
  const opened = await open();
  const volume = await volumeOf(opened, first(opened.series));
  return (at) => sampleVolume(volume, at);
}
const isVolume = (series: Series, slices: number, spacing: readonly number[]) => {
  const volume = geometryOf(series);
  expect(volume.dimensions[2]).toBe(slices);
  spacing.forEach((mm, i) => expect(volume.spacing[i]).toBeCloseTo(mm, 6));
};
const positionsOf = (series: Series) =>
  series.frames.map(({ instance, frame }) => {
    const facts = series.instances[instance]?.facts ?? [];
    return (facts[frame - 1] ?? facts[0])?.position?.[2];
  });

trouble('G01_ct_names_and_thickness_lie', (open) => {
  it('is one volume of 12 slices of 0.75 x 0.75 x 2.5 mm, from z = -40 to -12.5', async () => {
    const { series } = await open();
    expect(series).toHaveLength(1);
    expect(first(series).instances).toHaveLength(12);
    isVolume(first(series), 12, [0.75, 0.75, 2.5]);
    expect(geometryOf(first(series)).correction).toBeNull();
    const heights = positionsOf(first(series));
    expect([heights[0], heights.at(-1)]).toEqual([-40, -12.5]);
  });
  it('has HU = 2x - 4y + 8z everywhere', async () => {
    const opened = await open();
    const series = first(opened.series);
    let worst = 0;
    (await opened.values(series)).forEach((hu, at) => {
      const [i, j, k] = [at % 64, Math.floor(at / 64) % 64, Math.floor(at / 4096)];
      const truth = 2 * (-24 + 0.75 * i) - 4 * (-24 + 0.75 * j) + 8 * (-40 + 2.5 * k);
      worst = Math.max(worst, Math.abs(hu - truth));
    });
    expect(worst).toBeLessThanOrEqual(0.5);
    const probe = await probing(open);
    expect(probe([0, 0, -40])).toBeCloseTo(-320, 9);
    expect(probe([0, 0, -12.5])).toBeCloseTo(-100, 9);
    expect(Math.abs((probe([9, -6, -20]) ?? 0) + 118)).toBeLessThanOrEqual(1);
  });
});

trouble('G02_ct_one_slice_missing', (open) => {
  it('is no volume, and the gap is named between the 7th and the 8th image', async () => {
    const series = first((await open()).series);
    expect([series.volume, series.why, series.instances.length]).toEqual([null, ['missing-slices'], 12]);
    const note = series.notes.find(({ code }) => code === 'missing-slices');
    expect(note?.message).toMatch(/6 mm instead of 3 mm between IM07\.dcm .*18\) and IM08\.dcm .*24\)/);
  });
  it('keeps the true positions of its markers: 12.0 mm apart', async () => {
    const opened = await open();
    const series = first(opened.series);
    const bright: (number | undefined)[] = [];
    const heights = positionsOf(series);
    for (const [k, { instance }] of series.frames.entries()) {
      const from = series.instances[instance];
      if (from && (await opened.decode(from)).data[30 * 64 + 30] === 1500 + 1024) bright.push(heights[k]);
    }
    expect(bright).toEqual([15, 27]);
  });
  it('may be measured in its planes: 1.0 mm pixels', async () =>
    expect(first((await open()).series).pixelSpacing).toEqual({ mm: [1, 1], basis: 'patient' }));
});

trouble('G03_ct_two_spacings_in_one_series', (open) => {
  it('is no volume, and both distances are told', async () => {
    const series = first((await open()).series);
    expect(series.why).toEqual(['uneven-spacing']);
    expect(series.notes[0]?.message).toContain('1, 4 mm');
  });
  it('has 280 HU in the slice at z = 18', async () => {
    const opened = await open();
    const series = first(opened.series);
    const k = positionsOf(series).indexOf(18);
    const from = series.instances[series.frames[k]?.instance ?? 0];
    expect(from && (await opened.decode(from)).data[0]).toBe(280 + 1024);
  });
});

trouble('G04_ct_gantry_tilt_15', (open) => {
  it('is sheared by 15.0 degrees: 4.000 mm along the table, 3.864 mm between planes', async () => {
    const series = first((await open()).series);
    const volume = geometryOf(series);
    expect(volume.correction).toBe('gantry-tilt');
    expect(volume.spacing[2]).toBeCloseTo(4, 6);
    const [row, column, step] = volume.direction;
    const normal = cross(row, column);
    expect(dot(step, normal) * 4).toBeCloseTo(3.864, 3);
    expect((Math.acos(dot(step, normal)) * 180) / Math.PI).toBeCloseTo(15, 3);
    expect(series.notes.find(({ code }) => code === 'gantry-tilt')?.message).toContain(
      '15.0 degrees: planes lie 3.864 mm apart, 4.000 mm along the table.',
    );
  });
  it('has HU = x + 3y + 6z in space: 96, 100 and 56', async () => {
    const probe = await probing(open);
    for (const [at, hu] of [
      [[0, 0, 16], 96],
      [[10, -10, 20], 100],
      [[-16, 8, 8], 56],
    ] as const)
      expect(Math.abs((probe(at) ?? Number.NaN) - hu)).toBeLessThanOrEqual(2);
  });
});

trouble('G05_ct_localizer_inside_series', (open) => {
  it('is a localizer by itself and a volume of 10 slices, 0.9 x 0.9 x 3.0 mm', async () => {
    const { series } = await open();
    expect(series.map(({ frames, rows, columns, why }) => [frames.length, rows, columns, why])).toEqual([
      [1, 96, 64, ['single-image']],
      [10, 64, 64, []],
    ]);
    const [, axial] = series;
    if (axial === undefined) throw new Error('no axial part');
    isVolume(axial, 10, [0.9, 0.9, 3]);
    expect(new Set(series.map(({ part }) => part)).size).toBe(2);
  });
  it('has 22 HU at (0, 0, -2)', async () => {
    const opened = await open();
    const axial = opened.series[1];
    if (axial === undefined) throw new Error('no axial part');
    expect(Math.abs((sampleVolume(await volumeOf(opened, axial), [0, 0, -2]) ?? 0) - 22)).toBeLessThanOrEqual(1);
  });
  it('has pixels of 2.0 mm down and 2.5 mm across on the localizer: 20 of them are 40.0 and 50.0 mm', async () => {
    const [down, across] = (await open()).series[0]?.pixelSpacing?.mm ?? [0, 0];
    expect([20 * down, 20 * across]).toEqual([40, 50]);
  });
});

trouble('G06_ct_three_phases_one_series', (open) => {
  it('is three phases of 8 slices, 0.7 x 0.7 x 2.0 mm, each named by number and time', async () => {
    const { series } = await open();
    expect(series.map(({ part }) => part)).toEqual([
      'acquisition 1, 08:00:00',
      'acquisition 2, 08:00:35',
      'acquisition 3, 08:01:10',
    ]);
    for (const one of series) isVolume(one, 8, [0.7, 0.7, 2]);
    expect(codes(series[0])).toContain('split-into-parts');
  });
  it('has 50, 310 and 175 HU in the vessel, and the same square in every phase', async () => {
    const opened = await open();
    const volumes = await Promise.all(opened.series.map((one) => volumeOf(opened, one)));
    expect(volumes.map((volume) => sampleVolume(volume, [-5, -5, 0]))).toEqual([50, 310, 175]);
    for (const { data } of volumes)
      for (let k = 0; k < 8; k++) expect(data[k * 4096 + 52 * 64 + 52]).toBe(100 + 10 * k);
  });
});

trouble('G07_ct_pixels_not_square', (open) => {
  it('has rows 0.5 mm apart, columns 1.25 mm, slices 5.0 mm', async () => {
    const series = first((await open()).series);
    isVolume(series, 8, [1.25, 0.5, 5]);
    expect(series.pixelSpacing?.mm).toEqual([0.5, 1.25]);
  });
  it('has its three bright pixels 25.0, 12.0 and 27.73 mm apart, with 90.0 and 25.64 degrees', async () => {
    const opened = await open();
    const series = first(opened.series);
    const { origin, spacing } = geometryOf(series);
    const data = await opened.values(series);
    const bright = [...data.subarray(0, 4096)].flatMap((hu, i): LpsMm[] =>
      hu === 1500
        ? [[(origin[0] ?? 0) + (i % 64) * spacing[0], (origin[1] ?? 0) + Math.floor(i / 64) * spacing[1], 0]]
        : [],
    );
    const [a, b, c] = bright;
    if (!a || !b || !c || bright.length !== 3) throw new Error('not three bright pixels');
    const apart = (p: LpsMm, q: LpsMm) => norm(subtract(p, q));
    expect([apart(a, b), apart(a, c)]).toEqual([25, 12]);
    expect(apart(b, c)).toBeCloseTo(27.73, 2);
    const degrees = (p: LpsMm, v: LpsMm, q: LpsMm) =>
      (Math.acos(dot(subtract(p, v), subtract(q, v)) / (apart(p, v) * apart(q, v))) * 180) / Math.PI;
    expect(degrees(b, a, c)).toBeCloseTo(90, 9);
    expect(degrees(a, b, c)).toBeCloseTo(25.64, 2);
  });
});

trouble('G08_ct_rescale_differs_by_slice', (open) => {
  it('is one volume of 8 slices in which slope, intercept and sign differ and the HU do not', async () => {
    const opened = await open();
    const series = first(opened.series);
    isVolume(series, 8, [1, 1, 2]);
    const data = await opened.values(series);
    for (let k = 0; k < 8; k++) {
      const at = (column: number, row: number) => data[k * 4096 + row * 64 + column];
      expect([at(32, 32), at(1, 1), at(60, 60)]).toEqual([44, 300, -80]);
      for (let row = 16; row < 48; row++) for (let column = 16; column < 48; column++) expect(at(column, row)).toBe(44);
    }
  });
});

trouble('G09_ct_signed_12bit_dirty_high_bits', (open) => {
  it('ignores the rubbish above bit 11, whose sign it takes: -1000, -20 and 900', async () => {
    const opened = await open();
    const series = first(opened.series);
    isVolume(series, 6, [1, 1, 1.5]);
    const data = await opened.values(series);
    expect(new Set(data)).toEqual(new Set([-1000, -20, 900]));
    for (let k = 0; k < 6; k++)
      expect([data[k * 4096], data[k * 4096 + 12 * 64 + 12], data[k * 4096 + 32 * 64 + 32]]).toEqual([-1000, -20, 900]);
  });
});

trouble('G10_xa_detector_spacing_only', (open) => {
  it('is a projection run of 12 frames at 15.0 a second, no volume', async () => {
    const { series } = await open();
    const run = first(series);
    expect([series.length, run.why, run.frames.length, run.volume]).toEqual([1, ['projection'], 12, null]);
    expect(run.frameRate).toBeCloseTo(15, 4);
  });
  it('has the spacing of its detector only, the isocentre’s in a note, and its angles', async () => {
    const run = first((await open()).series);
    expect(run.pixelSpacing).toEqual({ mm: [0.4, 0.4], basis: 'detector' });
    expect(run.notes.find(({ code }) => code === 'calibration-isocentre')?.message).toContain('0.3 x 0.3 mm');
    expect(run.instances[0]?.projection).toMatchObject({ primaryAngleDeg: 30, secondaryAngleDeg: -15 });
  });
  it('has one white pixel in frame k at column 2 + k, row 2', async () => {
    const opened = await open();
    const instance = first(opened.series).instances[0];
    if (instance === undefined) throw new Error('no image');
    for (let k = 0; k < 12; k++) {
      const { data } = await opened.decode(instance, k + 1);
      expect([...data].flatMap((value, i) => (value === 255 ? [i] : []))).toEqual([2 * 64 + 2 + k]);
    }
  });
});

trouble('G11_xa_dsa_mask_and_frame_time_vector', (open) => {
  it('has the times of its vector, 2250 ms at the 6th frame, and no spacing', async () => {
    const run = first((await open()).series);
    expect(run.frameTimes).toEqual([0, 500, 1000, 1500, 2000, 2250, 2500, 2750, 3000, 3250]);
    expect([run.frameRate, run.pixelSpacing, run.volume]).toEqual([null, null, null]);
  });
  it('says that it is a run for subtraction, with its mask frames, shown as acquired', async () => {
    expect(first((await open()).series).notes).toContainEqual({
      code: 'subtraction-run',
      message: 'A subtraction run (DSA), shown as acquired. The file recommends subtraction with mask frames 1 and 2.',
    });
  });
  it('gives frames whose difference from the mask is 0 outside the vessel and -150 in it', async () => {
    const opened = await open();
    const instance = first(opened.series).instances[0];
    if (instance === undefined) throw new Error('no image');
    const frames = await Promise.all(
      Array.from({ length: 10 }, async (_, i) => (await opened.decode(instance, i + 1)).data),
    );
    const mask = (i: number) => ((frames[0]?.[i] ?? 0) + (frames[1]?.[i] ?? 0)) / 2;
    for (const [frame, depth] of [
      [3, 0],
      [4, -150],
      [5, -150],
      [6, -150],
    ] as const)
      for (let i = 0; i < 4096; i++) {
        const inVessel = i % 64 >= 30 && i % 64 < 34 && i >= 20 * 64 && i < 44 * 64;
        expect((frames[frame - 1]?.[i] ?? 0) - mask(i)).toBe(inVessel ? depth : 0);
      }
    // Down 1 and left 2: the mask moved alike leaves nothing inside rows and columns 3 to 60 of frame 10.
    for (let row = 3; row <= 60; row++)
      for (let column = 3; column <= 60; column++)
        expect(frames[9]?.[row * 64 + column]).toBe(frames[0]?.[(row - 1) * 64 + column + 2]);
  });
});

trouble('G12_enhanced_ct_frames_shuffled', (open) => {
  it('is one volume of 10 slices of 0.8 x 0.8 x 2.0 mm in the order of the positions', async () => {
    const series = first((await open()).series);
    isVolume(series, 10, [0.8, 0.8, 2]);
    expect(positionsOf(series)).toEqual([82, 84, 86, 88, 90, 92, 94, 96, 98, 100]);
    // Positions of the frames are [4, 9, 0, 7, 2, 5, 8, 1, 6, 3] from the top; from the bottom up: 9, 8, ..., 0.
    expect(series.frames.map(({ frame }) => frame)).toEqual([2, 7, 4, 9, 6, 1, 10, 5, 8, 3]);
    expect(codes(series)).toEqual([]);
  });
  it('has HU = 200 + x - 2y - 3z though the intercept differs by frame', async () => {
    const probe = await probing(open);
    for (const [at, hu] of [
      [[0, 0, 100], -100],
      [[8, -8, 90], -46],
      [[-8, 16, 84], -92],
    ] as const)
      expect(Math.abs((probe(at) ?? Number.NaN) - hu)).toBeLessThanOrEqual(1);
  });
});

trouble('G13_us_three_regions', (open) => {
  it('has three regions and no spacing for the whole', async () => {
    const series = first((await open()).series);
    expect([series.pixelSpacing, series.volume, series.why]).toEqual([
      null,
      null,
      ['ultrasound', 'color', 'single-image'],
    ]);
    expect(series.instances[0]?.regions).toHaveLength(3);
  });
  it('measures 6.0 mm at the left, 19.21 mm at the right, 0.2 s and 10 cm/s below, nothing aslant or across', async () => {
    const regions = first((await open()).series).instances[0]?.regions ?? [];
    expect(lengthInRegions(regions, [10, 30], [40, 30])).toEqual({ value: expect.closeTo(6, 9), unit: 'mm' });
    expect(lengthInRegions(regions, [90, 10], [120, 40])).toEqual({ value: expect.closeTo(19.21, 2), unit: 'mm' });
    expect(lengthInRegions(regions, [20, 90], [40, 90])).toEqual({ value: expect.closeTo(0.2, 9), unit: 's' });
    expect(lengthInRegions(regions, [20, 70], [20, 90])).toEqual({ value: expect.closeTo(10, 9), unit: 'cm/s' });
    expect(lengthInRegions(regions, [20, 70], [40, 90]).value).toBeNull();
    expect(lengthInRegions(regions, [40, 30], [100, 30]).value).toBeNull();
  });
});

trouble('G14_names_in_six_character_sets', (open) => {
  it('spells six names rightly, and marks the one whose character set is not declared', async () => {
    const { series } = await open();
    const named = series.map(({ patient, notes }): [string, string[]] => [patient.name, notes.map(({ code }) => code)]);
    const sorted = named.sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted).toEqual([
      ['Hong^Gildong=洪^吉洞=홍^길동', []],
      ['Lefèvre^Zoé', ['character-set-undeclared']],
      ['Müller^Jürgen', []],
      ['Wang^XiaoDong=王^小东=', []],
      ['Yamada^Tarou=山田^太郎=やまだ^たろう', []],
      ['Zoë^Łukasz', []],
    ]);
  });
});

trouble('G15_messy_folder', (open) => {
  it('is one series of 7 images, a volume of 1.0 x 1.0 x 2.0 mm', async () => {
    const { series } = await open();
    expect(series).toHaveLength(1);
    isVolume(first(series), 7, [1, 1, 2]);
    expect(new Set(first(series).instances.map(({ sopInstanceUID }) => sopInstanceUID)).size).toBe(7);
    expect((await probing(open))([0, 0, 4])).toBeCloseTo(40, 9);
  });
  it('counts the copy once, and says of every other file what it is', async () => {
    const { duplicates, read } = await open();
    expect(duplicates.map(({ dropped }) => dropped.source)).toEqual(['copy/same again.dcm']);
    const reasons = [...read].flatMap(([path, got]) => (got.kind === 'other' ? [[path, got.reason]] : []));
    expect(Object.fromEntries(reasons)).toEqual({
      'empty.dcm': 'not-dicom',
      'Thumbs.db': 'not-dicom',
      'autorun.inf': 'not-dicom',
      'report.pdf': 'not-dicom',
      'notes.dcm': 'not-dicom',
      '.DS_Store': 'not-dicom',
      'cut_short.dcm': 'truncated',
    });
  });
});

trouble('G16_encapsulated_frames', (open) => {
  it('gives every frame of every encapsulation as the plain file has it, at 10 frames a second', async () => {
    const opened = await open();
    expect(opened.series).toHaveLength(6);
    const instances = opened.series.flatMap((series) => series.instances);
    const plain = instances.find(({ source }) => source === 'plain.dcm');
    if (plain === undefined) throw new Error('no plain file');
    for (let frame = 1; frame <= 5; frame++) {
      const truth = [...(await opened.decode(plain, frame)).data];
      expect(truth[0]).toBe(1000 + 100 * (frame - 1));
      expect(Math.max(...truth.filter((_, i) => i % 64 >= 8 || i >= 512))).toBeLessThan(800);
      for (const instance of instances)
        expect([...(await opened.decode(instance, frame)).data], instance.source).toEqual(truth);
    }
    expect(opened.series.map(({ frameRate }) => frameRate)).toEqual([10, 10, 10, 10, 10, 10]);
  });
});

trouble('G17_spacing_badly_written', (open) => {
  it('gives millimetres only where two positive numbers are written, else a reason', async () => {
    const { series } = await open();
    expect(series).toHaveLength(7);
    for (const one of series) {
      const padded = one.instances[0]?.source === 'padded.dcm';
      expect(one.pixelSpacing).toEqual(padded ? { mm: [0.5, 0.5], basis: 'patient' } : null);
      expect(codes(one)).toEqual(padded ? [] : ['calibration-unreadable']);
    }
  });
});

trouble('G18_ct_vessel_half_closed', (open) => {
  it('is one volume of 34 slices of 0.9 x 0.6 x 1.5 mm', async () => {
    const { series } = await open();
    expect(series).toHaveLength(1);
    isVolume(first(series), 34, [0.9, 0.6, 1.5]);
  });
  it('has a tube 8.0 mm wide in y and 9.24 mm in x in an axial slice, at half height, away from the narrowing', async () => {
    const probe = await probing(open);
    // The axis (0.5, 0, 0.866) through (28.8, 19.2, 25.5) passes z = 10.5 at x = 28.8 - 15 tan 30.
    const z = 10.5;
    const x = 28.8 - 15 * Math.tan(Math.PI / 6);
    const width = (at: (t: number) => LpsMm) => {
      let inside = 0;
      for (let t = -8; t <= 8; t += 0.01) if ((probe(at(t)) ?? 0) > 200) inside += 0.01;
      return inside;
    };
    expect(Math.abs(width((t) => [x, 19.2 + t, z]) - 8)).toBeLessThan(0.4);
    expect(Math.abs(width((t) => [x + t, 19.2, z]) - 9.24)).toBeLessThan(0.4);
    expect(Math.abs(width((t) => [28.8, 19.2 + t, 25.5]) - 4)).toBeLessThan(0.4);
  });
});
