import type { LpsMm, Vec2 } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { sampleVolume } from '../../src/imaging/index.ts';
import { attachNavigation } from '../cornerstone/index.ts';
import type {
  AlongLine,
  LoadedSeries,
  View,
  ViewKind,
  ViewMap,
  ViewName,
  ViewState,
  WindowLevel,
} from '../cornerstone/types.ts';
import { greyPicture, readPicture } from './picture.ts';
import type { Picture, PictureWish } from './picture.ts';
import { nearestPosition, planeAt } from './shownLine.ts';
import type { LinePort, ShownLine } from './types.ts';

/** How a picture lies on the element: CSS px a mm, and where its along 0, across 0 stands. */
export interface Lie {
  readonly pxPerMm: number;
  readonly x: number;
  readonly y: number;
}

/**
 * A view of pixels read along a followed line, drawn by the page itself. What is to be read is the subclass's to say (`wish`); reading
 * goes on in slices beside the hands, and the picture before stays until the new one is whole.
 */
export abstract class LineView implements View {
  readonly name: ViewName;
  abstract readonly kind: ViewKind;
  abstract readonly along: AlongLine;
  readonly element: HTMLDivElement;
  readonly loaded: LoadedSeries;
  protected readonly port: LinePort;
  protected zoom = 1;
  protected pan: Vec2 = [0, 0];
  /** Of the reading that is shown or under way. */
  private asked = '';
  private held: Picture | null = null;
  private sheet: HTMLCanvasElement | null = null;
  private sheetOf: readonly unknown[] = [];
  private readonly canvas: HTMLCanvasElement;
  private readonly volume: Volume | null;
  private whole = false;
  private destroyed = false;
  private wanted = 0;
  private shown = 0;
  private painted = 0;
  private frame = 0;
  private waiting: { readonly state: number; readonly resolve: () => void }[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly undo: (() => void)[] = [];
  private stopReading = (): void => undefined;

  constructor(name: ViewName, element: HTMLDivElement, loaded: LoadedSeries, port: LinePort) {
    this.name = name;
    this.element = element;
    this.loaded = loaded;
    this.port = port;
    this.canvas = document.createElement('canvas');
    this.canvas.className = 'line-canvas';
    this.canvas.ariaHidden = 'true';
    element.append(this.canvas);
    const geometry = loaded.series.volume;
    this.volume =
      geometry === null || loaded.samplesPerPixel !== 1 ? null : { geometry, data: loaded.data, unit: loaded.unit };
    this.undo.push(
      attachNavigation(element, {
        scroll: (by) => this.scroll(by),
        windowBy: (dx, dy) => this.port.lead(loaded)?.dragWindow?.(dx, dy),
        panBy: (canvas) => this.panBy(canvas),
        zoomBy: (factor, at) => this.zoomBy(factor, at),
      }),
      port.onChange(() => this.request()),
      port.onWindow(() => this.request()),
    );
    loaded.whenAll().then(
      () => {
        this.whole = true;
        this.request();
      },
      () => undefined,
    );
    this.request();
  }

  /** What the present state shows; null: no line. */
  protected abstract wish(line: ShownLine): PictureWish & { readonly key: string };
  /** Where the picture lies at the present zoom. */
  protected abstract lie(line: ShownLine): Lie;
  abstract map(): ViewMap | undefined;
  protected abstract letters(): ViewState['letters'];

  protected get line(): ShownLine | null {
    return this.destroyed ? null : this.port.line(this.loaded);
  }
  /** CSS px. */
  protected get size(): Vec2 {
    return [Math.max(1, this.element.clientWidth), Math.max(1, this.element.clientHeight)];
  }
  /** mm between two values, fine enough for the screen and not finer than the voxels tell; steps of a half octave. */
  protected stepMm(pxPerMm: number): number {
    const finest = Math.min(...(this.loaded.series.volume?.spacing ?? [1])) / 3;
    const wanted = Math.min(1, Math.max(finest, 1 / (pxPerMm * Math.min(2, devicePixelRatio))));
    return 2 ** (Math.floor(2 * Math.log2(wanted)) / 2);
  }

  state(): ViewState {
    const { series } = this.loaded;
    const { line } = this;
    const lead = this.port.lead(this.loaded)?.state();
    const map = this.map();
    const [width, height] = this.size;
    return {
      name: this.name,
      kind: this.kind,
      seriesKey: series.key,
      seriesInstanceUID: series.seriesInstanceUID,
      frame: null,
      frameRef: null,
      index: line === null ? 0 : planeAt(line, this.port.positionMm()).index,
      count: line?.sections.length ?? 0,
      position: map === undefined || map.in === 'image' ? null : map.toPoint([width / 2, height / 2]),
      rendered: this.clean,
      framesPainted: this.painted,
      complete: this.whole && this.clean,
      window: line === null ? null : (lead?.window ?? null),
      windowName: line === null ? null : (lead?.windowName ?? null),
      inverted: lead?.inverted ?? false,
      zoom: this.zoom,
      letters: line === null ? null : this.letters(),
      playing: false,
      pace: 1,
      shownRate: null,
      slab: null,
      oblique: false,
    };
  }

  private get clean(): boolean {
    return this.painted > 0 && this.shown === this.wanted;
  }

  async go(to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm }): Promise<void> {
    const { line } = this;
    if (line !== null) {
      const last = line.sections.length - 1;
      const index = 'index' in to ? to.index : 'frame' in to ? to.frame - 1 : 0;
      const position =
        'point' in to
          ? nearestPosition(line, to.point).positionMm
          : (line.sections[Math.min(last, Math.max(0, Math.round(index)))]?.positionMm ?? 0);
      this.port.move(position);
    }
    await this.whenPainted();
  }

