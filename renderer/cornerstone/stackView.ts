import type { StackViewport } from '@cornerstonejs/core';
import type { LpsMm, PixelXY, Vec3 } from '../../src/geometry/index.ts';
import { isPixel } from '../../src/geometry/index.ts';
import type { PlaneMap } from './affine.ts';
import { invertPlaneMap, isInvertible } from './affine.ts';
import { brightnessOf, greyLevels, isBeyondWindow, paddingOf } from './brightness.ts';
import { playFrames } from './cine.ts';
import { shownRate, withPainted, type Painted } from './shownRate.ts';
import type { DisplayState } from './displayState.ts';
import { windowRange } from './displayWindow.ts';
import type { Letters } from './letters.ts';
import { sideLetters } from './letters.ts';
import type { Aim } from './planeView.ts';
import { PlaneView } from './planeView.ts';
import { hasOverlays } from './overlayBits.ts';
import { OverlayPlanes } from './overlayPlanes.ts';
import type { SeriesImages } from './seriesImages.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import { distanceFromPlane, drawnSpacing, frameAt, patientToPixel, slicePlane } from './slicePlane.ts';
import { stackMap, storedDirections } from './stackMap.ts';
import type { ShownRate, ViewMap, ViewName } from './types.ts';

/** Frames as stored, one at a time, in the flat space of metadata.ts: pixel [col, row] of frame k at [col * dx, row * dy, k]. */
export class StackView extends PlaneView {
  override readonly kind = 'stack' as const;
  protected override readonly viewport: StackViewport;
  protected override index: number;
  private readonly images: SeriesImages;
  /** Drawn by the processor: its maps are half a pixel off, see `pixelPlace`. */
  private readonly onProcessor: boolean;
  private readonly remove: () => void;
  protected override readonly resizeAll: () => void;
  /** What is on screen are 8-bit grey levels of our own making. */
  private prepared = false;
  private drawnWith: readonly [number, number] = [0, 0];
  private stopFilm: (() => void) | null = null;
  /** Pictures of the film that runs. */
  private filmed: readonly Painted[] = [];

  constructor(given: {
    name: ViewName;
    element: HTMLDivElement;
    loaded: LoadingSeries;
    display: DisplayState;
    viewport: StackViewport;
    images: SeriesImages;
    index: number;
    onProcessor: boolean;
    remove: () => void;
    resizeAll: () => void;
  }) {
    super(given.name, given.element, given.loaded, given.display);
    this.viewport = given.viewport;
    this.images = given.images;
    this.index = given.index;
    this.onProcessor = given.onProcessor;
    this.remove = given.remove;
    this.resizeAll = given.resizeAll;
    this.whenDestroyed(
      given.loaded.onFrame((index) => {
        if (index === this.index) this.draw();
      }),
    );
    this.whenDestroyed(() => this.play(false));
    let painted = 0;
    this.whenDestroyed(
      this.onDrawn(() => {
        if (this.painter.painted === painted) return;
        painted = this.painter.painted;
        if (this.playing && this.loaded.has(this.index))
          this.filmed = withPainted(this.filmed, { at: performance.now(), index: this.index });
      }),
    );
    if (!hasOverlays(given.loaded.series)) return;
    const planes = new OverlayPlanes(given.element);
    this.whenDestroyed(() => planes.remove());
    this.whenDestroyed(
      this.onDrawn(() => {
        if (this.destroyed || this.painter.painted === 0) return;
        const { series } = this.loaded;
        const there = this.loaded.has(this.index);
        planes.draw(there ? this.index : -1, series.columns, this.pixelMap(), () =>
          there ? this.loaded.overlays(this.index) : null,
        );
      }),
    );
  }

  /** The first picture. The shown frame must have come: Cornerstone keeps its own copy of what it is given here. */
  async open(): Promise<void> {
    await this.viewport.setStack([...this.images.ids], this.index);
    this.centre = this.aim().middle;
    this.applyDisplay();
    this.moveCamera();
    await this.painter.whenPainted();
  }

