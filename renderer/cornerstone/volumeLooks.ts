import type { VolumeLook, WindowLevel } from './types.ts';

/** Value, colour (0 to 1 each) and opacity of a millimetre. */
export type LookPoint = readonly [value: number, red: number, green: number, blue: number, opacity: number];

/** HU. Enhanced vessels orange-red, what is denser towards ivory; unenhanced soft tissue is not drawn. */
const ctVessel: readonly LookPoint[] = [
  [130, 0.45, 0.04, 0.02, 0],
  [200, 0.7, 0.12, 0.06, 0.2],
  [320, 0.92, 0.42, 0.2, 0.6],
  [500, 0.96, 0.74, 0.52, 0.8],
  [800, 0.98, 0.93, 0.82, 0.9],
];
/** HU. Nothing below dense spongy bone, so that a vessel of 300 HU does not show. */
const ctBone: readonly LookPoint[] = [
  [350, 0.75, 0.58, 0.42, 0],
  [450, 0.86, 0.74, 0.58, 0.35],
  [700, 0.95, 0.89, 0.78, 0.85],
  [1500, 1, 0.98, 0.93, 0.95],
];
/** HU. Fat is clear, muscle and organs translucent, bone seen through them. */
const ctSoft: readonly LookPoint[] = [
  [-60, 0.75, 0.52, 0.36, 0],
  [20, 0.8, 0.42, 0.34, 0.03],
  [90, 0.82, 0.38, 0.3, 0.07],
  [180, 0.9, 0.36, 0.22, 0.2],
  [400, 0.95, 0.85, 0.72, 0.6],
  [1000, 1, 0.96, 0.88, 0.85],
];
/** HU between which a CT MIP goes from black to white. */
const ctMip = { centre: 350, width: 700 } as const;

/** The looks offered for a modality, the first is how 3D opens. */
export function looksFor(modality: string): readonly VolumeLook[] {
  return modality === 'CT' ? ['ct-vessel', 'ct-bone', 'ct-soft', 'mip'] : ['bright', 'soft', 'mip'];
}

/**
 * Points of the transfer function, by rising value.
 * @param window  of the view now; @param opening  as it opened: what the window was moved and stretched by since then
 *   moves and stretches the CT looks, whose values are HU; the others lie on the window itself.
 */
export function lookPoints(
  look: VolumeLook,
  modality: string,
  window: WindowLevel,
  opening: WindowLevel,
): readonly LookPoint[] {
  const fixed = { 'ct-vessel': ctVessel, 'ct-bone': ctBone, 'ct-soft': ctSoft, mip: null, bright: null, soft: null };
  const points = fixed[look];
  const shift = window.centre - opening.centre;
  const stretch = window.width / opening.width;
  if (points !== null) {
    const middle = ((points[0]?.[0] ?? 0) + (points.at(-1)?.[0] ?? 0)) / 2;
    return points.map(([value, r, g, b, opacity]) => [middle + shift + (value - middle) * stretch, r, g, b, opacity]);
  }
  const { centre, width } =
    look === 'mip' && modality === 'CT' ? { centre: ctMip.centre + shift, width: ctMip.width * stretch } : window;
  const at = (share: number): number => centre + share * width;
  if (look === 'mip')
    return [
      [at(-0.5), 1, 1, 1, 0],
      [at(0.5), 1, 1, 1, 1],
    ];
  if (look === 'soft')
    return [
      [at(-0.4), 0.35, 0.2, 0.15, 0],
      [at(0), 0.8, 0.6, 0.5, 0.05],
      [at(0.5), 1, 0.95, 0.9, 0.25],
    ];
  return [
    [at(0), 0.5, 0.1, 0.05, 0],
    [at(0.25), 0.9, 0.4, 0.2, 0.1],
    [at(0.5), 1, 0.9, 0.75, 0.5],
  ];
}
