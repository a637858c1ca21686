import type { LpsMm, Vec2, Vec3 } from '../../src/geometry/index.ts';
import { cross, norm, normalize, subtract } from '../../src/geometry/index.ts';
import type { Reformation } from '../../src/imaging/index.ts';
import { alongOf, placeIn3d, pointIn, positionOf, straightened, stretched } from '../../src/imaging/index.ts';
import type { AlongLine, CurvedShape, LoadedSeries, ViewMap } from '../cornerstone/types.ts';
import { LineView } from './lineView.ts';
import type { Lie } from './lineView.ts';
import type { PictureWish } from './picture.ts';
import type { LinePort, ShownLine } from './types.ts';

/** Room for the axis of the plot that stands below on the same positions, CSS px. */
export const plotEdgePx = { left: 44, right: 14 } as const;
/** Shown across at least, mm. */
const leastAcrossMm = 30;
const mostAcrossMm = 120;
/** A clicked point lies this near to the middle of its vessel. */
const halfThicknessMm = 2.5;
/** The map's own reformation: finer than any picture needs. */
const mapStepMm = 0.25;

/** The surface through the line: straightened or stretched, turned about it. */
export class CurvedView extends LineView {
  override readonly kind = 'curved' as const;
  override readonly along: AlongLine;
  private angleDeg = 0;
  private shape: CurvedShape = 'straightened';
  private surface: { readonly of: ShownLine; readonly key: string; readonly made: Reformation } | null = null;

  constructor(element: HTMLDivElement, loaded: LoadedSeries, port: LinePort) {
    super('Curved', element, loaded, port);
    const angle = (): number => this.angleDeg;
    const shape = (): CurvedShape => this.shape;
    const length = (): number | null => this.line?.lengthMm ?? null;
    this.along = {
      get positionMm() {
        return port.positionMm();
      },
      get lengthMm() {
        return length();
      },
      get angleDeg() {
        return angle();
      },
      get shape() {
        return shape();
      },
      turnBy: (degrees) => {
        this.angleDeg = (((this.angleDeg + degrees) % 360) + 360) % 360;
        this.request();
      },
      show: (next) => {
        this.shape = next;
        this.fit();
      },
      canvasX: (positionMm) => {
        const { line } = this;
        if (line === null) return 0;
        const { pxPerMm, x } = this.lie(line);
        return x + alongOf(this.surfaceOf(line), positionMm) * pxPerMm;
      },
      positionAt: (canvasX) => {
        const { line } = this;
        if (line === null) return 0;
        const { pxPerMm, x } = this.lie(line);
        return positionOf(this.surfaceOf(line), (canvasX - x) / pxPerMm);
      },
    };
  }

  private make(line: ShownLine, stepMm: number): Reformation {
    const turn = (this.angleDeg * Math.PI) / 180;
    return this.shape === 'straightened' ? straightened(line, turn, stepMm) : stretched(line, turn, stepMm);
  }
  /** The surface at the map's own step, kept while line, angle and shape stay. */
  private surfaceOf(line: ShownLine): Reformation {
    const key = `${this.angleDeg} ${this.shape}`;
    if (this.surface?.of !== line || this.surface.key !== key)
      this.surface = { of: line, key, made: this.make(line, mapStepMm) };
    return this.surface.made;
  }
  /** How far along the picture reaches, and between which places across its line lies, mm. */
  private reach(line: ShownLine): {
    readonly alongMm: number;
    readonly acrossMm: number;
    readonly middleMm: number;
  } {
    const { lines, stepMm } = this.surfaceOf(line);
    const alongMm = Math.max(stepMm, (lines.length - 1) * stepMm);
    if (this.shape === 'straightened') return { alongMm, acrossMm: leastAcrossMm, middleMm: 0 };
    const [first] = lines;
    if (first === undefined) return { alongMm, acrossMm: leastAcrossMm, middleMm: 0 };
    const { direction, origin } = first;
    const heights = line.points.map(
      (p) => (p[0] - origin[0]) * direction[0] + (p[1] - origin[1]) * direction[1] + (p[2] - origin[2]) * direction[2],
    );
    const [low, high] = [Math.min(...heights), Math.max(...heights)];
    return { alongMm, acrossMm: high - low + leastAcrossMm, middleMm: (low + high) / 2 };
  }