  protected override get count(): number {
    return this.loaded.series.frames.length;
  }
  protected override get frameIndex(): number {
    return this.index;
  }
  protected override get unit(): string {
    return this.loaded.samplesPerPixel === 3 ? '1' : frameAt(this.loaded.series, this.index).facts.rescale.unit;
  }
  protected override get settled(): boolean {
    return this.loaded.has(this.index) || this.loaded.faults().has(this.index);
  }
  protected override get complete(): boolean {
    return this.loaded.has(this.index);
  }
  protected override get playing(): boolean {
    return this.stopFilm !== null;
  }
  protected override get shownRate(): ShownRate | null {
    return this.playing ? shownRate(this.filmed, this.count) : null;
  }
  protected override whenDecoded(): Promise<void> {
    return this.loaded.whenFrame(this.index);
  }

  protected override aim(): Aim {
    const { series } = this.loaded;
    const [dy, dx] = drawnSpacing(series, this.index);
    return {
      right: [1, 0, 0],
      down: [0, 1, 0],
      extent: [series.columns * dx, series.rows * dy],
      middle: [((series.columns - 1) / 2) * dx, ((series.rows - 1) / 2) * dy, this.index],
    };
  }

  protected override applyDisplay(): void {
    if (this.mustPrepare() || this.prepared) this.draw();
    else this.tellWindow();
  }

  private tellWindow(): void {
    // Prepared grey levels have their window and inversion in them.
    if (this.prepared) this.viewport.setProperties({ voiRange: { lower: 0, upper: 255 }, invert: false });
    else
      this.viewport.setProperties({ voiRange: windowRange(this.display.window), invert: this.display.drawnInverted });
  }

  /** Whether the library cannot draw this frame as it is: a curve, padding that is not black, or fractions by the processor. */
  private mustPrepare(): boolean {
    if (this.loaded.samplesPerPixel === 3) return false;
    if (this.onProcessor && this.loaded.data instanceof Float32Array) return true;
    return isBeyondWindow(this.display, paddingOf(this.loaded.series, this.index));
  }

  protected override show(index: number): void {
    this.index = index;
    this.loaded.focus(index);
    this.centre = [this.centre[0], this.centre[1], index];
    this.draw();
  }

  /** Gives Cornerstone the present pixels: it copies them, so this is also how a slice that lands late is seen. */
  private draw(): void {
    if (this.destroyed) return;
    const before = this.prepared;
    this.prepared = this.mustPrepare();
    this.viewport.renderImageObject(this.prepared ? this.prepare() : this.images.image(this.index));
    const [dy, dx] = drawnSpacing(this.loaded.series, this.index);
    const sameSpacing = this.drawnWith[0] === dy && this.drawnWith[1] === dx;
    this.drawnWith = [dy, dx];
    if (this.onProcessor && sameSpacing && before === this.prepared) {
      // Window and camera are kept, in pixels: nothing to set, so that a film runs smoothly.
      this.painter.request();
      this.painter.moved();
      return;
    }
    // By WebGL it re-aims its camera at every image, and drops pans under a pixel.
    this.tellWindow();
    this.moveCamera();
  }

  private prepare(): ReturnType<SeriesImages['image']> {
    const brightness = brightnessOf(this.display, paddingOf(this.loaded.series, this.index));
    return this.images.prepared(this.index, greyLevels(this.loaded.frame(this.index), brightness));
  }

  /**
   * Drawn by the processor, Cornerstone takes scale and focal point differently where pixels are not square or the screen is fine
   * (device pixels), so we measure what it made of them and put it right.
   */
  protected override applyCamera(): void {
    super.applyCamera();
    if (!this.onProcessor) {
      // At every image it stands near and clips for that; moved back to where we look from, it would clip the picture away.
      this.viewport.setCamera({ clippingRange: [500, 1500] });
      return;
    }
    const [dy, dx] = drawnSpacing(this.loaded.series, this.index);
    const unit = this.unitsPerPixel();
    const drawn = this.pixelMap();
    const ratio = (drawn[0] * unit) / dx;
    if (Number.isFinite(ratio) && ratio > 0) this.viewport.setCamera({ parallelScale: this.parallelScale() * ratio });
    const now = this.pixelMap();
    const at = invertPlaneMap(now)([this.element.clientWidth / 2, this.element.clientHeight / 2]);
    const off: Vec3 = [this.centre[0] - at[0] * dx, this.centre[1] - at[1] * dy, 0];
    const { focalPoint } = this.viewport.getCamera();
    if (focalPoint)
      this.viewport.setCamera({ focalPoint: [focalPoint[0] + off[0], focalPoint[1] + off[1], focalPoint[2]] });
  }

