import type { Types } from '@cornerstonejs/core';
import type { LpsMm, PixelXY, Vec2, Vec3 } from '../../src/geometry/index.ts';
import { along, cross } from '../../src/geometry/index.ts';
import type { Shape } from '../../src/geometry/index.ts';
import type { Slab } from '../../src/imaging/index.ts';
import type { DisplayState } from './displayState.ts';
import { sideLetters } from './letters.ts';
import type { Letters } from './letters.ts';
import { nextPace } from './cine.ts';
import { attachNavigation } from './navigation.ts';
import { Painter } from './painter.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import type { ShownRate, View, ViewKind, ViewMap, ViewName, ViewState, WindowLevel } from './types.ts';

/** How a picture lies in the space it is drawn in: unit vectors to the right and down on screen, and what of it must be seen at fit. */
export interface Aim {
  readonly right: Vec3;
  readonly down: Vec3;
  /** Width and height of the whole picture in the drawing space's unit. */
  readonly extent: Vec2;
  readonly middle: Vec3;
}

/** All this needs of a viewport of Cornerstone. */
export interface Drawable {
  render(): void;
  setCamera(camera: Types.ICamera): void;
}

/**
 * A view of one plane, stack or reformatted. The camera is ours: a centre, a zoom relative to fit, the aim; Cornerstone is told it after
 * every change, and the map is read back from Cornerstone, so what we say of the picture is what it draws.
 */
export abstract class PlaneView implements View {
  readonly name: ViewName;
  abstract readonly kind: ViewKind;
  readonly element: HTMLDivElement;
  readonly loaded: LoadingSeries;
  protected readonly painter: Painter;
  protected readonly display: DisplayState;
  protected centre: Vec3 = [0, 0, 0];
  protected zoom = 1;
  protected pace = 1;
  protected destroyed = false;
  private readonly undo: (() => void)[] = [];

  protected constructor(
    name: ViewName,
    element: HTMLDivElement,
    loaded: LoadingSeries,
    display: DisplayState,
    turnBy?: (dx: number, dy: number) => void,
  ) {
    this.name = name;
    this.element = element;
    this.loaded = loaded;
    this.display = display;
    this.painter = new Painter(element, () => {
      if (!this.destroyed) this.viewport.render();
    });
    this.undo.push(
      attachNavigation(element, {
        scroll: (by) => this.scroll(by),
        windowBy: (dx, dy) => this.dragWindow(dx, dy),
        panBy: (canvas) => this.panBy(canvas),
        zoomBy: (factor, at) => this.zoomBy(factor, at),
        ...(turnBy ? { turnBy } : {}),
      }),
      display.onChange(() => {
        this.applyDisplay();
        this.painter.request();
      }),
    );
  }

