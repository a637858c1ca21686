/** Specific Character Set (0008,0005) to text, code extensions included (PS3.5 6.1, PS3.3 C.12.1.1.2). */

/** Terms without code extension, and those of ISO 2022 for the set that is active at the start. */
const LABELS: Readonly<Record<string, string>> = {
  '100': 'latin1',
  '101': 'iso-8859-2',
  '109': 'iso-8859-3',
  '110': 'iso-8859-4',
  '144': 'iso-8859-5',
  '127': 'iso-8859-6',
  '126': 'iso-8859-7',
  '138': 'iso-8859-8',
  '148': 'iso-8859-9',
  '203': 'iso-8859-15',
  '13': 'shift_jis',
  '166': 'windows-874',
  '192': 'utf-8',
};

/** What an escape sequence (without ESC) switches on: which half of the table, and how its bytes are read. */
const ESCAPES: readonly { readonly after: string; readonly half: 'low' | 'high'; readonly label: string }[] = [
  { after: '(B', half: 'low', label: 'ascii' },
  { after: '(J', half: 'low', label: 'ascii' },
  { after: ')I', half: 'high', label: 'shift_jis' },
  { after: '-A', half: 'high', label: 'latin1' },
  { after: '-B', half: 'high', label: 'iso-8859-2' },
  { after: '-C', half: 'high', label: 'iso-8859-3' },
  { after: '-D', half: 'high', label: 'iso-8859-4' },
  { after: '-L', half: 'high', label: 'iso-8859-5' },
  { after: '-G', half: 'high', label: 'iso-8859-6' },
  { after: '-F', half: 'high', label: 'iso-8859-7' },
  { after: '-H', half: 'high', label: 'iso-8859-8' },
  { after: '-M', half: 'high', label: 'iso-8859-9' },
  { after: '-b', half: 'high', label: 'iso-8859-15' },
  { after: '-T', half: 'high', label: 'windows-874' },
  { after: '$B', half: 'low', label: 'jis-0208' },
  { after: '$@', half: 'low', label: 'jis-0208' },
  { after: '$(D', half: 'low', label: 'jis-0212' },
  { after: '$)C', half: 'high', label: 'euc-kr' },
  { after: '$)A', half: 'high', label: 'gb18030' },
];

export interface TextReader {
  /** Text of the bytes, trailing padding removed. `name`: the delimiters ^ and = also end a code extension. */
  read(bytes: Uint8Array, name?: boolean): string;
  /** true once bytes beyond ASCII were met that no declared character set explains. */
  readonly guessed: boolean;
}

/** @param terms values of Specific Character Set, [] where the element is absent. Unknown terms read as undeclared. */
export function textReader(terms: readonly string[]): TextReader {
  const trimmed = terms.map((term) => term.trim().toUpperCase().replace(/_/g, ' '));
  const extended = trimmed.length > 1 || (trimmed[0] ?? '').startsWith('ISO 2022');
  const first = labelOf(trimmed[0] ?? '');
  let guessed = false;
  return {
    get guessed() {
      return guessed;
    },
    read(bytes, name = false) {
      if (extended && bytes.includes(0x1b)) return trimPadding(readExtended(bytes, first ?? 'latin1', name));
      if (isAscii(bytes)) return trimPadding(latin1(bytes));
      if (first === undefined) {
        guessed = true;
        return trimPadding(guess(bytes));
      }
      return trimPadding(decode(bytes, first));
    },
  };
}

function labelOf(term: string): string | undefined {
  if (term === 'GB18030') return 'gb18030';
  if (term === 'GBK' || term === 'GB2312') return 'gbk';
  const number = /^ISO(?: 2022)? IR (\d+)$/.exec(term)?.[1];
  return number === undefined ? undefined : LABELS[number];
}

function readExtended(bytes: Uint8Array, initialHigh: string, name: boolean): string {
  let low = 'ascii';
  let high = initialHigh;
  let text = '';
  let run: number[] = [];
  let runLabel = '';
  const flush = () => {
    if (run.length > 0) text += decodeRun(Uint8Array.from(run), runLabel);
    run = [];
  };
  const take = (label: string, ...values: number[]) => {
    if (label !== runLabel) flush();
    runLabel = label;
    run.push(...values);
  };
  for (let at = 0; at < bytes.length;) {
    const byte = bytes[at] ?? 0;
    if (byte === 0x1b) {
      const rest = latin1(bytes.subarray(at + 1, at + 4));
      const escape = ESCAPES.find(({ after }) => rest.startsWith(after));
      if (escape === undefined) {
        at += 1; // an escape we do not know: dropped, the text after it is kept
        continue;
      }
      if (escape.half === 'low') low = escape.label;
      else high = escape.label;
      at += 1 + escape.after.length;
    } else if (byte < 0x80 && low.startsWith('jis') && byte > 0x20) {
      take(low, byte | 0x80, (bytes[at + 1] ?? 0x21) | 0x80);
      at += 2;
    } else if (byte < 0x80) {
      take('ascii', byte);
      at += 1;
      if (byte < 0x20 || byte === 0x5c || (name && (byte === 0x5e || byte === 0x3d))) {
        low = 'ascii';
        high = initialHigh;
      }
    } else if (high === 'euc-kr' || high === 'gb18030') {
      take(high, byte, bytes[at + 1] ?? 0x20);
      at += 2;
    } else {
      take(high, byte);
      at += 1;
    }
  }
  flush();
  return text;
}

function decodeRun(bytes: Uint8Array, label: string): string {
  if (label === 'jis-0208') return decode(bytes, 'euc-jp');
  if (label !== 'jis-0212') return decode(bytes, label);
  const marked = new Uint8Array((bytes.length / 2) * 3); // EUC-JP marks JIS X 0212 with 8F before each pair
  for (let i = 0; i * 2 < bytes.length; i++) marked.set([0x8f, bytes[i * 2] ?? 0, bytes[i * 2 + 1] ?? 0], i * 3);
  return decode(marked, 'euc-jp');
}

function decode(bytes: Uint8Array, label: string): string {
  if (label === 'latin1' || label === 'ascii') return latin1(bytes); // TextDecoder's latin1 is windows-1252
  return new TextDecoder(label).decode(bytes);
}

/** Undeclared bytes: UTF-8 where they are valid UTF-8, else Latin-1. */
function guess(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return latin1(bytes);
  }
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function trimPadding(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20) end -= 1;
  return text.slice(0, end);
}
