import { actCautions, caution } from '../../src/export/index.ts';
import { itemsInOrder } from '../../src/plan/index.ts';
import type { View } from '../cornerstone/types.ts';
import { saveInBrowser, sentenceOf } from '../host/index.ts';
import { say } from '../state/index.ts';
import { ageInDays, dateText, nameText } from '../ui/text.ts';
import type { Desk } from './desk.ts';
import { warningsOfView } from './imageScales.ts';
import { activeView } from './windows.ts';

const marginPx = 8;
const lineHeightPx = 15;

/**
 * Saves the active view as it is seen (marks, letters, corners, scale bar) with sentence S-1, S-9 and what else must be said above it.
 * Without `names` neither name nor ID nor dates are in the picture (but the scan's age in days, as S-9 asks); a PNG from a canvas carries no text besides its pixels.
 */
export async function savePicture(
  desk: Desk,
  { names, called = 'Picture' }: { readonly names: boolean; readonly called?: string },
): Promise<void> {
  const view = activeView(desk);
  if (view === undefined) return;
  const file = `${called}${names ? ' with patient name' : ''}.png`;
  try {
    const png = await pictureOf(view, names, sentencesFor(desk, view));
    const ask = desk.session.getState().hello?.automation !== true;
    const type = { description: 'Picture', mime: 'image/png', ending: '.png' };
    const saved =
      desk.native === null
        ? await saveInBrowser(file, png, ask, type)
        : await desk.native.saveFile(file, 'picture', new Uint8Array(await png.arrayBuffer()));
    if (saved !== null)
      say(desk.session, {
        tone: 'info',
        say: `The picture was saved as "${saved}", ${names ? 'with the patient’s name' : 'without names'}.`,
      });
  } catch (thrown) {
    say(desk.session, { tone: 'error', ...sentenceOf(thrown) });
  }
}

/**
 * S-1; S-9 (how old the scan is, and each side that a shown item of it has); what must be said of the images and of the
 * numbers of the shown items.
 */
function sentencesFor(desk: Desk, view: View): readonly string[] {
  if (view.loaded === null) return [caution];
  const { seriesInstanceUID, study } = view.loaded.series;
  const { plan, results } = desk.plan.getState();
  const shown = desk.session.getState().marksHidden
    ? []
    : itemsInOrder(plan).filter(([, { on, hidden }]) => hidden !== true && on.seriesInstanceUID === seriesInstanceUID);
  const said = [
    ...actCautions(null, ageInDays(study.date, new Date())),
    ...shown.flatMap(([, { side }]) => actCautions(side, null)),
    ...warningsOfView(desk, view).flatMap(({ say: one, still }) => [one, still ?? []].flat()),
    ...shown.flatMap(([id]) => (results[id]?.notes ?? []).map(({ message }) => message)),
  ];
  return [caution, ...new Set(said)];
}

/** PNG of the view under the sentences; one picture pixel a CSS px. */
async function pictureOf(view: View, names: boolean, sentences: readonly string[]): Promise<Blob> {
  const pane = view.element.closest('section');
  if (pane === null) throw new Error('The view is not on screen.');
  const area = pane.getBoundingClientRect();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  if (pen === null) throw new Error('The browser gives no canvas to draw the picture on.');
  const font = '12px sans-serif';
  pen.font = font;
  const lines = sentences.flatMap((sentence) => wrapped(pen, sentence, area.width - 2 * marginPx));
  const headPx = lines.length * lineHeightPx + marginPx;
  canvas.width = Math.round(area.width);
  canvas.height = Math.round(area.height + headPx);
  pen.fillStyle = '#000';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.font = font;
  pen.fillStyle = '#dfe3e5';
  for (const [at, line] of lines.entries()) pen.fillText(line, marginPx, (at + 1) * lineHeightPx);
  pen.translate(-area.left, headPx - area.top);

  for (const layer of view.element.querySelectorAll('canvas')) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (width > 0 && height > 0) pen.drawImage(layer, left, top, width, height);
  }
  const drawn = pane.querySelectorAll<SVGSVGElement>('svg.section-lumen, svg.curved-marks');
  for (const svg of [...view.element.querySelectorAll('svg'), ...drawn]) {
    const { left, top, width, height } = svg.getBoundingClientRect();
    if (width > 0 && height > 0) pen.drawImage(await drawnSvg(svg, width, height), left, top, width, height);
  }
  for (const bar of pane.querySelectorAll('.scale-bar .bar')) {
    const { left, bottom, width } = bar.getBoundingClientRect();
    pen.fillStyle = '#dfe3e5';
    pen.fillRect(left, bottom - 2, width, 2);
  }
  // What says whose images these are is written anew, or not at all.
  for (const words of pane.querySelectorAll('.corner:not(.top-left), .letters, .scale-bar, .badges, .section-values'))
    writeTexts(pen, words);
  const series = view.loaded?.series;
  if (names && series !== undefined) {
    const { patient, study } = series;
    const who = [nameText(patient.name), patient.id, dateText(patient.birthDate), dateText(study.date)].filter(Boolean);
    pen.font = font;
    for (const [at, line] of who.entries())
      write(pen, line, area.left + marginPx, area.top + marginPx + (at + 1) * lineHeightPx, '#dfe3e5');
  }
  const png = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (png === null) throw new Error('The browser could not make a PNG of the picture.');
  return png;
}

