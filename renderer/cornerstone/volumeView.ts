import type { RenderingEngine, Types, VolumeViewport3D } from '@cornerstonejs/core';
import { setVolumesForViewports } from '@cornerstonejs/core';
import type { LpsMm, VolumeGeometry, Vec3 } from '../../src/geometry/index.ts';
import { along, cross, dot, normalize } from '../../src/geometry/index.ts';
import { projectionOf } from './affine.ts';
import type { DisplayState } from './displayState.ts';
import type { Letters } from './letters.ts';
import type { Aim } from './planeView.ts';
import type { OrientationMarker } from './orientationMarker.ts';
import { showOrientationMarker } from './orientationMarker.ts';
import { PlaneView } from './planeView.ts';
import { reduceVolume } from './reducedVolume.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import type { SeriesVolume } from './seriesVolume.ts';
import { corners } from './sliceGrid.ts';
import type { ShownItem } from './solidShapes.ts';
import { solidsOf } from './solidShapes.ts';
import { applyLook } from './tissueLook.ts';
import type { Solid, ViewMap, VolumeLook, WindowLevel } from './types.ts';
import { lookPoints, looksFor } from './volumeLooks.ts';

/** Longest side of the copy drawn by a software rasterizer, voxels: about a second a picture. */
const reducedSide = 112;
/** The same where a graphics card draws, once voxels are hidden: the planes' own volume cannot lack any. */
const hiddenSide = 320;
/** While the hand turns it a slow machine takes this many times longer steps along its rays. */
const coarseSteps = 4;
/** How long the hand rests before a slow machine draws the fine picture, ms. */
const restMs = 350;

/** The whole volume, turned by the left button, with the marks as solid bodies in it. Drawn only when something changed. */
export class VolumeView extends PlaneView {
  override readonly kind = 'volume' as const;
  protected override readonly viewport: VolumeViewport3D;
  protected override readonly index = 0;
  protected override readonly count = 1;
  protected override readonly frameIndex = null;
  protected override readonly playing = false;
  private readonly geometry: VolumeGeometry;
  private readonly software: boolean;
  private readonly wholeVolume: () => SeriesVolume;
  private readonly rendering: RenderingEngine;
  private readonly remove: () => void;
  protected override readonly resizeAll: () => void;
  private right: Vec3 = [1, 0, 0];
  private down: Vec3 = [0, 0, -1];
  private readonly middle: Vec3;
  private readonly diameter: number;
  private shown: readonly string[] = [];
  private items: readonly ShownItem[] = [];
  private drawn: { readonly id: string; readonly whole: SeriesVolume | null; release: () => void } | null = null;
  private ready = false;
  private readonly looks: readonly VolumeLook[];
  private readonly openingWindow: WindowLevel;
  private look: VolumeLook;
  private tissue: Types.VolumeActor | null = null;
  private everyVoxel: number | null = null;
  private hidden: Uint8Array | null = null;
  /** The hand is turning and the machine is slow. */
  private isCoarse = false;
  private marker: OrientationMarker | null = null;
  private rest: ReturnType<typeof setTimeout> | null = null;