  protected abstract readonly viewport: Drawable;
  protected abstract aim(): Aim;
  protected abstract applyDisplay(): void;
  protected abstract readonly index: number;
  protected abstract readonly count: number;
  /** Nothing the present picture needs is still to come. */
  protected abstract readonly settled: boolean;
  protected abstract readonly frameIndex: number | null;
  protected abstract readonly playing: boolean;
  protected abstract letters(): Letters | null;
  protected abstract show(index: number): void;
  /** Of the values shown. */
  protected get unit(): string {
    return this.loaded.unit;
  }
  protected abstract valueAtPoint(point: LpsMm | PixelXY): number | readonly number[] | null;
  protected abstract indexOf(
    to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm },
  ): number;
  protected abstract whenDecoded(): Promise<void>;
  abstract map(): ViewMap | undefined;
  abstract play(on: boolean): void;

  state(): ViewState {
    const { series } = this.loaded;
    const ref = this.frameIndex === null ? null : (series.frames[this.frameIndex] ?? null);
    const map = this.map();
    return {
      name: this.name,
      kind: this.kind,
      seriesKey: series.key,
      seriesInstanceUID: series.seriesInstanceUID,
      frame: ref?.frame ?? null,
      frameRef: ref,
      index: this.index,
      count: this.count,
      position: map?.in === 'patient' ? map.plane.through : null,
      rendered: this.painter.clean && this.settled,
      framesPainted: this.painter.painted,
      complete: this.complete,
      window: this.display.window,
      windowName: this.display.name,
      inverted: this.display.inverted,
      zoom: this.zoom,
      letters: this.letters(),
      playing: this.playing,
      pace: this.pace,
      shownRate: this.shownRate,
      slab: this.slab,
      oblique: this.oblique,
    };
  }

  /** Behind a full view it has no size, and what would be computed from that is no place. */
  protected get isShown(): boolean {
    return this.painter.painted > 0 && !this.destroyed && this.element.clientWidth > 0 && this.element.clientHeight > 0;
  }
  protected abstract readonly complete: boolean;
  protected get shownRate(): ShownRate | null {
    return null;
  }
  protected get slab(): Slab | null {
    return null;
  }
  protected get oblique(): boolean {
    return false;
  }

  changePace(by: 1 | -1): void {
    this.pace = nextPace(this.pace, by);
    // From here on, at the new pace.
    if (this.playing) this.play(true);
    this.painter.moved();
  }

  async go(to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm }): Promise<void> {
    this.show(this.clampIndex(this.indexOf(to)));
    await this.whenDecoded().catch(() => {});
    await this.painter.whenPainted();
  }

  scroll(by: number): void {
    const index = this.clampIndex(this.index + by);
    if (index !== this.index) this.show(index);
  }

  protected clampIndex(index: number): number {
    return Math.max(0, Math.min(this.count - 1, Math.round(index)));
  }

  setWindow(window: WindowLevel, name?: string): void {
    this.display.setWindow(window, name ?? null);
  }

  dragWindow(dx: number, dy: number): void {
    this.display.dragWindow(dx, dy, !(this.loaded.data instanceof Float32Array));
  }

  invert(): void {
    this.display.invert();
  }

  fit(): void {
    const aim = this.aim();
    const normal = cross(aim.right, aim.down);
    // The centre stays in its plane.
    const depth =
      normal[0] * (this.centre[0] - aim.middle[0]) +
      normal[1] * (this.centre[1] - aim.middle[1]) +
      normal[2] * (this.centre[2] - aim.middle[2]);
    this.centre = along(aim.middle, normal, depth);
    this.zoom = 1;
    this.moveCamera();
  }

  reset(): void {
    this.fit();
    this.display.reset();
  }

  zoomBy(factor: number, at?: Vec2): void {
    const zoom = Math.max(0.05, Math.min(200, this.zoom * factor));
    const place = at ?? [this.element.clientWidth / 2, this.element.clientHeight / 2];
    const before = this.unitsPerPixel();
    this.zoom = zoom;
    const after = this.unitsPerPixel();
    const { right, down } = this.aim();
    const dx = (place[0] - this.element.clientWidth / 2) * (before - after);
    const dy = (place[1] - this.element.clientHeight / 2) * (before - after);
    this.centre = along(along(this.centre, right, dx), down, dy);
    this.moveCamera();
  }

  panBy(canvas: Vec2): void {
    const unit = this.unitsPerPixel();
    const { right, down } = this.aim();
    this.centre = along(along(this.centre, right, -canvas[0] * unit), down, -canvas[1] * unit);
    this.moveCamera();
  }

  showShapes(
    _shapes: readonly { readonly id: string; readonly shapes: readonly Shape[]; readonly colour: string }[],
  ): void {
    // Planes are drawn over by the overlay of the marks.
  }

  onDrawn(listener: () => void): () => void {
    return this.painter.onDrawn(listener);
  }

  valueAt(canvas: Vec2): { point: LpsMm | PixelXY; value: number | readonly number[]; unit: string } | null {
    const map = this.map();
    if (!map) return null;
    const point = map.toPoint(canvas);
    const value = this.valueAtPoint(point);
    return value === null ? null : { point, value, unit: this.unit };
  }

  resize(): void {
    if (!this.destroyed) this.resizeAll();
  }

  /** After Cornerstone looked at the sizes of all its viewports, which sets cameras anew, also those of elements that stayed as they were. */
  settleSize(): void {
    if (this.destroyed || this.element.clientWidth === 0 || this.element.clientHeight === 0) return;
    this.fitCanvas();
    this.moveCamera();
  }

  protected abstract readonly resizeAll: () => void;

  protected fitCanvas(): void {
    // Cornerstone gives WebGL's canvases their size.
  }

  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const stop of this.undo.splice(0)) stop();
    this.painter.destroy();
    this.dispose();
  }

  protected abstract dispose(): void;

  protected whenDestroyed(stop: () => void): void {
    this.undo.push(stop);
  }

  /** Half the height of the element in the drawing space's unit. */
  protected parallelScale(): number {
    const { extent } = this.aim();
    const shape = this.element.clientWidth / Math.max(1, this.element.clientHeight);
    return Math.max(extent[1] / 2, extent[0] / 2 / Math.max(1e-6, shape)) / this.zoom;
  }

  protected unitsPerPixel(): number {
    return (2 * this.parallelScale()) / Math.max(1, this.element.clientHeight);
  }

  protected moveCamera(): void {
    this.applyCamera();
    this.painter.request();
    this.painter.moved();
  }

  protected applyCamera(): void {
    const { right, down } = this.aim();
    const scale = this.parallelScale();
    const into = cross(right, down);
    const focal = this.focalPoint();
    this.viewport.setCamera({
      focalPoint: [...focal],
      position: [...along(focal, into, -1000)],
      viewUp: [-down[0], -down[1], -down[2]],
      viewPlaneNormal: [-into[0], -into[1], -into[2]],
      parallelScale: scale,
    });
  }

  /** Where Cornerstone must look so that `centre` lies in the middle. */
  protected focalPoint(): Vec3 {
    return this.centre;
  }

  protected lettersOf(map: ViewMap | undefined): Letters | null {
    return map?.in === 'patient' ? sideLetters(map.plane.right, map.plane.down) : null;
  }
}
