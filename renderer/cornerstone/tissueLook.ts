import { utilities, CONSTANTS } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction';
import type { LoadingSeries } from './seriesLoading.ts';
import type { WindowLevel } from './types.ts';

/** How opaque and of which colour values are in 3D: contrast-filled vessels and bone in CT, what is brighter than the window's middle elsewhere. */
export function tissueLook(loaded: LoadingSeries, window: WindowLevel): (actor: Types.VolumeActor, software: boolean) => void {
  return (actor, software) => {
    const preset = CONSTANTS.VIEWPORT_PRESETS.find(({ name }) => name === 'CT-AAA');
    if (loaded.series.modality === 'CT' && preset) utilities.applyPreset(actor, preset);
    else byWindow(actor, window);
    const property = actor.getProperty();
    // Shading costs a software rasterizer a third more, but without it bone is a white blot.
    property.setShade(true);
    const mapper = actor.getMapper();
    if (software && mapper && 'setSampleDistance' in mapper && 'getSampleDistance' in mapper) {
      mapper.setSampleDistance(mapper.getSampleDistance() * 2.5);
    }
  };
}

function byWindow(actor: Types.VolumeActor, { centre, width }: WindowLevel): void {
  const colour = vtkColorTransferFunction.newInstance();
  colour.addRGBPoint(centre - width / 2, 0, 0, 0);
  colour.addRGBPoint(centre + width / 2, 1, 0.95, 0.9);
  const opacity = vtkPiecewiseFunction.newInstance();
  opacity.addPoint(centre - width / 4, 0);
  opacity.addPoint(centre, 0.04);
  opacity.addPoint(centre + width / 2, 0.5);
  const property = actor.getProperty();
  property.setRGBTransferFunction(0, colour);
  property.setScalarOpacity(0, opacity);
  property.setInterpolationTypeToLinear();
}
