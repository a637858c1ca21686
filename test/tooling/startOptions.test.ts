import { describe, expect, it } from 'vitest';
import { parseStart } from '../../scripts/startOptions.mjs';
import { projectRoot } from '../support/shared.ts';

const parse = (...words: string[]): unknown => parseStart(words, projectRoot);

describe('npm start', () => {
  it('takes paths from where the person stands, and what follows -- as paths only', () => {
    expect(parse('src', 'package.json')).toMatchObject({
      paths: [`${projectRoot}/src`, `${projectRoot}/package.json`],
    });
    expect(parse('--serve', '--', 'src')).toMatchObject({ serve: true, paths: [`${projectRoot}/src`] });
  });
  it('takes a port with --serve', () => {
    expect(parse('--serve', '--port', '8123')).toMatchObject({ port: 8123 });
    expect(parse('--serve', '--port=0', '--automation')).toMatchObject({ port: 0, automation: true });
  });
  it('answers an unknown option, a wrong port and a missing folder in one sentence', () => {
    for (const words of [
      ['--bogus'],
      ['--serve', '--port', 'x'],
      ['--serve', '--port', '70000'],
      ['--port', '80'],
      ['no-such-folder'],
    ]) {
      const answer = parseStart(words, projectRoot);
      expect(answer).toHaveProperty('fault');
      expect('fault' in answer ? answer.fault.split('\n') : []).toHaveLength(1);
    }
  });
});
