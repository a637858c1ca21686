import { along } from '../../src/geometry/index.ts';
import type { Volume } from '../../src/imaging/index.ts';
import { flatPicture } from '../../src/imaging/index.ts';
import type { LoadedSeries } from '../cornerstone/types.ts';
import { greyPicture, readPicture } from './picture.ts';
import { planeAt, widestMm } from './shownLine.ts';
import type { ShownLine } from './types.ts';

const stepMm = 0.4;

/** Half the side of a small picture of a line, mm. */
export function smallHalfMm(line: ShownLine): number {
  return Math.max(6, 1.8 * widestMm(line));
}

/**
 * A small picture of the plane across at a position, with its contour, drawn into a square canvas. Nothing is drawn of a
 * series that is not whole yet.
 */
export function drawSmallSection(
  canvas: HTMLCanvasElement,
  loaded: LoadedSeries,
  line: ShownLine,
  positionMm: number,
  brightness: (value: number) => number,
): void {
  const geometry = loaded.series.volume;
  const pen = canvas.getContext('2d');
  if (geometry === null || pen === null || loaded.loadingFraction < 1) return;
  const volume: Volume = { geometry, data: loaded.data, unit: loaded.unit };
  const halfMm = smallHalfMm(line);
  const { at, right, down, index } = planeAt(line, positionMm);
  const count = Math.round((2 * halfMm) / stepMm) + 1;
  const wish = { reformation: flatPicture(at, { right, down }, halfMm, stepMm), fromMm: -halfMm, toMm: halfMm, count };
  readPicture(volume, wish, (picture) => {
    const image = greyPicture(picture, brightness);
    const sheet = document.createElement('canvas');
    [sheet.width, sheet.height] = [image.width, image.height];
    sheet.getContext('2d')?.putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = true;
    pen.drawImage(sheet, 0, 0, canvas.width, canvas.height);
    const section = line.sections[index];
    if (section?.wallMm === undefined || section.wallMm === null) return;
    const pxPerMm = canvas.width / (2 * halfMm);
    pen.beginPath();
    for (const [x, y] of section.wallMm) {
      const point = along(along(section.at, section.u, x), section.v, y);
      const off = [point[0] - at[0], point[1] - at[1], point[2] - at[2]] as const;
      const px = canvas.width / 2 + pxPerMm * (off[0] * right[0] + off[1] * right[1] + off[2] * right[2]);
      const py = canvas.height / 2 + pxPerMm * (off[0] * down[0] + off[1] * down[1] + off[2] * down[2]);
      pen.lineTo(px, py);
    }
    pen.closePath();
    pen.strokeStyle = '#f5c542';
    pen.lineWidth = Math.max(1, canvas.width / 60);
    pen.stroke();
  });
}
