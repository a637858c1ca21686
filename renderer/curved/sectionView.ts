import type { Vec2 } from '../../src/geometry/index.ts';
import { along, dot } from '../../src/geometry/index.ts';
import { flatPicture } from '../../src/imaging/index.ts';
import { sideLetters } from '../cornerstone/index.ts';
import type { AlongLine, LoadedSeries, ViewMap, ViewState } from '../cornerstone/types.ts';
import { idOf } from './curvedView.ts';
import { LineView } from './lineView.ts';
import type { Lie } from './lineView.ts';
import type { PictureWish } from './picture.ts';
import { planeAt, widestMm } from './shownLine.ts';
import type { LinePort, ShownLine } from './types.ts';

/** Shown to each side at least, mm. */
const leastHalfMm = 10;
/** Read beyond what is shown at fit, so that the corners of the element are filled. */
const mostHalfMm = 60;

/** The plane across the line at the present position. */
export class SectionView extends LineView {
  override readonly kind = 'section' as const;
  override readonly along: AlongLine;

  constructor(element: HTMLDivElement, loaded: LoadedSeries, port: LinePort) {
    super('Cross-section', element, loaded, port);
    const length = (): number | null => this.line?.lengthMm ?? null;
    this.along = {
      get positionMm() {
        return port.positionMm();
      },
      get lengthMm() {
        return length();
      },
      angleDeg: 0,
      shape: 'straightened',
      turnBy: () => undefined,
      show: () => undefined,
      canvasX: () => 0,
      positionAt: () => port.positionMm(),
    };
  }

  private fitted(line: ShownLine): number {
    const halfMm = Math.max(leastHalfMm, 2.4 * widestMm(line));
    return Math.min(...this.size) / (2 * halfMm);
  }

  /** Here along runs to the right of the picture's middle and across down from it. */
  protected override lie(line: ShownLine): Lie {
    const pxPerMm = this.fitted(line) * this.zoom;
    const [width, height] = this.size;
    const halfMm = this.halfRead(line);
    return { pxPerMm, x: width / 2 + this.pan[0] - halfMm * pxPerMm, y: height / 2 + this.pan[1] };
  }

  private halfRead(line: ShownLine): number {
    return Math.min(mostHalfMm, Math.ceil((0.5 * Math.max(...this.size)) / this.fitted(line)));
  }

  protected override wish(line: ShownLine): PictureWish & { readonly key: string } {
    const { pxPerMm } = this.lie(line);
    const halfMm = this.halfRead(line);
    const stepMm = this.stepMm(pxPerMm);
    const position = this.port.positionMm();
    const { at, right, down } = planeAt(line, position);
    const key = [idOf(line), position, stepMm, halfMm].join(' ');
    const count = Math.round((2 * halfMm) / stepMm) + 1;
    const picture = flatPicture(at, { right, down }, halfMm, stepMm);
    return { key, reformation: picture, fromMm: -halfMm, toMm: halfMm, count };
  }

  override map(): ViewMap | undefined {
    const { line } = this;
    if (line === null) return undefined;
    const { series } = this.loaded;
    const { at, right, down, normal } = planeAt(line, this.port.positionMm());
    const pxPerMm = this.fitted(line) * this.zoom;
    const [width, height] = this.size;
    const here: Vec2 = [width / 2 + this.pan[0], height / 2 + this.pan[1]];
    const toPoint = ([x, y]: Vec2): readonly [number, number, number] =>
      along(along(at, right, (x - here[0]) / pxPerMm), down, (y - here[1]) / pxPerMm);
    const row = (axis: readonly [number, number, number], from: number): readonly [number, number, number, number] => [
      axis[0] * pxPerMm,
      axis[1] * pxPerMm,
      axis[2] * pxPerMm,
      from - dot(axis, at) * pxPerMm,
    ];
    const [a, b] = [row(right, here[0]), row(down, here[1])];
    return {
      in: 'patient',
      on: {
        in: 'patient',
        frameOfReferenceUID: series.frameOfReferenceUID,
        seriesInstanceUID: series.seriesInstanceUID,
        part: series.part,
      },
      toCanvas: [...a, ...b],
      plane: { through: toPoint([width / 2, height / 2]), right, down, normal },
      toPoint,
      halfThicknessMm: Math.max(0.25, line.lengthMm / Math.max(1, line.sections.length - 1) / 2),
      slab: null,
      millimetresPerPixel: 1 / pxPerMm,
      projection: false,
    };
  }

  protected override letters(): ViewState['letters'] {
    const { line } = this;
    if (line === null) return null;
    const { right, down } = planeAt(line, this.port.positionMm());
    return sideLetters(right, down);
  }
}
