import type { Types, VolumeViewport } from '@cornerstonejs/core';
import { setVolumesForViewports } from '@cornerstonejs/core';
import vtkColorTransferFunction from '@kitware/vtk.js/Rendering/Core/ColorTransferFunction';
import type { RenderingEngine } from '@cornerstonejs/core';
import type { LpsMm, PixelXY, Vec2, Vec3, VolumeGeometry } from '../../src/geometry/index.ts';
import { along, cross, dot, isPixel, patientToVoxel } from '../../src/geometry/index.ts';
import { projectionOf } from './affine.ts';
import type { Padding } from './brightness.ts';
import { brightnessPoints, sharedPadding } from './brightness.ts';
import type { DisplayState } from './displayState.ts';
import type { Letters } from './letters.ts';
import type { Aim } from './planeView.ts';
import { PlaneView } from './planeView.ts';
import { setRaySteps } from './raySteps.ts';
import type { LoadingSeries } from './seriesLoading.ts';
import type { SeriesVolume } from './seriesVolume.ts';
import type { SliceGrid } from './sliceGrid.ts';
import { extentAlong, sliceGrid } from './sliceGrid.ts';
import type { ViewMap, ViewName } from './types.ts';

/** Right and down on screen, LPS. Axial seen from the feet, coronal from the front, sagittal from the left. */
const aims: Readonly<Partial<Record<ViewName, readonly [Vec3, Vec3]>>> = {
  Axial: [
    [1, 0, 0],
    [0, 1, 0],
  ],
  Coronal: [
    [1, 0, 0],
    [0, 0, -1],
  ],
  Sagittal: [
    [0, 1, 0],
    [0, 0, -1],
  ],
};

/**
 * Cornerstone 5.14 draws the plane this much nearer to the viewer than the focal point, whatever the spacing and the zoom (measured with a
 * bright voxel cut obliquely: 0.062 mm; its thinnest slab is 0.05 mm to either side). Along the normal, so the map is not touched.
 */
const drawnNearerMm = 0.0625;

/** A plane through the volume. Scrolling moves the camera along the normal ourselves: the library's own steps are not the voxels' in a slanted volume. */
export class MprView extends PlaneView {
  override readonly kind = 'mpr' as const;
  protected override readonly viewport: VolumeViewport;
  protected override readonly playing = false;
  private readonly geometry: VolumeGeometry;
  private readonly volume: SeriesVolume;
  private readonly grid: SliceGrid;
  private readonly picture: Aim;
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
    const [right, down] = aims[given.name] ?? [
      [1, 0, 0],
      [0, 1, 0],
    ];
    const normal = cross(right, down);
    const across = extentAlong(given.geometry, right);
    const high = extentAlong(given.geometry, down);
    const deep = extentAlong(given.geometry, normal);
    this.grid = sliceGrid(given.geometry, normal);
    this.picture = {
      right,
      down,
      extent: [across.width, high.width],
      middle: along(along(along([0, 0, 0], right, across.middle), down, high.middle), normal, deep.middle),
    };
    this.centre = this.picture.middle;
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
    return this.picture;
  }

  protected override applyDisplay(): void {
    this.placeColours();
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
    return along(this.centre, this.grid.normal, drawnNearerMm);
  }

  override map(): ViewMap | undefined {
    if (this.painter.painted === 0 || this.destroyed) return undefined;
    const { series } = this.loaded;
    const { right, down } = this.picture;
    const normal = cross(right, down);
    const centre = this.centre;
    const toCanvas = projectionOf((point) => this.viewport.worldToCanvas([...point]), centre, this.parallelScale());
    const [x0, y0, z0, , x1, y1, z1] = toCanvas;
    const pixelsPerMm = Math.hypot(x0, y0, z0);
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
      halfThicknessMm: this.grid.step / 2,
      millimetresPerPixel: 1 / pixelsPerMm,
      projection: false,
    };
  }

  protected override letters(): Letters | null {
    return this.lettersOf(this.map());
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
