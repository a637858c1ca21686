import type { Attributes } from './attributes.ts';
import type { Dose } from './types.ts';

/** Radiation as the image's header tells it; undefined where it tells none. Units: `Dose`. */
export function readDose(data: Attributes): Dose | undefined {
  const exposure = data.items('x00189321')[0] ?? data.items('x52009229')[0]?.items('x00189321')[0];
  const found: Dose = {
    ...positive('ctdiVolMGy', data.double('x00189345') ?? exposure?.double('x00189345')),
    // The header's own DLP, of Siemens and others, has no public tag; reports have it (RDSR).
    // (0018,115E) Image and Fluoroscopy Area Dose Product is in dGy.cm2.
    ...positive('dapGyCm2', scaled(data.decimal('x0018115e'), 0.1)),
    // (0040,8302) Entrance Dose in mGy; (0040,0302) Entrance Dose in dGy.
    ...positive('referencePointMGy', data.decimal('x00408302') ?? scaled(data.decimal('x00400302'), 100)),
    // (0040,0300) Total Time of Fluoroscopy, seconds.
    ...positive('fluoroscopySeconds', data.uint16('x00400300')),
  };
  return Object.keys(found).length > 0 ? found : undefined;
}

function scaled(value: number | undefined, factor: number): number | undefined {
  return value === undefined ? undefined : value * factor;
}

function positive<K extends keyof Dose>(key: K, value: number | undefined): { [key in K]?: number } | object {
  return value !== undefined && Number.isFinite(value) && value > 0 ? { [key]: value } : {};
}
