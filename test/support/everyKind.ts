/** Of the small CT (smallCt.ts): a plan with an item of every kind that lies in the patient. */
export function planOfEveryKind(series = '1.2.826.0.1.3680043.8.498.7.1'): string {
  const on = { in: 'patient', frameOfReferenceUID: `${series}.91`, seriesInstanceUID: series, part: null };
  const z = 10;
  const kinds: Readonly<Record<string, object>> = {
    length: { points: [[-20, -20, z], [-5, -20, z]] }, // prettier-ignore
    bidirectional: { long: [[5, -20, z], [25, -20, z]], short: [[15, -26, z], [15, -14, z]] }, // prettier-ignore
    angle: { points: [[-20, -5, z], [-10, -5, z], [-10, 5, z]] }, // prettier-ignore
    area: { polygon: [[5, -5, z], [20, -5, z], [20, 5, z], [5, 5, z]] }, // prettier-ignore
    note: { point: [-25, 15, z], text: 'Edge of the bed' },
    stenosis: { lesion: [[-20, 20, z], [-18, 20, z]], references: [[[-20, 24, z], [-15, 24, z]]] }, // prettier-ignore
    region: { ellipsoid: { centre: [10, 16, z], semiAxes: [6, 5, 4], axes: [[1, 0, 0], [0, 1, 0], [0, 0, 1]] } }, // prettier-ignore
    trajectory: { entry: [28, 0, z], target: [10, 16, z], options: { obstacles: [] } },
    ablation: {
      applicators: [{ tip: [8, 18, z], direction: [-1, 0, 0], zone: { length: 20, width: 16, tipToCentre: 6 } }],
      target: 'region',
      requiredMargin: 5,
      critical: [],
    },
  };
  const items = Object.entries(kinds).map(([kind, fields], at) => [
    kind,
    { type: 'item', kind, label: `${kind} of all`, order: at + 1, side: at % 2 === 0 ? 'R' : null, on, ...fields },
  ]);
  const ratio = { type: 'item', kind: 'ratio', label: 'ratio of all', order: 20, side: null, on };
  const numbers = {
    numerator: { item: 'length', key: 'length' },
    denominator: { item: 'bidirectional', key: 'longAxis' },
  };
  return JSON.stringify({
    format: 'seldinger-plan',
    version: 1,
    id: '6a5f7c1e-0000-4000-8000-000000000001',
    title: 'Every kind',
    createdAt: '2026-01-01T00:00:00Z',
    modifiedAt: '2026-01-01T00:00:00Z',
    records: Object.fromEntries([...items, ['ratio', { ...ratio, ...numbers }]]),
  });
}
