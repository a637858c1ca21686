import { Enums, RenderingEngine, StackViewport, VolumeViewport, VolumeViewport3D } from '@cornerstonejs/core';
import type { Series } from '../../src/dicom/index.ts';
import { withoutGraphics, type Capability } from './capability.ts';
import type { DisplayState } from './displayState.ts';
import { openingFrame } from './frameOrder.ts';
import { initialise } from './initialise.ts';
import { watchGraphics } from './lostGraphics.ts';
import { MprView } from './mprView.ts';
import { openingDisplay } from './openingDisplay.ts';
import type { PlaneView } from './planeView.ts';
import type { SeriesImages } from './seriesImages.ts';
import { makeImages } from './seriesImages.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import { loadSeries } from './seriesLoading.ts';
import type { SeriesVolume } from './seriesVolume.ts';
import { makeVolume } from './seriesVolume.ts';
import { StackView } from './stackView.ts';
import { previewOf } from './preview.ts';
import { thumbnailOf } from './thumbnail.ts';
import type { Engine, FrameSource, LoadedSeries, StartEngine, View, ViewName, Preview } from './types.ts';
import { VolumeView } from './volumeView.ts';
import { warmUp } from './warmUp.ts';

/** All that is held for one open series, let go of together. */
interface Held {
  readonly loaded: LoadingSeries;
  readonly images: SeriesImages;
  readonly views: Set<PlaneView>;
  volume: SeriesVolume | null;
  /** Of the reformatted planes, which share it. */
  planes: DisplayState | null;
}

let lastEngine = 0;
let lastView = 0;

/** Starts Cornerstone's core, its workers and a hidden first picture. See `Engine` for the rest. */
export const startEngine: StartEngine = (source) =>
  Promise.resolve().then(() => {
    lastEngine += 1;
    return new CornerstoneEngine(source, initialise(), `seldinger-engine-${lastEngine}`);
  });

class CornerstoneEngine implements Engine {
  readonly isolated: boolean;
  private readonly source: FrameSource;
  private readonly id: string;
  private capability: Capability;
  private rendering: RenderingEngine;
  private readonly held = new Map<string, Held>();
  private readonly warm: Promise<void>;
  private readonly lostListeners = new Set<() => void>();
  private readonly stopWatching: () => void;
  private planes: Promise<unknown> = Promise.resolve();
  private destroyed = false;

  constructor(source: FrameSource, capability: Capability, id: string) {
    this.source = source;
    this.capability = capability;
    // `?isolated=no` tries the slower way of pages without cross-origin isolation.
    this.isolated = globalThis.crossOriginIsolated && new URLSearchParams(location.search).get('isolated') !== 'no';
    this.id = id;
    this.rendering = new RenderingEngine(id);
    this.warm = capability.webgl ? warmUp(this.rendering) : Promise.resolve();
    this.stopWatching = watchGraphics(
      () => this.rendering.id,
      (again) => this.lose(again),
    );
  }

  get limitation(): string | null {
    return this.capability.limitation;
  }

  onLost(listener: () => void): () => void {
    this.lostListeners.add(listener);
    return () => this.lostListeners.delete(listener);
  }

  /** The graphics gave back nothing: everything that lived in them is let go. Pixels, windows and plan live elsewhere. */
  private lose(again: boolean): void {
    if (this.destroyed) return;
    // Whoever listens notes where each view stands, before it is gone.
    for (const listener of this.lostListeners) listener();
    for (const held of this.held.values()) {
      for (const view of [...held.views]) view.destroy();
      held.volume?.release();
      held.volume = null;
    }
    this.rendering.destroy();
    if (!again) this.capability = withoutGraphics(this.capability);
    lastEngine += 1;
    this.rendering = new RenderingEngine(`${this.id}-${lastEngine}`);
  }

  load(series: Series): LoadedSeries {
    return this.hold(series).loaded;
  }

  private hold(series: Series): Held {
    const known = this.held.get(series.key);
    if (known) return known;
    const loaded = loadSeries(series, this.source, this.isolated);
    const held: Held = { loaded, images: makeImages(loaded), views: new Set(), volume: null, planes: null };
    this.held.set(series.key, held);
    return held;
  }

