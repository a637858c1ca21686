import type { Types } from '@cornerstonejs/core';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import vtkPiecewiseFunction from '@kitware/vtk.js/Common/DataModel/PiecewiseFunction';
import type { LookPoint } from './volumeLooks.ts';

/**
 * Gives a volume the colours and opacities of a look.
 * @param brightest  each ray shows its brightest value (MIP), without light and shade
 */
export function applyLook(actor: Types.VolumeActor, points: readonly LookPoint[], brightest: boolean): void {
  const colour = vtkColorTransferFunction.newInstance();
  const opacity = vtkPiecewiseFunction.newInstance();
  for (const [value, red, green, blue, opaque] of points) {
    colour.addRGBPoint(value, red, green, blue);
    opacity.addPoint(value, opaque);
  }
  const property = actor.getProperty();
  property.setRGBTransferFunction(0, colour);
  property.setScalarOpacity(0, opacity);
  property.setInterpolationTypeToLinear();
  // Without shading bone is a white blot; it costs a software rasterizer a third more.
  property.setShade(!brightest);
  property.setAmbient(0.2);
  property.setDiffuse(0.85);
  property.setSpecular(0.25);
  property.setSpecularPower(12);
  const mapper = actor.getMapper();
  // Opacities count for a millimetre of the ray; a MIP takes the one value as it is.
  property.setScalarOpacityUnitDistance(0, brightest ? (mapper?.getSampleDistance() ?? 1) : 1);
  if (brightest) mapper?.setBlendModeToMaximumIntensity();
  else mapper?.setBlendModeToComposite();
}
