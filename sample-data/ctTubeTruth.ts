import { along, distance } from '../src/geometry/index.ts';
import type { LpsMm } from '../src/geometry/index.ts';
import type { SeriesUids } from './ctSeries.ts';
import { ctTubeScene as scene } from './ctTubeScene.ts';

const degrees = 180 / Math.PI;
const sphereMl = (radiusMm: number): number => (4 / 3) * Math.PI * (radiusMm / 10) ** 3;
/** Volume that two spheres share; radii and centre distance in mm, mL. (measures.md section 4.) */
function sharedMl(a: number, b: number, d: number): number {
  if (d >= a + b) return 0;
  if (d <= Math.abs(a - b)) return sphereMl(Math.min(a, b));
  const mm3 = (Math.PI * (a + b - d) ** 2 * (d * d + 2 * d * (a + b) - 3 * (a - b) ** 2)) / (12 * d);
  return mm3 / 1000;
}

/** The content of truth.json. Lengths mm, volumes mL, angles degrees, points LPS mm. */
export function ctTubeTruth({
  name,
  title,
  seed,
  uids,
}: {
  readonly name: string;
  readonly title: string;
  readonly seed: number;
  readonly uids: SeriesUids;
}): Readonly<Record<string, unknown>> {
  const { artery, tumour, cyst, needle } = scene;
  const { narrowing, diameterMm, bendRadiusMm } = artery.shape;
  const stations = Array.from({ length: 81 }, (_, i) => i - 40);
  const { items, expected } = suggestion(uids);
  return {
    case: name,
    title,
    seed,
    coordinates: 'patient space, DICOM LPS, mm',
    series: {
      studyInstanceUID: uids.study,
      seriesInstanceUID: uids.series,
      frameOfReferenceUID: uids.frameOfReference,
    },
    image: {
      dimensions: scene.grid.dimensions,
      spacing: scene.grid.spacingMm,
      origin: scene.grid.origin,
      blurSigma: scene.optics.blurSigmaMm,
      noiseHu: scene.noiseHu,
    },
    hounsfield: {
      air: scene.airHu,
      tissue: scene.tissueHu,
      artery: scene.lumenHu,
      tumour: scene.tumourHu,
      cyst: scene.cystHu,
    },
    artery: {
      shape: 'round tube; its centreline is an arc of a circle; one concentric raised-cosine narrowing',
      bendRadius: bendRadiusMm,
      referenceDiameter: diameterMm,
      minimumLumenDiameter: artery.diameterMm(narrowing.atMm),
      diameterStenosis: narrowing.stenosisPercent,
      areaStenosis: 100 * (1 - (1 - narrowing.stenosisPercent / 100) ** 2),
      minimumPosition: narrowing.atMm,
      lesionLengthWhole: narrowing.lengthMm,
      lesionLengthAt10Percent: artery.narrowedLengthMm(10),
      centreline: stations.map((station) => ({
        station,
        point: artery.at(station),
        diameter: artery.diameterMm(station),
      })),
    },
    tumour: { centre: tumour.centre, radius: tumour.radiusMm, volume: sphereMl(tumour.radiusMm) },
    cyst: { centre: cyst.centre, radius: cyst.radiusMm, volume: sphereMl(cyst.radiusMm) },
    landmarks: {
      arteryStart: { point: artery.at(-36), station: -36 },
      arteryEnd: { point: artery.at(40), station: 40 },
      arcLength: 76,
      chord: distance(artery.at(-36), artery.at(40)),
      throat: { point: artery.at(narrowing.atMm), station: narrowing.atMm },
      skinEntry: { point: needle.entry },
      tumourCentre: { point: tumour.centre },
    },
    plan: {
      format: 'seldinger-plan',
      version: 1,
      id: `${name}-${seed}`,
      title,
      createdAt: '2026-01-15T09:30:00.000Z',
      modifiedAt: '2026-01-15T09:30:00.000Z',
      records: items,
    },
    expected,
  };
}

type Expected = Readonly<Record<string, { readonly value: number; readonly unit: string; readonly tolerance: number }>>;

