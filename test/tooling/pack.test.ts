import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { listPackage } from '@electron/asar';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { Ajv } from 'ajv';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../support/shared.ts';

const run = promisify(execFile);
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

async function configuration(): Promise<Record<string, unknown>> {
  const parsed: unknown = load(await readFile(join(projectRoot, 'electron-builder.yml'), 'utf8'));
  if (typeof parsed !== 'object' || parsed === null) throw new Error('electron-builder.yml holds no table');
  return { ...parsed };
}

describe('the packing description', () => {
  it('satisfies the schema of electron-builder, which finds a misspelt key and a wrong type', async () => {
    const scheme = await readFile(join(projectRoot, 'node_modules/app-builder-lib/scheme.json'), 'utf8');
    const schema = z.record(z.string(), z.unknown()).parse(JSON.parse(scheme));
    const valid = new Ajv({ strict: false, allErrors: true }).compile(schema);
    const good = await configuration();
    expect(valid(good), JSON.stringify(valid.errors)).toBe(true);
    const { appId, ...rest } = good;
    expect(valid({ ...rest, appID: appId })).toBe(false);
    expect(valid({ ...good, nsis: { oneClick: 'no' } })).toBe(false);
  });
});

// The stub is Linux's layout; the other systems are packed where their own Electron can be had.
describe.runIf(process.platform === 'linux')('the packed application', () => {
  let folder = '';
  let packed = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seldinger-pack-'));
    const stub = join(folder, 'stub');
    await mkdir(join(stub, 'locales'), { recursive: true });
    await mkdir(join(stub, 'resources'));
    const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 9]), Buffer.from('101110101')]);
    await writeFile(join(stub, 'electron'), Buffer.concat([Buffer.alloc(64), fuses, Buffer.alloc(64)]));
    await chmod(join(stub, 'electron'), 0o755);
    await writeFile(join(stub, 'locales/en-US.pak'), 'pak');
    await writeFile(join(stub, 'version'), '45.4.1');
    for (const name of ['LICENSE', 'LICENSES.chromium.html']) await writeFile(join(stub, name), 'licence');

    // A project of its own, so that a build which runs meanwhile changes nothing.
    const project = join(folder, 'project');
    await mkdir(join(project, 'dist/electron'), { recursive: true });
    await mkdir(join(project, 'src'));
    await writeFile(join(project, 'dist/electron/main.js'), 'export {};\n');
    await writeFile(join(project, 'dist/.source-hash'), '{}');
    await writeFile(join(project, 'src/secret.ts'), 'export {};\n');
    for (const file of ['package.json', 'package-lock.json', 'electron-builder.yml']) {
      await cp(join(projectRoot, file), join(project, file));
    }
    const output = join(folder, 'out');
    await run(
      process.execPath,
      [
        join(projectRoot, 'node_modules/electron-builder/cli.js'),
        ...['--linux', '--dir', '--projectDir', project],
        `-c.electronDist=${stub}`,
        `-c.directories.output=${output}`,
        '-c.electronVersion=45.4.1',
      ],
      { cwd: project, env: { ...process.env, NO_COLOR: '1' } },
    );
    packed = join(output, 'linux-unpacked');
  }, 120_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds what was built and package.json, and nothing of the sources or of node_modules', () => {
    const list = listPackage(join(packed, 'resources/app.asar'), { isPack: false });
    const files = list.map((path) => path.replaceAll('\\', '/')).sort();
    expect(files).toEqual(['/dist', '/dist/electron', '/dist/electron/main.js', '/package.json']);
  });

  it('cannot be turned into a plain Node, debugged from outside or fed another program', async () => {
    const wire = await getCurrentFuseWire(join(packed, 'seldinger'));
    const on = (fuse: FuseV1Options): boolean => wire[fuse] === FuseState.ENABLE;
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeOptionsEnvironmentVariable)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.EnableCookieEncryption)).toBe(true);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
  });
});