const styles = ['stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'fill', 'opacity', 'fill-opacity'];
const textStyles = ['font-family', 'font-size', 'font-weight', 'font-style', 'paint-order', 'display', 'visibility'];

/** The overlay as a picture: styles of the page do not reach into it, so each element carries its own. */
async function drawnSvg(svg: SVGSVGElement, width: number, height: number): Promise<HTMLImageElement> {
  const copy = document.importNode(svg, true);
  const [from, to] = [svg.querySelectorAll('*'), copy.querySelectorAll('*')];
  for (const [at, element] of [...from].entries()) {
    const shown = getComputedStyle(element);
    const text = [...styles, ...textStyles].map((name) => `${name}:${shown.getPropertyValue(name)}`).join(';');
    to[at]?.setAttribute('style', text);
  }
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
}

/** Writes each piece of text where it stands on the page, line by line. */
function writeTexts(pen: CanvasRenderingContext2D, under: Element): void {
  const walker = document.createTreeWalker(under, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const { parentElement } = node;
    if (parentElement === null || (node.textContent ?? '').trim() === '') continue;
    const { color, fontStyle, fontWeight, fontSize, fontFamily, visibility } = getComputedStyle(parentElement);
    if (visibility === 'hidden' || isFolded(parentElement)) continue;
    // Not the shorthand: it is empty where figures of one width are asked for.
    pen.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    pen.textBaseline = 'middle';
    for (const { text, left, middle } of linesOf(node)) write(pen, text, left, middle, color);
    pen.textBaseline = 'alphabetic';
  }
}

/** The lines into which the page breaks a text: words whose middles stand at one height. CSS px on the page. */
function linesOf(node: Node): readonly { readonly text: string; readonly left: number; readonly middle: number }[] {
  const lines: { text: string; left: number; middle: number }[] = [];
  const range = document.createRange();
  for (const word of (node.textContent ?? '').matchAll(/\S+/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].length);
    const { left, top, height } = range.getBoundingClientRect();
    if (height === 0) continue;
    const middle = top + height / 2;
    const line = lines.at(-1);
    if (line !== undefined && Math.abs(line.middle - middle) < height / 2) line.text += ` ${word[0]}`;
    else lines.push({ text: word[0], left, middle });
  }
  return lines;
}

/** The rest of a warning, there for screen readers: one pixel on the page. */
function isFolded(element: Element): boolean {
  return element.clientWidth === 1 && element.clientHeight === 1;
}

/** With a dark edge: it must be read on bright images too. */
function write(pen: CanvasRenderingContext2D, text: string, x: number, y: number, colour: string): void {
  pen.lineJoin = 'round';
  pen.lineWidth = 3;
  pen.strokeStyle = '#000c';
  pen.strokeText(text, x, y);
  pen.fillStyle = colour;
  pen.fillText(text, x, y);
}

function wrapped(pen: CanvasRenderingContext2D, text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && pen.measureText(longer).width > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}