  release(key: string): void {
    const held = this.held.get(key);
    if (!held) return;
    this.held.delete(key);
    held.loaded.abort();
    for (const view of [...held.views]) view.destroy();
    held.volume?.release();
    held.images.release();
  }

  thumbnail(series: Series, signal: AbortSignal): Promise<ImageData> {
    return thumbnailOf(series, this.source, signal);
  }
  preview(series: Series, signal: AbortSignal): Promise<Preview> {
    return previewOf(series, this.source, signal);
  }

  async createView(element: HTMLDivElement, name: ViewName, loaded: LoadedSeries): Promise<View> {
    const held = this.held.get(loaded.series.key);
    if (!held || held.loaded !== loaded) throw new Error('This series was closed.');
    await this.warm;
    if (name.startsWith('Stack')) return this.openStack(element, name, held);
    const { volume: geometry } = loaded.series;
    if (!this.capability.webgl) throw new Error(this.capability.limitation ?? '');
    if (!geometry) throw new Error('These images do not form a volume, so there are no planes or 3D view of them.');
    const side = Math.max(...geometry.dimensions);
    if (side > this.capability.largestVolumeSide) {
      throw new Error(
        `This volume is ${side} voxels long and the graphics of this computer hold ${this.capability.largestVolumeSide}: it can be seen as a stack only.`,
      );
    }
    if (name !== '3D') {
      // One after the other: the first plane is seen while the next are made.
      const mine = this.planes.catch(() => {}).then(() => this.openPlane(element, name, held));
      this.planes = mine;
      return mine;
    }
    return this.openVolume(element, held);
  }

  private nextId(): string {
    lastView += 1;
    return `seldinger-view-${lastView}`;
  }

  private async openStack(element: HTMLDivElement, name: ViewName, held: Held): Promise<View> {
    const { loaded, images } = held;
    const index = await firstShown(loaded, openingFrame(loaded.series));
    this.stillOpen(held);
    const colour = loaded.samplesPerPixel === 3;
    const onProcessor =
      !this.capability.webgl || (this.capability.software && !colour && !(loaded.data instanceof Float32Array));
    const id = this.nextId();
    const enable = (): void =>
      this.rendering.enableElement({ viewportId: id, element, type: Enums.ViewportType.STACK });
    if (onProcessor && this.capability.webgl) whileSmall(element, enable);
    else enable();
    const viewport = this.rendering.getViewport(id);
    if (!(viewport instanceof StackViewport)) throw new Error('The stack could not be drawn.');
    if (onProcessor && this.capability.webgl) {
      // Beside WebGL planes on the same engine: tried in cornerstone.md, "Speed, memory".
      viewport.setUseCPURendering(true);
      fitToElement(viewport);
      viewport.getUseCustomRenderingPipeline = () => true;
      // Any change of the library's settings would set it back.
      viewport.updateRenderingPipeline = () => {};
    }
    const display = openingDisplay(loaded.series, index, loaded.frame(index));
    const view: StackView = new StackView({
      name,
      element,
      loaded,
      display,
      viewport,
      images,
      index,
      onProcessor,
      remove: () => this.disable(id, held, () => view),
      resizeAll: () => this.resizeAll(),
    });
    held.views.add(view);
    return this.opened(view, held, view.open());
  }

  private async openPlane(element: HTMLDivElement, name: ViewName, held: Held): Promise<View> {
    const { loaded, images } = held;
    const { volume: geometry } = loaded.series;
    if (!geometry) throw new Error('These images do not form a volume.');
    const index = await firstShown(loaded, openingFrame(loaded.series));
    this.stillOpen(held);
    held.volume ??= makeVolume(loaded, images, geometry);
    held.planes ??= openingDisplay(loaded.series, index, loaded.frame(index));
    const id = this.nextId();
    this.rendering.enableElement({ viewportId: id, element, type: Enums.ViewportType.ORTHOGRAPHIC });
    const viewport = this.rendering.getViewport(id);
    if (!(viewport instanceof VolumeViewport)) throw new Error('The plane could not be drawn.');
    const view: MprView = new MprView({
      name,
      element,
      loaded,
      display: held.planes,
      viewport,
      volume: held.volume,
      geometry,
      remove: () => this.disable(id, held, () => view),
      resizeAll: () => this.resizeAll(),
    });
    held.views.add(view);
    return this.opened(view, held, view.open(this.rendering));
  }

