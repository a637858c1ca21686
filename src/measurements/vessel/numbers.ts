import type { Quantity, ResultValue } from '../../quantity/index.ts';
import { percent } from '../lengthBetween.ts';
import { circularAreaStenosis, diameterStenosis } from '../stenosis/compute.ts';
import type { CorrectedVessel } from './contours.ts';
import type { VesselItem } from './item.ts';
import type { Narrowing } from './narrowing.ts';

/** The results of a narrowing by key (contract.md), each with its uncertainty, one standard deviation. */
export function narrowingNumbers(
  item: VesselItem,
  corrected: CorrectedVessel,
  narrowing: Narrowing,
): Record<string, ResultValue> {
  const minimum = narrowing.closed ? 0 : narrowing.minimumMm;
  const minimumArea = narrowing.closed ? 0 : narrowing.minimumAreaMm2;
  // A person's finding: without a percentage there is none in any form.
  const near = item.options?.nearOcclusion === true;
  const reference = narrowing.referenceMm;
  const referenceArea = (Math.PI * reference ** 2) / 4;
  const sd = deviationsAt(corrected, narrowing);
  const stenosisSd = (100 / reference) * Math.hypot(sd.minimumMm, (minimum * sd.referenceMm) / reference);
  const areaSd = (100 / referenceArea) * Math.hypot(sd.areaMm2, (2 * minimumArea * sd.referenceMm) / reference);
  const known = (value: number, uncertainty: number): Quantity =>
    near ? percent(null) : { ...percent(value), uncertainty };
  return {
    minimumLumenDiameter: millimetres(minimum, sd.minimumMm),
    referenceDiameter: millimetres(reference, sd.referenceMm),
    diameterStenosis: known(diameterStenosis(minimum, reference), stenosisSd),
    minimumLumenArea: square(minimumArea, sd.areaMm2),
    referenceArea: square(referenceArea, (Math.PI * reference * sd.referenceMm) / 2),
    areaStenosis: known(circularAreaStenosis(Math.sqrt(minimumArea), Math.sqrt(referenceArea)), areaSd),
    lesionLength: millimetres(narrowing.end - narrowing.start),
    minimumPosition: millimetres(narrowing.at),
    lesionStart: millimetres(narrowing.start),
    lesionEnd: millimetres(narrowing.end),
  };
}

const millimetres = (value: number | null, uncertainty: number | null = null): Quantity => ({
  value,
  unit: 'mm',
  uncertainty,
  basis: 'patient',
});
const square = (value: number | null, uncertainty: number | null): Quantity => ({
  value,
  unit: 'mm2',
  uncertainty,
  basis: 'patient',
});

/** Below this many blurs a vessel's own level of blood is not seen anywhere in it. */
const thinBlurs = 4.5;

/**
 * Noise as the fits tell it; a wall's place within a voxel's rounding; how bright blood is, where the vessel is so thin
 * that it is nowhere seen; and what calcium hides. Sizes of the last two: from phantoms (README.md).
 */
function deviationsAt(
  { vessel, byHand }: CorrectedVessel,
  narrowing: Narrowing,
): { readonly minimumMm: number; readonly referenceMm: number; readonly areaMm2: number } {
  const wallMm = vessel.voxelMm / Math.sqrt(12);
  const near = vessel.sections.filter(({ positionMm }) => Math.abs(positionMm - narrowing.at) <= 0.75);
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
  const noiseMm = mean(near.map(({ lumen }) => lumen.minimumDeviationMm ?? 0));
  const areaNoise = mean(near.map(({ lumen }) => lumen.areaDeviationMm2 ?? 0));
  const meanMm = 2 * Math.sqrt(narrowing.minimumAreaMm2 / Math.PI);
  const thin = narrowing.referenceMm < thinBlurs * vessel.blurMm ? 0.1 : 0;
  const drawn = vessel.sections.some(
    ({ positionMm }, i) => byHand[i] === true && Math.abs(positionMm - narrowing.at) <= 0.75,
  );
  const calcified = vessel.sections.some(
    ({ positionMm, calcified: is }) => is && positionMm >= narrowing.start - 1 && positionMm <= narrowing.end + 1,
  );
  const hiddenMm = calcified && !drawn ? 0.06 * narrowing.referenceMm : 0;
  return {
    minimumMm: Math.hypot(wallMm, noiseMm, thin * narrowing.minimumMm, hiddenMm),
    referenceMm: Math.hypot(narrowing.referenceSpreadMm, wallMm / 2, thin * narrowing.referenceMm),
    areaMm2: Math.hypot(areaNoise, (Math.PI / 2) * meanMm * Math.hypot(0.7 * wallMm, hiddenMm, thin * meanMm)),
  };
}
