import type { Types, VolumeViewport } from '@cornerstonejs/core';
import { Enums, setVolumesForViewports } from '@cornerstonejs/core';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import type { RenderingEngine } from '@cornerstonejs/core';
import type { LpsMm, PixelXY, Vec2, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import { along, dot, isPixel, patientToVoxel } from '../../src/geometry/index.ts';
import type { Slab } from '../../src/imaging/index.ts';
import { throughSlab } from '../../src/imaging/index.ts';
import { projectionOf } from './affine.ts';
import type { Brightness, Padding } from './brightness.ts';
import { brightnessOf, brightnessPoints, sharedPadding } from './brightness.ts';
import type { DisplayState } from './displayState.ts';
import type { Letters } from './letters.ts';
import type { Aim } from './planeView.ts';
import type { Facing } from './planeAims.ts';
import { centreTurned, facingOf, isTurned, normalOf, squared } from './planeAims.ts';
import { PlaneView } from './planeView.ts';
import { setRaySteps } from './raySteps.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import type { SeriesVolume } from './seriesVolume.ts';
import type { SliceGrid } from './sliceGrid.ts';
import { extentAlong, sliceGrid } from './sliceGrid.ts';
import { makeSlabsExact } from './slabShader.ts';
import type { ViewMap, ViewName } from './types.ts';

/**
 * Cornerstone 5.14 draws the plane this much nearer to the viewer than the focal point, whatever the spacing and the zoom (measured with a
 * bright voxel cut obliquely: 0.062 mm; its thinnest slab is 0.05 mm to either side). Along the normal, so the map is not touched.
 */
const drawnNearerMm = 0.0625;

export const thinnestSlabMm = 0.5;
export const thickestSlabMm = 300;

const blends = {
  mip: Enums.BlendModes.MAXIMUM_INTENSITY_BLEND,
  minip: Enums.BlendModes.MINIMUM_INTENSITY_BLEND,
  mean: Enums.BlendModes.AVERAGE_INTENSITY_BLEND,
} as const;

/** A plane through the volume, or a slab about it. Scrolling moves the camera along the normal ourselves: the library's own steps are not the voxels' in a slanted volume. */
export class MprView extends PlaneView {
  override readonly kind = 'mpr' as const;
  protected override readonly viewport: VolumeViewport;
  protected override readonly playing = false;
  private readonly geometry: VolumeGeometry;
  private readonly volume: SeriesVolume;
  private grid: SliceGrid;
  private readonly straight: Facing;
  private facing: Facing;
  /** Size and middle of the picture as the name says it lies: a plane that turns does not change its scale. */
  private readonly extent: Vec2;
  private readonly middle: Vec3;
  private thick: Slab | null = null;
  private bright: Brightness | null = null;
  private readonly remove: () => void;
  protected override readonly resizeAll: () => void;
  private readonly padding: Padding | null;
  private readonly colours = vtkColorTransferFunction.newInstance();

  constructor(given: {
    name: ViewName;
    element: HTMLDivElement;
    loaded: LoadingSeries;
    display: DisplayState;
    viewport: VolumeViewport;
    volume: SeriesVolume;
    geometry: VolumeGeometry;
    remove: () => void;
    resizeAll: () => void;
  }) {
    super(given.name, given.element, given.loaded, given.display);
    this.viewport = given.viewport;
    this.geometry = given.geometry;
    this.padding = sharedPadding(given.loaded.series);
    this.volume = given.volume;
    this.remove = given.remove;
    this.resizeAll = given.resizeAll;
    this.straight = facingOf(given.name);
    this.facing = this.straight;
    const { right, down } = this.straight;
    const normal = normalOf(this.straight);
    const across = extentAlong(given.geometry, right);
    const high = extentAlong(given.geometry, down);
    const deep = extentAlong(given.geometry, normal);
    this.grid = sliceGrid(given.geometry, normal);
    this.extent = [across.width, high.width];
    this.middle = along(along(along([0, 0, 0], right, across.middle), down, high.middle), normal, deep.middle);
    this.centre = this.middle;
    this.centre = this.onPlane(this.index);
    this.whenDestroyed(given.volume.addView(() => this.painter.request()));
  }

  async open(engine: RenderingEngine): Promise<void> {
    this.placeColours();
    this.volume.beforeFirstPicture();
    let drawn: Types.VolumeActor | undefined;
    await setVolumesForViewports(
      engine,
      [
        {
          volumeId: this.volume.id,
          callback: ({ volumeActor }) => {
            setRaySteps(volumeActor);
            makeSlabsExact(volumeActor);
            // Padding is as narrow as one value: the usual 1024 entries would smear it.
            if (this.padding !== null) volumeActor.getMapper()?.setColorTextureWidth(4096);
            drawn = volumeActor;
          },
        },
      ],
      [this.viewport.id],
    );
    // Cornerstone has set a window of its own meanwhile.
    drawn?.getProperty().setRGBTransferFunction(0, this.colours);
    this.moveCamera();
    await this.painter.whenPainted();
    this.volume.afterFirstPicture(engine, this.viewport.id);
  }

  protected override get index(): number {
    return Math.round((dot(this.centre, this.grid.normal) - this.grid.first) / this.grid.step);
  }
  protected override get count(): number {
    return this.grid.count;
  }
  protected override get frameIndex(): null {
    return null;
  }
  protected override get settled(): boolean {
    return true;
  }
  protected override get complete(): boolean {
    return this.loaded.landed === this.loaded.series.frames.length && this.volume.uploaded;
  }
  protected override whenDecoded(): Promise<void> {
    return Promise.resolve();
  }
  protected override aim(): Aim {
    return { ...this.facing, extent: this.extent, middle: this.middle };
  }
  protected override get slab(): Slab | null {
    return this.thick;
  }
  protected override get oblique(): boolean {
    return isTurned(this.facing, this.straight);
  }

  setSlab(slab: Slab | null): void {
    const mm = slab === null ? null : Math.max(thinnestSlabMm, Math.min(thickestSlabMm, slab.mm));
    this.thick = slab === null || mm === null ? null : { mode: slab.mode, mm };
    this.viewport.setBlendMode(this.thick === null ? Enums.BlendModes.COMPOSITE : blends[this.thick.mode]);
    this.moveCamera();
  }

  orient(to: Facing | null, about: LpsMm): void {
    const facing = squared(to ?? this.straight);
    this.centre = centreTurned(this.centre, this.facing, facing, about);
    this.facing = facing;
    this.grid = sliceGrid(this.geometry, normalOf(facing));
    this.moveCamera();
  }

  /** Cornerstone cuts anew only when the camera moved out of its plane or its upright changed; a plane turned about its upright does neither. */
  protected override applyCamera(): void {
    super.applyCamera();
    // Its number is the thickness to either side.
    if (this.thick === null) this.viewport.resetSlabThickness();
    else this.viewport.setSlabThickness(this.thick.mm / 2);
  }

  override reset(): void {
    if (this.slab !== null) this.setSlab(null);
    if (this.oblique) this.orient(null, this.centre);
    super.reset();
  }

  protected override applyDisplay(): void {
    this.bright = null;
    this.placeColours();
  }

  brightness(value: number): number {
    this.bright ??= brightnessOf(this.display, this.padding);
    return this.bright(value);
  }

  /** Window, curve and inversion are ours: Cornerstone reads the middle slice again at every change of its own. */
  private placeColours(): void {
    this.colours.removeAllPoints();
    for (const [value, grey] of brightnessPoints(this.display, this.padding))
      this.colours.addRGBPoint(value, grey, grey, grey);
  }

  private onPlane(index: number): Vec3 {
    const { normal, first, step } = this.grid;
    return along(this.centre, normal, first + index * step - dot(this.centre, normal));
  }

  protected override show(index: number): void {
    this.centre = this.onPlane(index);
    this.moveCamera();
  }

  /** A point is gone to exactly: the plane passes through it, between two voxels if need be. */
  override async go(
    to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm },
  ): Promise<void> {
    if (!('point' in to)) return super.go(to);
    const { normal, first, step, count } = this.grid;
    const depth = Math.max(first, Math.min(first + (count - 1) * step, dot(to.point, normal)));
    this.centre = along(this.centre, normal, depth - dot(this.centre, normal));
    this.moveCamera();
    await this.painter.whenPainted();
  }

  protected override indexOf(
    to: { readonly index: number } | { readonly frame: number } | { readonly point: LpsMm },
  ): number {
    if ('index' in to) return to.index;
    return 'frame' in to ? to.frame - 1 : (dot(to.point, this.grid.normal) - this.grid.first) / this.grid.step;
  }

  protected override focalPoint(): Vec3 {
    return this.slab === null ? along(this.centre, this.grid.normal, drawnNearerMm) : this.centre;
  }

  override map(): ViewMap | undefined {
    if (!this.isShown) return undefined;
    const { series } = this.loaded;
    const { right, down } = this.facing;
    const normal = normalOf(this.facing);
    const { centre, slab } = this;
    const toCanvas = projectionOf((point) => this.viewport.worldToCanvas([...point]), centre, this.parallelScale());
    const [x0, y0, z0, , x1, y1, z1] = toCanvas;
    const pixelsPerMm = Math.hypot(x0, y0, z0);
    // The element has its size back, the picture in it not yet.
    if (!(pixelsPerMm > 1e-9 && pixelsPerMm < Infinity)) return undefined;
    const here: Vec2 = [dot([x0, y0, z0], centre) + toCanvas[3], dot([x1, y1, z1], centre) + toCanvas[7]];
    const toPoint = (canvas: Vec2): LpsMm =>
      along(along(centre, right, (canvas[0] - here[0]) / pixelsPerMm), down, (canvas[1] - here[1]) / pixelsPerMm);
    return {
      in: 'patient',
      on: {
        in: 'patient',
        frameOfReferenceUID: series.frameOfReferenceUID,
        seriesInstanceUID: series.seriesInstanceUID,
        part: series.part,
      },
      toCanvas,
      plane: { through: toPoint([this.element.clientWidth / 2, this.element.clientHeight / 2]), right, down, normal },
      toPoint,
      halfThicknessMm: (slab?.mm ?? this.grid.step) / 2,
      slab,
      ...(slab === null || slab.mode === 'mean'
        ? {}
        : { seenAt: (canvas) => this.seenAt(toPoint(canvas), slab).point }),
      millimetresPerPixel: 1 / pixelsPerMm,
      projection: false,
    };
  }

  protected override letters(): Letters | null {
    return this.lettersOf(this.map());
  }

  /** Through the slab at a point of the plane. */
  private seenAt(at: LpsMm, slab: Slab): { readonly point: LpsMm; readonly value: number | null } {
    const { normal } = this.grid;
    const found = throughSlab(
      { geometry: this.geometry, data: this.loaded.data, unit: this.loaded.unit },
      at,
      normal,
      slab,
    );
    return found === undefined
      ? { point: at, value: null }
      : { point: along(at, normal, found.depthMm), value: found.value };
  }

  override valueAt(canvas: Vec2): { point: LpsMm | PixelXY; value: number | readonly number[]; unit: string } | null {
    const map = this.map();
    if (this.slab === null || map?.in !== 'patient') return super.valueAt(canvas);
    const { point, value } = this.seenAt(map.toPoint(canvas), this.slab);
    return value === null ? null : { point, value, unit: this.loaded.unit };
  }

  protected override valueAtPoint(point: LpsMm | PixelXY): number | null {
    if (isPixel(point)) return null;
    const [nx, ny, nz] = this.geometry.dimensions;
    const [i, j, k] = patientToVoxel(this.geometry, point).map(Math.round);
    if (i === undefined || j === undefined || k === undefined) return null;
    if (i < 0 || j < 0 || k < 0 || i >= nx || j >= ny || k >= nz || !this.loaded.has(k)) return null;
    return this.loaded.data[i + nx * (j + ny * k)] ?? null;
  }

  override play(_on: boolean): void {
    // A reformatted plane has no time.
  }

  protected override dispose(): void {
    this.remove();
  }
}