  /** By sections, that is by half a millimetre. */
  scroll(by: number): void {
    const { line } = this;
    if (line === null) return;
    const step = line.lengthMm / Math.max(1, line.sections.length - 1);
    this.port.move(Math.min(line.lengthMm, Math.max(0, this.port.positionMm() + by * step)));
  }

  setWindow(window: WindowLevel, name?: string): void {
    this.port.lead(this.loaded)?.setWindow(window, name);
  }
  invert(): void {
    this.port.lead(this.loaded)?.invert();
  }
  fit(): void {
    this.zoom = 1;
    this.pan = [0, 0];
    this.request();
  }
  reset(): void {
    this.fit();
  }
  zoomBy(factor: number, at?: Vec2): void {
    const zoom = Math.max(0.2, Math.min(40, this.zoom * factor));
    const [width, height] = this.size;
    const [x, y] = at ?? [width / 2, height / 2];
    const grown = zoom / this.zoom;
    // What lies under the pointer stays there: the picture grows about the middle of the element, moved by `pan`.
    this.pan = [
      x - width / 2 - (x - width / 2 - this.pan[0]) * grown,
      y - height / 2 - (y - height / 2 - this.pan[1]) * grown,
    ];
    this.zoom = zoom;
    this.request();
  }
  panBy(canvas: Vec2): void {
    this.pan = [this.pan[0] + canvas[0], this.pan[1] + canvas[1]];
    this.request();
  }
  play(_on: boolean): void {
    // It has no time.
  }
  changePace(_by: 1 | -1): void {
    // It has no time.
  }
  showShapes(): void {
    // The overlay of the marks draws over it.
  }
  onDrawn(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
  valueAt(canvas: Vec2): { point: LpsMm; value: number; unit: string } | null {
    const map = this.map();
    if (map === undefined || map.in === 'image' || this.volume === null || !this.whole) return null;
    const point = map.toPoint(canvas);
    const value = sampleVolume(this.volume, point);
    return value === undefined ? null : { point, value, unit: this.volume.unit };
  }
  resize(): void {
    this.request();
  }
  destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.stopReading();
    cancelAnimationFrame(this.frame);
    for (const stop of this.undo.splice(0)) stop();
    for (const { resolve } of this.waiting.splice(0)) resolve();
    this.listeners.clear();
    this.canvas.remove();
  }

  protected request(): void {
    if (this.destroyed) return;
    this.wanted += 1;
    if (this.frame === 0)
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.draw();
      });
    // Overlays follow at once, before the picture.
    for (const listener of [...this.listeners]) listener();
  }

  private whenPainted(): Promise<void> {
    if (this.clean || this.destroyed || this.element.clientWidth === 0) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push({ state: this.wanted, resolve }));
  }

  private draw(): void {
    const state = this.wanted;
    const { line } = this;
    const [width, height] = this.size;
    const ratio = Math.max(1, devicePixelRatio);
    const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.canvas.width !== across || this.canvas.height !== down)
      [this.canvas.width, this.canvas.height] = [across, down];
    const pen = this.canvas.getContext('2d');
    if (pen === null) return;
    const ready = line === null || this.volume === null || this.read(line, this.volume);
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.fillStyle = '#000';
    pen.fillRect(0, 0, across, down);
    if (line !== null && this.held !== null) this.blit(pen, line, this.held, ratio);
    if (!ready) return;
    this.painted += 1;
    this.shown = state;
    const done = this.waiting.filter((one) => one.state <= state);
    this.waiting = this.waiting.filter((one) => one.state > state);
    for (const { resolve } of done) resolve();
    for (const listener of [...this.listeners]) listener();
  }

  /** Whether the picture held is that of the present state; else its reading is under way. */
  private read(line: ShownLine, volume: Volume): boolean {
    if (!this.whole) return false;
    const wish = this.wish(line);
    if (wish.key === this.asked) return this.held !== null && this.held.reformation === this.keptWish?.reformation;
    this.asked = wish.key;
    this.keptWish = wish;
    this.stopReading();
    let soon = true;
    this.stopReading = readPicture(volume, wish, (picture) => {
      this.held = picture;
      if (soon) return;
      this.draw();
    });
    soon = false;
    return this.held?.reformation === wish.reformation;
  }
  private keptWish: PictureWish | null = null;

  private blit(pen: CanvasRenderingContext2D, line: ShownLine, picture: Picture, ratio: number): void {
    const lead = this.port.lead(this.loaded);
    const now = lead?.state();
    const of = [picture, now?.window?.centre, now?.window?.width, now?.windowName, now?.inverted];
    if (this.sheet === null || of.some((one, at) => one !== this.sheetOf[at])) {
      const image = greyPicture(picture, (value) => lead?.brightness?.(value) ?? plain(value));
      this.sheet ??= document.createElement('canvas');
      [this.sheet.width, this.sheet.height] = [image.width, image.height];
      this.sheet.getContext('2d')?.putImageData(image, 0, 0);
      this.sheetOf = of;
    }
    const { pxPerMm, x, y } = this.lie(line);
    const { reformation, fromMm, toMm, count } = picture;
    const { stepMm, lines } = reformation;
    const acrossStep = count > 1 ? (toMm - fromMm) / (count - 1) : stepMm;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.imageSmoothingQuality = 'high';
    // A value stands in the middle of its pixel.
    pen.drawImage(
      this.sheet,
      x - (stepMm / 2) * pxPerMm,
      y + (fromMm - acrossStep / 2) * pxPerMm,
      lines.length * stepMm * pxPerMm,
      count * acrossStep * pxPerMm,
    );
  }
}

/** CTA's usual window, where there is no plane to share one with. */
function plain(value: number): number {
  return Math.min(1, Math.max(0, (value + 150) / 700));
}
