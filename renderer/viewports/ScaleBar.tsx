import { factsOfView, useDesk, usePlan } from '../actions/index.ts';
import type { PixelSpacing } from '../../src/dicom/index.ts';
import type { View } from '../cornerstone/types.ts';

const lengthsMm = [1, 2, 5, 10, 20, 50, 100, 200];
const longestPx = 120;
/** Beside what is written in the corners. */
const shareOfWidth = 0.2;

/** A bar in millimetres, only where the picture has true ones. */
export function ScaleBar({ view }: { readonly view: View }) {
  const desk = useDesk();
  usePlan();
  const spacing = factsOfView(desk, view)?.pixelSpacing ?? view.loaded?.series.pixelSpacing ?? null;
  const scale = millimetresPerPixel(view, spacing);
  if (scale === null || view.kind === 'volume') return null;
  const room = Math.min(longestPx, shareOfWidth * view.element.clientWidth);
  const length = lengthsMm.findLast((one) => one / scale <= room) ?? lengthsMm[0] ?? 1;
  const width = length / scale;
  return (
    <div className="scale-bar numbers" data-written role="img" aria-label={`Scale bar ${length} mm`}>
      <span className="bar" style={{ width: `${width}px` }} />
      <span>{length} mm</span>
    </div>
  );
}

/** mm a CSS px along the picture's rows; null where there are no true millimetres. */
function millimetresPerPixel(view: View, spacing: PixelSpacing | null): number | null {
  const map = view.map();
  if (map === undefined || spacing === null) return null;
  if (spacing.basis !== 'patient' && spacing.basis !== 'calibrated' && spacing.basis !== 'region') return null;
  if (map.in !== 'image') return map.millimetresPerPixel;
  const pxPerColumn = Math.hypot(map.toCanvas[0], map.toCanvas[3]);
  return pxPerColumn > 0 ? spacing.mm[1] / pxPerColumn : null;
}
