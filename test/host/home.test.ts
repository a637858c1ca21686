import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { homeFolder } from '../../src/host/index.ts';
import { places } from '../../src/host/log.ts';
import { parseLaunchArguments } from '../../src/host/launchArguments.ts';

describe('where settings and journals live', () => {
  it('is SELDINGER_HOME where that is set', () => {
    expect(homeFolder({ SELDINGER_HOME: '/somewhere' }, 'linux', '/home/ada')).toBe(path.resolve('/somewhere'));
    expect(homeFolder({ SELDINGER_HOME: '' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/seldinger');
  });

  it('is the platform’s application-data folder else', () => {
    expect(homeFolder({}, 'darwin', '/Users/ada')).toBe('/Users/ada/Library/Application Support/Seldinger');
    expect(homeFolder({ XDG_DATA_HOME: '/data' }, 'linux', '/home/ada')).toBe('/data/seldinger');
    expect(homeFolder({ XDG_DATA_HOME: 'relative' }, 'linux', '/home/ada')).toBe('/home/ada/.local/share/seldinger');
    expect(homeFolder({ APPDATA: 'C:\\Users\\ada\\AppData\\Roaming' }, 'win32', 'C:\\Users\\ada')).toBe(
      'C:\\Users\\ada\\AppData\\Roaming\\Seldinger',
    );
    expect(homeFolder({}, 'win32', 'C:\\Users\\ada')).toBe('C:\\Users\\ada\\AppData\\Roaming\\Seldinger');
  });
});

describe('the log', () => {
  it('holds places in the program, but no folder of the person’s', () => {
    const stack = [
      'Error: Müller^Jürgen in /home/ada/patients/Müller',
      '    at scan (file:///home/ada/seldinger/dist/host/main.js:10:5)',
      '    at C:\\Users\\ada\\seldinger\\dist\\host\\main.js:3:4',
      '    at async node:internal/fs/promises:638:10',
    ].join('\n');
    const said = places(stack);
    expect(said).toContain('main.js:10:5');
    for (const secret of ['Müller', 'ada', 'patients']) expect(said).not.toContain(secret);
  });
});

describe('the words of a launch in the browser door', () => {
  it('are options and paths; what follows -- is a path', () => {
    expect(parseLaunchArguments(['--serve', '--port', '8080', 'a', '--automation', '--', '--odd'])).toEqual({
      ok: true,
      value: { serve: true, automation: true, port: 8080, paths: ['a', '--odd'] },
    });
    expect(parseLaunchArguments([])).toEqual({
      ok: true,
      value: { serve: false, automation: false, port: 0, paths: [] },
    });
  });

  it.each([['--port'], ['--port=x'], ['--port=70000'], ['--port=-1'], ['--unknown'], ['']])('%s is refused', (word) => {
    expect(parseLaunchArguments([word]).ok).toBe(false);
  });
});
