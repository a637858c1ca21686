/**
 * A field of a plan document that cannot be read. Thrown by parsers only; at a border it becomes data
 * (`code`, `say`, `path`), since classes do not survive one.
 */
export class PlanFault extends Error {
  /** Where in the document, as `records.abc.points[1][0]`; '' for the whole. */
  readonly path: string;
  /** What is wrong with it, without the path. */
  readonly say: string;
  /** `bad-item` unless the reason has its own code. */
  readonly code: string;

  constructor(path: string | readonly PropertyKey[], say: string, code = 'bad-item') {
    const where = typeof path === 'string' ? path : pathText(path);
    super(where === '' ? say : `${where}: ${say}`);
    this.name = 'PlanFault';
    this.path = where;
    this.say = say;
    this.code = code;
  }
}

/** A path into a document as people write it: `['points', 1, 0]` as `points[1][0]`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else text += text === '' ? String(part) : `.${String(part)}`;
  }
  return text;
}
