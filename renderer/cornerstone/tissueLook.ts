import { utilities, CONSTANTS } from '@cornerstonejs/core';
import type { Types } from '@cornerstonejs/core';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction';
import type { LoadingSeries } from './seriesLoading.ts';
import type { WindowLevel } from './types.ts';

/** How opaque and of which colour values are in 3D: contrast-filled vessels and bone in CT, what is brighter than the window's middle elsewhere. */
export function tissueLook(loaded: LoadingSeries, window: WindowLevel): (actor: Types.VolumeActor) => void {
  return (actor) => {
    const preset = CONSTANTS.VIEWPORT_PRESETS.find(({ name }) => name === 'CT-AAA');
    if (loaded.series.modality === 'CT' && preset) utilities.applyPreset(actor, preset);
    else byWindow(actor, window);
    // Without shading bone is a white blot; it costs a software rasterizer a third more.
    actor.getProperty().setShade(true);
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