  constructor(given: {
    element: HTMLDivElement;
    loaded: LoadingSeries;
    display: DisplayState;
    viewport: VolumeViewport3D;
    geometry: VolumeGeometry;
    software: boolean;
    wholeVolume: () => SeriesVolume;
    rendering: RenderingEngine;
    remove: () => void;
    resizeAll: () => void;
  }) {
    super('3D', given.element, given.loaded, given.display, (dx, dy) => this.turn(dx, dy));
    this.viewport = given.viewport;
    this.looks = looksFor(given.loaded.series.modality);
    this.look = this.looks[0] ?? 'mip';
    this.openingWindow = given.display.window;
    this.geometry = given.geometry;
    this.software = given.software;
    this.wholeVolume = given.wholeVolume;
    this.rendering = given.rendering;
    this.remove = given.remove;
    this.resizeAll = given.resizeAll;
    const ends = corners(given.geometry, 0.5);
    const sum = ends.reduce<Vec3>((a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]], [0, 0, 0]);
    this.middle = [sum[0] / 8, sum[1] / 8, sum[2] / 8];
    const apart = (axis: 0 | 1 | 2): number =>
      Math.max(...ends.map((p) => p[axis])) - Math.min(...ends.map((p) => p[axis]));
    this.diameter = Math.max(apart(0), apart(1), apart(2)) * 1.15;
    this.centre = this.middle;
  }

  /** An empty picture at once; the volume comes when all its slices have. */
  async open(): Promise<void> {
    this.moveCamera();
    await this.painter.whenPainted();
    // Without the volume the marks can still be seen.
    this.addVolume().catch((why: unknown) => console.warn('The volume could not be drawn in 3D.', why));
  }

  private async addVolume(): Promise<void> {
    await this.loaded.whenAll().catch(() => {});
    if (this.destroyed || this.loaded.landed === 0) return;
    const { hidden, software } = this;
    const whole = software || hidden !== null ? null : this.wholeVolume();
    const volume =
      whole ?? (await reduceVolume(this.loaded, this.geometry, software ? reducedSide : hiddenSide, hidden));
    if (this.destroyed || hidden !== this.hidden) {
      if (!whole) volume.release();
      // Other voxels were hidden meanwhile: what was asked for last is drawn.
      return this.destroyed ? undefined : this.addVolume();
    }
    const before = this.drawn;
    // The planes' volume belongs to the series; the copy is ours.
    this.drawn = { id: volume.id, whole, release: whole ? () => {} : volume.release };
    this.everyVoxel = 'everyVoxel' in volume ? volume.everyVoxel : 1;
    volume.beforeFirstPicture();
    if (whole) this.whenDestroyed(whole.addView(() => this.painter.request()));
    await setVolumesForViewports(
      this.rendering,
      [{ volumeId: volume.id, callback: ({ volumeActor }) => this.dress(volumeActor) }],
      [this.viewport.id],
    );
    if (this.destroyed) return;
    before?.release();
    this.shown = [];
    this.placeMarks();
    this.moveCamera();
    await this.painter.whenPainted();
    if (this.destroyed) return;
    volume.afterFirstPicture(this.rendering, this.viewport.id);
    this.ready = true;
    if (this.destroyed || this.marker !== null) return;
    await this.addMarker().catch((why: unknown) => console.warn('The orientation marker could not be shown.', why));
  }

  /** The window of a hand moves and stretches the look; a named one is for planes and is not of use here. */
  private dress(actor: Types.VolumeActor | null): void {
    // A volume made anew while the hand turns has the fine steps of its own.
    if (this.tissue !== actor) this.isCoarse = false;
    this.tissue = actor;
    if (actor === null) return;
    const { name, window } = this.display;
    const moved = name === null ? window : this.openingWindow;
    const points = lookPoints(this.look, this.loaded.series.modality, moved, this.openingWindow);
    applyLook(actor, points, this.look === 'mip');
    // Light and shade need six more samples at every step.
    if (this.isCoarse) actor.getProperty().setShade(false);
  }

  get solid(): Solid {
    const { looks, look, everyVoxel, hidden } = this;
    return {
      looks,
      look,
      everyVoxel,
      hidden,
      hide: async (voxels) => {
        if (voxels === this.hidden || this.destroyed) return;
        this.hidden = voxels;
        if (this.drawn !== null) await this.addVolume();
        await this.painter.whenPainted();
      },
      show: (wanted) => {
        if (!looks.includes(wanted) || this.destroyed) return;
        this.look = wanted;
        this.applyDisplay();
      },
      face: ({ right, down }) => {
        this.right = right;
        this.down = down;
        this.moveCamera();
      },
    };
  }

  private async addMarker(): Promise<void> {
    const marker = await showOrientationMarker(this.viewport, this.rendering.id);
    if (this.destroyed) return marker.remove();
    this.marker = marker;
    marker.follow();
    this.painter.request();
  }

  protected override moveCamera(): void {
    super.moveCamera();
    this.marker?.follow();
  }

  override showShapes(items: readonly ShownItem[]): void {
    this.items = items;
    if (!this.software || !this.drawn) return this.placeMarks();
    this.later(() => this.placeMarks());
  }

  private placeMarks(): void {
    if (this.destroyed) return;
    const present = this.shown.filter((uid) => this.viewport.getActor(uid));
    if (present.length > 0) this.viewport.removeActors([...present]);
    const solids = this.items.flatMap((item) => solidsOf(item, this.diameter / 350));
    for (const entry of solids) this.viewport.addActor(entry);
    this.shown = solids.map(({ uid }) => uid);
    this.moveCamera();
  }

  private later(run: () => void): void {
    if (this.rest !== null) clearTimeout(this.rest);
    this.rest = setTimeout(() => {
      this.rest = null;
      run();
    }, restMs);
  }

  /** Turns the patient under the hand: a whole width of the element is half a turn. */
  private turn(dx: number, dy: number): void {
    const speed = Math.PI / Math.max(1, this.element.clientWidth);
    const into = cross(this.right, this.down);
    const yaw = -dx * speed;
    const right = normalize(along(scaled(this.right, Math.cos(yaw)), into, Math.sin(yaw)));
    const depth = cross(right, this.down);
    const pitch = -dy * speed;
    const down = along(scaled(this.down, Math.cos(pitch)), depth, Math.sin(pitch));
    this.right = right;
    // Square again, whatever rounding did.
    this.down = normalize(along(down, right, -dot(down, right)));
    this.coarse(true);
    this.moveCamera();
    this.later(() => {
      this.coarse(false);
      this.moveCamera();
    });
  }

  /** A slow machine draws less of the volume while it is turned; all of it when the hand rests. */
  private coarse(on: boolean): void {
    const mapper = this.tissue?.getMapper();
    if (!this.software || !mapper || this.isCoarse === on) return;
    this.isCoarse = on;
    mapper.setSampleDistance(mapper.getSampleDistance() * (on ? coarseSteps : 1 / coarseSteps));
    this.dress(this.tissue);
  }

  override reset(): void {
    this.right = [1, 0, 0];
    this.down = [0, 0, -1];
    super.reset();
  }

  protected override get settled(): boolean {
    return true;
  }
  protected override get complete(): boolean {
    const uploaded = this.drawn?.whole?.uploaded ?? true;
    return this.ready && uploaded && this.painter.clean && this.loaded.landed === this.loaded.series.frames.length;
  }
  protected override whenDecoded(): Promise<void> {
    return Promise.resolve();
  }
  protected override aim(): Aim {
    return { right: this.right, down: this.down, extent: [this.diameter, this.diameter], middle: this.middle };
  }
  protected override applyDisplay(): void {
    this.dress(this.tissue);
    this.painter.request();
  }
  protected override show(_index: number): void {}
  protected override indexOf(): number {
    return 0;
  }
  protected override valueAtPoint(): null {
    return null;
  }
  override play(_on: boolean): void {}

  /** Brings a point to the middle. */
  override async go(
    to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm },
  ): Promise<void> {
    if ('point' in to && this.zoom > 1.5) {
      this.centre = to.point;
      this.moveCamera();
    }
    await this.painter.whenPainted();
  }

  override map(): ViewMap | undefined {
    if (!this.isShown) return undefined;
    const { series } = this.loaded;
    const { right, down, centre } = this;
    const toCanvas = projectionOf((point) => this.viewport.worldToCanvas([...point]), centre, this.diameter);
    const [x0, y0, z0, , x1, y1, z1] = toCanvas;
    const pixelsPerMm = Math.hypot(x0, y0, z0);
    const hereX = dot([x0, y0, z0], centre) + toCanvas[3];
    const hereY = dot([x1, y1, z1], centre) + toCanvas[7];
    return {
      in: 'patient',
      on: {
        in: 'patient',
        frameOfReferenceUID: series.frameOfReferenceUID,
        seriesInstanceUID: series.seriesInstanceUID,
        part: series.part,
      },
      toCanvas,
      plane: { through: centre, right, down, normal: cross(right, down) },
      toPoint: (canvas) =>
        along(along(centre, right, (canvas[0] - hereX) / pixelsPerMm), down, (canvas[1] - hereY) / pixelsPerMm),
      halfThicknessMm: this.diameter,
      millimetresPerPixel: 1 / pixelsPerMm,
      projection: true,
    };
  }

  protected override letters(): Letters | null {
    return this.lettersOf(this.map());
  }

  protected override dispose(): void {
    if (this.rest !== null) clearTimeout(this.rest);
    this.marker?.remove();
    this.marker = null;
    this.tissue = null;
    this.remove();
    this.drawn?.release();
    this.drawn = null;
  }
}

function scaled(v: Vec3, factor: number): Vec3 {
  return [v[0] * factor, v[1] * factor, v[2] * factor];
}