  private async openVolume(element: HTMLDivElement, held: Held): Promise<View> {
    const { loaded, images } = held;
    const { volume: geometry } = loaded.series;
    if (!geometry) throw new Error('These images do not form a volume.');
    const index = await firstShown(loaded, openingFrame(loaded.series));
    this.stillOpen(held);
    const id = this.nextId();
    this.rendering.enableElement({
      viewportId: id,
      element,
      type: Enums.ViewportType.VOLUME_3D,
      defaultOptions: { parallelProjection: true, orientation: Enums.OrientationAxis.CORONAL },
    });
    const viewport = this.rendering.getViewport(id);
    if (!(viewport instanceof VolumeViewport3D)) throw new Error('The 3D view could not be drawn.');
    const view: VolumeView = new VolumeView({
      element,
      loaded,
      // Its own: a hand's window in 3D moves what is drawn there, not the planes.
      display: openingDisplay(loaded.series, index, loaded.frame(index)),
      viewport,
      geometry,
      software: this.capability.software,
      wholeVolume: () => (held.volume ??= makeVolume(loaded, images, geometry)),
      rendering: this.rendering,
      remove: () => this.disable(id, held, () => view),
      resizeAll: () => this.resizeAll(),
    });
    held.views.add(view);
    return this.opened(view, held, view.open());
  }

  /** A series closed while its first picture was made is told as that, not as what broke under it. */
  private async opened<V extends PlaneView>(view: V, held: Held, opening: Promise<void>): Promise<V> {
    try {
      await opening;
    } catch (why) {
      this.stillOpen(held);
      view.destroy();
      throw why;
    }
    this.stillOpen(held);
    return view;
  }

  private stillOpen(held: Held): void {
    if (this.destroyed || this.held.get(held.loaded.series.key) !== held) throw new Error('This series was closed.');
  }

  private resizeAll(): void {
    if (this.destroyed) return;
    this.rendering.resize(false, true);
    for (const { views } of this.held.values()) for (const view of views) view.settleSize();
  }

  private disable(id: string, held: Held, view: () => PlaneView): void {
    held.views.delete(view());
    if (this.destroyed) return;
    const viewport = this.rendering.getViewport(id);
    if (viewport instanceof VolumeViewport || viewport instanceof VolumeViewport3D) viewport.removeAllActors();
    this.rendering.disableElement(id);
    // What it leaves in the page.
    view().element.querySelector(':scope > .viewport-element')?.remove();
  }

  destroy(): void {
    if (this.destroyed) return;
    for (const key of [...this.held.keys()]) this.release(key);
    this.stopWatching();
    this.destroyed = true;
    this.rendering.destroy();
  }
}

/**
 * Enabling a view makes WebGL's canvas as large as it, even for one that the processor draws, and waits for the graphics to do so
 * (60 ms on a software rasterizer). A small element asks for nothing.
 */
function whileSmall(element: HTMLDivElement, enable: () => void): void {
  const { width, height, inset } = element.style;
  Object.assign(element.style, { width: '32px', height: '32px', inset: 'auto' });
  try {
    enable();
  } finally {
    Object.assign(element.style, { width, height, inset });
  }
}

function fitToElement(viewport: StackViewport): void {
  const { canvas, element } = viewport;
  canvas.width = Math.max(1, Math.round(element.clientWidth * devicePixelRatio));
  canvas.height = Math.max(1, Math.round(element.clientHeight * devicePixelRatio));
  canvas.style.aspectRatio = `${canvas.width} / ${canvas.height}`;
  viewport.sWidth = canvas.width;
  viewport.sHeight = canvas.height;
}

/** The frame to open with, or the first that can be read at all. @throws Error with a sentence when none can. */
async function firstShown(loaded: LoadingSeries, index: number): Promise<number> {
  try {
    await loaded.whenFrame(index);
    return index;
  } catch (why) {
    await loaded.whenAll().catch(() => {});
    for (const k of loaded.series.frames.keys()) if (loaded.has(k)) return k;
    throw why;
  }
}
