// G01 to G09 and G12, G18: stacks of CT slices, made as make_given.py of the shared data makes them.
import {
  base,
  CT,
  ctFile,
  pixels,
  placed,
  pointAt,
  writeDicom,
  type CaseFiles,
  type DicomElements,
  type Triple,
} from './slices.ts';

const files = (entries: readonly (readonly [string, Uint8Array<ArrayBuffer>])[]): CaseFiles => new Map(entries);
const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);
const AXIAL = [1, 0, 0, 0, 1, 0];

export function g01(name: string): CaseFiles {
  const names = ['c', 'IM', '0007', 'a.b', 'zz.dcm', '1', '10', '2', 'IMG.1', 'x_0', 'Q', '99'];
  return files(
    names.map((file, k) => {
      const z = -40 + 2.5 * k;
      const more = { '0018,0088 DS': '5', '0020,1041 DS': String(-z), '0020,0013 IS': String(12 - k) };
      const hu = ([x, y, at]: Triple) => 2 * x - 4 * y + 8 * at;
      return [
        `disc/D${k % 3}/${file}`,
        ctFile(name, 1, k, { position: [-24, -24, z], spacing: [0.75, 0.75], thickness: 5, more, hu }),
      ];
    }),
  );
}

export function g02(name: string): CaseFiles {
  const heights = range(13)
    .filter((k) => k !== 7)
    .map((k) => 3 * k);
  return files(
    heights.map((z, i) => {
      const marked = z === 15 || z === 27;
      const hu = ([x, y, at]: Triple, column: number, row: number) =>
        marked && column >= 30 && column < 34 && row >= 30 && row < 34 ? 1500 : x + 2 * y + 5 * at;
      return [
        `IM${String(i + 1).padStart(2, '0')}.dcm`,
        ctFile(name, 1, i + 1, { position: [-32, -32, z], spacing: [1, 1], thickness: 3, hu }),
      ];
    }),
  );
}

export function g03(name: string): CaseFiles {
  const heights = [...range(7), ...range(6).map((k) => 10 + 4 * k)];
  return files(
    heights.map((z, i) => [
      String(1000 - i).padStart(4, '0'),
      ctFile(name, 1, i + 1, {
        position: [-25.6, -25.6, z],
        spacing: [0.8, 0.8],
        thickness: z <= 6 ? 1 : 4,
        hu: ([, , at]) => 100 + 10 * at,
      }),
    ]),
  );
}

export function g04(name: string): CaseFiles {
  const tilt = (15 * Math.PI) / 180;
  const orientation = [1, 0, 0, 0, Math.cos(tilt), -Math.sin(tilt)];
  return files(
    range(10).map((k) => [
      `TILT0${k}.dcm`,
      ctFile(name, 1, k + 1, {
        position: [-32, -32, 4 * k],
        orientation,
        spacing: [1, 1],
        thickness: 4,
        more: { '0018,1120 DS': '15' },
        hu: ([x, y, z]) => x + 3 * y + 6 * z,
      }),
    ]),
  );
}

export function g05(name: string): CaseFiles {
  const localizer = writeDicom({
    ...base(name, 1, 1),
    ...placed([0, -80, 40], [0, 1, 0, 0, 0, -1], [2, 2.5]),
    '0008,0008 CS': 'ORIGINAL\\PRIMARY\\LOCALIZER',
    '0028,1052 DS': '-1024',
    '0028,1053 DS': '1',
    ...pixels(96, 64, new Uint16Array(96 * 64).fill(1000)),
  });
  const axial = range(10).map((k): [string, Uint8Array<ArrayBuffer>] => [
    `I${k + 2}`,
    ctFile(name, 1, k + 2, {
      position: [-28.8, -28.8, -20 + 3 * k],
      spacing: [0.9, 0.9],
      thickness: 3,
      hu: ([x, y, z]) => 30 + x + y + 4 * z,
    }),
  ]);
  return files([['I1', localizer], ...axial]);
}

export function g06(name: string): CaseFiles {
  const value: Readonly<Record<number, number>> = { 1: 50, 2: 310, 3: 175 };
  const time: Readonly<Record<number, string>> = { 1: '080000', 2: '080035', 3: '080110' };
  return files(
    range(24).map((i) => {
      const k = Math.floor(i / 3);
      const phase = (i % 3) + 1;
      const inside = (at: number, from: number, to: number) => at >= from && at < to;
      const hu = (_: Triple, column: number, row: number) => {
        if (inside(column, 20, 30) && inside(row, 20, 30)) return value[phase] ?? 0;
        return inside(column, 50, 54) && inside(row, 50, 54) ? 100 + 10 * k : 20;
      };
      const more: DicomElements = { '0020,0012 IS': String(phase), '0008,0032 TM': time[phase] };
      return [
        `${String(i + 1).padStart(3, '0')}.dcm`,
        ctFile(name, 1, i + 1, { position: [-22.4, -22.4, -10 + 2 * k], spacing: [0.7, 0.7], thickness: 2, more, hu }),
      ];
    }),
  );
}

export function g07(name: string): CaseFiles {
  const bright = new Set(['10,12', '30,12', '10,36']);
  return files(
    range(8).map((k) => [
      `A0${k}`,
      ctFile(name, 1, k + 1, {
        position: [-40, -16, 5 * k],
        spacing: [0.5, 1.25],
        thickness: 5,
        hu: (_, column, row) => (bright.has(`${column},${row}`) ? 1500 : 0),
      }),
    ]),
  );
}

