export type Cell = string | number | null;

/** What makes a spreadsheet take a text for a formula. */
const formula = /^[=+\-@\t\r]/;

/**
 * One record of RFC 4180 with its CRLF. Numbers stay numbers (also negative ones) with a dot; texts that a spreadsheet
 * would run as a formula get an apostrophe before them (OWASP, CSV injection); null is an empty cell.
 * @throws RangeError for a number that is not finite
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellText).join(',')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) throw new RangeError(`${cell} cannot stand in a table`);
    return String(cell);
  }
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
