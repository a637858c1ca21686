// Header bytes to instance, series and volume geometry, or a refusal that says why.
export type * from './types.ts';
export { readInstance, type ReadInstance } from './readInstance.ts';
export { buildSeries, frameFacts, seriesKey, type BuiltSeries } from './series.ts';
export { inflate } from './fileHeader.ts';
export { nativeFrameBits } from './pixelElement.ts';
export { DICOMDIR_CLASS, readDirectory, type ListedFile } from './directory.ts';
export {
  lengthInRegions,
  regionScale,
  regionsAt,
  type AxisScale,
  type RegionLength,
  type RegionScale,
} from './regionScale.ts';
export { listElements, type ElementList, type ListedElement, type ListLimits } from './listElements.ts';
export { readDoseReport, type DoseReport } from './doseReport.ts';
export { phasesOf, phaseByName, type Phase, type PhaseName } from './phase.ts';
export { kernelByName, kernelOf, sliceThicknessOf } from './reconstruction.ts';
export { insideShutter } from './shutter.ts';
export { sideRole, type SideRole } from './seriesRole.ts';
export * from './ctWindows.ts';