/** One plan item of each kind where a careful hand would put it, and what a right program reads there. */
function suggestion(uids: SeriesUids): { items: Record<string, object>; expected: Record<string, Expected> } {
  const { artery, tumour, cyst, needle, zone } = scene;
  const { narrowing, diameterMm } = artery.shape;
  const on = {
    in: 'patient',
    frameOfReferenceUID: uids.frameOfReference,
    seriesInstanceUID: uids.series,
    part: null,
  };
  let order = 0;
  const item = (kind: string, label: string): object => ({ type: 'item', kind, label, order: ++order, side: null, on });
  const across = (station: number): [LpsMm, LpsMm] => {
    const radius = artery.diameterMm(station) / 2;
    return [along(artery.at(station), artery.normal, -radius), along(artery.at(station), artery.normal, radius)];
  };
  const ball = (centre: LpsMm, radius: number): object => ({
    ellipsoid: {
      centre,
      semiAxes: [radius, radius, radius],
      axes: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  });
  const required = 5;
  const depth = distance(needle.entry, needle.target);
  const [x, y, z] = needle.advance;
  const exact = 1e-6;
  const ballReading = (radius: number): Expected => ({
    volume: { value: sphereMl(radius), unit: 'mL', tolerance: exact },
    longestDiameter3d: { value: 2 * radius, unit: 'mm', tolerance: exact },
  });
  const axialAngle = Math.atan2(x, y) * degrees;
  return {
    items: {
      chord: { ...item('length', 'Artery, end to end'), points: [artery.at(-36), artery.at(40)] },
      stenosis: {
        ...item('stenosis', 'Narrowing'),
        lesion: across(narrowing.atMm),
        references: [across(-22), across(30)],
        options: { territory: 'artery' },
      },
      tumour: { ...item('region', 'Tumour'), ...ball(tumour.centre, tumour.radiusMm) },
      cyst: { ...item('region', 'Cyst'), ...ball(cyst.centre, cyst.radiusMm) },
      needle: {
        ...item('trajectory', 'Needle'),
        entry: needle.entry,
        target: needle.target,
        options: { obstacles: ['cyst'], needleLength: needle.lengthMm, device: { diameter: needle.diameterMm } },
      },
      zone: {
        ...item('ablation', 'Zone'),
        applicators: [
          {
            tip: zone.tip,
            direction: needle.advance,
            zone: { length: 2 * zone.radiusMm, width: 2 * zone.radiusMm, tipToCentre: zone.tipToCentreMm },
          },
        ],
        target: 'tumour',
        requiredMargin: required,
        critical: ['cyst'],
      },
    },
    expected: {
      chord: { length: { value: distance(artery.at(-36), artery.at(40)), unit: 'mm', tolerance: exact } },
      stenosis: {
        minimumLumenDiameter: { value: artery.diameterMm(narrowing.atMm), unit: 'mm', tolerance: exact },
        referenceDiameter: { value: diameterMm, unit: 'mm', tolerance: exact },
        diameterStenosis: { value: narrowing.stenosisPercent, unit: '%', tolerance: exact },
        areaStenosis: { value: 100 * (1 - (1 - narrowing.stenosisPercent / 100) ** 2), unit: '%', tolerance: exact },
      },
      tumour: ballReading(tumour.radiusMm),
      cyst: ballReading(cyst.radiusMm),
      needle: {
        depth: { value: depth, unit: 'mm', tolerance: exact },
        remaining: { value: needle.lengthMm - depth, unit: 'mm', tolerance: exact },
        axialAngle: { value: axialAngle, unit: 'deg', tolerance: exact },
        craniocaudalAngle: { value: Math.asin(z) * degrees, unit: 'deg', tolerance: exact },
        // Supine, as scanned: down is +y, and h = y x z = x.
        tableAngle: { value: axialAngle, unit: 'deg', tolerance: exact },
        clearance: {
          value: scene.needleToCystCentreMm - cyst.radiusMm - needle.diameterMm / 2,
          unit: 'mm',
          tolerance: 1e-4,
        },
      },
      zone: {
        zoneVolume: { value: sphereMl(zone.radiusMm), unit: 'mL', tolerance: 0.005 * sphereMl(zone.radiusMm) },
        targetVolume: { value: sphereMl(tumour.radiusMm), unit: 'mL', tolerance: 0.005 * sphereMl(tumour.radiusMm) },
        coverage: { value: 100, unit: '%', tolerance: 0.5 },
        marginCoverage: {
          value:
            (100 * sharedMl(tumour.radiusMm + required, zone.radiusMm, zone.tooDeepMm)) /
            sphereMl(tumour.radiusMm + required),
          unit: '%',
          tolerance: 0.5,
        },
        minimalAblativeMargin: {
          value: zone.radiusMm - tumour.radiusMm - zone.tooDeepMm,
          unit: 'mm',
          tolerance: 0.01,
        },
        zoneClearance: {
          value: distance(zone.centre, cyst.centre) - zone.radiusMm - cyst.radiusMm,
          unit: 'mm',
          tolerance: 0.01,
        },
      },
    },
  };
}
