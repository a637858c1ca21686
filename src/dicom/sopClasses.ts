/** Storage classes that hold no picture, in words for a person, and those whose picture is a projection. */
const storage = '1.2.840.10008.5.1.4.1.1.';

const NO_IMAGE: readonly (readonly [prefix: string, what: string])[] = [
  ['1.2.840.10008.1.3.10', 'a DICOMDIR (a table of contents)'],
  [`${storage}88.59`, 'a key object selection'],
  [`${storage}88.`, 'a structured report'],
  [`${storage}104.1`, 'an encapsulated PDF document'],
  [`${storage}104.2`, 'an encapsulated CDA document'],
  [`${storage}104.`, 'an encapsulated document'],
  [`${storage}11.`, 'a presentation state'],
  [`${storage}9.`, 'a waveform'],
  [`${storage}4.2`, 'a spectroscopy'],
  [`${storage}66.1`, 'a spatial registration'],
  [`${storage}66.2`, 'spatial fiducials'],
  [`${storage}66.3`, 'a deformable registration'],
  [`${storage}66.5`, 'a surface segmentation'],
  [`${storage}66.6`, 'tractography results'],
  [`${storage}66`, 'raw data'],
  [`${storage}67`, 'real world value mapping'],
  [`${storage}68.`, 'a surface'],
  [`${storage}481.3`, 'a radiotherapy structure set'],
  [`${storage}481.4`, 'a radiotherapy treatment record'],
  [`${storage}481.5`, 'a radiotherapy plan'],
  [`${storage}481.8`, 'a radiotherapy plan'],
  ['1.2.840.10008.5.1.4.38.', 'a hanging protocol'],
];

/** @returns what the object is, if its class holds no picture; else undefined. */
export function noImageClass(sopClassUID: string): string | undefined {
  const isSegmentation = sopClassUID === `${storage}66.4` || sopClassUID === `${storage}66.7`;
  if (isSegmentation) return undefined;
  return NO_IMAGE.find(([uid]) => (uid.endsWith('.') ? sopClassUID.startsWith(uid) : sopClassUID === uid))?.[1];
}

const PROJECTIONS = new Set(
  ['1', '1.1', '1.1.1', '1.2', '1.2.1', '1.3', '1.3.1', '12.1', '12.1.1', '12.2', '12.2.1', '12.3', '481.1'].map(
    (end) => storage + end,
  ),
);
const PROJECTION_MODALITIES = new Set(['CR', 'DX', 'MG', 'IO', 'PX', 'XA', 'RF', 'RG', 'DR', 'XC', 'RTIMAGE']);

/** A picture of rays through the body: its pixels have no depth, and no millimetres of their own. */
export function isProjection(sopClassUID: string, modality: string, hasPatientGeometry: boolean): boolean {
  if (PROJECTIONS.has(sopClassUID)) return true;
  return PROJECTION_MODALITIES.has(modality) && !hasPatientGeometry;
}

const ULTRASOUND = new Set(['6', '6.1', '6.2', '3', '3.1'].map((end) => storage + end));

export function isUltrasound(sopClassUID: string, modality: string): boolean {
  return ULTRASOUND.has(sopClassUID) || modality === 'US' || modality === 'IVUS';
}
