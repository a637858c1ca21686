/** Columns lined up with two spaces between them; the last is not padded. Control characters of headers are dropped. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows].map((row) => row.map(plain));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

/** A header's text must not steer the terminal. */
function plain(text: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must go
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
}

/** Lines of headers' words, none of which steers the terminal. Each ends with its newline. */
export function plainLines(lines: readonly string[]): string {
  return lines.map((line) => `${plain(line.trimEnd())}\n`).join('');
}
