import { UsageFault } from './io.ts';

/** How an option is written: alone, with one value, or with every word up to the next option. */
export type OptionForm = 'flag' | 'value' | 'list';
export interface Words {
  readonly positionals: readonly string[];
  has(option: string): boolean;
  value(option: string): string | undefined;
  list(option: string): readonly string[];
}

/**
 * Reads the words behind a command. A value may begin with one minus, since coordinates do; `--option=value` is read too,
 * and behind a lone `--` everything is a positional.
 * @throws UsageFault for an option that is not in the table, is given twice, or lacks its value.
 */
export function readWords(argv: readonly string[], options: Readonly<Record<string, OptionForm>>): Words {
  const positionals: string[] = [];
  const found = new Map<string, string[]>();
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at] ?? '';
    if (word === '--') {
      positionals.push(...argv.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      positionals.push(word);
      continue;
    }
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    const form = Object.hasOwn(options, name) ? options[name] : undefined;
    if (form === undefined) throw new UsageFault(`There is no option ${name} here.`);
    const earlier = found.get(name);
    if (earlier && form !== 'list') throw new UsageFault(`The option ${name} is given twice.`);
    const values = earlier ?? [];
    found.set(name, values);
    if (equals >= 0) {
      if (form === 'flag') throw new UsageFault(`The option ${name} takes no value.`);
      values.push(word.slice(equals + 1));
    } else if (form === 'value') {
      const value = argv[++at];
      if (value === undefined || value.startsWith('--')) throw new UsageFault(`The option ${name} needs a value.`);
      values.push(value);
    } else if (form === 'list') {
      const before = values.length;
      while (at + 1 < argv.length && !(argv[at + 1] ?? '').startsWith('--')) values.push(argv[++at] ?? '');
      if (values.length === before) throw new UsageFault(`The option ${name} needs at least one value.`);
    }
  }
  if ([...positionals, ...[...found.values()].flat()].includes('')) throw new UsageFault('An empty word was given.');
  return {
    positionals,
    has: (option) => found.has(option),
    value: (option) => found.get(option)?.[0],
    list: (option) => found.get(option) ?? [],
  };
}

/** `text` as so many finite numbers between commas. */
export function readNumbers(text: string, count: number): readonly number[] | undefined {
  const parts = text.split(',').map((part) => part.trim());
  if (parts.length !== count || parts.some((part) => !/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(part)))
    return undefined;
  const numbers = parts.map(Number);
  return numbers.every(Number.isFinite) ? numbers : undefined;
}
