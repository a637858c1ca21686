import type { PlaneMap } from './affine.ts';

/** Seen on black and on white. */
const colour = [255, 200, 60] as const;

/** The overlays of a frame (60xx), drawn over the picture in a layer of their own: the pixels below are never touched. */
export class OverlayPlanes {
  private readonly layer = document.createElement('canvas');
  private readonly element: HTMLElement;
  private picture: { readonly index: number; readonly canvas: HTMLCanvasElement | null } | null = null;

  constructor(element: HTMLElement) {
    this.element = element;
    this.layer.className = 'overlay-planes';
    this.layer.style.cssText = 'position:absolute;inset:0;width:100%;height:100%;pointer-events:none';
    element.append(this.layer);
  }

  /** @param pixels [col, row] to CSS px; @param mask asked for only when another frame is shown */
  draw(index: number, columns: number, pixels: PlaneMap, mask: () => Uint8Array | null): void {
    if (this.picture?.index !== index) this.picture = { index, canvas: pictureOf(columns, mask()) };
    const ratio = devicePixelRatio;
    this.layer.width = Math.max(1, Math.round(this.element.clientWidth * ratio));
    this.layer.height = Math.max(1, Math.round(this.element.clientHeight * ratio));
    const pen = this.layer.getContext('2d');
    const canvas = this.picture?.canvas;
    if (!pen || !canvas) return;
    const [a, b, x, c, d, y] = pixels;
    pen.setTransform(a * ratio, c * ratio, b * ratio, d * ratio, x * ratio, y * ratio);
    pen.imageSmoothingEnabled = false;
    // A pixel's middle is its place.
    pen.drawImage(canvas, -0.5, -0.5);
  }

  remove(): void {
    this.layer.remove();
  }
}

function pictureOf(columns: number, mask: Uint8Array | null): HTMLCanvasElement | null {
  if (!mask) return null;
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = mask.length / columns;
  const image = new ImageData(canvas.width, canvas.height);
  for (let i = 0; i < mask.length; i += 1) if (mask[i] === 1) image.data.set([...colour, 255], 4 * i);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