export function g08(name: string): CaseFiles {
  const scales = [
    [1, -1024, false],
    [0.5, -1000, false],
    [2, -1024, false],
    [1, 0, true],
    [1, -1000, false],
    [0.25, -512, true],
    [1, -8192, false],
    [1, -1024, true],
  ] as const;
  return files(
    scales.map(([slope, intercept, signed], k) => {
      const stored = Array.from({ length: 4096 }, (_, i) => {
        const [row, column] = [Math.floor(i / 64), i % 64];
        const hu = row < 4 && column < 4 ? 300 : row >= 16 && row < 48 && column >= 16 && column < 48 ? 44 : -80;
        return Math.round((hu - intercept) / slope);
      });
      return [
        `R${k}.dcm`,
        writeDicom({
          ...base(name, 1, k + 1),
          ...placed([-32, -32, 2 * k], AXIAL, [1, 1]),
          '0028,1052 DS': String(intercept),
          '0028,1053 DS': String(slope),
          '0028,1054 LO': 'HU',
          ...pixels(64, 64, stored, { bits: 16, signed }),
        }),
      ];
    }),
  );
}

export function g09(name: string): CaseFiles {
  return files(
    range(6).map((k) => {
      const stored = Array.from({ length: 4096 }, (_, i) => {
        const [row, column] = [Math.floor(i / 64), i % 64];
        const within = (from: number, to: number) => row >= from && row < to && column >= from && column < to;
        const hu = within(28, 36) ? 900 : within(10, 54) ? -20 : -1000;
        return (hu & 0xfff) | (row < 2 ? 0xf000 : k % 2 === 1 ? 0xa000 : 0x5000);
      });
      return [
        `B${k}.dcm`,
        writeDicom({
          ...base(name, 1, k + 1),
          ...placed([-32, -32, 1.5 * k], AXIAL, [1, 1]),
          '0028,1052 DS': '0',
          '0028,1053 DS': '1',
          '0028,1054 LO': 'HU',
          ...pixels(64, 64, stored, { signed: true }),
        }),
      ];
    }),
  );
}

export function g12(name: string): CaseFiles {
  const order = [4, 9, 0, 7, 2, 5, 8, 1, 6, 3];
  const stored: number[] = [];
  const groups = order.map((k): DicomElements => {
    const position: Triple = [-25.6, -25.6, 100 - 2 * k];
    const intercept = k % 2 === 1 ? -1024 : -2048;
    for (let i = 0; i < 4096; i++) {
      const [x, y, z] = pointAt(position, AXIAL, [0.8, 0.8], i % 64, Math.floor(i / 64));
      stored.push(Math.round(200 + x - 2 * y - 3 * z) - intercept);
    }
    return {
      '0020,9111 SQ': [{ '0020,9056 SH': '1', '0020,9057 UL': k + 1, '0020,9157 UL': [1, k + 1], '0020,9156 US': 1 }],
      '0020,9113 SQ': [{ '0020,0032 DS': position.map(String) }],
      '0028,9145 SQ': [{ '0028,1052 DS': String(intercept), '0028,1053 DS': '1', '0028,1054 LO': 'HU' }],
    };
  });
  const shared: DicomElements = {
    '0020,9116 SQ': [{ '0020,0037 DS': '1\\0\\0\\0\\1\\0' }],
    '0028,9110 SQ': [{ '0028,0030 DS': '0.8\\0.8', '0018,0050 DS': '3', '0018,0088 DS': '3' }],
  };
  return files([
    [
      'ENH',
      writeDicom({
        ...base(name, 1, 1, { '0008,0016 UI': `${CT}.1` }),
        '5200,9229 SQ': [shared],
        '5200,9230 SQ': groups,
        ...pixels(64, 64, stored, { bits: 16, frames: 10 }),
      }),
    ],
  ]);
}

export function g18(name: string): CaseFiles {
  const centre = [28.8, 19.2, 25.5] as const;
  const axis = [0.5, 0, Math.sqrt(0.75)] as const;
  const radius = (t: number) => (Math.abs(t) <= 3 ? 2 : Math.abs(t) <= 8 ? 2 + (2 * (Math.abs(t) - 3)) / 5 : 4);
  const inside = (x: number, y: number, z: number) => {
    const p = [x - centre[0], y - centre[1], z - centre[2]] as const;
    const t = p[0] * axis[0] + p[1] * axis[1] + p[2] * axis[2];
    return Math.hypot(p[0] - t * axis[0], p[1] - t * axis[1], p[2] - t * axis[2]) <= radius(t);
  };
  const thirds = [-1 / 3, 0, 1 / 3];
  return files(
    range(34).map((k) => [
      `V${String(k).padStart(2, '0')}.dcm`,
      ctFile(name, 1, k + 1, {
        position: [0, 0, 1.5 * k],
        spacing: [0.6, 0.9],
        thickness: 1.5,
        hu: ([x, y, z]) => {
          let part = 0;
          for (const dz of thirds)
            for (const dy of thirds)
              for (const dx of thirds) if (inside(x + 0.9 * dx, y + 0.6 * dy, z + 1.5 * dz)) part += 1 / 27;
          return 50 + 300 * part;
        },
      }),
    ]),
  );
}