  /** [col, row] of the shown frame to CSS px. */
  private pixelMap(): PlaneMap {
    const [dy, dx] = drawnSpacing(this.loaded.series, this.index);
    const { columns, rows } = this.loaded.series;
    // Drawn by the processor, the library's answer for a place is that of the place half a pixel before it.
    const half = this.onProcessor ? 0.5 : 0;
    const place = (col: number, row: number): readonly [number, number] =>
      this.viewport.worldToCanvas([(col + half) * dx, (row + half) * dy, this.index]);
    const origin = place(0, 0);
    const alongRow = place(columns, 0);
    const alongColumn = place(0, rows);
    return [
      (alongRow[0] - origin[0]) / columns,
      (alongColumn[0] - origin[0]) / rows,
      origin[0],
      (alongRow[1] - origin[1]) / columns,
      (alongColumn[1] - origin[1]) / rows,
      origin[1],
    ];
  }

  override map(): ViewMap | undefined {
    if (!this.isShown) return undefined;
    const pixels = this.pixelMap();
    // The element has its size back, the picture in it not yet.
    if (!isInvertible(pixels)) return undefined;
    return stackMap(this.loaded.series, this.index, pixels, [this.element.clientWidth, this.element.clientHeight]);
  }

  protected override letters(): Letters | null {
    const stored = storedDirections(this.loaded.series, this.index);
    return stored ? sideLetters(stored[0], stored[1]) : null;
  }

  protected override indexOf(
    to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm },
  ): number {
    if ('index' in to) return to.index;
    const { series } = this.loaded;
    if ('frame' in to) {
      const { ref, instance } = frameAt(series, this.index);
      if (instance.frames <= 1) return to.frame - 1;
      const found = series.frames.findIndex((other) => other.instance === ref.instance && other.frame === to.frame);
      return found >= 0 ? found : this.index;
    }
    let best = this.index;
    let least = Infinity;
    for (let k = 0; k < series.frames.length; k += 1) {
      const plane = slicePlane(series, k);
      const distance = plane ? Math.abs(distanceFromPlane(plane, to.point)) : Infinity;
      if (distance < least) {
        least = distance;
        best = k;
      }
    }
    return best;
  }

  protected override valueAtPoint(point: LpsMm | PixelXY): number | readonly number[] | null {
    const { series, samplesPerPixel } = this.loaded;
    const plane = slicePlane(series, this.index);
    const at = isPixel(point) ? point : plane && patientToPixel(plane, point);
    if (!at || !this.loaded.has(this.index)) return null;
    const col = Math.round(at[0]);
    const row = Math.round(at[1]);
    if (col < 0 || row < 0 || col >= series.columns || row >= series.rows) return null;
    const start = (row * series.columns + col) * samplesPerPixel;
    const values = this.loaded.frame(this.index).subarray(start, start + samplesPerPixel);
    return samplesPerPixel === 1 ? (values[0] ?? null) : [...values];
  }

  override play(on: boolean): void {
    this.stopFilm?.();
    this.filmed = [];
    this.stopFilm =
      on && this.count > 1 && !this.destroyed
        ? playFrames(this.loaded.series, this.index, (index) => this.show(index), this.pace)
        : null;
  }

  override scroll(by: number): void {
    this.play(false);
    super.scroll(by);
  }

  protected override fitCanvas(): void {
    if (!this.onProcessor) return;
    // It sizes the canvas of this way of drawing in CSS pixels, but reckons in those of the device.
    const { canvas } = this.viewport;
    const width = Math.round(this.element.clientWidth * devicePixelRatio);
    const height = Math.round(this.element.clientHeight * devicePixelRatio);
    if (canvas.width === width && canvas.height === height) return;
    canvas.width = width;
    canvas.height = height;
  }

  protected override dispose(): void {
    this.remove();
  }
}