  protected override lie(line: ShownLine): Lie {
    const { alongMm, acrossMm, middleMm } = this.reach(line);
    const [width, height] = this.size;
    const { left, right } = plotEdgePx;
    const fitted = Math.min((width - left - right) / alongMm, height / acrossMm);
    const pxPerMm = Math.max(0.05, fitted * this.zoom);
    // At fit it stands between the edges of the plot; it grows about the middle of the element.
    const middleX = left + (width - left - right) / 2;
    return {
      pxPerMm,
      x: width / 2 + this.pan[0] + (middleX - width / 2 - (alongMm / 2) * fitted) * this.zoom,
      y: height / 2 + this.pan[1] - middleMm * pxPerMm,
    };
  }

  protected override wish(line: ShownLine): PictureWish & { readonly key: string } {
    const { pxPerMm } = this.lie(line);
    const { middleMm } = this.reach(line);
    const stepMm = this.stepMm(pxPerMm);
    // At every zoom what was seen at fit, so that moving the picture reads nothing anew.
    const halfMm = Math.min(mostAcrossMm / 2, Math.ceil((0.5 * this.size[1] * this.zoom) / pxPerMm));
    const count = Math.max(2, Math.round((2 * halfMm) / stepMm) + 1);
    const key = [idOf(line), this.angleDeg, this.shape, stepMm, halfMm].join(' ');
    return { key, reformation: this.make(line, stepMm), fromMm: middleMm - halfMm, toMm: middleMm + halfMm, count };
  }

  override map(): ViewMap | undefined {
    const { line } = this;
    if (line === null) return undefined;
    const { series } = this.loaded;
    const { pxPerMm, x, y } = this.lie(line);
    const surface = this.surfaceOf(line);
    const inPicture = ([cx, cy]: Vec2): Vec2 => [(cx - x) / pxPerMm, (cy - y) / pxPerMm];
    const toPoint = (canvas: Vec2): LpsMm => pointIn(surface, inPicture(canvas)) ?? [0, 0, 0];
    return {
      in: 'sheet',
      on: {
        in: 'patient',
        frameOfReferenceUID: series.frameOfReferenceUID,
        seriesInstanceUID: series.seriesInstanceUID,
        part: series.part,
      },
      place(point) {
        const found = placeIn3d(surface, point);
        if (found === undefined) return { canvas: [Number.NaN, Number.NaN], depthMm: Infinity };
        return { canvas: [x + found.alongMm * pxPerMm, y + found.acrossMm * pxPerMm], depthMm: found.depthMm };
      },
      toPoint,
      normalAt(canvas): Vec3 {
        const [alongMm, acrossMm] = inPicture(canvas);
        const at = (a: number, b: number): LpsMm => pointIn(surface, [a, b]) ?? [0, 0, 0];
        const upright = cross(
          subtract(at(alongMm + 0.1, acrossMm), at(alongMm - 0.1, acrossMm)),
          subtract(at(alongMm, acrossMm + 1), at(alongMm, acrossMm)),
        );
        return norm(upright) > 0 ? normalize(upright) : [0, 0, 1];
      },
      halfThicknessMm,
      millimetresPerPixel: 1 / pxPerMm,
    };
  }

  protected override letters(): null {
    // Left and right change along the vessel; the planes and the cross-section tell.
    return null;
  }
}

const ids = new WeakMap<ShownLine, number>();
let lastId = 0;
/** A name for one answer of the path: another path of the same item is another picture. */
export function idOf(line: ShownLine): number {
  const known = ids.get(line);
  if (known !== undefined) return known;
  lastId += 1;
  ids.set(line, lastId);
  return lastId;
}
