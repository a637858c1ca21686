/** Told to be cut by this. */
const ellipsis = '…';
const reader = new Intl.Segmenter();

/**
 * A label that is no wider than its view: the name is cut at its end, the number behind it never is,
 * since half a number is another number. The whole name stands in the plan.
 * @param text     "Name: number", or words alone.
 * @param numbered whether a number stands behind the last ": ".
 * @param roomPx   what there is, CSS px.
 * @param widthOf  width of a text as it is drawn, CSS px.
 */
export function fittedText(text: string, numbered: boolean, roomPx: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= roomPx) return text;
  const split = numbered ? text.lastIndexOf(': ') : -1;
  const [name, number] = split < 0 ? [text, ''] : [text.slice(0, split), text.slice(split)];
  // By letters as they are read, not by code units: half a letter is no letter.
  const letters = Array.from(reader.segment(name), ({ segment }) => segment);
  const cut = (count: number): string => letters.slice(0, count).join('').trimEnd() + ellipsis + number;
  let [fits, tooMany] = [0, letters.length];
  while (tooMany - fits > 1) {
    const middle = Math.floor((fits + tooMany) / 2);
    if (widthOf(cut(middle)) <= roomPx) fits = middle;
    else tooMany = middle;
  }
  return fits === 0 && number !== '' ? number.slice(2) : cut(fits);
}
