import { describe, expect, it } from 'vitest';
import { ok, refuse } from '../../src/quantity/index.ts';

describe('an answer that may be "cannot"', () => {
  it('crosses a process border unchanged, with its sentence and remedy', () => {
    expect(JSON.parse(JSON.stringify(ok(3)))).toEqual({ ok: true, value: 3 });
    const refusal = refuse('series-tilted', 'The gantry was tilted.', 'Open it as a stack.');
    expect(JSON.parse(JSON.stringify(refusal))).toEqual(refusal);
    expect(refuse('a', 'b').why).toEqual({ code: 'a', say: 'b' });
  });
});
